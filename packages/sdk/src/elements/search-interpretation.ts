import { html, nothing, type TemplateResult } from 'lit'
import type { Interpretation } from '../contract.js'
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

/** What the node understood of the words: what was probably meant, and facet values that can be made filters. */
export function renderSearchInterpretation(
  interpretation: Interpretation | undefined,
  { messages, state, onFilter, onSearch }: InterpretationOptions,
): TemplateResult | typeof nothing {
  if (!interpretation) return nothing
  const { recognised, didYouMean, isCorrected } = interpretation
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
