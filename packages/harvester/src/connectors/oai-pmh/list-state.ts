import type { Checkpoint, HarvestItem } from '../connector.js'
import { type Granularity, isDatestamp } from './datestamp.js'
import { IdentifierSet } from './identifier-set.js'
import type { TimeSpan, Window } from './window.js'

/** Where a harvest of a repository stands; written into the checkpoint as it is. */
export interface ListState extends TimeSpan {
  version: 1
  metadataPrefix: string
  granularity: Granularity
  /** `from` of the requests of this run. */
  from?: string
  until?: string
  /** What the repository's clock said in the first answer of the run: the start of the next one. */
  responseDate?: string
  latestDatestamp?: string
  /** The set that is read, by its place in the settings. */
  setIndex: number
  token?: string
  /** Records taken from this set so far. */
  taken: number
  total: number
  /** Identifiers taken from a page that broke off: they are not taken again when it is whole. */
  partial?: string[]
  /** Windows of the list that are still to be read, the current one first; absent when the list is read in one piece. */
  windows?: Window[]
  /** What the list announced before it was cut into windows. */
  announced?: number
  /** True when ListIdentifiers and GetRecord are asked instead of ListRecords. */
  isByIdentifiers?: boolean
  /** Sets that could not be read, and why. */
  brokenSets?: { set: string; reason: string }[]
  /** The sets that are read when a run is resumed for the sake of those that were broken. */
  sets?: string[]
  /** False when what was not seen may exist all the same. */
  isFullList: boolean
}

export function toListState(checkpoint: Checkpoint | undefined): ListState | undefined {
  const state = checkpoint as Partial<ListState> | undefined
  if (state?.version !== 1 || typeof state.metadataPrefix !== 'string' || typeof state.setIndex !== 'number') return undefined
  return { ...(state as ListState) }
}

export function toCheckpoint(state: ListState): Checkpoint {
  return { ...state }
}

/** Remembers the latest datestamp, for repositories that do not tell their time. */
export function noteDatestamps(state: ListState, items: readonly HarvestItem[]): void {
  for (const { datestamp } of items) {
    if (datestamp !== undefined && (state.latestDatestamp === undefined || datestamp > state.latestDatestamp) && isDatestamp(datestamp)) {
      state.latestDatestamp = datestamp
    }
  }
}

/**
 * Remembers what a run has handed out, so that a list that begins again gives nothing twice and a list that repeats itself is noticed.
 */
export class ListMemory {
  #delivered = new IdentifierSet()
  #pass = this.#delivered
  #tokens = new IdentifierSet()
  #isRepeating = false
  #stalePages = 0
  #emptyPages = 0

  /** The list is read from its beginning again, or another list follows. */
  startPass(): void {
    this.#isRepeating = this.#delivered.size > 0
    if (this.#isRepeating) this.#pass = new IdentifierSet()
    this.#tokens = new IdentifierSet()
    this.#stalePages = 0
    this.#emptyPages = 0
  }

  /** The items of a page that were not handed out before. */
  takePage(items: readonly HarvestItem[], token: string | undefined): { fresh: HarvestItem[]; repeated: number; isEndless: boolean } {
    const keys = items.map(toKey)
    const isDelivered = keys.map((key) => this.#isRepeating && this.#delivered.has(key))
    let repeated = 0
    for (const key of keys) if (!this.#pass.add(key)) repeated++
    if (this.#isRepeating) for (const key of keys) this.#delivered.add(key)
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
