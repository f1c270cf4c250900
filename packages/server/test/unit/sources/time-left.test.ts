import type { Harvest } from '@edufed/sdk/schemas'
import { describe, expect, it } from 'vitest'
import { TimeLeft } from '../../../web/console/time-left.js'

const harvest = (taken: number, others: Partial<Harvest> = {}): Harvest => ({
  id: 'h1',
  sourceId: 'school',
  state: 'running',
  mode: 'full',
  trigger: 'manual',
  createdAt: '2024-05-01T00:00:00Z',
  counts: { taken, created: taken, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 },
  pages: 1,
  bytes: 1,
  expectedRecords: 10_000,
  issues: [],
  ...others,
})

/** Shows a run that takes so many records a second. */
function watch(perSecond: number, seconds: number, others: Partial<Harvest> = {}): { timeLeft: TimeLeft; last: Harvest; now: number } {
  const timeLeft = new TimeLeft()
  let last = harvest(0, others)
  for (let second = 0; second <= seconds; second++) {
    last = harvest(1000 + perSecond * second, others)
    timeLeft.note(last, second * 1000)
  }
  return { timeLeft, last, now: seconds * 1000 }
}

const seen = (perSecond: number, seconds: number, others?: Partial<Harvest>) => {
  const { timeLeft, last, now } = watch(perSecond, seconds, others)
  return timeLeft.of(last, now)
}

describe('the time that a run will still take', () => {
  it.each([
    [200, 10, { unit: 'moment', count: 1 }],
    [10, 10, { unit: 'minutes', count: 15 }],
    [1, 10, { unit: 'hours', count: 2 }],
  ])('at %i records a second, seen for %i seconds', (perSecond, seconds, expected) => {
    expect(seen(perSecond, seconds)).toEqual(expected)
  })

  it('counts days where it takes that long', () => {
    expect(seen(1, 20, { expectedRecords: 1_000_000 })).toEqual({ unit: 'days', count: 12 })
  })

  it.each([
    ['without a total', () => seen(10, 10, { expectedRecords: undefined })],
    ['before it was seen for some seconds', () => seen(10, 3)],
    ['when there are more records than were announced', () => seen(10, 10, { expectedRecords: 1100 })],
    ['while it pauses', () => seen(10, 10, { state: 'queued', pausedUntil: '2024-05-01T22:00:00Z' })],
    ['when it has ended', () => seen(10, 10, { state: 'completed' })],
  ])('is not told %s', (_, told) => {
    expect(told()).toBeUndefined()
  })

  it('gets longer while nothing comes, and is not told any more when the run stands still', () => {
    const { timeLeft, last, now } = watch(10, 10)
    expect(timeLeft.of(last, now + 10_000)).toEqual({ unit: 'minutes', count: 30 })
    expect(timeLeft.of(last, now + 61_000)).toBeUndefined()
  })

  it('minds how fast a run is now, not how fast it was', () => {
    const { timeLeft } = watch(100, 10)
    let last = harvest(0)
    for (let second = 11; second <= 300; second++) {
      last = harvest(2000 + second)
      timeLeft.note(last, second * 1000)
    }
    expect(timeLeft.of(last, 300_000)).toEqual({ unit: 'hours', count: 2 })
  })

  it('begins anew with a run that goes on after a pause', () => {
    const { timeLeft, last } = watch(10, 10)
    timeLeft.note({ ...last, state: 'queued', pausedUntil: '2024-05-01T22:00:00Z' }, 11_000)
    timeLeft.note(last, 3_600_000)
    expect(timeLeft.of(last, 3_600_000)).toBeUndefined()
  })
})
