import type { Suggestions } from '@edufed/sdk/schemas'
import type { Client, estypes } from '@elastic/elasticsearch'
import type { Viewer } from '../../catalog/viewer.js'
import { ServerError } from '../../errors.js'
import { searchCursorKey } from '../cursor.js'
import { currentDictionary } from '../dictionary/dictionary.js'
import { highlight } from '../highlight.js'
import { outdatedDetail } from '../outdated-index.js'
import type {
  IdRange,
  IndexBuild,
  IndexContent,
  IndexEntry,
  IndexOperation,
  IndexPosition,
  IndexStatus,
  PartialQuery,
  RangeDigest,
  Refusal,
  ResolvedSearchQuery,
  SearchIndex,
  SearchResult,
  SuggestRequest,
} from '../search-index.js'
import { isSpelled } from '../spelling/near-words.js'
import { understandQuery } from '../understanding/understand-query.js'
import type { Translation, WorkForm } from '../work.js'
import { type BulkTarget, sendBulk } from './bulk.js'
import { BulkPace } from './bulk-pace.js'
import { CircuitBreaker } from './circuit-breaker.js'
import { ConcreteIndices } from './concrete-indices.js'
import { calling, createConnection } from './connection.js'
import { toContents, toContentsRequest, toDigestRequest, toEntries, toEntriesRequest, toRangeDigest } from './entries-request.js'
import { toFacets } from './facet-request.js'
import { ElasticsearchBuild } from './index-build.js'
import { createIndexNames, dictionaryOf, type IndexNames, schemaVersionOf } from './index-names.js'
import { toMostAnswered, toMostAnsweredRequest } from './most-answered-request.js'
import { toNearWords, toNearWordsRequest } from './near-words-request.js'
import { type ElasticsearchOptions, type ResolvedElasticsearchOptions, resolveElasticsearchOptions } from './options.js'
import { decodePlace, encodePlace, placeBehind } from './page-cursor.js'
import { readPage, releasePointInTime } from './paging.js'
import { type ConcreteIndex, PositionStore } from './position-store.js'
import { RefusalStore } from './refusal-store.js'
import { schemaVersion } from './resources-mapping.js'
import { toSearchRequest } from './search-request.js'
import { toSuggestions, toSuggestRequest } from './suggest-request.js'
import { type StoredSource, toBulkLines } from './to-index-document.js'
import { Translations } from './translations.js'
import { isUnreachable, searchUnavailable } from './unavailable.js'

const engine = 'elasticsearch'
const statusTimeoutMs = 3_000

/**
 * A search index on an Elasticsearch cluster of version 9, hosted or own; no plugin is needed.
 *
 * It opens while the cluster is away, too: searches say so until it is back.
 */
export function createElasticsearchIndex(options: ElasticsearchOptions): SearchIndex {
  return new ElasticsearchIndex(resolveElasticsearchOptions(options))
}

class ElasticsearchIndex implements SearchIndex {
  readonly engine = engine
  readonly #client: Client
  /** For writing and building, which take longer; its connections are its own, so that searches do not queue behind bulk requests. */
  readonly #slowClient: Client
  readonly #options: ResolvedElasticsearchOptions
  /** Fingerprint of the one that documents are analysed with. */
  readonly #dictionary = currentDictionary().fingerprint
  readonly #names: IndexNames
  readonly #positions: PositionStore
  readonly #refusals: RefusalStore
  readonly #indices: ConcreteIndices
  readonly #pace: BulkPace
  readonly #translations: Translations
  readonly #circuit = new CircuitBreaker()
  /** Which concrete index each position was read from. */
  readonly #standsAt = new WeakMap<IndexPosition, ConcreteIndex>()

