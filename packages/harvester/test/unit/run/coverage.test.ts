import { describe, expect, it } from 'vitest'
import { formatReport, toPercent } from '../../../src/cli/progress.js'
import type { HarvestItem } from '../../../src/connectors/connector.js'
import { CoverageCounter } from '../../../src/run/coverage.js'

const record = (resource?: object) =>
  ({ type: 'record', identifier: '1', metadataPrefix: 'oai_dc', issues: [], ...(resource && { resource }) }) as HarvestItem

describe('the coverage of fields', () => {
  it('counts a field only where it says something', () => {
    const coverage = new CoverageCounter()
    coverage.add(record({ name: { 'zh-Hans': '静夜思' }, inLanguage: ['zh-Hans'], license: {}, keywords: [], description: {} }))
    coverage.add(record({ name: { en: 'Rivers' }, inLanguage: ['und'], license: { id: null, raw: 'all rights' }, timeRequired: 'PT45M' }))
    coverage.add(record())
    coverage.add({ type: 'deleted', identifier: '2' })
    expect(coverage.toCoverage()).toMatchObject({
      records: 3,
      name: 2,
      inLanguage: 1,
      license: 1,
      keywords: 0,
      description: 0,
      timeRequired: 1,
    })
  })

  it('goes on from what was counted before', () => {
    const coverage = new CoverageCounter({ records: 7, name: 6, difficulty: 2 })
    coverage.add(record({ name: { en: 'Rivers' }, difficulty: 'easy' }))
    expect(coverage.toCoverage()).toMatchObject({ records: 8, name: 7, difficulty: 3 })
  })

  it.each([
    [0, 300, '0 %'],
    [1, 300, '1 %'],
    [150, 300, '50 %'],
    [299, 300, '99 %'],
    [300, 300, '100 %'],
  ])('shows %i of %i as %s', (count, records, text) => {
    expect(toPercent(count, records)).toBe(text)
  })

  it('stands in the report in words', () => {
    const counts = { taken: 2, created: 2, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 }
    const at = '2026-01-01T00:00:00.000Z'
    const coverage = { records: 2, description: 1, name: 2, license: 0 }
    const report = { state: 'completed' as const, counts, pages: 1, bytes: 10, issues: [], coverage, startedAt: at, finishedAt: at }
    expect(formatReport(report)).toContain('of 2 records have: name 100 %, description 50 %, license 0 %')
  })
})
