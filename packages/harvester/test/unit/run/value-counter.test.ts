import { describe, expect, it } from 'vitest'
import { IssueCounter } from '../../../src/run/issue-summary.js'
import { ValueCounter } from '../../../src/run/value-counter.js'

describe('values that issues are about', () => {
  it('are counted, the most frequent first', () => {
    const issues = new IssueCounter()
    const issue = { code: 'concept.unknown', path: 'xk', message: 'm', severity: 'warning' as const }
    for (const value of ['b', 'a', 'b']) issues.add({ ...issue, value }, '1')
    issues.add({ ...issue, code: 'url.missing' })
    expect(issues.list().map(({ code, values }) => [code, values])).toEqual([
      [
        'concept.unknown',
        [
          { value: 'b', count: 2 },
          { value: 'a', count: 1 },
        ],
      ],
      ['url.missing', undefined],
    ])
  })

  it('go on from what was counted before, and stay few however many there are', () => {
    const counter = new ValueCounter([{ value: 'a', count: 5 }])
    for (let index = 0; index < 10_000; index++) counter.add(`v${index}`)
    counter.add('a')
    expect(counter.list()).toHaveLength(20)
    expect(counter.list()[0]).toEqual({ value: 'a', count: 6 })
  })
})