  constructor(options: ResolvedElasticsearchOptions) {
    this.#options = options
    this.#client = createConnection(options, options.requestTimeoutMs)
    this.#slowClient = createConnection(options, Math.max(options.bulkTimeoutMs, options.requestTimeoutMs))
    this.#pace = new BulkPace({ bytes: options.bulkBytes, concurrency: options.bulkConcurrency })
    this.#names = createIndexNames(options.indexPrefix, this.#dictionary)
    this.#translations = new Translations(this.#client, this.#names.alias)
    this.#positions = new PositionStore(this.#client, this.#names.positions)
    this.#refusals = new RefusalStore(this.#slowClient, this.#names.refusals, options)
    this.#indices = new ConcreteIndices(
      this.#slowClient,
      { names: this.#names, positions: this.#positions, refusals: this.#refusals },
      options,
    )
  }

  async open(): Promise<void> {
    try {
      await calling(() => this.#indices.ensure())
    } catch (error) {
      if (!(error instanceof ServerError && error.code === 'EDUFED_SEARCH_UNAVAILABLE')) throw error
      this.#options.logger.warn({ err: error }, 'Elasticsearch is away; the index is opened when it is back')
    }
  }

  async apply(operations: readonly IndexOperation[], position: IndexPosition, after?: IndexPosition): Promise<void> {
    const target = (after && this.#standsAt.get(after)) ?? (await calling(() => this.#indices.ensure()))
    await this.#write(target, operations)
    await calling(() => this.#positions.write(target, position))
    this.#standsAt.set(position, target)
  }

  async position(): Promise<IndexPosition | undefined> {
    return await calling(async () => {
      const index = await this.#indices.current()
      if (!index || this.#isOutdated(index)) return undefined
      const position = await this.#positions.read(index)
      if (position) this.#standsAt.set(position, index)
      return position
    })
  }

  async refresh(): Promise<void> {
    await calling(() => this.#slowClient.indices.refresh({ index: this.#names.alias }))
  }

  async search(query: ResolvedSearchQuery, viewer: Viewer): Promise<SearchResult> {
    const terms = query.terms ?? understandQuery(query).terms
    const request = toSearchRequest(query, terms, viewer, this.#options.requestTimeoutMs)
    const key = searchCursorKey(engine, query)
    const behind = query.cursor === undefined ? undefined : decodePlace(query.cursor, key)
    const page = { index: this.#names.alias, request, behind, key }
    const response = await this.#asking(() => readPage(this.#client, page))
    const hits = response.hits.hits.slice(0, query.limit)
    const last = response.hits.hits.length > query.limit ? hits.at(-1) : undefined
    const before = behind ? behind.from : 0
    const from = before === undefined ? undefined : before + hits.length
    const resources = hits.map((hit) => hit._source!.resource)
    const translations = await this.#asking(() => this.#translations.of(resources, viewer))
    if (!last && response.pit_id !== undefined) releasePointInTime(this.#client, response.pit_id)
    return {
      total: totalOf(response.hits.total),
      hits: hits.map((hit, at) => {
        const { id, resource, sources } = hit._source!
        const others = translations[at]!
        return {
          id,
          score: hit._score ?? 0,
          resource,
          sources,
          highlights: highlight(resource, terms, query.lang),
          ...(others.length > 0 ? { translations: others } : {}),
        }
      }),
      ...toFacets(query.facets, response.aggregations),
      ...(last ? { cursor: encodePlace(placeBehind(last, { from, pit: response.pit_id, most: this.#options.largestFrom }), key) } : {}),
    }
  }

  async suggest(query: SuggestRequest, viewer: Viewer): Promise<Suggestions['suggestions']> {
    const request = toSuggestRequest(query, viewer)
    if (!request) return []
    const response = await this.#asking(() => this.#client.search<StoredSource>({ index: this.#names.alias, ...request }))
    return toSuggestions(response.hits.hits, query)
  }

  async mostAnswered(query: PartialQuery, viewer: Viewer): Promise<number[] | undefined> {
    const request = toMostAnsweredRequest(query, viewer, this.#options.requestTimeoutMs)
    return toMostAnswered(await this.#asking(() => this.#client.search({ index: this.#names.alias, ...request })))
  }

  async translationsOf(resource: WorkForm, viewer: Viewer): Promise<Translation[]> {
    const [translations] = await this.#asking(() => this.#translations.of([resource], viewer))
    return translations!
  }

  async nearWords(word: string): Promise<string[]> {
    if (!isSpelled(word)) return []
    return toNearWords(word, await this.#asking(() => this.#client.search({ index: this.#names.alias, ...toNearWordsRequest(word) })))
  }

  async status(): Promise<IndexStatus> {
    try {
      return await calling(async () => {
        const limits = { requestTimeout: statusTimeoutMs, maxRetries: this.#options.nodes.length - 1 }
        const { count } = await this.#client.count({ index: this.#names.alias }, limits)
        const index = await this.#indices.current()
        const refused = index && (await this.#refusals.summary(index))
        const outdated = index && this.#isOutdated(index) ? { isOutdated: true as const, detail: outdatedDetail } : {}
        return { isAvailable: true, documents: count, ...(refused ? { refused } : {}), ...outdated }
      })
    } catch (error) {
      return { isAvailable: false, detail: error instanceof Error ? error.message : String(error) }
    }
  }

  async digest(range: IdRange): Promise<RangeDigest> {
    return toRangeDigest(await calling(() => this.#slowClient.search({ index: this.#names.alias, ...toDigestRequest(range) })))
  }

  async listEntries(range: IdRange, { limit }: { limit: number }): Promise<IndexEntry[]> {
    return toEntries(await calling(() => this.#slowClient.search({ index: this.#names.alias, ...toEntriesRequest(range, limit) })))
  }

  async contents(ids: readonly string[]): Promise<IndexContent[]> {
    return toContents(await calling(() => this.#slowClient.search<StoredSource>({ index: this.#names.alias, ...toContentsRequest(ids) })))
  }

  async repair(operations: readonly IndexOperation[]): Promise<Refusal[]> {
    return await this.#write(await calling(() => this.#indices.ensure()), operations)
  }

  async startBuild(): Promise<IndexBuild> {
    const index = await calling(() => this.#indices.createBuild())
    return new ElasticsearchBuild(index, this.#indices, this.#positions, async (target, operations) => {
      await this.#write(target, operations)
    })
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.close(), this.#slowClient.close()])
  }

  /** True of an index of an older mapping, or of another dictionary; one of a newer program is left as it is. */
  #isOutdated({ name }: ConcreteIndex): boolean {
    const version = schemaVersionOf(name)
    return version < schemaVersion || (version === schemaVersion && dictionaryOf(name) !== this.#dictionary)
  }

  async #write(target: ConcreteIndex, operations: readonly IndexOperation[]): Promise<Refusal[]> {
    const refusals = await sendBulk(this.#bulkTarget(target.name), toBulkLines(operations))
    for (const { id, reason } of refusals)
      this.#options.logger.error({ index: target.name, id, reason }, 'Elasticsearch refuses a resource; it cannot be found by search')
    await calling(() => this.#refusals.note(target, operations.map(toTarget), refusals))
    return refusals
  }

  #bulkTarget(index: string): BulkTarget {
    return { client: this.#slowClient, index, pace: this.#pace, options: this.#options }
  }

  /** Runs a search unless the cluster was away a moment ago: then it is not waited for again. */
  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    const waitMs = this.#circuit.enter()
    if (waitMs > 0) throw searchUnavailable('Elasticsearch was away a moment ago', { retryAfterSeconds: Math.ceil(waitMs / 1_000) })
    try {
      const answer = await calling(ask)
      this.#circuit.succeeded()
      return answer
    } catch (error) {
      if (isUnreachable(error)) this.#circuit.failed()
      else this.#circuit.succeeded()
      throw error
    }
  }
}

function toTarget(operation: IndexOperation): { id: string } {
  return operation.type === 'put' ? operation.document : operation
}

function totalOf(total: estypes.SearchTotalHits | number | undefined): number {
  return typeof total === 'number' ? total : (total?.value ?? 0)
}
