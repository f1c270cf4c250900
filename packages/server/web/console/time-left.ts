import type { Harvest } from '@edufed/sdk'

/** What a run did more than so long ago says nothing of how fast it is now. */
const windowMs = 120_000
/** From less than this nothing can be told. */
const leastMs = 5_000
/** A run that brought nothing for so long stands still. */
const stalledMs = 60_000

/** A time in the largest unit that is not misleading. */
export interface RoughTime {
  unit: 'moment' | 'minutes' | 'hours' | 'days'
  count: number
}

/** Watches runs as they go on, and tells how long they will still take at the pace that was seen. */
export class TimeLeft {
  readonly #seen = new Map<string, { at: number; taken: number }[]>()

  /** Notes where a run stands. @param now - In milliseconds of a clock that is never set. */
  note({ id, state, pausedUntil, counts }: Harvest, now: number): void {
    if (state !== 'running' || pausedUntil !== undefined) {
      this.#seen.delete(id)
      return
    }
    const seen = this.#seen.get(id) ?? []
    const last = seen.at(-1)
    if (last && last.taken === counts.taken) return
    // Begun anew: what was seen before was another pace.
    if (last && last.taken > counts.taken) seen.length = 0
    seen.push({ at: now, taken: counts.taken })
    while (seen.length > 2 && (seen[1]?.at ?? now) < now - windowMs) seen.shift()
    this.#seen.set(id, seen)
  }

  /** How long a run will still take; undefined where that cannot be told: without a total, at the beginning, when it pauses or stands still. */
  of({ id, state, pausedUntil, counts, expectedRecords }: Harvest, now: number): RoughTime | undefined {
    const seen = this.#seen.get(id)
    const [first] = seen ?? []
    const last = seen?.at(-1)
    if (!first || !last || state !== 'running' || pausedUntil !== undefined) return undefined
    if (expectedRecords === undefined || counts.taken >= expectedRecords) return undefined
    if (last.at - first.at < leastMs || now - last.at > stalledMs) return undefined
    const seconds = (expectedRecords - counts.taken) / ((last.taken - first.taken) / (now - first.at)) / 1000
    return toRoughTime(seconds)
  }
}

function toRoughTime(seconds: number): RoughTime {
  if (seconds < 60) return { unit: 'moment', count: 1 }
  if (seconds < 90 * 60) return { unit: 'minutes', count: Math.round(seconds / 60) }
  if (seconds < 36 * 3600) return { unit: 'hours', count: Math.round(seconds / 3600) }
  return { unit: 'days', count: Math.round(seconds / 86_400) }
}
