import { setTimeout as delay } from 'node:timers/promises'
import type { CatalogStore } from '../catalog/catalog-store.js'
import { type ChangeBatch, readChangeBatch } from './change-batch.js'
import { type IndexVerification, toVerification } from './index-verification.js'
import { outdatedDetail } from './outdated-index.js'
import { type ReindexOptions, reindex } from './reindex.js'
import type { IndexPosition, SearchIndex } from './search-index.js'
import type { SearchLogger } from './search-logger.js'
import { type VerifyIndexOptions, verifyIndex } from './verify-index.js'

export interface IndexerOptions {
  catalog: CatalogStore
  index: SearchIndex
  logger: SearchLogger
  /** Changes read and written at a time. @defaultValue 1,000 */
  batchSize?: number
  /** Longest wait for a change before the log is looked at again. @defaultValue 5,000 */
  idleMs?: number
  /** First pause after a failure; it doubles up to thirty times that. @defaultValue 500 */
  retryMs?: number
}

export interface IndexerStatus {
  /** Up to here the changes are in the index; undefined while the index cannot be asked or has none. */
  sequence: number | undefined
  lastSequence: number
  /** Changes that are not in the index yet. */
  lag: number
  /** Why the index could not be written to, while it cannot. */
  lastError?: { code: string; message: string; at: string }
}

export type VerifyOptions = Pick<VerifyIndexOptions, 'isDryRun' | 'signal' | 'onProgress'>

/** Keeps the search index at the catalogue's change log. */
export interface Indexer {
  /**
   * Follows the change log until aborted; to be run by one process of a node at a time. While the engine is away it waits and then
   * catches up; an index that is lost, or of another change log, is built anew.
   */
  run(signal: AbortSignal): Promise<void>
  /** Builds the index anew while the old one answers. */
  reindex(options?: Pick<ReindexOptions, 'signal' | 'onProgress'>): Promise<IndexPosition & { documents: number }>
  /** Compares the index with the catalogue and heals what differs; one that cannot be healed is built anew. */
  verify(options?: VerifyOptions): Promise<IndexVerification>
  /** Resolves when the change is found by search, whichever process indexes it. */
  waitUntilSearchable(sequence: number, options?: { signal?: AbortSignal }): Promise<void>
  status(): Promise<IndexerStatus>
}

export function createIndexer(options: IndexerOptions): Indexer {
  return new ChangeLogIndexer(options)
}

const longestPauseFactor = 30
const pollMs = 50

class ChangeLogIndexer implements Indexer {
  readonly #catalog: CatalogStore
  readonly #index: SearchIndex
  readonly #logger: SearchLogger
  readonly #batchSize: number
  readonly #idleMs: number
  readonly #retryMs: number
  #failures = 0
  #turn: Promise<unknown> = Promise.resolve()
  #lastError: IndexerStatus['lastError']
  /** The batch behind the one that is written: read meanwhile. */
  #ahead: { after: IndexPosition; batch: Promise<ChangeBatch | undefined> } | undefined

