import type {
  FacetName,
  FacetQuery,
  FacetValues,
  LearningResource,
  SearchPage,
  SearchQuery,
  SearchUse,
  Suggestions,
  SuggestQuery,
  Translation,
} from '@edufed/sdk/schemas'
import { nodeViewer, type Viewer } from '../../catalog/viewer.js'
import { searchTimeMs } from '../../search/deadline.js'
import { explain } from '../../search/explanation/explain.js'
import { reasonsOf } from '../../search/explanation/reasons.js'
import { maxFacetValues } from '../../search/facet-values.js'
import { findFacetValues } from '../../search/find-facet-values.js'
import { defaultRankingWeights, type RankingWeights } from '../../search/ranking.js'
import { resolveQuery } from '../../search/resolve-query.js'
import type { ResolvedSearchQuery, SearchIndex, SearchResult } from '../../search/search-index.js'
import { searchCorrected } from '../../search/spelling/corrected-search.js'
import { spreadSources } from '../../search/spread-sources.js'
import { toSearchPage, withLabels } from '../../search/to-search-page.js'
import { type Synonyms, understandQuery } from '../../search/understanding/understand-query.js'
import type { PopularQueries } from './popular-queries.js'
import { Suggester } from './suggester.js'

export interface SearchServiceOptions {
  index: SearchIndex
  /** Names of sources by id, for the labels of their facet. */
  nameSources(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Other words for words, as they are configured now. */
  synonyms?(): Promise<Synonyms>
  /** What the signs of relevance are worth, as it is configured now. */
  rankingWeights?(): Promise<RankingWeights>
  /** Counts which queries were of use; without it none are suggested. */
  popular?: PopularQueries
  /** How long a search may take. @default 10000 */
  timeLimitMs?: number
  /** Told how long each search took in the engine. */
  observe(seconds: number, isAnswered: boolean): void
}

/** Search as the API offers it. */
export class SearchService {
  readonly #options: SearchServiceOptions
  readonly #suggester: Suggester

  constructor(options: SearchServiceOptions) {
    this.#options = options
    this.#suggester = new Suggester(options)
  }

  /** @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE`, `EDUFED_SEARCH_TIMEOUT`, `EDUFED_CURSOR_INVALID` */
  async search(query: SearchQuery, viewer: Viewer): Promise<SearchPage> {
    const resolved = this.#inTime(resolveQuery(query))
    const { index, synonyms, rankingWeights } = this.#options
    const weights = (await rankingWeights?.()) ?? defaultRankingWeights
    const { result, interpretation, terms } = await this.#timed(async () =>
      searchCorrected(index, { ...resolved, weights }, viewer, await synonyms?.()),
    )
    if (result.total > 0 && !interpretation?.isCorrected && !interpretation?.leftOut && resolved.cursor === undefined)
      this.#options.popular?.noteFound(resolved.text, resolved.lang)
    const isFirstPage = resolved.sort === 'relevance' && resolved.cursor === undefined
    const page = isFirstPage ? { ...result, hits: spreadSources(result.hits) } : result
    const explainHit = (hit: SearchResult['hits'][number]) => explain(reasonsOf(hit, terms, weights), resolved.lang)
    return toSearchPage(page, resolved, {
      nameSources: (ids) => this.#options.nameSources(ids),
      interpretation,
      ...(query.explain && resolved.sort === 'relevance' && terms.groups.length > 0 ? { explain: explainHit } : {}),
    })
  }

  /** Values of a facet by their labels. @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` */
  async facetValues(name: FacetName, query: FacetQuery, viewer: Viewer): Promise<FacetValues> {
    const { find = '', limit = 50, ...search } = query
    const resolved = this.#inTime({ ...resolveQuery({ ...search, limit: 0, facets: [name] }), facetLimit: maxFacetValues })
    const { index, synonyms } = this.#options
    const { result } = await this.#timed(async () => searchCorrected(index, resolved, viewer, await synonyms?.()))
    const { facets } = await toSearchPage(result, resolved, { nameSources: (ids) => this.#options.nameSources(ids) })
    const values = findFacetValues(name, facets[name] ?? [], find)
    return { total: values.length, values: values.slice(0, limit) }
  }

  /** The other forms of a resource's work that the viewer may see. @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` */
  async translationsOf(resource: LearningResource, lang: string, viewer: Viewer): Promise<Translation[]> {
    return withLabels(await this.#options.index.translationsOf(resource, viewer), lang)
  }

  /** @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` */
  async suggest(query: SuggestQuery, viewer: Viewer): Promise<Suggestions> {
    return { suggestions: await this.#timed(() => this.#suggester.suggest(query, viewer)) }
  }

  /** Whether any resource answers a query, whoever may see it. @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE`, `EDUFED_SEARCH_TIMEOUT` */
  async finds(q: string, lang: string): Promise<boolean> {
    const { index, synonyms } = this.#options
    const query = this.#inTime(resolveQuery({ q, lang, limit: 0 }))
    const { terms } = understandQuery(query, await synonyms?.())
    return (await index.search({ ...query, terms }, nodeViewer)).total > 0
  }

  /** Counts that a hit of a search was opened. */
  noteUse({ q, lang = 'zh-Hans' }: SearchUse): void {
    this.#options.popular?.noteUse(q, lang)
  }

  #inTime(query: ResolvedSearchQuery): ResolvedSearchQuery {
    return { ...query, deadline: Date.now() + (this.#options.timeLimitMs ?? searchTimeMs) }
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
