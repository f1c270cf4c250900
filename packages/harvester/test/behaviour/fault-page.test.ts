import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultCases } from '../support/fault-cases.js'
import { type FaultResult, harvestFaults, toFaultPage } from '../support/fault-table.js'
import { faults } from '../support/oai-faults.js'

let results: FaultResult[]
beforeAll(async () => {
  results = await harvestFaults()
}, 180_000)

const names = Object.values(faultCases).flatMap((cases) => cases.map(({ fault }) => fault))

describe('the page about faults', () => {
  it.each(names)('%s: everything is got that can be had, and no run that lost something is called complete without saying so', (name) => {
    const result = results.find(({ fault }) => fault === name)
    expect(result?.got).toBe(result?.possible)
    const { report } = result as FaultResult
    if (result?.got === 1000) return
    const isToldByError = report.state !== 'completed' && report.error !== undefined
    const isToldByRecord = result?.named === 1000 && report.counts.quarantined > 0
    expect(isToldByError || isToldByRecord).toBe(true)
  })

  it('names every fault of the test repository', () => {
    expect(Object.keys(faults).filter((fault) => !names.includes(fault))).toEqual([])
  })

  it('is fresh: `pnpm run docs` would write it as it is', async () => {
    const page = await readFile(new URL('../../../../docs/reference/harvest-faults.md', import.meta.url), 'utf8')
    expect(page).toBe(toFaultPage(results))
  })
})