  constructor(options: IndexerOptions) {
    this.#catalog = options.catalog
    this.#index = options.index
    this.#logger = options.logger
    this.#batchSize = options.batchSize ?? 1_000
    this.#idleMs = options.idleMs ?? 5_000
    this.#retryMs = options.retryMs ?? 500
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const { sequence, hasMoved } = await this.#exclusively(() => this.#step(signal))
        this.#recovered(sequence)
        if (!hasMoved) await this.#catalog.waitForChange(sequence, { timeoutMs: this.#idleMs, signal })
      } catch (error) {
        if (signal.aborted) return
        await this.#pauseAfter(error, signal)
      }
    }
  }

  async reindex(options: Pick<ReindexOptions, 'signal' | 'onProgress'> = {}): Promise<IndexPosition & { documents: number }> {
    return await this.#reindex({ ...options, exclusively: (work) => this.#exclusively(work) })
  }

  async verify(options: VerifyOptions = {}): Promise<IndexVerification> {
    const [epoch, position] = [await this.#catalog.epoch(), await this.#index.position()]
    const isFollowing = position?.epoch === epoch && position.sequence <= (await this.#catalog.lastSequence())
    const comparison = isFollowing ? await verifyIndex({ catalog: this.#catalog, index: this.#index, ...options }) : undefined
    const mustRebuild = !comparison || comparison.ahead > 0
    if (mustRebuild && !options.isDryRun) await this.#reindex({ signal: options.signal, exclusively: (work) => this.#exclusively(work) })
    const { refused } = await this.#index.status()
    const verification = toVerification(this.#index.engine, comparison, { isDryRun: options.isDryRun === true, refused })
    this.#logger[verification.outcome === 'different' ? 'warn' : 'info'](verification, 'The search index was compared with the catalogue')
    return verification
  }

  async waitUntilSearchable(sequence: number, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    const epoch = await this.#catalog.epoch()
    for (;;) {
      signal?.throwIfAborted()
      const position = await this.#index.position()
      if (position?.epoch === epoch && position.sequence >= sequence) break
      await delay(pollMs, undefined, signal ? { signal } : {})
    }
    await this.#index.refresh?.()
  }

  async status(): Promise<IndexerStatus> {
    const lastSequence = await this.#catalog.lastSequence()
    const sequence = await this.#index.position().then(
      (position) => position?.sequence,
      () => undefined,
    )
    return {
      sequence,
      lastSequence,
      lag: Math.max(0, lastSequence - (sequence ?? 0)),
      ...(this.#lastError ? { lastError: this.#lastError } : {}),
    }
  }

  /** Takes over one batch. The position is asked for each time: another process may have put a rebuilt index in the place of this one. */
  async #step(signal: AbortSignal): Promise<{ sequence: number; hasMoved: boolean }> {
    const position = await this.#startingPosition(signal)
    const batch = await this.#readBatch(position)
    if (!batch) return { sequence: position.sequence, hasMoved: false }
    const next = { epoch: position.epoch, sequence: batch.sequence }
    // What changes meanwhile stands further behind in the log and is read again.
    if (!batch.isLast) this.#readAhead(next)
    await this.#index.apply(batch.operations, next, position)
    return { sequence: batch.sequence, hasMoved: true }
  }

  #readBatch(position: IndexPosition): Promise<ChangeBatch | undefined> {
    const ahead = this.#ahead
    this.#ahead = undefined
    if (ahead?.after.epoch === position.epoch && ahead.after.sequence === position.sequence) return ahead.batch
    return readChangeBatch(this.#catalog, position.sequence, this.#batchSize)
  }

  #readAhead(after: IndexPosition): void {
    const batch = readChangeBatch(this.#catalog, after.sequence, this.#batchSize)
    // Whoever takes the batch learns of it.
    batch.catch(() => {})
    this.#ahead = { after, batch }
  }

  async #startingPosition(signal: AbortSignal): Promise<IndexPosition> {
    const epoch = await this.#catalog.epoch()
    const position = (await this.#index.position()) ?? (await this.#beginEmpty(epoch))
    if (position?.epoch === epoch && position.sequence <= (await this.#catalog.lastSequence())) return position
    if (position) this.#logger.warn({ epoch, position }, 'The search index is of another change log; it is built anew')
    else if ((await this.#index.status()).isOutdated) this.#logger.warn({ epoch }, `The search index is built anew: ${outdatedDetail}`)
    else this.#logger.info({ epoch }, 'There is no filled search index yet; it is built')
    await this.#reindex({ signal })
    const rebuilt = await this.#index.position()
    if (!rebuilt) throw new Error('The search index has no position although it was just built')
    return rebuilt
  }

  /** A new node has nothing to build an index from: the empty one simply follows. Undefined when it is not that new. */
  async #beginEmpty(epoch: string): Promise<IndexPosition | undefined> {
    if ((await this.#catalog.lastSequence()) > 0 || (await this.#index.status()).documents !== 0) return undefined
    await this.#index.apply([], { epoch, sequence: 0 })
    return await this.#index.position()
  }

  async #reindex(options: Pick<ReindexOptions, 'signal' | 'onProgress' | 'exclusively'>): Promise<IndexPosition & { documents: number }> {
    const done = await reindex({ catalog: this.#catalog, index: this.#index, batchSize: this.#batchSize, ...options })
    this.#logger.info(done, 'The search index was built anew')
    return done
  }

  /** One at a time: a batch must not go to an index that is being replaced. */
  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return await result
  }

  #recovered(sequence: number): void {
    if (this.#failures > 0) this.#logger.info({ sequence, failures: this.#failures }, 'The search index can be written to again')
    this.#failures = 0
    this.#lastError = undefined
  }

  async #pauseAfter(error: unknown, signal: AbortSignal): Promise<void> {
    const pauseMs = this.#retryMs * Math.min(2 ** this.#failures, longestPauseFactor)
    this.#failures += 1
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EDUFED_INTERNAL'
    this.#lastError = { code, message: error instanceof Error ? error.message : String(error), at: new Date().toISOString() }
    this.#logger.warn({ err: error, failures: this.#failures, pauseMs }, 'The search index could not be written to; trying again')
    await delay(pauseMs, undefined, { signal }).catch(() => {})
  }
}
