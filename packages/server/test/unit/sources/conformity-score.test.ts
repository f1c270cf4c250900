import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBadge } from '../../../src/modules/sources/conformity/badge.js'
import { type ConformityFacts, fullPoints, judge } from '../../../src/modules/sources/conformity/score.js'

const counts = { taken: 100, created: 100, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 }

function facts(changes: Partial<ConformityFacts> = {}, harvest: Partial<ConformityFacts['harvest']> = {}): ConformityFacts {
  return {
    harvest: { state: 'completed', mode: 'full', counts, issues: [], coverage: { records: 100 }, ...harvest },
    isFullList: true,
    reminted: [],
    lacking: 0,
    isResettled: false,
    links: { checked: 20, broken: [] },
    ...changes,
  }
}

const issue = (code: string, severity: 'error' | 'warning' | 'info', count: number) => ({
  code,
  severity,
  count,
  message: 'Mend it',
  samples: ['a'],
})
const score = (parts: ReturnType<typeof judge>) => parts.reduce((sum, { points }) => sum + points, 0)
const points = (parts: ReturnType<typeof judge>) => Object.fromEntries(parts.map(({ part, points }) => [part, points]))

describe('the score of a source', () => {
  it('is 100 when nothing is wrong', () => {
    expect(Object.values(fullPoints).reduce((sum, of) => sum + of, 0)).toBe(100)
    expect(score(judge(facts()))).toBe(100)
  })

  it('loses points by the share of records at fault, at least one, and never more than the part has', () => {
    expect(points(judge(facts({ reminted: ['a'] })))).toMatchObject({ identifiers: 14 })
    expect(points(judge(facts({ reminted: Array.from({ length: 60 }, String) })))).toMatchObject({ identifiers: 0 })
    expect(points(judge(facts({}, { issues: [issue('datestamp.unchanged', 'info', 10)] })))).toMatchObject({ datestamps: 6, records: 25 })
    expect(points(judge(facts({}, { issues: [issue('title.missing', 'error', 10)] })))).toMatchObject({ records: 15, protocol: 30 })
    expect(points(judge(facts({}, { issues: [issue('list.short', 'warning', 1)] })))).toMatchObject({ protocol: 25, records: 25 })
    expect(points(judge(facts({}, { issues: [issue('url.missing', 'info', 100)] })))).toMatchObject({ records: 25 })
  })

  it('counts a deletion that was promised but not told, and not one that was never promised', () => {
    expect(points(judge(facts({ deletedRecord: 'persistent', lacking: 4 })))).toMatchObject({ deletions: 0 })
    expect(points(judge(facts({ deletedRecord: 'no', lacking: 4 })))).toMatchObject({ deletions: 7 })
    expect(points(judge(facts({ lacking: 4 })))).toMatchObject({ deletions: 10 })
  })

  it('takes from before what an increment cannot tell', () => {
    const before = judge(
      facts({
        reminted: Array.from({ length: 60 }, String),
        links: { checked: 4, broken: [{ url: 'https://a.example', reason: 'HTTP status 404' }] },
      }),
    )
    const after = judge(facts({ isFullList: false, links: { checked: 0, broken: [] } }, { mode: 'incremental' }), before)
    expect(points(after)).toEqual(points(before))
    expect(after.find(({ part }) => part === 'identifiers')).toMatchObject({ isCarried: true, points: 0 })
    expect(after.find(({ part }) => part === 'protocol')?.isCarried).toBeUndefined()
  })

  it('blames no datestamp for what changed settings did', () => {
    const issues = [issue('datestamp.unchanged', 'info', 100)]
    expect(points(judge(facts({ isResettled: true }, { issues })))).toMatchObject({ datestamps: 10 })
  })

  it('is 0 for a source that could never be read', () => {
    const none = { ...counts, taken: 0, created: 0 }
    const error = { type: '/p', title: 'x', status: 502, detail: 'It answers a web page. Name its base URL.', code: 'EDUFED_OAI_HTML' }
    const parts = judge(
      facts({ isFullList: false, links: { checked: 0, broken: [] } }, { state: 'failed', counts: none, error, coverage: {} }),
    )
    expect(score(parts)).toBe(0)
    expect(parts[0]?.findings[0]?.message).toContain('base URL')
  })

  it('stays between 0 and the points of each part whatever was found', () => {
    const anIssue = fc.record({
      code: fc.constantFrom('source.error', 'list.short', 'title.missing', 'datestamp.unchanged', 'deletion.held', 'identifier.duplicate'),
      severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
      count: fc.integer({ min: 1, max: 1e6 }),
      message: fc.string(),
      samples: fc.array(fc.string(), { maxLength: 10 }),
    })
    fc.assert(
      fc.property(fc.array(anIssue), fc.array(fc.string()), fc.nat(), fc.boolean(), (issues, reminted, lacking, isFullList) => {
        for (const { points, of } of judge(facts({ reminted, lacking, isFullList, deletedRecord: 'transient' }, { issues }))) {
          expect(points).toBeGreaterThanOrEqual(0)
          expect(points).toBeLessThanOrEqual(of)
        }
      }),
    )
  })

  it('is shown on a badge that needs nothing from elsewhere', () => {
    expect(toBadge(87)).toContain('aria-label="conformity: 87/100"')
    expect(toBadge(undefined)).toContain('unknown')
    expect(toBadge(87).replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<image/)
  })
})
