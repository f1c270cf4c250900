import type { Database } from '../../src/database/database.js'
import { createSqlJobQueue } from '../../src/jobs/sql-job-queue.js'
import { openDatabaseAt } from './database.js'

const [engine, address, leaseMs] = process.argv.slice(2) as [Database['engine'], string, string]
const database = await openDatabaseAt(engine, address)
const queue = createSqlJobQueue(database, { ownerId: 'killed', leaseMs: Number(leaseMs), pollMs: 10 })
queue.work('harvest', { concurrency: 1 }, async () => {
  process.send?.('running')
  await new Promise(() => {})
})
await queue.enqueue({ kind: 'harvest', key: 'held', payload: {} })
