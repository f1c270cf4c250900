import type { Client } from '@elastic/elasticsearch'
import type { IndexNames } from './index-names.js'
import type { ResolvedElasticsearchOptions } from './options.js'
import type { ConcreteIndex, PositionStore } from './position-store.js'
import type { RefusalStore } from './refusal-store.js'
import { resourcesMapping, resourcesSettings, schemaVersion } from './resources-mapping.js'
import { isAlreadyThere, isNotFound } from './unavailable.js'

/** A build that has not been written to for so long has been left by its process. */
const abandonedAfterMs = 15 * 60_000
const longestWaitForCopiesMs = 30_000

/** The concrete indices behind and beside the alias. */
export class ConcreteIndices {
  readonly #client: Client
  readonly #names: IndexNames
  readonly #positions: PositionStore
  readonly #refusals: RefusalStore
  readonly #options: ResolvedElasticsearchOptions

  constructor(
    client: Client,
    stores: { names: IndexNames; positions: PositionStore; refusals: RefusalStore },
    options: ResolvedElasticsearchOptions,
  ) {
    this.#client = client
    this.#names = stores.names
    this.#positions = stores.positions
    this.#refusals = stores.refusals
    this.#options = options
  }

  /** Makes what a search needs, where it is missing: template, positions, and an empty index behind the alias. */
  async ensure(): Promise<ConcreteIndex> {
    const present = await this.current()
    if (present) return present
    await this.#putTemplate()
    await this.#positions.create(this.#options.replicas)
    try {
      await this.#client.indices.create({ index: this.#names.first, aliases: { [this.#names.alias]: {} } })
    } catch (error) {
      // Another process was a moment faster.
      if (!isAlreadyThere(error)) throw error
    }
    const made = await this.current()
    if (!made) throw new Error(`The alias ${this.#names.alias} has no index although one was just made`)
    return made
  }

  /** The index that searches go to now. */
  async current(): Promise<ConcreteIndex | undefined> {
    return (await this.#find(this.#names.alias))[0]
  }

  /** A new empty index beside the alias, set for being filled fast. */
  async createBuild(): Promise<ConcreteIndex> {
    await this.#putTemplate()
    await this.#positions.create(this.#options.replicas)
    await this.#removeAbandoned()
    const name = this.#names.next()
    await this.#client.indices.create({
      index: name,
      // Nobody searches it yet, and what is lost is built again.
      settings: { refresh_interval: '-1', number_of_replicas: 0 },
    })
    const build = (await this.#find(name))[0]
    if (!build) throw new Error(`The index ${name} is gone right after it was made`)
    await this.#positions.touch(build)
    return build
  }

  /** Gives a filled index the settings of one that is searched, and waits for its copies as long as that is worth. */
  async makeReady({ name }: ConcreteIndex): Promise<void> {
    await this.#client.indices.refresh({ index: name })
    const { refresh_interval, number_of_replicas } = resourcesSettings(this.#options)
    await this.#client.indices.putSettings({ index: name, settings: { refresh_interval, number_of_replicas } })
    if (this.#options.replicas === 0) return
    const { number_of_data_nodes } = await this.#client.cluster.health({ index: name })
    // Copies that no node can hold are not waited for.
    if (number_of_data_nodes <= 1) return
    const timeout = `${Math.min(longestWaitForCopiesMs, this.#options.bulkTimeoutMs / 2)}ms` as const
    await this.#client.cluster.health({ index: name, wait_for_status: 'green', timeout }, { ignore: [408] })
  }

  /** Puts the index behind the alias in the place of all others, in one step, then deletes those. */
  async swapTo({ name }: ConcreteIndex): Promise<void> {
    const before = await this.#find(this.#names.alias)
    await this.#client.indices.updateAliases({
      actions: [
        { remove: { index: this.#names.pattern, alias: this.#names.alias, must_exist: false } },
        { add: { index: name, alias: this.#names.alias } },
      ],
    })
    for (const old of before) if (old.name !== name) await this.remove(old)
  }

  async remove(index: ConcreteIndex): Promise<void> {
    try {
      await this.#client.indices.delete({ index: index.name })
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    await this.#positions.forget(index)
    await this.#refusals.forget(index)
  }

  /**
   * The template gives every index its mapping, and forbids to make one by writing to it: a write that comes after its index was
   * deleted must fail instead of making an index without mapping.
   */
  async #putTemplate(): Promise<void> {
    await this.#client.indices.putIndexTemplate({
      name: this.#names.template,
      index_patterns: [this.#names.pattern],
      priority: 500,
      version: schemaVersion,
      allow_auto_create: false,
      template: { settings: { index: resourcesSettings(this.#options) }, mappings: resourcesMapping },
    })
  }

  async #removeAbandoned(): Promise<void> {
    const live = new Set((await this.#find(this.#names.alias)).map((index) => index.name))
    for (const index of await this.#find(this.#names.pattern)) {
      if (live.has(index.name)) continue
      const lastWrite = (await this.#positions.lastWrite(index)) ?? index.createdAt
      if (Date.now() - lastWrite < abandonedAfterMs) continue
      this.#options.logger.warn({ index: index.name }, 'Removing a search index that was left half built')
      await this.remove(index)
    }
  }

  async #find(nameOrPattern: string): Promise<(ConcreteIndex & { createdAt: number })[]> {
    try {
      const found = await this.#client.indices.getSettings(
        { index: nameOrPattern, name: ['index.uuid', 'index.creation_date'], flat_settings: true },
        { requestTimeout: this.#options.requestTimeoutMs },
      )
      return Object.entries(found).map(([name, { settings }]) => {
        const flat = settings as Record<string, string>
        return { name, uuid: flat['index.uuid']!, createdAt: Number(flat['index.creation_date']) }
      })
    } catch (error) {
      if (isNotFound(error)) return []
      throw error
    }
  }
}
