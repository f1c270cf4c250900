import { analyzeQuery } from '../analysis/index.js'
import type { SearchResult } from '../search-index.js'
import { isSpelled } from './near-words.js'

/** A corrected query with its words as a found title writes them: terms of the index lack endings. */
export function asWritten(typed: string, corrected: string, hits: SearchResult['hits']): string {
  const known = new Set(analyzeQuery(typed).groups.map((group) => group.text))
  let written = corrected
  for (const { text, anyOf, typed: place } of analyzeQuery(corrected).groups.toReversed()) {
    const term = anyOf[0]?.words.length === 1 ? anyOf[0].words[0]! : ''
    if (!place || known.has(text) || !isSpelled(term)) continue
    const word = writtenIn(hits, term)
    if (word !== undefined) written = `${written.slice(0, place.start)}${word}${written.slice(place.end)}`
  }
  return written
}

function writtenIn(hits: SearchResult['hits'], term: string): string | undefined {
  for (const { resource } of hits) {
    for (const title of Object.values(resource.name)) {
      const word = title
        .slice(0, 300)
        .split(/[^\p{L}\p{M}']+/u)
        .find((one) => analyzeQuery(one).groups[0]?.anyOf[0]?.words[0] === term)
      if (word) return word.toLowerCase()
    }
  }
  return undefined
}
