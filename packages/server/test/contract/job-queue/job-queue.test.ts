import { fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/database.js'
import type { Job, JobQueue } from '../../../src/jobs/job-queue.js'
import { createSqlJobQueue } from '../../../src/jobs/sql-job-queue.js'
import { createDatabasePlace, databaseEngines, type TestDatabasePlace } from '../../support/database.js'

/** What another task of the test waits for. */
function gate<T = void>() {
  let open!: (value: T) => void
  const opened = new Promise<T>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

const aborted = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

describe.each(databaseEngines)('the job queue on $title', ({ engine, isSkipped }) => {
  describe.skipIf(isSkipped)('(open)', () => {
    let place: TestDatabasePlace
    let database: Database
    const queues: JobQueue[] = []
    const errors: unknown[] = []

    beforeEach(async () => {
      place = await createDatabasePlace(engine)
      database = await place.open()
      await database.migrate()
    })
    afterEach(async () => {
      await Promise.all(queues.splice(0).map((queue) => queue.stop()))
      await database.close()
      await place.remove()
      expect(errors.splice(0)).toEqual([])
    })

    function aQueue(options: { ownerId?: string; leaseMs?: number; clock?: () => Date } = {}): JobQueue {
      const queue = createSqlJobQueue(database, {
        ownerId: 'p1',
        leaseMs: 60_000,
        pollMs: 10,
        onError: (error) => errors.push(error),
        ...options,
      })
      queues.push(queue)
      return queue
    }
    const harvest = (key: string, fields = {}) => ({ kind: 'harvest', key, payload: { key }, ...fields })
    const states = async () => {
      const rows = await database.read.selectFrom('jobs').select(['key', 'state', 'error']).orderBy('key').execute()
      return rows.map((row) => [row.key, row.state, ...(row.error ? [row.error] : [])].join(' '))
    }

    it('runs a job once with its payload', async () => {
      const queue = aQueue()
      const ran = gate<Job>()
      queue.work('harvest', { concurrency: 1 }, async (job) => ran.open(job))
      expect(await queue.enqueue(harvest('a'))).toBe(true)
      expect(await ran.opened).toMatchObject({ kind: 'harvest', key: 'a', payload: { key: 'a' }, attempts: 1 })
      await expect.poll(states).toEqual(['a done'])
    })

    it('does not queue a second job of a kind and key while one is open', async () => {
      const queue = aQueue()
      const both = await Promise.all([
        queue.enqueue(harvest('a')),
        queue.enqueue(harvest('a')),
        queue.enqueue({ ...harvest('a'), kind: 'other' }),
      ])
      expect(both.filter(Boolean)).toHaveLength(2)
      queue.work('harvest', { concurrency: 1 }, async () => {})
      await expect.poll(async () => (await states()).includes('a done')).toBe(true)
      expect(await queue.enqueue(harvest('a'))).toBe(true)
    })

    it('waits until a job is due', async () => {
      let now = new Date('2026-01-01T00:00:00Z')
      const queue = aQueue({ clock: () => now })
      const order: string[] = []
      queue.work('harvest', { concurrency: 1 }, async (job) => void order.push(job.key))
      await queue.enqueue(harvest('later', { runAt: new Date('2026-01-01T01:00:00Z') }))
      await queue.enqueue(harvest('now'))
      await expect.poll(states).toEqual(['later queued', 'now done'])
      now = new Date('2026-01-01T01:00:01Z')
      await expect.poll(() => order).toEqual(['now', 'later'])
    })

    it('runs no more jobs at a time than allowed, each in one process only', async () => {
      const running = new Set<string>()
      const runs: string[] = []
      let most = 0
      const handler = async (job: Job) => {
        expect(running.has(job.key)).toBe(false)
        running.add(job.key)
        runs.push(job.key)
        most = Math.max(most, running.size)
        await new Promise((resolve) => setImmediate(resolve))
        running.delete(job.key)
      }
      const queue = aQueue()
      for (let index = 0; index < 30; index++) await queue.enqueue(harvest(`k${index}`))
      queue.work('harvest', { concurrency: 2 }, handler)
      if (engine === 'postgres') aQueue({ ownerId: 'p2' }).work('harvest', { concurrency: 2 }, handler)
      await expect.poll(() => runs.length, { timeout: 15_000 }).toBe(30)
      expect(new Set(runs).size).toBe(30)
      expect(most).toBeLessThanOrEqual(engine === 'postgres' ? 4 : 2)
    })

    it('keeps the error of a job that failed', async () => {
      const queue = aQueue()
      queue.work('harvest', { concurrency: 1 }, async () => {
        throw new Error('The source is gone')
      })
      await queue.enqueue(harvest('a'))
      await expect.poll(states).toEqual(['a failed The source is gone'])
    })

    it('aborts what runs when it stops, and queues it again', async () => {
      const queue = aQueue()
      const begun = gate()
      queue.work('harvest', { concurrency: 1 }, async (_, signal) => {
        begun.open()
        await aborted(signal)
        throw signal.reason
      })
      await queue.enqueue(harvest('a'))
      await begun.opened
      await queue.stop()
      expect(await states()).toEqual(['a queued'])
      const again = gate<Job>()
      aQueue().work('harvest', { concurrency: 1 }, async (job) => again.open(job))
      expect((await again.opened).attempts).toBe(1)
    })

    it('keeps a long job to its process by renewing the lease', async () => {
      const queue = aQueue({ leaseMs: 60 })
      const end = gate()
      let runs = 0
      const handler = async () => {
        runs++
        await end.opened
      }
      queue.work('harvest', { concurrency: 2 }, handler)
      if (engine === 'postgres') aQueue({ ownerId: 'p2', leaseMs: 60 }).work('harvest', { concurrency: 2 }, handler)
      await queue.enqueue(harvest('a'))
      const leasedUntil = async () => (await database.read.selectFrom('jobs').select('leased_until').executeTakeFirst())?.leased_until ?? ''
      await expect.poll(leasedUntil).not.toBe('')
      const first = await leasedUntil()
      await expect.poll(async () => (await leasedUntil()) > new Date(Date.parse(first) + 200).toISOString()).toBe(true)
      expect(runs).toBe(1)
      end.open()
      await expect.poll(states).toEqual(['a done'])
    })

    it('aborts a job whose lease went to another process', async () => {
      const queue = aQueue({ leaseMs: 30 })
      const begun = gate()
      const lost = gate()
      queue.work('harvest', { concurrency: 1 }, async (_, signal) => {
        begun.open()
        await aborted(signal)
        lost.open()
      })
      await queue.enqueue(harvest('a'))
      await begun.opened
      await database.write.updateTable('jobs').set({ lease_owner: 'another', leased_until: '2999' }).execute()
      await lost.opened
      expect(await states()).toEqual(['a running'])
    })

    it('takes over the job of a process that was killed', async () => {
      await database.close()
      const child = fork(new URL('../../support/hold-job.ts', import.meta.url), [engine, place.address, '300'], {
        execArgv: ['--import', 'tsx', '--conditions=@edufed/source'],
      })
      await once(child, 'message')
      child.kill('SIGKILL')
      await once(child, 'exit')
      database = await place.open()
      const ran = gate<Job>()
      aQueue().work('harvest', { concurrency: 1 }, async (job) => ran.open(job))
      expect(await ran.opened).toMatchObject({ key: 'held', attempts: 2 })
      await expect.poll(states).toEqual(['held done'])
    })

    it('gives up a job that its process never survives', async () => {
      const queue = aQueue()
      await queue.enqueue(harvest('deadly'))
      await database.write.updateTable('jobs').set({ state: 'running', attempts: 5, lease_owner: 'dead', leased_until: '2000' }).execute()
      queue.work('harvest', { concurrency: 1 }, async () => {})
      await expect.poll(states).toEqual(['deadly failed Given up: the process ended 5 times while it ran this job'])
    })

    it('lets one process lead at a time, and another when that stops', async () => {
      const leaders: string[] = []
      const lead = (name: string) => async (signal: AbortSignal) => {
        leaders.push(name)
        await aborted(signal)
      }
      const first = aQueue()
      first.lead('indexer', lead('first'))
      await expect.poll(() => leaders).toEqual(['first'])
      const second = aQueue({ ownerId: 'p2' })
      if (engine === 'postgres') {
        second.lead('indexer', lead('second'))
        await expect.poll(async () => (await database.read.selectFrom('leases').select('owner').execute())[0]?.owner).toMatch(/^p1#/)
        expect(leaders).toEqual(['first'])
      }
      await first.stop()
      if (engine === 'sqlite') second.lead('indexer', lead('second'))
      await expect.poll(() => leaders).toEqual(['first', 'second'])
    })

    it('leads again when the task throws or ends', async () => {
      let runs = 0
      const queue = aQueue()
      queue.lead('indexer', async () => {
        runs++
        if (runs === 1) throw new Error('once')
      })
      await expect.poll(() => runs).toBeGreaterThan(2)
      expect(errors.splice(0)).toEqual([new Error('once')])
    })
  })
})
