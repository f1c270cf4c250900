import type { Checkpoint, HarvestItem } from '../connector.js'
import { type Granularity, isDatestamp } from './datestamp.js'
import type { TimeSpan, Window } from './window.js'

/** A list that is followed by its tokens: all that is asked for, or a window of it. */
export interface ListPart extends Window {
  token?: string
  /** Records taken of it so far. */
  taken: number
  /** Records that the repository says it has. */
  announced?: number
  /** Identifiers taken from a page that broke off: they are not taken again when it is whole. */
  partial?: string[]
  /** How often it was cut in two without a new record since. */
  idleSplits?: number
}

/** Where a harvest of a repository stands; written into the checkpoint as it is. */
export interface ListState extends TimeSpan {
  version: 2
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
  total: number
  /** What is still to be read of this set, in order; those at the front are being read. Absent before its first request. */
  parts?: ListPart[]
  /** What the list announced before it was cut into windows. */
  announced?: number
  /** True when the repository turned out to be unable to select by date. */
  isInOnePiece?: boolean
  /** True when ListIdentifiers and GetRecord are asked instead of ListRecords. */
  isByIdentifiers?: boolean
  /** Sets that could not be read, and why. */
  brokenSets?: { set: string; reason: string }[]
  /** The sets that are read when a run is resumed for the sake of those that were broken. */
  sets?: string[]
  /** False when what was not seen may exist all the same. */
  isFullList: boolean
}

/** Where a run stood by its checkpoint; undefined when it is not of this connector. */
export function toListState(checkpoint: Checkpoint | undefined): ListState | undefined {
  const state = checkpoint as (Omit<Partial<ListState>, 'version'> & { version?: unknown }) | undefined
  if (typeof state?.metadataPrefix !== 'string' || typeof state.setIndex !== 'number') return undefined
  if (state.version === 1) return fromSerialState(state as unknown as SerialState)
  return state.version === 2 ? structuredClone(state as ListState) : undefined
}

/** A state as it was written when one list was read at a time. */
interface SerialState extends Omit<ListState, 'version' | 'parts'>, Omit<ListPart, 'from' | 'until'> {
  windows?: Window[]
}

function fromSerialState({ token, taken, partial, windows, ...state }: SerialState): ListState {
  const reached = { ...(token !== undefined && { token }), taken, ...(partial && { partial }) }
  const [current, ...others] = windows ?? []
  const { announced } = state
  const first = current ? { ...current, ...reached } : { ...reached, ...(token !== undefined && announced !== undefined && { announced }) }
  return { ...state, version: 2, parts: [first, ...others.map((window) => ({ ...window, taken: 0 }))] }
}

export function toCheckpoint(state: ListState): Checkpoint {
  return structuredClone(state) as unknown as Checkpoint
}

/** True for a window of a list. */
export function isWindow({ from, until }: ListPart): boolean {
  return from !== undefined || until !== undefined
}

/** The time that a part spans: that of the run, unless it is a window. */
export function toWindow({ from, until }: ListState, part: ListPart): Window {
  const bounds = isWindow(part) ? part : { from, until }
  return { ...(bounds.from !== undefined && { from: bounds.from }), ...(bounds.until !== undefined && { until: bounds.until }) }
}

/** Puts others in the place of a part, or nothing when it has come to its end. */
export function replacePart(state: ListState, part: ListPart, others: readonly (Window & { idleSplits?: number })[]): void {
  state.parts = (state.parts ?? []).flatMap((known) => (known === part ? others.map((window) => ({ taken: 0, ...window })) : [known]))
}

/** Remembers the latest datestamp, for repositories that do not tell their time. */
export function noteDatestamps(state: ListState, items: readonly HarvestItem[]): void {
  for (const { datestamp } of items) {
    if (datestamp !== undefined && (state.latestDatestamp === undefined || datestamp > state.latestDatestamp) && isDatestamp(datestamp)) {
      state.latestDatestamp = datestamp
    }
  }
}
