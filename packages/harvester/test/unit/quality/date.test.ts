import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toIsoDate } from '../../../src/quality/date.js'

describe('a date', () => {
  it.each([
    ['2024-03-15T14:22:07.930+0800', '2024-03-15T14:22:07.930+08:00'],
    ['2024-03-15T14:22:07Z', '2024-03-15T14:22:07Z'],
    ['2024-03-15 14:22', '2024-03-15T14:22:00'],
    ['20210311', '2021-03-11'],
    ['20210311083000', '2021-03-11T08:30:00'],
    ['2021', '2021'],
    ['2021-3', '2021-03'],
    ['2021/3/1', '2021-03-01'],
    ['2021.03.01', '2021-03-01'],
    ['2021年3月1日', '2021-03-01'],
    ['2021 年 3 月', '2021-03'],
    ['２０２１年', '2021'],
    ['March 12, 2021', '2021-03-12'],
    ['12 Mar 2021', '2021-03-12'],
    ['Tue, 15 Nov 1994 12:45:26 GMT', '1994-11-15T12:45:26Z'],
    ['1710486127930', '2024-03-15T07:02:07.930Z'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (raw, date) => expect(toIsoDate(raw)).toBe(date))

  it.each([
    ['200000000-01-01'],
    ['Not found'],
    ['2021-02-29'],
    ['2021-13-01'],
    ['0001-01-01'],
    ['03/04/2021'],
    ['2021-03-11T25:00:00Z'],
    ['2019-2020'],
    ['2021-03-01/2021-04-01'],
    [''],
    [undefined],
    ['9'.repeat(1000)],
  ])('%s is none', (raw) => expect(toIsoDate(raw)).toBeUndefined())

  it('is written in the form that the record model takes, and stays as it is when read again', () => {
    const form = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
        (raw) => {
          const date = toIsoDate(raw)
          if (date === undefined) return
          expect(date).toMatch(form)
          expect(toIsoDate(date)).toBe(date)
        },
      ),
    )
  })
})
