import type { HitSource, LearningResource, PlatformLevel } from '@edufed/sdk/schemas'
import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { StoredResource } from '../catalog-store.js'
import type { Viewer } from '../viewer.js'
import { chunks } from './chunks.js'
import type { ResourceRow } from './plan-resource.js'
import type { RecordRow } from './record-row.js'
import { learningResourceJson } from './to-learning-resource.js'
import { visibleTokens } from './visible-tokens.js'

export async function findResource(db: Kysely<Tables>, id: string, viewer: Viewer): Promise<StoredResource | undefined> {
  const [resource] = await readResources(db, (query) => visibleOnly(query.where('resources.id', '=', id), viewer))
  return resource
}

export async function findResources(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, StoredResource>> {
  const found = new Map<string, StoredResource>()
  for (const chunk of chunks([...new Set(ids)])) {
    for (const stored of await readResources(db, (query) => query.where('resources.id', 'in', chunk))) found.set(stored.id, stored)
  }
  return found
}

export function scanResources(db: Kysely<Tables>, { after, limit }: { after?: string; limit: number }): Promise<StoredResource[]> {
  return readResources(db, (query) =>
    query
      .where('resources.status', '=', 'active')
      .$if(after !== undefined, (q) => q.where('resources.id', '>', after!))
      .orderBy('resources.id')
      .limit(limit),
  )
}

export async function scanVersions(
  db: Kysely<Tables>,
  { after, limit }: { after?: string; limit: number },
): Promise<{ id: string; sequence: number }[]> {
  return await db
    .selectFrom('resources')
    .select(['id', 'sequence'])
    .where('status', '=', 'active')
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute()
}

export interface DatestampScan {
  from?: string
  until?: string
  after?: { updatedAt: string; id: string }
  limit: number
  viewer: Viewer
}

/** `from` and `until` belong to the range; an `until` in whole seconds takes in the whole second. */
export function scanByDatestamp(db: Kysely<Tables>, { from, until, after, limit, viewer }: DatestampScan): Promise<StoredResource[]> {
  return readResources(db, (query) =>
    visibleOnly(query, viewer)
      .$if(from !== undefined, (q) => q.where('resources.updated_at', '>=', new Date(from!).toISOString()))
      .$if(until !== undefined, (q) => q.where('resources.updated_at', '<=', endOf(until!)))
      .$if(after !== undefined, (q) =>
        q.where(({ eb, refTuple, tuple }) => eb(refTuple('resources.updated_at', 'resources.id'), '>', tuple(after!.updatedAt, after!.id))),
      )
      .orderBy('resources.updated_at')
      .orderBy('resources.id')
      .limit(limit),
  )
}

function endOf(until: string): string {
  const end = new Date(until)
  if (!until.includes('T')) end.setUTCHours(23, 59, 59, 999)
  else if (!until.includes('.')) end.setUTCMilliseconds(999)
  return end.toISOString()
}

type ResourceQuery = SelectQueryBuilder<Tables, 'resources' | 'records', object>

function visibleOnly(query: ResourceQuery, viewer: Viewer): ResourceQuery {
  const tokens = visibleTokens(viewer)
  return tokens ? query.where('resources.visible_to', 'in', tokens) : query
}

/** Reads resources with the record that each is shown from (one statement), then all their holders (another). */
async function readResources(db: Kysely<Tables>, narrow: (query: ResourceQuery) => ResourceQuery): Promise<StoredResource[]> {
  const joined = db
    .selectFrom('resources')
    .innerJoin('records', (join) =>
      join.onRef('records.source_id', '=', 'resources.source_id').onRef('records.identifier', '=', 'resources.identifier'),
    )
  const rows = await narrow(joined as unknown as ResourceQuery)
    .selectAll('records')
    .select([
      'resources.id as resource$id',
      'resources.content_hash as resource$content_hash',
      'resources.status as resource$status',
      'resources.version as resource$version',
      'resources.sequence as resource$sequence',
      'resources.visible_to as resource$visible_to',
      'resources.created_at as resource$created_at',
      'resources.updated_at as resource$updated_at',
    ])
    .execute()
  const sources = await readHolders(
    db,
    rows.map((row) => row.resource$id),
  )
  return rows.map((row) => {
    const record: RecordRow = row
    const resource: ResourceRow = {
      id: row.resource$id,
      source_id: row.source_id,
      identifier: row.identifier,
      content_hash: row.resource$content_hash,
      status: row.resource$status,
      version: row.resource$version,
      sequence: row.resource$sequence,
      visible_to: row.resource$visible_to,
      created_at: row.resource$created_at,
      updated_at: row.resource$updated_at,
    }
    return toStoredResource(resource, learningResourceJson(resource, record), sources.get(resource.id) ?? [])
  })
}

/** All platforms that hold these resources, the nearest to the origin first. */
async function readHolders(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, HitSource[]>> {
  const holders = new Map<string, HitSource[]>()
  for (const chunk of chunks(ids)) {
    const rows = await db
      .selectFrom('records')
      .leftJoin('sources', 'sources.id', 'records.source_id')
      .select(['records.resource_id', 'records.source_id', 'records.identifier', 'records.level', 'records.region', 'sources.name'])
      .where('records.resource_id', 'in', chunk)
      .where('records.state', '=', 'active')
      .orderBy('records.hops')
      .orderBy('records.first_seen_at')
      .orderBy('records.source_id')
      .orderBy('records.identifier')
      .execute()
    for (const row of rows) {
      const holder: HitSource = {
        id: row.source_id,
        name: row.name ?? row.source_id,
        level: row.level as PlatformLevel,
        ...(row.region !== null && { region: row.region }),
        identifier: row.identifier,
      }
      const group = holders.get(row.resource_id)
      if (group) group.push(holder)
      else holders.set(row.resource_id, [holder])
    }
  }
  return holders
}

function toStoredResource(row: ResourceRow, resourceJson: string, sources: HitSource[]): StoredResource {
  let resource: LearningResource | undefined
  return {
    id: row.id,
    status: row.status,
    resourceJson,
    get resource() {
      resource ??= JSON.parse(resourceJson) as LearningResource
      return resource
    },
    sources,
    sequence: row.sequence,
    visibleTo: row.visible_to,
  }
}
