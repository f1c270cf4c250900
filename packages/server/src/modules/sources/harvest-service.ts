import { readHours } from '@edufed/harvester'
import { isEdufedError } from '@edufed/sdk'
import type { Harvest, IssueSummary, ReplayInput } from '@edufed/sdk/schemas'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import { ServerError } from '../../errors.js'
import type { JobQueue } from '../../jobs/job-queue.js'
import { pushKind } from './connector-registry.js'
import { heldCode } from './deletion-brake.js'
import { readPause, toHarvest, withPause } from './harvest-document.js'
import type { HarvestRow, HarvestStore } from './harvest-store.js'
import { IssueTally } from './issue-tally.js'
import { readSettings } from './source-document.js'
import type { SourceAccess, SourceRow, SourceStore } from './source-store.js'

export const harvestJobKind = 'harvest'

export interface HarvestServiceOptions {
  harvests: HarvestStore
  sources: SourceStore
  catalog: CatalogStore
  jobs: JobQueue
  now: () => Date
}

/** Starts, stops, lists and releases harvests; {@link HarvestRunner} does them. */
export class HarvestService {
  readonly #options: HarvestServiceOptions

  constructor(options: HarvestServiceOptions) {
    this.#options = options
  }

  /** @throws {ServerError} `EDUFED_HARVEST_OPEN`, `EDUFED_SOURCE_NOT_HARVESTABLE` */
  async start(source: SourceRow, mode: 'full' | 'incremental'): Promise<Harvest> {
    if (source.kind === pushKind) throw new ServerError('EDUFED_SOURCE_NOT_HARVESTABLE', `'${source.id}' is a push source`)
    if (source.is_enabled === 0) throw new ServerError('EDUFED_SOURCE_NOT_HARVESTABLE', `'${source.id}' is disabled`)
    const row = await this.#options.harvests.open(source.id, mode, this.#options.now())
    if (!row) throw new ServerError('EDUFED_HARVEST_OPEN', `'${source.id}' is being harvested, or waits for it`)
    await this.enqueue(row)
    return toHarvest(row)
  }

