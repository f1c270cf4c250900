import type { SearchPage, SearchQuery, Suggestions, SuggestQuery } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import { resolveQuery } from '../../search/resolve-query.js'
import type { SearchIndex } from '../../search/search-index.js'
import { searchCorrected } from '../../search/spelling/corrected-search.js'
import { toSearchPage } from '../../search/to-search-page.js'
import type { Synonyms } from '../../search/understanding/understand-query.js'

export interface SearchServiceOptions {
  index: SearchIndex
  /** Names of sources by id, for the labels of their facet. */
  nameSources(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Other words for words, as they are configured now. */
  synonyms?(): Promise<Synonyms>
  /** Told how long each search took in the engine. */
  observe(seconds: number, isAnswered: boolean): void
}

/** Search as the API offers it. */
export class SearchService {
  readonly #options: SearchServiceOptions

  constructor(options: SearchServiceOptions) {
    this.#options = options
  }

  /** @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE`, `EDUFED_CURSOR_INVALID` */
  async search(query: SearchQuery, viewer: Viewer): Promise<SearchPage> {
    const resolved = resolveQuery(query)
    const { index, synonyms } = this.#options
    const { result, interpretation } = await this.#timed(async () => searchCorrected(index, resolved, viewer, await synonyms?.()))
    return toSearchPage(result, resolved, { nameSources: (ids) => this.#options.nameSources(ids), interpretation })
  }

  /** @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` */
  async suggest(query: SuggestQuery, viewer: Viewer): Promise<Suggestions> {
    const { q, lang = 'zh-Hans', limit = 8 } = query
    return { suggestions: await this.#timed(() => this.#options.index.suggest({ text: q, lang, limit }, viewer)) }
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    let isAnswered = false
    try {
      const result = await work()
      isAnswered = true
      return result
    } finally {
      this.#options.observe((performance.now() - startedAt) / 1000, isAnswered)
    }
  }
}
