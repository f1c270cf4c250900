import { randomUUID } from 'node:crypto'
import { type CreateTableBuilder, type Kysely, type Migration, sql } from 'kysely'
import type { Database } from '../database.js'
import type { Tables } from '../tables.js'

type Column = 'text' | 'integer' | 'bigint' | 'bytes'

/** Each column of tables.ts once; those that may be null have a `?` behind their name. The compiler sees to it that none is forgotten. */
type Columns<Table> = {
  [Name in Exclude<keyof Table, 'sequence'> & string as null extends Table[Name] ? `${Name}?` : Name]: Column
} & ('sequence' extends keyof Table ? { sequence?: Column } : unknown)

/** The tables as they were before later migrations added to them. */
type InitialTables = Omit<Tables, 'harvests' | 'source_conformity' | 'popular_queries'> & {
  harvests: Omit<Tables['harvests'], 'coverage_json' | 'is_full_list' | 'replay_json'>
}

const columns: { [Table in keyof InitialTables]: Columns<InitialTables[Table]> } = {
  node_meta: { key: 'text', value: 'text' },
  records: {
    source_id: 'text',
    identifier: 'text',
    resource_id: 'text',
    state: 'text',
    content_hash: 'text',
    'draft_json?': 'text',
    origin_authority: 'text',
    origin_identifier: 'text',
    via_json: 'text',
    hops: 'integer',
    metadata_prefix: 'text',
    'datestamp?': 'text',
    'raw_digest?': 'text',
    issues_json: 'text',
    level: 'text',
    'region?': 'text',
    scope: 'text',
    visible_to: 'text',
    first_seen_at: 'text',
    changed_at: 'text',
    last_seen_at: 'text',
    'last_harvest_id?': 'text',
  },
  resources: {
    id: 'text',
    source_id: 'text',
    identifier: 'text',
    content_hash: 'text',
    status: 'text',
    version: 'integer',
    sequence: 'bigint',
    visible_to: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  changes: { resource_id: 'text', kind: 'text', version: 'integer', visible_to: 'text', at: 'text' },
  raw_responses: { digest: 'text', media_type: 'text', size: 'bigint', body: 'bytes', first_seen_at: 'text' },
  harvest_pages: { harvest_id: 'text', page: 'integer', part: 'integer', url: 'text', digest: 'text', retrieved_at: 'text' },
  sources: {
    id: 'text',
    name: 'text',
    kind: 'text',
    settings_json: 'text',
    'member_id?': 'text',
    'authority?': 'text',
    level: 'text',
    'region?': 'text',
    default_scope: 'text',
    'cron?': 'text',
    'time_zone?': 'text',
    is_enabled: 'integer',
    'since_json?': 'text',
    'next_harvest_at?': 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  harvests: {
    id: 'text',
    source_id: 'text',
    state: 'text',
    mode: 'text',
    trigger: 'text',
    counts_json: 'text',
    pages: 'integer',
    bytes: 'bigint',
    'expected_records?': 'bigint',
    issues_json: 'text',
    'error_json?': 'text',
    'checkpoint_json?': 'text',
    is_cancel_requested: 'integer',
    created_at: 'text',
    'started_at?': 'text',
    'finished_at?': 'text',
  },
  jobs: {
    id: 'text',
    kind: 'text',
    key: 'text',
    payload_json: 'text',
    state: 'text',
    run_at: 'text',
    attempts: 'integer',
    'lease_owner?': 'text',
    'leased_until?': 'text',
    'error?': 'text',
    created_at: 'text',
    'finished_at?': 'text',
  },
  leases: { name: 'text', owner: 'text', leased_until: 'text' },
  members: { id: 'text', name: 'text', level: 'text', 'region?': 'text', 'contact?': 'text', created_at: 'text', updated_at: 'text' },
  api_keys: {
    id: 'text',
    name: 'text',
    prefix: 'text',
    digest: 'text',
    scopes_json: 'text',
    'member_id?': 'text',
    'source_ids_json?': 'text',
    'max_upload_bytes?': 'bigint',
    created_at: 'text',
    'expires_at?': 'text',
    'last_used_at?': 'text',
    'revoked_at?': 'text',
  },
  idempotency_keys: {
    api_key_id: 'text',
    idempotency_key: 'text',
    request_digest: 'text',
    'status?': 'integer',
    'headers_json?': 'text',
    'body?': 'text',
    created_at: 'text',
  },
  uploads: {
    id: 'text',
    api_key_id: 'text',
    'source_id?': 'text',
    'record_identifier?': 'text',
    filename: 'text',
    filetype: 'text',
    size: 'bigint',
    'sha256?': 'text',
    created_at: 'text',
    'finished_at?': 'text',
    'lock_owner?': 'text',
    'locked_until?': 'text',
  },
  files: { sha256: 'text', size: 'bigint', filetype: 'text', upload_id: 'text', created_at: 'text' },
}

const primaryKeys: Partial<Record<keyof InitialTables, string[]>> = {
  node_meta: ['key'],
  records: ['source_id', 'identifier'],
  raw_responses: ['digest'],
  harvest_pages: ['harvest_id', 'page', 'part'],
  leases: ['name'],
  idempotency_keys: ['api_key_id', 'idempotency_key'],
  files: ['sha256'],
}

/** Each with the question that it answers. */
const indexes = [
  // Which records hold this resource?
  'create index records_by_resource on records (resource_id, state)',
  // How many live records has a source; which are held, newest first?
  'create index records_by_state on records (source_id, state, changed_at)',
  // What changed between two dates?
  'create index resources_by_date on resources (updated_at, id)',
  // What changed behind this cursor, for a viewer that may see little?
  'create index changes_by_viewer on changes (visible_to, sequence)',
  // What came after this point in the life of one resource?
  'create index changes_by_resource on changes (resource_id, sequence)',
  'create index sources_by_due_time on sources (next_harvest_at) where next_harvest_at is not null',
  'create index sources_by_member on sources (member_id)',
  'create index harvests_by_source on harvests (source_id, created_at)',
  'create index harvests_by_state on harvests (state)',
  // One open job of a kind and key.
  "create unique index jobs_open on jobs (kind, key) where state in ('queued', 'running')",
  'create index jobs_by_state on jobs (state, kind, run_at)',
  'create unique index api_keys_by_digest on api_keys (digest)',
  'create index idempotency_keys_by_age on idempotency_keys (created_at)',
  'create index uploads_by_file on uploads (sha256)',
  // Which files were uploaded for this record?
  'create index uploads_by_record on uploads (source_id, record_identifier) where source_id is not null',
  'create index uploads_by_key on uploads (api_key_id, created_at)',
]

export function initialTables(engine: Database['engine']): Migration {
  return {
    async up(db: Kysely<Tables>) {
      for (const table of Object.keys(columns) as (keyof InitialTables)[]) await createTable(db, engine, table)
      for (const index of indexes) await sql.raw(index).execute(db)
      await db.insertInto('node_meta').values({ key: 'epoch', value: randomUUID() }).execute()
    },
  }
}

async function createTable(db: Kysely<Tables>, engine: Database['engine'], table: keyof InitialTables): Promise<void> {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(table)
  if (table === 'changes') builder = builder.addColumn('sequence', sql.raw(sequenceType[engine]))
  for (const [name, column] of Object.entries(columns[table])) {
    const type = sql.raw(columnTypes[engine][column])
    builder = name.endsWith('?')
      ? builder.addColumn(name.slice(0, -1), type)
      : builder.addColumn(name, type, (definition) => definition.notNull())
  }
  if (table !== 'changes') builder = builder.addPrimaryKeyConstraint(`${table}_pk`, primaryKeys[table] ?? ['id'])
  await builder.execute()
}

/** Never reused, also when the newest rows are deleted. */
const sequenceType = {
  sqlite: 'integer primary key autoincrement',
  postgres: 'bigint generated always as identity primary key',
} as const

/** Text is compared by code point on both, so that both give the same order. */
const columnTypes = {
  sqlite: { text: 'text', integer: 'integer', bigint: 'integer', bytes: 'blob' },
  postgres: { text: 'text collate "C"', integer: 'integer', bigint: 'bigint', bytes: 'bytea' },
} as const
