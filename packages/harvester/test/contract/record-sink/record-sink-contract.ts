import { expect, it } from 'vitest'
import type { HarvestItem } from '../../../src/connectors/connector.js'
import type { RecordSink } from '../../../src/run/record-sink.js'

export interface RecordSinkHarness {
  sink: RecordSink
  /** Identifiers that the sink keeps, in any order, without those it was told are deleted. */
  kept(): Promise<string[]> | string[]
  /** The checkpoint that a run after a crash would resume from. */
  checkpoint(): Promise<unknown> | unknown
  close?(): Promise<void> | void
}

export const aRecord = (identifier: string, title = 'Fractions'): HarvestItem => ({
  type: 'record',
  identifier,
  datestamp: '2024-01-01T00:00:00Z',
  metadataPrefix: 'oai_dc',
  resource: { name: { en: title }, url: `https://school.example.org/${identifier}` },
  issues: [],
})

/** What every place that records go to must do. Call it within `describe`. */
export function testRecordSink(createHarness: () => Promise<RecordSinkHarness> | RecordSinkHarness): void {
  const run = (title: string, test: (harness: RecordSinkHarness) => Promise<void>) =>
    it(title, async () => {
      const harness = await createHarness()
      try {
        await test(harness)
      } finally {
        await harness.close?.()
      }
    })

  run('gives one result an item, in order, and keeps the checkpoint with the records', async ({ sink, kept, checkpoint }) => {
    const results = await sink.write({ items: [aRecord('b'), aRecord('a')], raw: [], checkpoint: { page: 1 } })
    expect(results.map(({ identifier, outcome }) => [identifier, outcome])).toEqual([
      ['b', 'created'],
      ['a', 'created'],
    ])
    expect([...(await kept())].sort()).toEqual(['a', 'b'])
    expect(await checkpoint()).toEqual({ page: 1 })
  })

  run('moves the checkpoint on for a page without records', async ({ sink, checkpoint }) => {
    expect(await sink.write({ items: [], raw: [], checkpoint: { page: 2 } })).toEqual([])
    expect(await checkpoint()).toEqual({ page: 2 })
  })

  run('counts a deletion as one', async ({ sink, kept }) => {
    await sink.write({ items: [aRecord('a')], raw: [], checkpoint: {} })
    const results = await sink.write({ items: [{ type: 'deleted', identifier: 'a' }], raw: [], checkpoint: {} })
    expect(results[0]?.outcome).toBe('deleted')
    expect(await kept()).toEqual([])
  })

  run('holds back a record that gave nothing usable, with the others of its page kept', async ({ sink, kept }) => {
    const issue = { code: 'title.missing', path: 'name', message: 'The record has no title: give it one', severity: 'error' } as const
    const broken: HarvestItem = { type: 'record', identifier: 'x', metadataPrefix: 'oai_dc', issues: [issue] }
    const results = await sink.write({ items: [aRecord('a'), broken, aRecord('c')], raw: [], checkpoint: {} })
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'quarantined', 'created'])
    expect([...(await kept())].sort()).toEqual(['a', 'c'])
  })

  run('tells how many records a full list deleted', async ({ sink }) => {
    await sink.write({ items: [aRecord('a')], raw: [], checkpoint: {} })
    expect(await sink.complete({ next: { since: 1 }, isFullList: true })).toEqual({ deleted: expect.any(Number) })
  })
}