  /**
   * Runs the present crosswalk over the answers that were kept.
   *
   * @throws {ServerError} `EDUFED_HARVEST_OPEN`, `EDUFED_HARVEST_NOT_FOUND`, `EDUFED_REPLAY_NOTHING_KEPT`, `EDUFED_SOURCE_NOT_HARVESTABLE`
   */
  async replay(source: SourceRow, { harvestId, isDryRun = false }: ReplayInput): Promise<Harvest> {
    const { harvests, now } = this.#options
    if (source.kind === pushKind) throw new ServerError('EDUFED_SOURCE_NOT_HARVESTABLE', `'${source.id}' is a push source`)
    if (harvestId !== undefined) await this.#row(source.id, harvestId)
    const from = harvestId ?? (await harvests.findReplayStart(source.id))
    if (from === undefined || !(await this.#hasKept(await harvests.listSince(source.id, from)))) {
      throw new ServerError('EDUFED_REPLAY_NOTHING_KEPT', `Nothing is kept of '${source.id}'${harvestId ? ` since ${harvestId}` : ''}`)
    }
    const row = await harvests.openReplay(source.id, { from, isDryRun }, now())
    if (!row) throw new ServerError('EDUFED_HARVEST_OPEN', `'${source.id}' is being harvested, or waits for it`)
    await this.enqueue(row)
    return toHarvest(row)
  }

  /**
   * Hands a harvest to whichever process is free, a paused one not before the hours of its source, as they are now, have begun; does nothing when it
   * was handed out already.
   */
  async enqueue(harvest: HarvestRow): Promise<void> {
    const { jobs } = this.#options
    if (await this.#isPaused(harvest)) return
    await jobs.enqueue({ kind: harvestJobKind, key: harvest.id, payload: { harvestId: harvest.id } })
  }

  /** @throws {ServerError} `EDUFED_HARVEST_NOT_FOUND` */
  async find(sourceId: string, harvestId: string): Promise<Harvest> {
    return toHarvest(await this.#row(sourceId, harvestId))
  }

  async list(access: SourceAccess & { sourceId?: string }, options: { before?: string; limit: number }): Promise<Harvest[]> {
    return (await this.#options.harvests.list(access, options)).map(toHarvest)
  }

  /** Asks a harvest to stop; what it took is kept. @throws {ServerError} `EDUFED_HARVEST_FINISHED` */
  async cancel(sourceId: string, harvestId: string): Promise<Harvest> {
    const { harvests, now } = this.#options
    await this.#row(sourceId, harvestId)
    const isCancelled =
      (await harvests.cancelQueued(harvestId, now())) || (await harvests.updateOpen(harvestId, { is_cancel_requested: 1 }))
    if (!isCancelled) throw new ServerError('EDUFED_HARVEST_FINISHED', `The harvest ${harvestId} is not running`)
    return this.find(sourceId, harvestId)
  }

  /** Lets a held deletion go. @throws {ServerError} `EDUFED_HARVEST_NOTHING_HELD` */
  async release(sourceId: string, harvestId: string): Promise<Harvest> {
    const { harvests, catalog } = this.#options
    const row = await this.#row(sourceId, harvestId)
    const issues = new IssueTally(JSON.parse(row.issues_json) as IssueSummary[])
    if (row.state !== 'completed' || !issues.has(heldCode)) {
      throw new ServerError('EDUFED_HARVEST_NOTHING_HELD', `The harvest ${harvestId} holds no deletion`)
    }
    // What this harvest did not name may have been named by a later one.
    if ((await harvests.findLatest(sourceId)) !== harvestId) {
      throw new ServerError(
        'EDUFED_HARVEST_NOTHING_HELD',
        `The source was harvested again after ${harvestId}: release the latest harvest instead`,
      )
    }
    const deleted = await catalog.deleteUnseen(sourceId, harvestId)
    const { counts } = toHarvest(row)
    issues.remove(heldCode)
    issues.add({ code: 'deletion.released', severity: 'info', path: '', message: `A held deletion of ${deleted} records was released` })
    await harvests.update(harvestId, {
      counts_json: JSON.stringify({ ...counts, deleted: counts.deleted + deleted, taken: counts.taken + deleted }),
      issues_json: JSON.stringify(issues.toSummaries()),
    })
    return this.find(sourceId, harvestId)
  }

  /** The hours of a source may have been changed since a harvest was paused. */
  async #isPaused(harvest: HarvestRow): Promise<boolean> {
    const { harvests, sources, now } = this.#options
    const pausedUntil = readPause(harvest)
    if (pausedUntil === undefined || now() >= new Date(pausedUntil)) return false
    const source = await sources.find(harvest.source_id)
    const until = source && closedUntil(source, now())
    if (until === undefined) return false
    if (until !== pausedUntil) await harvests.updateOpen(harvest.id, { checkpoint_json: withPause(harvest, until) })
    return true
  }

  async #hasKept(harvestIds: readonly string[]): Promise<boolean> {
    for (const id of harvestIds) for await (const _ of this.#options.catalog.readRaw(id)) return true
    return false
  }

  async #row(sourceId: string, harvestId: string): Promise<HarvestRow> {
    const row = await this.#options.harvests.find(harvestId)
    if (row?.source_id !== sourceId) throw new ServerError('EDUFED_HARVEST_NOT_FOUND', `'${sourceId}' has no harvest ${harvestId}`)
    return row
  }
}

/** When a source may be asked again; undefined when it may be now, or when its hours are none: the harvest says so itself. */
function closedUntil(source: SourceRow, now: Date): string | undefined {
  try {
    return readHours(readSettings(source))?.closedUntil(now)?.toISOString()
  } catch (error) {
    if (isEdufedError(error)) return undefined
    throw error
  }
}
