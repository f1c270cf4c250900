import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../../src/database/database.js'
import { openSqliteDatabase } from '../../../src/database/sqlite/open-sqlite-database.js'
import type { HarvestService } from '../../../src/modules/sources/harvest-service.js'
import { HarvestStore } from '../../../src/modules/sources/harvest-store.js'
import { startDueHarvests } from '../../../src/modules/sources/scheduler.js'
import { SourceStore } from '../../../src/modules/sources/source-store.js'

let folder: string
let database: Database
let enqueued: string[]
let time: Date

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edufed-schedule-'))
  database = await openSqliteDatabase({ file: join(folder, 'edufed.sqlite') })
  await database.migrate()
  enqueued = []
  time = new Date('2026-03-01T00:00:00Z')
  await new SourceStore(database).insert({
    ...{ id: 's', name: 'S', kind: 'oai-pmh', settings_json: '{}', member_id: null, authority: null, level: 'school', region: null },
    ...{ default_scope: 'public', cron: '30 3 * * *', time_zone: 'Asia/Shanghai', is_enabled: 1, since_json: null },
    next_harvest_at: '2026-02-26T19:30:00.000Z',
    created_at: '2026-02-01T00:00:00.000Z',
    updated_at: '2026-02-01T00:00:00.000Z',
  })
})

afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

it('makes up for runs that were missed, once, and then waits for the next in the time zone of the schedule', async () => {
  await tick()
  await tick()
  expect(enqueued).toHaveLength(1)
  const source = await new SourceStore(database).find('s')
  expect(source?.next_harvest_at).toBe('2026-03-01T19:30:00.000Z')
  expect(await new HarvestStore(database).find(enqueued[0]!)).toMatchObject({ trigger: 'schedule', state: 'queued', mode: 'incremental' })
})

it('leaves out a run while the last one still goes on', async () => {
  await tick()
  time = new Date('2026-03-02T00:00:00Z')
  await tick()
  expect(enqueued).toHaveLength(1)
  expect((await new SourceStore(database).find('s'))?.next_harvest_at).toBe('2026-03-02T19:30:00.000Z')
})

it('starts one run when two processes see at once that it is due', async () => {
  await Promise.all([tick(), tick(), tick()])
  expect(enqueued).toHaveLength(1)
})

function tick(): Promise<void> {
  const service = { enqueue: async ({ id }: Parameters<HarvestService['enqueue']>[0]) => void enqueued.push(id) } as HarvestService
  return startDueHarvests({
    sources: new SourceStore(database),
    harvests: new HarvestStore(database),
    service,
    now: () => time,
    intervalMs: 1,
  })
}
