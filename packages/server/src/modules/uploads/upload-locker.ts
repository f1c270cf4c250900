import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Lock, Locker, RequestRelease } from '@tus/server'
import { ServerError } from '../../errors.js'
import type { UploadStore } from './upload-store.js'

const leaseMs = 15_000
/** How often a lock is renewed, and how soon its holder hears that another request waits for it. */
const renewMs = 1_000
const retryMs = 100
/** Longer than a lease, so that an upload whose process died can be gone on with. */
const waitMs = 20_000

/**
 * Lets one request at a time write to an upload, also across processes: the lock stands in the upload's row and runs out when its process dies.
 * A client whose connection broke is served soon: its old request, which may not have noticed yet, is asked to let go, in whatever process it is.
 */
export class UploadLocker implements Locker {
  readonly #store: UploadStore
  readonly #now: () => Date
  readonly #held = new Map<string, RequestRelease>()

  constructor(store: UploadStore, now: () => Date) {
    this.#store = store
    this.#now = now
  }

  newLock(id: string): Lock {
    const owner = randomUUID()
    let renewal: NodeJS.Timeout | undefined
    const leaseEnd = () => new Date(this.#now().getTime() + leaseMs)
    return {
      lock: async (signal, requestRelease) => {
        const giveUpAt = performance.now() + waitMs
        while (!(await this.#store.lock(id, owner, this.#now(), leaseEnd()))) {
          if (!(await this.#store.isThere(id))) throw new ServerError('EDUFED_UPLOAD_NOT_FOUND', `There is no upload ${id}`)
          const release = this.#held.get(id)
          if (release) await release()
          else await this.#store.askForLock(id)
          if (signal.aborted || performance.now() > giveUpAt) {
            throw new ServerError('EDUFED_UPLOAD_BUSY', `Another request writes to the upload ${id}`)
          }
          await delay(retryMs, undefined, { signal }).catch(() => undefined)
        }
        this.#held.set(id, requestRelease)
        const renew = async () => {
          if ((await this.#store.renewLock(id, owner, leaseEnd())) === 'wanted') await requestRelease()
        }
        // A renewal that fails is made up for by the next; when all fail, the lease runs out and the store is gone anyway.
        renewal = setInterval(() => void renew().catch(() => undefined), renewMs)
        renewal.unref()
      },
      unlock: async () => {
        clearInterval(renewal)
        this.#held.delete(id)
        await this.#store.unlock(id, owner)
      },
    }
  }
}
