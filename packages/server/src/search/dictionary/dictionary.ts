import { createHash } from 'node:crypto'
import { educationTerms } from './education-terms.js'
import { type DictionaryWord, readDictionary } from './read-dictionary.js'

/** The words that Chinese text is cut into, besides those of the general dictionary. */
export interface Dictionary {
  readonly words: readonly DictionaryWord[]
  /** What an operator added to the words of the program. */
  readonly added: readonly DictionaryWord[]
  /** Eight hexadecimal digits that change with every word and with the analysis: what an index holds are terms of one dictionary. */
  readonly fingerprint: string
}

/** Goes up when texts are analysed in another way, so that indexes are built anew while the old ones answer. */
const analysisVersion = 1

/** The words of the program with those of an operator, which come before them. */
export function createDictionary(added: readonly DictionaryWord[] = []): Dictionary {
  const words = [...new Map([...readDictionary(educationTerms, { isList: true }).words, ...added].map((one) => [one.word, one])).values()]
  const lines = words.map(({ word, weight }) => `${word} ${weight}\n`).sort()
  return {
    words,
    added,
    fingerprint: createHash('sha256')
      .update(`${analysisVersion}\n${lines.join('')}`)
      .digest('hex')
      .slice(0, 8),
  }
}

let current = createDictionary()

/** The dictionary of this thread. */
export function currentDictionary(): Dictionary {
  return current
}

/** Cuts texts by this dictionary from now on, in this thread; all threads of a process need the same. */
export function useDictionary(dictionary: Dictionary): void {
  if (dictionary.fingerprint !== current.fingerprint) current = dictionary
}

/** Something that is made when it is first asked for, and again for another dictionary. */
export function perDictionary<T>(make: (dictionary: Dictionary) => T): () => T {
  let made: { value: T; of: Dictionary } | undefined
  return () => {
    if (made?.of !== current) made = { value: make(current), of: current }
    return made.value
  }
}
