import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Upload } from '@tus/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileStore } from '../../../src/modules/uploads/index.js'
import { fileStores, type TestFilePlace } from '../../support/file-stores.js'

const mebibyte = 1_048_576

describe.each(fileStores)('files in $title', ({ isSkipped, createPlace }) => {
  describe.skipIf(isSkipped)('(open)', () => {
    let place: TestFilePlace
    let store: FileStore
    /** What another process of the node has open. */
    let other: FileStore

    beforeEach(async () => {
      place = await createPlace()
      store = await place.open()
      other = await place.open()
    })
    afterEach(async () => {
      await store.close()
      await other.close()
      await place.remove()
    })

    const begin = async (size: number, metadata: Record<string, string> = {}) => {
      const id = randomUUID()
      await store.tus.create(new Upload({ id, size, offset: 0, metadata }))
      return id
    }
    const send = (id: string, bytes: Buffer, from: number, to: number, through = store) =>
      through.tus.write(Readable.from(pieces(bytes.subarray(from, to))), id, from)
    const keep = async (bytes: Buffer) => {
      const id = await begin(bytes.length)
      await send(id, bytes, 0, bytes.length)
      return id
    }
    const offsets = async (id: string) => [(await store.tus.getUpload(id)).offset, (await other.tus.getUpload(id)).offset]

    it('begins empty, with the size and the metadata in any script', async () => {
      const id = await begin(10, { filename: '分数的加法.mp4', sha256: 'ab' })
      for (const opened of [store, other]) {
        expect(await opened.tus.getUpload(id)).toMatchObject({
          offset: 0,
          size: 10,
          metadata: { filename: '分数的加法.mp4', sha256: 'ab' },
        })
      }
    })

    it('takes a file in parts of any length and by any process, and tells each how far it is', async () => {
      const bytes = randomBytes(7 * mebibyte)
      const id = await begin(bytes.length)
      expect(await send(id, bytes, 0, 100)).toBe(100)
      expect(await offsets(id)).toEqual([100, 100])
      expect(await send(id, bytes, 100, 300, other)).toBe(300)
      expect(await offsets(id)).toEqual([300, 300])
      expect(await send(id, bytes, 300, 6 * mebibyte)).toBe(6 * mebibyte)
      expect(await offsets(id)).toEqual([6 * mebibyte, 6 * mebibyte])
      expect(await send(id, bytes, 6 * mebibyte, bytes.length, other)).toBe(bytes.length)
      expect(await offsets(id)).toEqual([bytes.length, bytes.length])
      expect(await store.digest(id)).toBe(sha256Of(bytes))
      expect(await other.digest(id)).toBe(sha256Of(bytes))
    })

    it('goes on with a part that broke off where it broke off', async () => {
      const bytes = randomBytes(3_000)
      const id = await begin(bytes.length)
      // tus ends the stream gracefully when its client goes away.
      expect(await send(id, bytes, 0, 1_234)).toBe(1_234)
      await store.close()
      store = await place.open()
      expect((await store.tus.getUpload(id)).offset).toBe(1_234)
      await send(id, bytes, 1_234, 3_000)
      expect(await store.digest(id)).toBe(sha256Of(bytes))
    })

    it('gives a file whole and by range', async () => {
      const bytes = randomBytes(200_000)
      const id = await keep(bytes)
      expect((await buffer(await other.read(id))).equals(bytes)).toBe(true)
      for (const [start, end] of [
        [0, 0],
        [10, 19],
        [100_000, 199_999],
        [199_999, 199_999],
      ] as const) {
        expect((await buffer(await store.read(id, { start, end }))).equals(bytes.subarray(start, end + 1))).toBe(true)
      }
    })

    it('keeps a file of 20 MiB', async () => {
      const bytes = randomBytes(20 * mebibyte)
      const id = await keep(bytes)
      expect((await store.tus.getUpload(id)).offset).toBe(bytes.length)
      expect(await store.digest(id)).toBe(sha256Of(bytes))
      const range = { start: 17 * mebibyte - 5, end: 17 * mebibyte + 5 }
      expect((await buffer(await store.read(id, range))).equals(bytes.subarray(range.start, range.end + 1))).toBe(true)
    })

    it('has an empty file as soon as it is begun', async () => {
      const id = await begin(0)
      expect(await offsets(id)).toEqual([0, 0])
      expect(await store.digest(id)).toBe(sha256Of(Buffer.alloc(0)))
      expect(await buffer(await store.read(id))).toHaveLength(0)
    })

    it('keeps files apart that come at the same time', async () => {
      const files = Array.from({ length: 5 }, (_, index) => randomBytes(50_000 + index))
      const ids = await Promise.all(files.map(keep))
      expect(await Promise.all(ids.map((id) => store.digest(id)))).toEqual(files.map(sha256Of))
    })

    it('removes a file, complete or not, and leaves nothing of it', async () => {
      const complete = await keep(randomBytes(6 * mebibyte))
      const begun = await begin(100)
      const halfway = await begin(8 * mebibyte)
      await send(halfway, randomBytes(6 * mebibyte), 0, 6 * mebibyte)
      await send(halfway, randomBytes(6 * mebibyte + 10), 6 * mebibyte, 6 * mebibyte + 10)
      for (const id of [complete, begun, halfway]) {
        await other.remove(id)
        await expect(other.tus.getUpload(id)).rejects.toMatchObject({ status_code: expect.toBeOneOf([404, 410]) })
        await expect(store.tus.getUpload(id)).rejects.toMatchObject({ status_code: expect.toBeOneOf([404, 410]) })
        await expect(store.read(id)).rejects.toMatchObject({ code: 'EDUFED_FILE_NOT_FOUND' })
        await store.remove(id)
      }
      expect(await place.list()).toEqual([])
    })

    it('says that there is no such file, whatever it is called', async () => {
      for (const id of [randomUUID(), '../../etc/passwd', '', 'a/b', 'a.info', '%2e%2e']) {
        await expect(store.read(id)).rejects.toMatchObject({ code: 'EDUFED_FILE_NOT_FOUND' })
        await expect(store.digest(id)).rejects.toMatchObject({ code: 'EDUFED_FILE_NOT_FOUND' })
      }
      const unknown = randomUUID()
      await expect(store.tus.getUpload(unknown)).rejects.toMatchObject({ status_code: 404 })
      await expect(store.tus.write(Readable.from([]), unknown, 0)).rejects.toBeDefined()
      await expect(store.remove(unknown)).resolves.toBeUndefined()
      expect(await place.list()).toEqual([])
    })
  })
})

/** In pieces as a socket brings them. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536)
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
