import { facetNames } from '@edufed/sdk/schemas'
import type { estypes } from '@elastic/elasticsearch'
import type { ResolvedElasticsearchOptions } from './options.js'

/** Goes up with every change of the mapping or of the documents; part of the name of an index. */
export const schemaVersion = 5

/** Longer facet values cannot be asked for (see the schema of SearchQuery), so they need not be kept. */
const longestFacetValue = 200

/**
 * A field of terms from our analysis, joined by spaces. With positions, for phrases. Without norms: the score is made of signs that
 * depend on the document alone (see ranking.ts), not of how rare a word is on one shard or another.
 */
const terms = { type: 'text', analyzer: 'terms', norms: false } as const satisfies estypes.MappingProperty
/** Words that may be asked for by their beginning (suggestions, endings of Uyghur or Russian words) have their prefixes indexed. */
const termsWithPrefixes = { ...terms, index_prefixes: { min_chars: 1, max_chars: 10 } } as const satisfies estypes.MappingProperty
const facet = { type: 'keyword', ignore_above: longestFacetValue } as const satisfies estypes.MappingProperty

/** Every field, and why it is there. Strict: a field that is not here is a mistake of ours and must not pass. */
export const resourcesMapping: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  // Terms are needed to search only; a document without them is half the size and is read faster.
  _source: { includes: ['id', 'resource', 'sources'] },
  properties: {
    // Breaks ties in every order, so that paging neither skips nor repeats: a number that is the same on every engine, and behind it the
    // id for the rare two that share one. `_id` cannot be sorted by, and is no longer than 512 bytes.
    tie: { type: 'long' },
    id: { type: 'keyword' },
    // A number for id and version: its sum over a range of ids tells whether the index is as the catalogue. Never searched by.
    check: { type: 'long', index: false },
    // Who may see it: filters every search.
    visibleTo: { type: 'keyword' },
    // Milliseconds since 1970, for the order by date. A number, as our analysis gives it.
    date: { type: 'long' },
    // What makes a newer document stand a little before an older one that is otherwise alike.
    freshness: { type: 'float', index: false },
    // What makes a well kept description of a high platform stand a little before its like.
    standing: { type: 'float', index: false },
    // The work that the document is a form of: of its translations a list shows one.
    work: { type: 'keyword' },
    isTranslation: { type: 'boolean', doc_values: false },
    // Terms in the shortest title: a query that is most of a title ranks it higher.
    titleLength: { type: 'short', index: false },
    // Words of the titles in all languages: the field that counts most.
    title: termsWithPrefixes,
    // The titles character by character: as a phrase it finds any part of a Chinese title, also one that no dictionary knows.
    titleCharacters: terms,
    // Each whole title as one term: what is named exactly so comes first. And its pinyin, for those who type that.
    titleKeys: { type: 'keyword' },
    // Titles from each of their words on, for suggestions while a title is typed.
    titleStarts: { type: 'keyword', doc_values: false },
    keywords: terms,
    // Labels of subject, grade, edition and such in all languages.
    concepts: terms,
    // Long texts: found by, without weight in the order.
    description: terms,
    // Authors, publishers, providers.
    people: terms,
    // A field for each facet, by its name: exact values to filter by and to count.
    facets: { properties: Object.fromEntries(facetNames.map((name) => [name, facet])) },
    // What a hit shows. Kept as it came and never parsed: whatever fields a resource has, it can be stored.
    resource: { type: 'object', enabled: false },
    sources: { type: 'object', enabled: false },
  },
}

/** Settings of an index of resources. */
export function resourcesSettings(options: ResolvedElasticsearchOptions): estypes.IndicesIndexSettings {
  return {
    number_of_shards: options.shards,
    number_of_replicas: options.replicas,
    // Said, because without it a shard that nobody searched for 30 seconds stops refreshing, and the next search waits for it.
    refresh_interval: '1s',
    // For so long the version of a deleted document is remembered and a write from before the deletion refused.
    gc_deletes: '1h',
    // Terms come ready from our analysis; they are only to be taken apart again.
    analysis: { analyzer: { terms: { type: 'custom', tokenizer: 'whitespace' } } },
  }
}
