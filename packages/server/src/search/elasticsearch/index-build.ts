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

  async apply(operations: readonly IndexOperation[]): Promise<void> {
    await this.#write(this.#index, operations)
    if (Date.now() - this.#touchedAt < touchEveryMs) return
    this.#touchedAt = Date.now()
    await calling(() => this.#positions.touch(this.#index))
  }

  async finish(position: IndexPosition): Promise<void> {
    await calling(async () => {
      await this.#indices.makeReady(this.#index)
      // The position first: an index behind the alias without one would be taken for lost.
      await this.#positions.write(this.#index, position)
      await this.#indices.swapTo(this.#index)
    })
  }

  async abandon(): Promise<void> {
    await calling(() => this.#indices.remove(this.#index))
  }
}
