import type { Client, estypes } from '@elastic/elasticsearch'
import type { IndexPosition } from '../search-index.js'
import { isAlreadyThere, isNotFound } from './unavailable.js'

/** A concrete index. Its uuid tells it from one of the same name that was made anew. */
export interface ConcreteIndex {
  name: string
  uuid: string
}

interface PositionDocument extends IndexPosition {
  index: string
  /** When something was last written to the index: a build that has stopped moving is given up. */
  at: string
}

const mapping: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    index: { type: 'keyword' },
    epoch: { type: 'keyword' },
    sequence: { type: 'long' },
    at: { type: 'date' },
  },
}

/**
 * How far each concrete index has followed the change log. Kept by the index's uuid: an index that was lost, made anew or restored
 * from a snapshot has none, so that it is filled from zero instead of being taken for full.
 */
export class PositionStore {
  readonly #client: Client
  readonly #index: string

  constructor(client: Client, index: string) {
    this.#client = client
    this.#index = index
  }

  async create(replicas: number): Promise<void> {
    if (await this.#client.indices.exists({ index: this.#index })) return
    try {
      await this.#client.indices.create({
        index: this.#index,
        settings: { number_of_shards: 1, number_of_replicas: replicas },
        mappings: mapping,
      })
    } catch (error) {
      if (!isAlreadyThere(error)) throw error
    }
  }

  async read(index: ConcreteIndex): Promise<IndexPosition | undefined> {
    const document = await this.#get(index)
    return document && document.epoch !== '' ? { epoch: document.epoch, sequence: document.sequence } : undefined
  }

  async write(index: ConcreteIndex, position: IndexPosition): Promise<void> {
    const document: PositionDocument = { index: index.name, ...position, at: new Date().toISOString() }
    await this.#client.index({ index: this.#index, id: index.uuid, document, require_data_stream: false })
  }

  /** Notes that the index is being filled; it has no position before it is finished. */
  async touch(index: ConcreteIndex): Promise<void> {
    await this.write(index, { epoch: '', sequence: 0 })
  }

  /** When the index was last written to, in milliseconds. */
  async lastWrite(index: ConcreteIndex): Promise<number | undefined> {
    const document = await this.#get(index)
    return document && Date.parse(document.at)
  }

  async forget(index: ConcreteIndex): Promise<void> {
    try {
      await this.#client.delete({ index: this.#index, id: index.uuid })
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }

  async #get(index: ConcreteIndex): Promise<PositionDocument | undefined> {
    try {
      const { _source } = await this.#client.get<PositionDocument>({ index: this.#index, id: index.uuid })
      return _source
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
}
