import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHours } from '../../../src/connectors/hours.js'

const closedUntil = (hours: string, time: string, timeZone?: string) =>
  readHours({ hours, ...(timeZone ? { timeZone } : {}) })
    ?.closedUntil(new Date(time))
    ?.toISOString()

describe('the hours of a source', () => {
  it.each([
    ['22:00-06:00', '2024-05-01T14:00:00Z', undefined],
    ['22:00-06:00', '2024-05-01T21:59:30Z', undefined],
    ['22:00-06:00', '2024-05-01T22:00:00Z', '2024-05-02T14:00:00.000Z'],
    ['22:00-06:00', '2024-05-01T13:59:59Z', '2024-05-01T14:00:00.000Z'],
    ['08:00-12:00', '2024-05-01T00:00:00Z', undefined],
    ['08:00-12:00', '2024-05-01T04:00:00Z', '2024-05-02T00:00:00.000Z'],
    ['10:00-10:00', '2024-05-01T04:00:00Z', undefined],
  ])('%s of Shanghai at %s: closed until %s', (hours, time, until) => expect(closedUntil(hours, time)).toBe(until))

  it('are those of the time zone that is named', () => {
    expect(closedUntil('22:00-06:00', '2024-05-01T16:30:00Z', 'Asia/Urumqi')).toBeUndefined()
    expect(closedUntil('22:00-06:00', '2024-05-01T15:00:00Z', 'Asia/Urumqi')).toBe('2024-05-01T16:00:00.000Z')
    expect(closedUntil('22:00-06:00', '2024-05-01T15:00:00Z', 'UTC')).toBe('2024-05-01T22:00:00.000Z')
  })

  it('end a pause at a moment at which they have begun', () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
    const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(time, time, moment, (from, until, now) => {
        const hours = readHours({ hours: `${from}-${until}` })
        const open = hours?.closedUntil(now)
        if (!open) return
        expect(open.getTime()).toBeGreaterThan(now.getTime() - 60_000)
        expect(hours?.closedUntil(open)).toBeUndefined()
      }),
    )
  })

  it('are none where none are set', () => expect(readHours({ url: 'https://example.org/oai' })).toBeUndefined())

  it.each([
    [{ hours: '22-6' }, 'hours'],
    [{ hours: '22:00-06:00', timeZone: 'China' }, 'timeZone'],
  ])('%o is refused', (settings, path) => {
    expect(() => readHours(settings)).toThrow(
      expect.objectContaining({ code: 'EDUFED_SETTINGS_INVALID', details: expect.objectContaining({ path }) }),
    )
  })
})
