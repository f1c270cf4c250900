import type { HarvestItem } from '../connector.js'
import { IdentifierSet } from './identifier-set.js'

/** Remembers what a run has handed out, so that a list that begins again gives nothing twice. */
export class ListMemory {
  readonly #delivered = new IdentifierSet()

  /** @param isOnly - No other list is read at the same time, so that one memory may do for both. */
  startPass(isOnly: boolean): ListPass {
    return new ListPass(this.#delivered, isOnly && this.#delivered.size === 0)
  }
}

/** Remembers what a list has given since it was begun, so that one that repeats itself is noticed. */
export class ListPass {
  readonly #delivered: IdentifierSet
  readonly #seen: IdentifierSet
  readonly #isFirst: boolean
  readonly #tokens = new IdentifierSet()
  #stalePages = 0
  #emptyPages = 0

  /** @param isFirst - Nothing was handed out before, and nothing is meanwhile. */
  constructor(delivered: IdentifierSet, isFirst: boolean) {
    this.#delivered = delivered
    this.#seen = isFirst ? delivered : new IdentifierSet()
    this.#isFirst = isFirst
  }

  /** The items of a page that were not handed out before. */
  takePage(items: readonly HarvestItem[], token: string | undefined): { fresh: HarvestItem[]; repeated: number; isEndless: boolean } {
    const keys = items.map(toKey)
    const isDelivered = keys.map((key) => !this.#isFirst && this.#delivered.has(key))
    let repeated = 0
    for (const key of keys) if (!this.#seen.add(key)) repeated++
    if (!this.#isFirst) for (const key of keys) this.#delivered.add(key)
    const isStale = items.length > 0 && repeated === items.length
    const isKnownToken = token !== undefined && this.#tokens.has(token)
    if (token !== undefined) this.#tokens.add(token)
    this.#stalePages = isStale ? this.#stalePages + 1 : 0
    this.#emptyPages = items.length === 0 ? this.#emptyPages + 1 : 0
    const isEndless = (isKnownToken && repeated === items.length) || this.#stalePages >= 3 || this.#emptyPages >= 200
    return { fresh: isStale ? [] : items.filter((_, index) => !isDelivered[index]), repeated: isStale ? 0 : repeated, isEndless }
  }
}

function toKey(item: HarvestItem): string {
  return `${item.identifier}\n${item.datestamp ?? ''}\n${item.type}`
}
