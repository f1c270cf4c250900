import { labelOf, type VocabularyName, vocabularyNames } from '@edufed/harvester/vocabularies'
import { isEdufedError, textInLanguage } from '@edufed/sdk'
import { type FacetName, facetNames, type Interpretation, type SearchPage, type SearchQuery } from '@edufed/sdk/schemas'
import { fill, type PageLanguage, pageMessages } from '../../../web/messages.js'
import type { Viewer } from '../../catalog/viewer.js'

/** The parameters of an address. */
export type PageParameters = Record<string, string | string[] | undefined>

/** What the portal shows to a reader without scripts. */
export interface PortalSearch {
  q: string
  filters: Partial<Record<FacetName, string[]>>
  cursor?: string
}

const longestFilter = 200
const maxFilters = 200

export function readPortalSearch(parameters: PageParameters): PortalSearch {
  const filters: PortalSearch['filters'] = {}
  for (const name of facetNames) {
    const values = [parameters[name] ?? []].flat().filter((value) => value !== '' && value.length <= longestFilter)
    if (values.length > 0) filters[name] = values.slice(0, maxFilters)
  }
  const cursor = first(parameters.cursor)
  return { q: first(parameters.q) ?? '', filters, ...(cursor ? { cursor } : {}) }
}

/** Of a parameter that is given several times, the first. */
export function first(value: PageParameters[string]): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** Makes the results of a search into what the template shows. A search that fails is said on the page. */
export async function toPortalPage(
  asked: PortalSearch,
  language: PageLanguage,
  { search, viewer }: { search: (query: SearchQuery, viewer: Viewer) => Promise<SearchPage>; viewer: Viewer },
) {
  const { q, filters, cursor } = asked
  const messages = pageMessages[language]
  const chosen = facetNames.flatMap((name) => (filters[name] ?? []).map((value) => ({ name, value })))
  const shown = {
    q,
    filters: chosen.map(({ name, value }) => {
      const label = labelIn(name, value, language)
      const href = hrefOf({ q, filters: { ...filters, [name]: filters[name]?.filter((other) => other !== value) } }, language)
      return { name, value, label, removeLabel: fill(messages.removeFilter, { label }), href }
    }),
  }
  if (q === '' && chosen.length === 0) return shown
  try {
    const page = await search({ ...filters, lang: language, ...(q !== '' && { q }), ...(cursor !== undefined && { cursor }) }, viewer)
    return {
      ...shown,
      page,
      total: fill(messages.found, { count: page.total }),
      notice: noticeOf(asked, page.interpretation, language),
      hits: page.hits.map((hit) => toHit(hit, language)),
      ...(page.cursor && { next: hrefOf({ ...asked, cursor: page.cursor }, language) }),
    }
  } catch (error) {
    if (!isEdufedError(error)) throw error
    return { ...shown, problem: error.code === 'EDUFED_SEARCH_UNAVAILABLE' ? messages.unavailable : error.message }
  }
}

function toHit({ id, resource, sources }: SearchPage['hits'][number], language: PageLanguage) {
  const name = textInLanguage(resource.name, language)
  const concepts = [...(resource.educationalLevel ?? []), ...(resource.about ?? [])]
  return {
    name: name?.text ?? id,
    language: name?.language,
    direction: name?.direction,
    href: `/resources/${encodeURIComponent(id)}?lang=${language}`,
    facts: [...concepts.map((concept) => textInLanguage(concept.prefLabel, language)?.text), ...sources.map((source) => source.name)].join(
      ' · ',
    ),
  }
}

/** What was searched for in the place of what was typed, with links to insist on each word that was left out. */
function noticeOf({ q, filters }: PortalSearch, interpretation: Interpretation | undefined, language: PageLanguage) {
  const messages = pageMessages[language]
  const { leftOut, searchedFor, isCorrected, didYouMean } = interpretation ?? {}
  if (isCorrected && didYouMean !== undefined) return { text: fill(messages.searchedInstead, { typed: q, meant: didYouMean }), words: [] }
  if (!leftOut || searchedFor === undefined) return undefined
  return {
    text: fill(messages.leftOut, { typed: q }),
    words: leftOut.map(({ text, facet, value, demanded }) => ({
      text,
      label: fill(messages.demand, { words: text }),
      ...(facet && value !== undefined
        ? { href: hrefOf({ q, filters: { ...filters, [facet]: [...(filters[facet] ?? []), value] } }, language) }
        : demanded !== undefined && { href: hrefOf({ q: demanded, filters }, language) }),
    })),
    rest: { text: searchedFor, href: hrefOf({ q: searchedFor, filters }, language) },
  }
}

function hrefOf({ q, filters, cursor }: PortalSearch, language: PageLanguage): string {
  const parameters = new URLSearchParams({ q, lang: language })
  for (const name of facetNames) for (const value of filters[name] ?? []) parameters.append(name, value)
  if (cursor !== undefined) parameters.set('cursor', cursor)
  return `/?${parameters}`
}

function labelIn(name: FacetName, value: string, language: PageLanguage): string {
  const vocabulary = vocabularyNames.find((candidate): candidate is VocabularyName & FacetName => candidate === name)
  return (vocabulary && labelOf(vocabulary, value, language)) ?? value
}
