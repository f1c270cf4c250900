/** Remembers for a short while what was found out, by key; several who ask at once wait for one answer. */
export class FoundLately<Answer> {
  readonly #answers = new Map<string, { answer: Promise<Answer>; until: number }>()
  readonly #keepMs: number
  readonly #size: number

  constructor({ keepMs, size }: { keepMs: number; size: number }) {
    this.#keepMs = keepMs
    this.#size = size
  }

  get(key: string, find: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key)
    if (known && known.until > performance.now()) return known.answer
    const answer = find()
    this.#answers.delete(key)
    this.#answers.set(key, { answer, until: performance.now() + this.#keepMs })
    if (this.#answers.size > this.#size) this.#answers.delete(this.#answers.keys().next().value!)
    // What failed is asked again the next time.
    answer.catch(() => {
      if (this.#answers.get(key)?.answer === answer) this.#answers.delete(key)
    })
    return answer
  }
}
