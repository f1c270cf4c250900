import { createHash } from 'node:crypto'
import type { Client, estypes } from '@elastic/elasticsearch'
import type { IndexStatus, Refusal } from '../search-index.js'
import type { ConcreteIndex } from './position-store.js'
import { isAlreadyThere, isNotFound } from './unavailable.js'

interface RefusalDocument extends Refusal {
  /** Uuid of the concrete index that it was refused by. */
  index: string
}

const mapping: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    index: { type: 'keyword' },
    // Shown, not asked for: ids may be longer than Elasticsearch can look up.
    id: { type: 'keyword', index: false, doc_values: false },
    reason: { type: 'keyword', index: false, doc_values: false },
    at: { type: 'date' },
  },
}

const shownRefusals = 20
/** More are counted and shown, but not taken off the list one by one when they are accepted later: the next index starts without any. */
const rememberedRefusals = 10_000

/** Which documents each concrete index has refused and why, so that none is missing in silence. It is made by the first refusal. */
export class RefusalStore {
  readonly #client: Client
  readonly #index: string
  readonly #replicas: number
  /** What is on the list of an index, by document id of this store. */
  readonly #known = new Map<string, Set<string>>()

  constructor(client: Client, index: string, { replicas }: { replicas: number }) {
    this.#client = client
    this.#index = index
    this.#replicas = replicas
  }

  /** Puts on the list what was refused, and takes off it what was accepted. */
  async note(target: ConcreteIndex, written: readonly { id: string }[], refusals: readonly Refusal[]): Promise<void> {
    const known = this.#known.get(target.uuid) ?? (await this.#load(target))
    if (known.size === 0 && refusals.length === 0) return
    const refused = new Set(refusals.map(({ id }) => id))
    const accepted = written.filter(({ id }) => !refused.has(id) && known.has(keyOf(target, id)))
    if (accepted.length === 0 && refusals.length === 0) return
    if (refusals.length > 0) await this.#create()
    const operations = [
      ...refusals.flatMap(({ id, reason, at }) => [{ index: { _id: keyOf(target, id) } }, { index: target.uuid, id, reason, at }]),
      ...accepted.map(({ id }) => ({ delete: { _id: keyOf(target, id) } })),
    ]
    await this.#client.bulk({ index: this.#index, operations, refresh: true, filter_path: 'errors' })
    for (const { id } of refusals) known.add(keyOf(target, id))
    for (const { id } of accepted) known.delete(keyOf(target, id))
  }

  /** What is missing in an index; undefined when nothing is. */
  async summary(target: ConcreteIndex): Promise<IndexStatus['refused']> {
    const { hits } = await this.#client.search<RefusalDocument>({
      index: this.#index,
      ignore_unavailable: true,
      query: { term: { index: target.uuid } },
      sort: [{ at: { order: 'desc', unmapped_type: 'date' } }],
      size: shownRefusals,
      track_total_hits: true,
    })
    const count = typeof hits.total === 'number' ? hits.total : (hits.total?.value ?? 0)
    if (count === 0) return undefined
    return { count, examples: hits.hits.map(({ _source }) => ({ id: _source!.id, reason: _source!.reason, at: _source!.at })) }
  }

  async forget({ uuid }: ConcreteIndex): Promise<void> {
    this.#known.delete(uuid)
    await this.#client.deleteByQuery({
      index: this.#index,
      ignore_unavailable: true,
      query: { term: { index: uuid } },
      conflicts: 'proceed',
    })
  }

  async #load(target: ConcreteIndex): Promise<Set<string>> {
    const { hits } = await this.#client.search({
      index: this.#index,
      ignore_unavailable: true,
      query: { term: { index: target.uuid } },
      _source: false,
      size: rememberedRefusals,
    })
    const known = new Set(hits.hits.map(({ _id }) => _id!))
    this.#known.set(target.uuid, known)
    return known
  }

  async #create(): Promise<void> {
    try {
      await this.#client.indices.get({ index: this.#index, features: 'aliases' })
      return
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    try {
      await this.#client.indices.create({
        index: this.#index,
        settings: { number_of_shards: 1, number_of_replicas: this.#replicas },
        mappings: mapping,
      })
    } catch (error) {
      if (!isAlreadyThere(error)) throw error
    }
  }
}

function keyOf({ uuid }: ConcreteIndex, id: string): string {
  return createHash('sha256').update(`${uuid} ${id}`).digest('hex')
}
