import { vocabularies } from '@edufed/harvester/vocabularies'
import type { FacetName } from '@edufed/sdk/schemas'
import { describe, expect, it } from 'vitest'
import { toFacetCounts } from '../../../src/search/facet-counts.js'
import { findFacetValues } from '../../../src/search/find-facet-values.js'

const sourceNames = new Map([
  ['jin', '晋中第一学校'],
  ['tai', '太原实验学校'],
])

function find(name: FacetName, values: readonly string[], typed: string, lang = 'zh-Hans'): string[] {
  const counts = values.map((value, at) => ({ value, count: values.length - at }))
  return findFacetValues(name, toFacetCounts(name, counts, { lang, sourceNames }), typed).map(({ value }) => value)
}
const regions = vocabularies.region.concepts.map(({ notation }) => notation)

describe('finding a value of a facet', () => {
  it.each([
    ['天山区', ['650102']],
    ['烏魯木齊縣', ['650121']],
    ['650102', ['650102']],
    ['Ürümqi', ['650100', '650121']],
    ['ئۈرۈمچى', ['650100', '650121']],
  ])('%s finds %j', (typed, found) => {
    expect(find('region', regions, typed)).toEqual(found)
    expect(find('region', regions, typed, 'ug')).toEqual(found)
  })

  it.each(['wulumuqi', 'wlmq', '乌鲁木齐'])('%s finds the city before its counties, and nothing else', (typed) => {
    const found = find('region', regions, typed)
    expect(found[0]).toBe('650100')
    expect(found).toContain('650121')
    expect(found.filter((code) => !code.startsWith('6501'))).toEqual([])
  })

  it('puts what is named exactly before what begins so, and that before what only has it inside', () => {
    expect(find('subject', ['living-mathematics', 'advanced-mathematics', 'mathematics'], '数学')[0]).toBe('mathematics')
    expect(find('source', ['jin', 'tai'], '太原')).toEqual(['tai'])
    expect(find('source', ['jin', 'tai'], '学校')).toEqual(['jin', 'tai'])
    expect(find('level', ['school', 'provincial'], 'ئۆلكە')).toEqual(['provincial'])
  })

  it('keeps all values while nothing is typed, and none when it is only marks', () => {
    expect(find('subject', ['mathematics', 'own'], '  ')).toEqual(['mathematics', 'own'])
    expect(find('subject', ['mathematics', 'own'], '!?')).toEqual([])
    expect(find('subject', ['mathematics', 'own'], 'ow')).toEqual(['own'])
  })
})
