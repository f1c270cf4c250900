import { html, nothing, type TemplateResult } from 'lit'
import type { FacetCount, SearchPage } from '../contract.js'
import { type FacetName, facetNames } from './facet-names.js'
import { fill } from './messages/interface-messages.js'
import type { Messages } from './messages/messages.js'
import type { SearchState } from './search-state.js'

const shownValues = 8

export interface SearchFacetsOptions {
  messages: Messages
  state: SearchState
  opened: ReadonlySet<FacetName>
  onToggle: (name: FacetName, value: string) => void
  onOpen: (name: FacetName) => void
}

/** One group of check boxes a facet. Chosen values stay visible however few they have become. */
export function renderSearchFacets(facets: SearchPage['facets'], options: SearchFacetsOptions): TemplateResult {
  return html`${facetNames.map((name) => renderFacet(name, facets[name] ?? [], options))}`
}

function renderFacet(
  name: FacetName,
  counts: readonly FacetCount[],
  { messages, state, opened, onToggle, onOpen }: SearchFacetsOptions,
): TemplateResult | typeof nothing {
  if (counts.length === 0) return nothing
  const chosen = state.filters[name] ?? []
  const visible = opened.has(name) ? counts : counts.filter((count, index) => index < shownValues || chosen.includes(count.value))
  return html`
    <fieldset>
      <legend>${messages.facets[name]}</legend>
      ${visible.map(
        ({ value, label, count }) => html`
          <label>
            <input type="checkbox" .checked=${chosen.includes(value)} @change=${() => onToggle(name, value)} />
            <span><bdi>${label}</bdi></span>
            <span class="count">${count}</span>
          </label>
        `,
      )}
      ${
        visible.length < counts.length
          ? html`<button type="button" class="plain" @click=${() => onOpen(name)}>
            ${fill(messages.showAll, { count: counts.length })}<span class="visually-hidden"> ${messages.facets[name]}</span>
          </button>`
          : nothing
      }
    </fieldset>
  `
}
