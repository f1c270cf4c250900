import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { SearchPage } from '../contract.js'
import { createSearchClient, isAbortError, isEdufedError, type SearchClient } from '../index.js'
import { FacetFinder } from './facet-finder.js'
import { type FacetName, facetNames } from './facet-names.js'
import { directionOf, fill, type InterfaceLanguage, messagesOf, toInterfaceLanguage } from './messages/interface-messages.js'
import type { Messages } from './messages/messages.js'
import { renderSearchFacets } from './search-facets.js'
import { renderSearchHit } from './search-hit.js'
import { renderSearchInterpretation } from './search-interpretation.js'
import { emptySearchState, readSearchState, type SearchState, toggleFilter, writeSearchState } from './search-state.js'
import { searchStyles } from './search-styles.js'
import { SuggestionBox } from './suggestion-box.js'

/**
 * `<edufed-search>`: a search box with suggestions, facets and hits of an Edufed node.
 *
 * Attributes: `base-url` (the node; default: where the page comes from), `lang` (zh-CN, en or ug; default: the document's),
 * `detail-url` (page of a resource, with `{id}`), `facets` (comma-separated), `sync-url` (keeps the search in the page's address).
 * Fires `edufed-results` with the {@link SearchPage} after each search and `edufed-error` with the error.
 *
 * @example
 * ```html
 * <script type="module" src="https://node.example/assets/edufed-elements.js"></script>
 * <edufed-search base-url="https://node.example" lang="ug"></edufed-search>
 * ```
 */
export class EdufedSearch extends LitElement {
  static override styles = searchStyles
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override properties = {
    baseUrl: { attribute: 'base-url' },
    lang: { reflect: true },
    detailUrl: { attribute: 'detail-url' },
    facets: {},
    syncUrl: { type: Boolean, attribute: 'sync-url' },
    state: { state: true },
    page: { state: true },
    hits: { state: true },
    isLoading: { state: true },
    failure: { state: true },
    openedFacets: { state: true },
    isExplained: { state: true },
  }

  declare baseUrl: string
  declare detailUrl: string
  declare facets: string
  declare syncUrl: boolean
  declare state: SearchState
  declare page: SearchPage | undefined
  declare hits: SearchPage['hits']
  declare isLoading: boolean
  declare failure: unknown
  declare openedFacets: ReadonlySet<FacetName>
  declare isExplained: boolean

