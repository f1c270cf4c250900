import { type Connector, connectors, type Fetcher } from '@edufed/harvester'
import type { Conformity } from '@edufed/sdk/schemas'
import type { Database } from '../../../database/database.js'
import { ServerError } from '../../../errors.js'
import type { JobQueue } from '../../../jobs/job-queue.js'
import { toHarvest } from '../harvest-document.js'
import type { HarvestStore } from '../harvest-store.js'
import { readSettings } from '../source-document.js'
import type { SourceRow, SourceStore } from '../source-store.js'
import { checkLinks } from './check-links.js'
import type { Observations } from './observer.js'
import { judge, type PartResult } from './score.js'

export const conformityJobKind = 'conformity'
const probeTimeoutMs = 180_000
const shownScores = 100
/** Harvests that broke off by a fault, or a rule, of this node: the source is not to blame. */
const ownFaults = new Set([
  'EDUFED_HARVEST_STOPPED',
  'EDUFED_HARVEST_CRASHED',
  'EDUFED_SINK_FAILED',
  'EDUFED_INTERNAL',
  'EDUFED_FETCH_REFUSED_ADDRESS',
])

export interface ConformityServiceOptions {
  database: Database
  harvests: HarvestStore
  sources: SourceStore
  jobs: JobQueue
  createFetcher: () => Fetcher
  now: () => Date
}

/** Judges a source after each harvest, and keeps the judgements. */
export class ConformityService {
  readonly #options: ConformityServiceOptions

  constructor(options: ConformityServiceOptions) {
    this.#options = options
  }

  /** Has a harvest that ended judged by whichever process is free. */
  async enqueue(harvestId: string, observations: Observations): Promise<void> {
    await this.#options.jobs.enqueue({ kind: conformityJobKind, key: harvestId, payload: { harvestId, observations } })
  }

  /** The latest judgement with the scores before it. @throws {ServerError} `EDUFED_CONFORMITY_NOT_FOUND` */
  async find(sourceId: string): Promise<Conformity> {
    const rows = await this.#options.database.read
      .selectFrom('source_conformity')
      .select(['harvest_id', 'at', 'score'])
      .where('source_id', '=', sourceId)
      .orderBy('harvest_id', 'desc')
      .limit(shownScores)
      .execute()
    const latest = await this.#latest(sourceId)
    if (!latest) throw new ServerError('EDUFED_CONFORMITY_NOT_FOUND', `'${sourceId}' has not been harvested yet`)
    const history = rows.map(({ harvest_id, at, score }) => ({ harvestId: harvest_id, at, score: Number(score) }))
    return { sourceId, harvestId: latest.harvest_id, at: latest.at, score: Number(latest.score), parts: readParts(latest), history }
  }

  /** The latest score, when there is one. */
  async score(sourceId: string): Promise<number | undefined> {
    const latest = await this.#latest(sourceId)
    return latest && Number(latest.score)
  }

  /** Asks the source what it says of itself, tries a few addresses, and judges. */
  async judge(harvestId: string, observations: Observations, stopping: AbortSignal): Promise<void> {
    const { harvests, sources, now } = this.#options
    const row = await harvests.find(harvestId)
    const source = row && (await sources.find(row.source_id))
    if (!row || !source) return
    const harvest = toHarvest(row)
    if (harvest.state === 'cancelled' || (harvest.error && ownFaults.has(harvest.error.code))) return
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(probeTimeoutMs)])
    const fetcher = this.#options.createFetcher()
    const before = await this.#latest(source.id, harvestId)
    const parts = judge(
      {
        harvest,
        isFullList: row.is_full_list === 1,
        ...observations,
        ...(await this.#readPromise(source, fetcher, signal)),
        isResettled: before !== undefined && source.updated_at > before.at,
        links: await checkLinks(observations.links, fetcher, signal),
      },
      before && readParts(before),
    )
    stopping.throwIfAborted()
    const score = parts.reduce((sum, { points }) => sum + points, 0)
    const columns = { source_id: source.id, at: now().toISOString(), score, parts_json: JSON.stringify(parts) }
    await this.#options.database.write
      .insertInto('source_conformity')
      .values({ harvest_id: harvestId, ...columns })
      .onConflict((conflict) => conflict.column('harvest_id').doUpdateSet(columns))
      .execute()
  }

  /** What the source promises of deletions; nothing when it cannot be asked now, or when its protocol knows no such promise. */
  async #readPromise(source: SourceRow, fetcher: Fetcher, signal: AbortSignal) {
    const connector: Connector | undefined = connectors.find(({ kind }) => kind === source.kind)
    if (source.kind !== 'oai-pmh' || !connector) return {}
    try {
      const description = await connector.describe(readSettings(source), { fetcher, signal })
      return description.deletedRecord === undefined ? {} : { deletedRecord: description.deletedRecord }
    } catch {
      signal.throwIfAborted()
      // The harvest's own report says why the source cannot be read.
      return {}
    }
  }

  async #latest(sourceId: string, before?: string) {
    let query = this.#options.database.read.selectFrom('source_conformity').selectAll().where('source_id', '=', sourceId)
    if (before !== undefined) query = query.where('harvest_id', '<', before)
    return query.orderBy('harvest_id', 'desc').limit(1).executeTakeFirst()
  }
}

function readParts(row: { parts_json: string }): PartResult[] {
  return JSON.parse(row.parts_json) as PartResult[]
}
