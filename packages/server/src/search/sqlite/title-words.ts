import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { allowedErrors, nearestWords } from '../spelling/near-words.js'

const maxCounted = 12

/** Words that titles are spelt with, in memory from the first time that one is looked for. */
export class TitleWords {
  /** By first letter and length. */
  readonly #words = new Map<string, string[]>()
  #last = 0

  /** Words that were probably meant, the likeliest first. Empty when the word itself is one of them. */
  near(word: string, connection: LibsqlConnection, countDocuments: (word: string) => number): string[] {
    this.#update(connection)
    const errors = allowedErrors(word)
    const candidates: string[] = []
    for (let length = word.length - errors; length <= word.length + errors; length++)
      candidates.push(...(this.#words.get(`${word[0]}${length}`) ?? []))
    const near = nearestWords(
      word,
      candidates.map((candidate) => ({ word: candidate, documents: 0 })),
      maxCounted,
    )
    // Only what is near is counted; what no document has any more was only ever in a title.
    const counted = near.map((one) => ({ word: one, documents: countDocuments(one) })).filter(({ documents }) => documents > 0)
    return nearestWords(word, counted)
  }

  #update(connection: LibsqlConnection): void {
    const { rows } = connection.execute('select number, word from title_words where number > ? order by number', [this.#last])
    for (const [number, text] of rows) {
      const word = String(text)
      const key = `${word[0]}${word.length}`
      const words = this.#words.get(key)
      if (words) words.push(word)
      else this.#words.set(key, [word])
      this.#last = Number(number)
    }
  }
}
