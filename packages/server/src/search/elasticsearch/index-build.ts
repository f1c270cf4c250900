import type { IndexBuild, IndexOperation, IndexPosition } from '../search-index.js'
import type { ConcreteIndices } from './concrete-indices.js'
import { calling } from './connection.js'
import type { ConcreteIndex, PositionStore } from './position-store.js'

/** Tells that a build still moves, this often. */
const touchEveryMs = 60_000

/** A new index that is filled beside the one that answers. */
export class ElasticsearchBuild implements IndexBuild {
  readonly #index: ConcreteIndex
  readonly #indices: ConcreteIndices
  readonly #positions: PositionStore
  readonly #write: (index: ConcreteIndex, operations: readonly IndexOperation[]) => Promise<void>
  #touchedAt = Date.now()
  #written: Promise<void> = Promise.resolve()

  constructor(
    index: ConcreteIndex,
    indices: ConcreteIndices,
    positions: PositionStore,
    write: (index: ConcreteIndex, operations: readonly IndexOperation[]) => Promise<void>,
  ) {
    this.#index = index
    this.#indices = indices
    this.#positions = positions
    this.#write = write
  }

  /** Resolves when the operations before these are written, so that the next ones are made ready while these are on their way. */
  async apply(operations: readonly IndexOperation[]): Promise<void> {
    await this.#written
    this.#written = this.#write(this.#index, operations)
    // Whoever waits for it next gets the error.
    this.#written.catch(() => {})
    if (Date.now() - this.#touchedAt < touchEveryMs) return
    this.#touchedAt = Date.now()
    await calling(() => this.#positions.touch(this.#index))
  }

  async finish(position: IndexPosition): Promise<void> {
    await this.#written
    await calling(async () => {
      await this.#indices.makeReady(this.#index)
      // The position first: an index behind the alias without one would be taken for lost.
      await this.#positions.write(this.#index, position)
      await this.#indices.swapTo(this.#index)
    })
  }

  async abandon(): Promise<void> {
    await this.#written.catch(() => {})
    await calling(() => this.#indices.remove(this.#index))
  }
}
