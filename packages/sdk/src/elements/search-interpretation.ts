import { html, nothing, type TemplateResult } from 'lit'
import type { Interpretation, LeftOutWords } from '../contract.js'
import type { FacetName } from './facet-names.js'
import { fill } from './messages/interface-messages.js'
import type { Messages } from './messages/messages.js'
import type { SearchState } from './search-state.js'

interface InterpretationOptions {
  messages: Messages
  state: SearchState
  onFilter(name: FacetName, value: string): void
  onSearch(q: string): void
}

/** What the node understood of the words: what was probably meant or left out, and facet values that can be made filters. */
export function renderSearchInterpretation(
  interpretation: Interpretation | undefined,
  { messages, state, onFilter, onSearch }: InterpretationOptions,
): TemplateResult | typeof nothing {
  if (!interpretation) return nothing
  const { recognised, didYouMean, isCorrected, leftOut } = interpretation
  const chips = recognised.filter(({ facet, value }) => !state.filters[facet]?.includes(value))
  return html`
    ${
      didYouMean === undefined
        ? nothing
        : isCorrected
          ? html`<p class="meant" dir="auto">${fill(messages.searchedInstead, { typed: state.q, meant: didYouMean })}</p>`
          : html`<p class="meant">
              ${messages.didYouMean} <button type="button" class="plain" @click=${() => onSearch(didYouMean)}><bdi>${didYouMean}</bdi></button>
            </p>`
    }
    ${leftOut ? renderLeftOut(leftOut, interpretation.searchedFor ?? '', { messages, state, onFilter, onSearch }) : nothing}
    ${
      chips.length === 0
        ? nothing
        : html`<ul class="chips recognised" aria-label=${messages.recognised}>
            ${chips.map(
              ({ facet, value, label }) => html`<li>
                <button
                  type="button"
                  class="chip"
                  aria-label=${fill(messages.filterBy, { facet: messages.facets[facet], label })}
                  @click=${() => onFilter(facet, value)}
                >
                  <span class="muted">${messages.facets[facet]}</span> <bdi>${label}</bdi> +
                </button>
              </li>`,
            )}
          </ul>`
    }
  `
}

/** The words that a search was made without, each to be insisted on, and the rest to be searched for by itself. */
function renderLeftOut(
  leftOut: readonly LeftOutWords[],
  searchedFor: string,
  { messages, state, onFilter, onSearch }: InterpretationOptions,
): TemplateResult {
  const insistOn = ({ facet, value, demanded }: LeftOutWords) => {
    if (facet && value !== undefined) onFilter(facet, value)
    else if (demanded !== undefined) onSearch(demanded)
  }
  return html`
    <p class="meant">${fill(messages.leftOut, { typed: state.q })}</p>
    <ul class="chips left-out">
      ${leftOut.map(
        (part) => html`<li>
          <button type="button" class="chip" aria-label=${fill(messages.demand, { words: part.text })} @click=${() => insistOn(part)}>
            <s><bdi>${part.text}</bdi></s> +
          </button>
        </li>`,
      )}
      <li>
        ${messages.searchOnlyFor} <button type="button" class="plain" @click=${() => onSearch(searchedFor)}><bdi>${searchedFor}</bdi></button>
      </li>
    </ul>
  `
}
