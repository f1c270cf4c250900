import { html, nothing, type TemplateResult } from 'lit'
import type { FacetCount, SearchPage } from '../contract.js'
import type { FoundValues } from './facet-finder.js'
import { type FacetName, facetNames } from './facet-names.js'
import { type FacetNode, toFacetTree, withParents } from './facet-tree.js'
import { fill } from './messages/interface-messages.js'
import type { Messages } from './messages/messages.js'
import type { SearchState } from './search-state.js'

const shownValues = 8

export interface SearchFacetsOptions {
  messages: Messages
  state: SearchState
  opened: ReadonlySet<FacetName>
  /** Facets that have more values than the search answered. */
  moreValues: readonly FacetName[]
  /** What is typed to find values, and what was found. */
  found: Partial<Record<FacetName, FoundValues>>
  onToggle: (name: FacetName, value: string) => void
  onOpen: (name: FacetName) => void
  onFind: (name: FacetName, typed: string) => void
}

/** One group of check boxes a facet. Chosen values stay visible however few they have become. */
export function renderSearchFacets(facets: SearchPage['facets'], options: SearchFacetsOptions): TemplateResult {
  return html`${facetNames.map((name) => renderFacet(name, facets[name] ?? [], options))}`
}

function renderFacet(name: FacetName, counts: readonly FacetCount[], options: SearchFacetsOptions): TemplateResult | typeof nothing {
  const { messages, state, opened, moreValues, onOpen } = options
  const found = options.found[name]
  if (counts.length === 0 && !found) return nothing
  const chosen = state.filters[name] ?? []
  const hasMore = moreValues.includes(name)
  const first = withParents(name, counts, ({ value }, index) => opened.has(name) || index < shownValues || chosen.includes(value))
  const visible = found?.values ?? first
  return html`
    <fieldset>
      <legend>${messages.facets[name]}</legend>
      ${hasMore || counts.length > shownValues || found ? renderFind(name, found, options) : nothing}
      <ul>
        ${toFacetTree(name, visible).map((node) => renderNode(name, node, options))}
      </ul>
      ${
        !found?.values && visible.length < counts.length
          ? html`<button type="button" class="plain" @click=${() => onOpen(name)}>
            ${fill(hasMore ? messages.showFirst : messages.showAll, { count: counts.length })}<span class="visually-hidden"> ${messages.facets[name]}</span>
          </button>`
          : nothing
      }
    </fieldset>
  `
}

function renderFind(name: FacetName, found: FoundValues | undefined, { messages, onFind }: SearchFacetsOptions): TemplateResult {
  const label = fill(messages.findValue, { facet: messages.facets[name] })
  const total = found?.total
  return html`
    <input
      class="find"
      type="search"
      dir="auto"
      autocomplete="off"
      aria-label=${label}
      placeholder=${label}
      .value=${found?.typed ?? ''}
      @input=${(event: Event) => onFind(name, (event.target as HTMLInputElement).value)}
    />
    <p class="found" role="status">
      ${total === undefined ? nothing : total === 0 ? messages.noValue : fill(messages.valuesFound, { count: total })}
    </p>
  `
}

function renderNode(name: FacetName, node: FacetNode, options: SearchFacetsOptions): TemplateResult {
  const { state, onToggle } = options
  const { label, count, around, parts } = node
  return html`
    <li>
      ${
        count
          ? html`<label>
              <input type="checkbox" .checked=${state.filters[name]?.includes(count.value) ?? false} @change=${() => onToggle(name, count.value)} />
              <span><bdi>${label}</bdi>${around === undefined ? nothing : html` <bdi class="count">${around}</bdi>`}</span>
              <span class="count">${count.count}</span>
            </label>`
          : html`<span class="heading"><bdi>${label}</bdi></span>`
      }
      ${parts.length === 0 ? nothing : html`<ul>${parts.map((part) => renderNode(name, part, options))}</ul>`}
    </li>
  `
}
