import type { Suggestions, SuggestQuery } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import { maxFacetValues } from '../../search/facet-values.js'
import { resolveFilters } from '../../search/resolve-query.js'
import type { ResolvedSearchQuery, SearchIndex } from '../../search/search-index.js'
import { lettersOf } from '../../search/suggest/completion-key.js'
import { conceptsTyped, type SuggestedFacet, suggestedFacets } from '../../search/suggest/typed-concepts.js'
import { type Synonyms, understandQuery } from '../../search/understanding/understand-query.js'
import { FoundLately } from './found-lately.js'
import type { PopularQueries } from './popular-queries.js'

type Suggestion = Suggestions['suggestions'][number]
type Filters = ResolvedSearchQuery['filters']

export interface SuggesterOptions {
  index: SearchIndex
  popular?: PopularQueries
  synonyms?(): Promise<Synonyms>
}

/** How long it is taken for granted that a query still finds something, and a subject still has resources. */
const keepMs = 60_000

/** Completes what is being typed: popular queries, names of subjects and such, titles. Only what finds something under the filters. */
export class Suggester {
  readonly #options: SuggesterOptions
  readonly #finds = new FoundLately<boolean>({ keepMs, size: 5_000 })
  readonly #values = new FoundLately<ReadonlySet<string>>({ keepMs, size: 200 })

  constructor(options: SuggesterOptions) {
    this.#options = options
  }

  async suggest({ q, lang = 'zh-Hans', limit = 8, ...rest }: SuggestQuery, viewer: Viewer): Promise<Suggestion[]> {
    const filters = resolveFilters(rest)
    const share = Math.ceil(limit / 3)
    const [popular, concepts, titles] = await Promise.all([
      this.#popular(q, { lang, filters, limit: share }, viewer),
      this.#concepts(q, { lang, filters, limit: share }, viewer),
      this.#options.index.suggest({ text: q, lang, limit, filters }, viewer),
    ])
    const suggestions = new Map<string, Suggestion>()
    for (const suggestion of [...popular, ...concepts, ...titles]) {
      const key = lettersOf(suggestion.text)
      if (suggestions.size < limit && !suggestions.has(key)) suggestions.set(key, suggestion)
    }
    return [...suggestions.values()]
  }

  async #popular(
    q: string,
    { lang, filters, limit }: { lang: string; filters: Filters; limit: number },
    viewer: Viewer,
  ): Promise<Suggestion[]> {
    const { popular } = this.#options
    if (!popular) return []
    const texts = await popular.beginningWith(q, lang, limit)
    const finds = await Promise.all(texts.map((text) => this.#findsSomething(text, { lang, filters }, viewer)))
    return texts.filter((_, at) => finds[at]).map((text) => ({ text }))
  }

  #findsSomething(text: string, { lang, filters }: { lang: string; filters: Filters }, viewer: Viewer): Promise<boolean> {
    return this.#finds.get(JSON.stringify([viewer.sees, filters, text]), async () => {
      const { terms } = understandQuery({ text, lang }, await this.#options.synonyms?.())
      const query = { text, lang, limit: 0, sort: 'relevance' as const, facets: [], filters, terms }
      return (await this.#options.index.search(query, viewer)).total > 0
    })
  }

  async #concepts(
    q: string,
    { lang, filters, limit }: { lang: string; filters: Filters; limit: number },
    viewer: Viewer,
  ): Promise<Suggestion[]> {
    const typed = conceptsTyped(q, lang)
    if (typed.length === 0) return []
    const values = await this.#valuesUnder(filters, viewer)
    const isLeftOut = (facet: SuggestedFacet, value: string) => filters[facet] !== undefined && !filters[facet].includes(value)
    return typed
      .filter(({ facet, value }) => values.has(`${facet} ${value}`) && !isLeftOut(facet, value))
      .slice(0, limit)
      .map(({ text, language }) => ({ text, language }))
  }

  /** The values that resources have which pass the filters. */
  #valuesUnder(filters: Filters, viewer: Viewer): Promise<ReadonlySet<string>> {
    return this.#values.get(JSON.stringify([viewer.sees, filters]), async () => {
      const query = {
        text: '',
        lang: '',
        limit: 0,
        sort: 'relevance' as const,
        facets: suggestedFacets,
        filters,
        facetLimit: maxFacetValues,
      }
      const { facets } = await this.#options.index.search(query, viewer)
      return new Set(suggestedFacets.flatMap((name) => (facets[name] ?? []).map(({ value }) => `${name} ${value}`)))
    })
  }
}
