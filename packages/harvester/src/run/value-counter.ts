import { toOwnText } from '../quality/own-text.js'

/** How often a value of a source was met. */
export interface ValueCount {
  value: string
  count: number
}

const maxValues = 500
const maxListed = 20

/** Counts the values that an issue is about; its size is bounded, so that values that are first met late may be missing. */
export class ValueCounter {
  readonly #counts: Map<string, number>

  /** @param counts - What was counted before. */
  constructor(counts: readonly ValueCount[] = []) {
    this.#counts = new Map(counts.map(({ value, count }) => [value, count]))
  }

  add(value: string): void {
    const count = this.#counts.get(value)
    if (count !== undefined) this.#counts.set(value, count + 1)
    else if (this.#counts.size < maxValues) this.#counts.set(toOwnText(value), 1)
  }

  /** The most frequent first. */
  list(): ValueCount[] {
    return [...this.#counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, maxListed)
  }
}