  #client: SearchClient | undefined
  #search: AbortController | undefined
  #isWide = typeof matchMedia === 'undefined' ? undefined : matchMedia('(min-width: 760px)')
  readonly #finder = new FacetFinder(this, (name, find, options) =>
    this.#connect().facetValues(name, { ...this.#words(), find, limit: 50 }, options),
  )
  readonly #box = new SuggestionBox(this, {
    ask: (q, options) => this.#connect().suggest({ ...this.state.filters, q, lang: this.#language, limit: 8 }, options),
    onSubmit: (q) => this.#change({ ...this.state, q }),
  })
  readonly #onPopState = () => {
    this.state = readSearchState(new URLSearchParams(location.search))
    void this.#run()
  }

  constructor() {
    super()
    this.baseUrl = ''
    this.detailUrl = ''
    this.facets = facetNames.join(',')
    this.syncUrl = false
    this.state = emptySearchState
    this.hits = []
    this.isLoading = false
    this.openedFacets = new Set()
    this.isExplained = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.syncUrl) {
      this.state = readSearchState(new URLSearchParams(location.search))
      addEventListener('popstate', this.#onPopState)
    }
    void this.#run()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('popstate', this.#onPopState)
    this.#search?.abort()
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('baseUrl')) this.#client = undefined
    if (this.hasUpdated && (changed.has('baseUrl') || changed.has('lang'))) void this.#run()
  }

  get #language(): InterfaceLanguage {
    return toInterfaceLanguage(this.lang || document.documentElement.lang)
  }

  get #messages(): Messages {
    return messagesOf(this.#language)
  }

  #connect(): SearchClient {
    this.#client ??= createSearchClient({ baseUrl: this.baseUrl || location.origin })
    return this.#client
  }

  #query(cursor?: string) {
    const { q, sort, filters } = this.state
    const facets = facetNames.filter((name) => this.facets.split(',').includes(name))
    return {
      ...filters,
      lang: this.#language,
      sort,
      facets,
      limit: 20,
      ...(q !== '' && { q }),
      ...(this.isExplained && { explain: true }),
      ...(cursor !== undefined && { cursor }),
    }
  }

  /** What the page that is shown was found for. */
  #words() {
    const { q, filters } = this.state
    const { isCorrected, didYouMean, searchedFor } = this.page?.interpretation ?? {}
    const meant = (isCorrected ? didYouMean : searchedFor) ?? q
    return { ...filters, lang: this.#language, ...(meant !== '' && { q: meant }) }
  }

  /** Searches for the state as it is, from the first page. */
  async #run(): Promise<void> {
    this.#search?.abort()
    const search = new AbortController()
    this.#search = search
    this.isLoading = true
    this.failure = undefined
    try {
      const page = await this.#connect().search(this.#query(), { signal: search.signal })
      this.page = page
      this.hits = page.hits
      this.#finder.refresh()
      this.dispatchEvent(new CustomEvent('edufed-results', { detail: page, bubbles: true, composed: true }))
    } catch (error) {
      if (search.signal.aborted || isAbortError(error)) return
      this.failure = error
      this.dispatchEvent(new CustomEvent('edufed-error', { detail: error, bubbles: true, composed: true }))
    } finally {
      if (this.#search === search) this.isLoading = false
    }
  }

  async #loadMore(): Promise<void> {
    const cursor = this.page?.cursor
    if (cursor === undefined || this.isLoading) return
    const firstNew = this.hits.length
    this.isLoading = true
    try {
      const page = await this.#connect().search(this.#query(cursor))
      this.page = { ...page, facets: this.page?.facets ?? page.facets }
      this.hits = [...this.hits, ...page.hits]
      this.isLoading = false
      await this.updateComplete
      this.renderRoot.querySelectorAll<HTMLElement>('.hits h2 a')[firstNew]?.focus()
    } catch (error) {
      this.failure = error
    } finally {
      this.isLoading = false
    }
  }

  #change(state: SearchState): void {
    this.state = state
    if (this.syncUrl) {
      const parameters = writeSearchState(state, new URLSearchParams(location.search)).toString()
      history.pushState(null, '', parameters === '' ? location.pathname : `?${parameters}`)
    }
    void this.#run()
  }

  protected override render(): TemplateResult {
    const messages = this.#messages
    return html`
      <div dir=${directionOf(this.#language)} lang=${this.#language}>
        ${this.#box.render(this.state.q, messages)}
        <div class="bar">
          <span role="status" aria-live="polite">${this.#status(messages)}</span>
          <label>
            ${messages.sort}
            <select @change=${(event: Event) => this.#change({ ...this.state, sort: (event.target as HTMLSelectElement).value as SearchState['sort'] })}>
              <option value="relevance" ?selected=${this.state.sort === 'relevance'}>${messages.sortRelevance}</option>
              <option value="date" ?selected=${this.state.sort === 'date'}>${messages.sortDate}</option>
            </select>
          </label>
          ${this.state.q !== '' && this.state.sort === 'relevance' ? this.#renderExplainButton(messages) : nothing}
        </div>
        ${renderSearchInterpretation(this.page?.interpretation, {
          messages,
          state: this.state,
          onFilter: (name, value) => this.#change(toggleFilter(this.state, name, value)),
          onSearch: (q) => this.#box.submit(q),
        })}
        ${this.#renderChips(messages)}
        <div class="layout">
          <details class="facets" ?open=${this.#isWide?.matches ?? true}>
            <summary>${messages.filters}</summary>
            ${renderSearchFacets(this.page?.facets ?? {}, {
              messages,
              state: this.state,
              opened: this.openedFacets,
              moreValues: this.page?.moreValues ?? [],
              found: this.#finder.found,
              onFind: (name, typed) => this.#finder.find(name, typed),
              onToggle: (name, value) => this.#change(toggleFilter(this.state, name, value)),
              onOpen: (name) => {
                this.openedFacets = new Set([...this.openedFacets, name])
              },
            })}
          </details>
          <div aria-busy=${this.isLoading}>${this.#renderHits(messages)}</div>
        </div>
      </div>
    `
  }

  #renderChips(messages: Messages): TemplateResult | typeof nothing {
    const chosen = facetNames.flatMap((name) =>
      (this.state.filters[name] ?? []).map((value) => ({ name, value, label: this.#labelOf(name, value) })),
    )
    if (chosen.length === 0) return nothing
    return html`
      <ul class="chips">
        ${chosen.map(
          ({ name, value, label }) => html`
            <li>
              <button type="button" class="chip" aria-label=${fill(messages.removeFilter, { label })} @click=${() => this.#change(toggleFilter(this.state, name, value))}>
                <bdi>${label}</bdi> ×
              </button>
            </li>
          `,
        )}
        <li><button type="button" class="plain" @click=${() => this.#change({ ...this.state, filters: {} })}>${messages.clearFilters}</button></li>
      </ul>
    `
  }

  #renderExplainButton(messages: Messages): TemplateResult {
    const toggle = () => {
      this.isExplained = !this.isExplained
      void this.#run()
    }
    return html`<button type="button" class="plain" aria-pressed=${this.isExplained} @click=${toggle}>${messages.explain}</button>`
  }

  #labelOf(name: FacetName, value: string): string {
    const recognised = this.page?.interpretation?.recognised.find((part) => part.facet === name && part.value === value)
    return this.page?.facets[name]?.find((count) => count.value === value)?.label ?? recognised?.label ?? value
  }

  #status(messages: Messages): string {
    if (this.isLoading && !this.page) return messages.loading
    if (!this.page) return ''
    if (this.page.total === 0) return messages.noResults
    return this.page.total === 1
      ? messages.oneResult
      : fill(messages.results, { count: this.page.total.toLocaleString('en').replaceAll(',', '\u202f') })
  }

  #renderHits(messages: Messages): TemplateResult {
    if (this.failure !== undefined) {
      const isUnavailable = isEdufedError(this.failure) && this.failure.code === 'EDUFED_SEARCH_UNAVAILABLE'
      const reason = this.failure instanceof Error ? this.failure.message : String(this.failure)
      return html`
        <p role="alert">${isUnavailable ? messages.unavailable : fill(messages.failed, { reason })}</p>
        <button type="button" class="plain" @click=${() => void this.#run()}>${messages.retry}</button>
      `
    }
    if (this.page?.total === 0) return html`<p>${messages.noResultsHelp}</p>`
    const names = new Intl.DisplayNames([this.#language], { type: 'language', fallback: 'code' })
    const options = {
      messages,
      language: this.#language,
      detailUrl: this.detailUrl,
      nameOfLanguage: (tag: string) => this.#languageName(tag, names),
      onOpen: () => this.#noteUse(),
    }
    return html`
      <ol class="hits">
        ${this.hits.map((hit) => html`<li>${renderSearchHit(hit, options)}</li>`)}
      </ol>
      ${this.page?.cursor ? html`<button type="button" class="more" ?disabled=${this.isLoading} @click=${() => void this.#loadMore()}>${messages.more}</button>` : nothing}
    `
  }

  /** Helps the suggestions of others; whether it gets through is of no consequence to this reader. */
  #noteUse(): void {
    const { q = '', lang } = this.#words()
    if (q !== '')
      this.#connect()
        .noteUse({ q, lang })
        .catch(() => undefined)
  }

  /** The node's own label where it counted the language, else what the browser calls it. */
  #languageName(tag: string, names: Intl.DisplayNames): string {
    const label = this.page?.facets.language?.find((count) => count.value === tag)?.label
    if (label !== undefined) return label
    try {
      return names.of(tag) ?? tag
    } catch {
      return tag
    }
  }
}
