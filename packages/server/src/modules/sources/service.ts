import type { Source, SourceInput, SourcePatch, SourcePreview, SourcePreviewInput } from '@edufed/sdk/schemas'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import { ServerError } from '../../errors.js'
import type { JobQueue } from '../../jobs/job-queue.js'
import { connectorOf, pushKind, secretsOf } from './connector-registry.js'
import { assertSettings, restoreSecrets } from './connector-settings.js'
import { runHarvestTask } from './harvest-thread.js'
import { assertSchedule, nextRun } from './schedule.js'
import { readSettings, toIngestSource, toSource } from './source-document.js'
import { toSourceId } from './source-id.js'
import type { SourceAccess, SourceRow, SourceStore } from './source-store.js'
import { isShownOtherwise } from './with-current-source.js'

const previewTimeoutMs = 60_000
/** When an edit's records are looked at again, in case its process died before it came to them. */
const secondLookMs = 60_000

export const visibilityJobKind = 'source-visibility'

export interface SourceServiceOptions {
  sources: SourceStore
  catalog: CatalogStore
  jobs: JobQueue
  allowNetworks: readonly string[]
  now: () => Date
}

/** A source as it was read, with the tag that tells whether it was changed since. */
export interface TaggedSource {
  source: Source
  etag: string
}

/** What can be done with sources themselves; harvesting them is next door. */
export class SourceService {
  readonly #options: SourceServiceOptions

  constructor(options: SourceServiceOptions) {
    this.#options = options
  }

  /** @throws {ServerError} `EDUFED_SOURCE_NOT_FOUND` */
  async row(id: string): Promise<SourceRow> {
    const row = await this.#options.sources.find(id)
    if (!row) throw new ServerError('EDUFED_SOURCE_NOT_FOUND', `There is no source '${id}'`)
    return row
  }

  async list(access: SourceAccess, options: { after?: string; limit: number }): Promise<Source[]> {
    const rows = await this.#options.sources.list(access, options)
    const counts = await this.#options.catalog.countRecords(rows.map((row) => row.id))
    return rows.map((row) => toSource(row, { secrets: secretsOf(row.kind), recordCount: counts.get(row.id) ?? 0 }))
  }

  async tagged(row: SourceRow): Promise<TaggedSource> {
    const counts = await this.#options.catalog.countRecords([row.id])
    return { source: toSource(row, { secrets: secretsOf(row.kind), recordCount: counts.get(row.id) ?? 0 }), etag: etagOf(row) }
  }

  /** The row that an input makes. @throws {ServerError} `EDUFED_REQUEST_INVALID` */
  toRow(input: SourceInput): SourceRow {
    const now = this.#options.now()
    const settings = input.settings ?? {}
    this.#assertInput(input.kind, settings, input.schedule)
    const row: SourceRow = {
      id: input.id ?? toSourceId(input.name),
      name: input.name,
      kind: input.kind,
      settings_json: JSON.stringify(settings),
      member_id: input.memberId ?? null,
      authority: input.authority ?? null,
      level: input.level,
      region: input.region ?? null,
      default_scope: input.defaultScope ?? 'public',
      cron: input.schedule?.cron ?? null,
      time_zone: input.schedule?.timeZone ?? null,
      is_enabled: (input.isEnabled ?? true) ? 1 : 0,
      since_json: null,
      next_harvest_at: null,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    }
    return { ...row, next_harvest_at: nextHarvestAt(row, now) }
  }

  /** Keeps a new source; without an id in the input a free one is found. @throws {ServerError} `EDUFED_SOURCE_EXISTS` */
  async create(row: SourceRow, isIdGiven: boolean): Promise<SourceRow> {
    const attempts = isIdGiven ? 1 : 50
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const candidate = attempt === 1 ? row : { ...row, id: `${row.id}-${attempt}` }
      if (await this.#options.sources.insert(candidate)) return candidate
    }
    throw new ServerError('EDUFED_SOURCE_EXISTS', `The id '${row.id}' is taken`, {
      errors: [{ path: '/id', message: 'is taken', fix: 'Choose another id' }],
    })
  }

  /**
   * Changes a source. Who sees the records that are there follows at once, before it resolves.
   *
   * @param ifMatch - The If-Match header, when there is one.
   * @param assertMayOwn - Throws when the caller may not touch the source as it will be.
   * @throws {ServerError} `EDUFED_PRECONDITION_FAILED` when the source is not as `ifMatch` says.
   */
  async edit(
    row: SourceRow,
    patch: SourcePatch,
    ifMatch: string | undefined,
    assertMayOwn: (edited: SourceRow) => void,
  ): Promise<SourceRow> {
    if (ifMatch !== undefined && ifMatch !== '*' && !ifMatch.split(',').some((tag) => tag.trim() === etagOf(row)))
      throw changedMeanwhile(row.id)
    const { sources, catalog, jobs, now } = this.#options
    const edited = this.#applyPatch(row, patch)
    assertMayOwn(edited)
    if (row.authority !== null && edited.authority !== row.authority && ((await catalog.countRecords([row.id])).get(row.id) ?? 0) > 0) {
      throw new ServerError(
        'EDUFED_SOURCE_HAS_RECORDS',
        'The authority stands in the ids of the records that are there, and ids never change',
        {
          errors: [{ path: '/authority', message: 'cannot change while the source has records', fix: 'Make a new source' }],
        },
      )
    }
    // Later than before even when the clock stands still, since it is what tells versions apart.
    const updatedAt = new Date(Math.max(now().getTime(), new Date(row.updated_at).getTime() + 1)).toISOString()
    const changed = { ...edited, updated_at: updatedAt, next_harvest_at: nextHarvestAt(edited, now()) }
    const { id: _id, created_at: _createdAt, since_json, ...columns } = changed
    const isReset = changed.settings_json !== row.settings_json || changed.kind !== row.kind
    const isOtherwise = isShownOtherwise(row, changed)
    if (isOtherwise) {
      const runAt = new Date(now().getTime() + secondLookMs)
      await jobs.enqueue({ kind: visibilityJobKind, key: `${row.id} ${updatedAt}`, payload: { sourceId: row.id }, runAt })
    }
    const isKept = await sources.update(row.id, row.updated_at, { ...columns, ...(isReset ? { since_json: null } : {}) })
    if (!isKept) throw changedMeanwhile(row.id)
    if (isOtherwise) await catalog.reviseVisibility(toIngestSource(changed))
    return { ...changed, since_json: isReset ? null : since_json }
  }

