import type { FacetCount } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { type FacetNode, toFacetTree, withParents } from '../../src/elements/facet-tree.js'

const region = (value: string, count: number, around?: string): FacetCount => ({
  value,
  label: value,
  count,
  ...(around ? { parent: { facet: 'region', value: around, label: around } } : {}),
})
const regions = [
  region('650000', 9),
  region('650100', 5, '650000'),
  region('140000', 4),
  region('140100', 4, '140000'),
  region('650102', 3, '650100'),
  region('330106', 1, '330100'),
]

function outline(nodes: readonly FacetNode[]): unknown[] {
  return nodes.map(({ label, around, parts }) => {
    const name = around === undefined ? label : `${label} of ${around}`
    return parts.length === 0 ? name : [name, ...outline(parts)]
  })
}

it('puts values beneath what they are part of, and names that where it is not shown', () => {
  expect(outline(toFacetTree('region', regions))).toEqual([['650000', ['650100', '650102']], ['140000', '140100'], '330106 of 330100'])
  const found = regions.filter(({ value }) => !value.endsWith('0000'))
  expect(outline(toFacetTree('region', found))).toEqual([['650100 of 650000', '650102'], '140100 of 140000', '330106 of 330100'])
})

it('puts grades beneath the headings of their stages', () => {
  const stage = (value: string) => ({ facet: 'stage' as const, value, label: value })
  const grades: FacetCount[] = [
    { value: 'grade-3', label: 'Grade 3', count: 3, parent: stage('primary') },
    { value: 'grade-7', label: 'Grade 7', count: 2, parent: stage('junior-secondary') },
    { value: 'grade-1', label: 'Grade 1', count: 1, parent: stage('primary') },
    { value: 'own', label: 'Own', count: 1 },
  ]
  expect(outline(toFacetTree('grade', grades))).toEqual([['primary', 'Grade 3', 'Grade 1'], ['junior-secondary', 'Grade 7'], 'Own'])
  expect(toFacetTree('grade', grades)[0]?.count).toBeUndefined()
})

it('shows what a wanted value is part of, in the order of the counts', () => {
  const shown = withParents('region', regions, ({ value }) => value === '650102' || value === '330106')
  expect(shown.map(({ value }) => value)).toEqual(['650000', '650100', '650102', '330106'])
})
