import { labelOf } from '@edufed/harvester/vocabularies'
import { facetNames, type Interpretation, type RankingReason, type SearchPage } from '@edufed/sdk/schemas'
import { toFacetCounts } from './facet-counts.js'
import type { ResolvedSearchQuery, SearchResult } from './search-index.js'
import type { Translation } from './work.js'

export interface SearchPageOptions {
  /** Names of sources by their ids; unknown ids are left out. Asked once a page, and only when sources are counted. */
  nameSources?: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  interpretation?: Interpretation | undefined
  /** Says why a hit stands where it stands. */
  explain?: (hit: SearchResult['hits'][number]) => RankingReason[]
}

/** Makes the page that the API answers: facet values get labels in the reader's language. A value without a label is its own. */
export async function toSearchPage(
  result: SearchResult,
  query: Pick<ResolvedSearchQuery, 'lang'>,
  options: SearchPageOptions = {},
): Promise<SearchPage> {
  const sourceNames = await namesOfSources(result, options)
  const facets: SearchPage['facets'] = {}
  for (const name of facetNames) {
    const counts = result.facets[name]
    if (counts) facets[name] = toFacetCounts(name, counts, { lang: query.lang, sourceNames })
  }
  const { total, hits, moreValues, cursor } = result
  return {
    total,
    hits: hits.map(({ translations, ...hit }) => ({
      ...hit,
      ...(translations ? { translations: withLabels(translations, query.lang) } : {}),
      ...(options.explain ? { explanation: options.explain(hit) } : {}),
    })),
    facets,
    ...(moreValues ? { moreValues } : {}),
    ...(options.interpretation ? { interpretation: options.interpretation } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

/** Forms of a work, with their languages in the reader's language. */
export function withLabels(forms: readonly Translation[], lang: string): (Translation & { label: string })[] {
  return forms.map((form) => ({ ...form, label: labelOfForm(form, lang) }))
}

function labelOfForm({ id, name, inLanguage }: Translation, lang: string): string {
  const languages = inLanguage.filter((tag) => tag !== 'und').map((tag) => labelOf('language', tag, lang) ?? tag)
  return languages.length > 0 ? languages.join(', ') : (Object.values(name)[0] ?? id)
}

/** As the sources are called now; without somebody to ask, as the hits on this page call them. */
async function namesOfSources(result: SearchResult, { nameSources }: SearchPageOptions): Promise<ReadonlyMap<string, string>> {
  const counts = result.facets.source ?? []
  if (counts.length === 0) return new Map()
  if (nameSources) return await nameSources(counts.map(({ value }) => value))
  return new Map(result.hits.flatMap((hit) => hit.sources.map((source) => [source.id, source.name] as const)))
}
