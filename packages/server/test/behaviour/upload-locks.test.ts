import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/database.js'
import { UploadLocker } from '../../src/modules/uploads/upload-locker.js'
import { UploadStore } from '../../src/modules/uploads/upload-store.js'
import { databaseEngines, openTestDatabase } from '../support/database.js'

const never = new AbortController().signal
const nobody = () => undefined

describe.each(databaseEngines)('locks of uploads on $title', ({ engine, isSkipped }) => {
  describe.skipIf(isSkipped)('(open)', () => {
    let database: Database
    let now: Date
    /** Two processes of one node. */
    let here: UploadLocker
    let there: UploadLocker

    beforeEach(async () => {
      database = await openTestDatabase(engine)
      now = new Date('2026-03-01T00:00:00.000Z')
      const store = new UploadStore(database)
      here = new UploadLocker(store, () => now)
      there = new UploadLocker(new UploadStore(database), () => now)
      const empty = { source_id: null, record_identifier: null, sha256: null, finished_at: null, lock_owner: null, locked_until: null }
      const row = { api_key_id: 'key', filename: 'a.txt', filetype: 'text/plain', size: 10, created_at: now.toISOString() }
      await store.insert({ id: 'one', ...row, ...empty })
      await store.insert({ id: 'two', ...row, ...empty })
    })
    afterEach(() => database.close())

    it('let one of many requests in many processes write at a time', async () => {
      let writing = 0
      let most = 0
      const write = async (locker: UploadLocker) => {
        const lock = locker.newLock('one')
        await lock.lock(never, nobody)
        writing += 1
        most = Math.max(most, writing)
        await delay(5)
        writing -= 1
        await lock.unlock()
      }
      await Promise.all([here, there, here, there, here].map(write))
      expect(most).toBe(1)
      const other = there.newLock('two')
      const lock = here.newLock('one')
      await Promise.all([lock.lock(never, nobody), other.lock(never, nobody)])
      await Promise.all([lock.unlock(), other.unlock()])
    })

    it('ask the request in the other process to let go, and pass the upload on when it did', async () => {
      const held = here.newLock('one')
      let asked = 0
      await held.lock(never, async () => {
        asked += 1
        await held.unlock()
      })
      const waiting = there.newLock('one')
      await waiting.lock(never, nobody)
      expect(asked).toBe(1)
      await waiting.unlock()
    })

    it('run out when the process that held them is gone', async () => {
      await new UploadStore(database).lock('one', 'a process that died', now, new Date(now.getTime() + 15_000))
      const lock = there.newLock('one')
      const locked = lock.lock(never, nobody)
      expect(await Promise.race([locked.then(() => 'locked'), delay(300, 'waits')])).toBe('waits')
      now = new Date(now.getTime() + 15_001)
      await locked
      await lock.unlock()
    })

    it('are not waited for when the upload is gone', async () => {
      await expect(here.newLock('removed').lock(never, nobody)).rejects.toMatchObject({ code: 'EDUFED_UPLOAD_NOT_FOUND' })
    })

    it('are given up when the request that waits is over', async () => {
      const held = here.newLock('one')
      await held.lock(never, nobody)
      const over = new AbortController()
      const waiting = there.newLock('one').lock(over.signal, nobody)
      over.abort()
      await expect(waiting).rejects.toMatchObject({ code: 'EDUFED_UPLOAD_BUSY' })
      await held.unlock()
    })
  })
})
