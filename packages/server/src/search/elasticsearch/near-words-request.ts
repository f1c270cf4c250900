import type { estypes } from '@elastic/elasticsearch'
import { allowedErrors, nearestWords } from '../spelling/near-words.js'

/** Asks for words of titles that differ from a word by a slip, unless the word itself is one. */
export function toNearWordsRequest(word: string): estypes.SearchRequest {
  return {
    size: 0,
    track_total_hits: false,
    suggest: {
      near: {
        text: word,
        term: {
          field: 'title',
          suggest_mode: 'missing',
          max_edits: allowedErrors(word),
          prefix_length: 1,
          min_word_length: 4,
          size: 10,
          shard_size: 20,
        },
      },
    },
    timeout: '2s',
  }
}

export function toNearWords(word: string, response: estypes.SearchResponse): string[] {
  const options = response.suggest?.near?.flatMap(({ options }) => options as estypes.SearchTermSuggestOption[]) ?? []
  return nearestWords(
    word,
    options.map(({ text, freq }) => ({ word: text, documents: freq })),
  )
}