  /** Shows the records of a source to those who see them by what it says now; does nothing when it is gone. */
  async reviseVisibility(id: string): Promise<void> {
    const row = await this.#options.sources.find(id)
    if (row) await this.#options.catalog.reviseVisibility(toIngestSource(row))
  }

  /** Removes a source. Its records, when it has any, are deleted only `withRecords`. @throws {ServerError} `EDUFED_SOURCE_HAS_RECORDS` */
  async delete(row: SourceRow, options: { withRecords: boolean }): Promise<{ deleted: number }> {
    const { sources, catalog } = this.#options
    const records = (await catalog.countRecords([row.id])).get(row.id) ?? 0
    if (records > 0 && !options.withRecords) {
      throw new ServerError('EDUFED_SOURCE_HAS_RECORDS', `The source '${row.id}' has ${records} records`)
    }
    // No harvest has this name, so that no record was seen by it.
    const deleted = await catalog.deleteUnseen(row.id, `source-removed-${row.id}`)
    await sources.delete(row.id)
    return { deleted }
  }

  /** Reads the beginning of a source without keeping anything. @throws {HarvestTaskError} with the source's own fault. */
  async preview(input: SourcePreviewInput, stored: SourceRow | undefined, signal: AbortSignal): Promise<SourcePreview> {
    const connector = connectorOf(input.kind)
    if (!connector) {
      throw new ServerError('EDUFED_REQUEST_INVALID', 'A push source has nothing to preview: it writes its records itself', {
        errors: [{ path: '/kind', message: 'cannot be previewed', fix: 'Choose a connector' }],
      })
    }
    const settings = stored ? restoreSecrets(input.settings, readSettings(stored), connector.secrets) : input.settings
    assertSettings(connector, settings)
    const timeout = AbortSignal.timeout(previewTimeoutMs)
    const result = await runHarvestTask(
      {
        type: 'preview',
        source: { kind: input.kind, settings },
        allowNetworks: this.#options.allowNetworks,
        limit: input.limit ?? 10,
      },
      { signal: AbortSignal.any([timeout, signal]) },
    )
    if (result?.type === 'preview') return result.preview
    throw new ServerError('EDUFED_UNAVAILABLE', `The source did not show its first records within ${previewTimeoutMs / 1_000} s`, {
      retryAfterSeconds: 60,
    })
  }

  #applyPatch(row: SourceRow, patch: SourcePatch): SourceRow {
    const kind = patch.kind ?? row.kind
    const secrets = secretsOf(kind)
    const stored = readSettings(row)
    const settings = patch.settings ? restoreSecrets(patch.settings, stored, secrets) : stored
    if (patch.settings || patch.kind) this.#assertInput(kind, settings, undefined)
    if (patch.schedule) this.#assertInput(kind, settings, patch.schedule)
    return {
      ...row,
      name: patch.name ?? row.name,
      kind,
      settings_json: JSON.stringify(settings),
      member_id: patch.memberId === undefined ? row.member_id : patch.memberId,
      authority: patch.authority === undefined ? row.authority : patch.authority,
      level: patch.level ?? row.level,
      region: patch.region === undefined ? row.region : patch.region,
      default_scope: patch.defaultScope ?? row.default_scope,
      ...(patch.schedule === undefined ? {} : { cron: patch.schedule?.cron ?? null, time_zone: patch.schedule?.timeZone ?? null }),
      is_enabled: patch.isEnabled === undefined ? row.is_enabled : Number(patch.isEnabled),
    }
  }

  #assertInput(kind: string, settings: Record<string, unknown>, schedule: SourceInput['schedule']): void {
    const connector = connectorOf(kind)
    if (connector) assertSettings(connector, settings)
    else if (Object.keys(settings).length > 0) {
      throw new ServerError('EDUFED_REQUEST_INVALID', 'A push source has no settings', {
        errors: [{ path: '/settings', message: 'must be empty for a push source', fix: 'Remove the settings' }],
      })
    }
    if (!schedule) return
    if (kind === pushKind) {
      throw new ServerError('EDUFED_REQUEST_INVALID', 'A push source has no schedule: it writes its records itself', {
        errors: [{ path: '/schedule', message: 'is not for push sources', fix: 'Remove the schedule' }],
      })
    }
    assertSchedule(schedule)
  }
}

/** Changes with every edit, not with what harvests do. */
export function etagOf(row: Pick<SourceRow, 'updated_at'>): string {
  return `"${Buffer.from(row.updated_at).toString('base64url')}"`
}

function nextHarvestAt(row: SourceRow, now: Date): string | null {
  if (row.cron === null || row.is_enabled === 0 || row.kind === pushKind) return null
  return nextRun({ cron: row.cron, timeZone: row.time_zone ?? 'UTC' }, now)?.toISOString() ?? null
}

function changedMeanwhile(id: string): ServerError {
  return new ServerError('EDUFED_PRECONDITION_FAILED', `The source '${id}' is not as it was when you read it`)
}
