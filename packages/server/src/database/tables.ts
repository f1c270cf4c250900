import type { Generated } from 'kysely'

/**
 * The tables of a node, alike on SQLite and PostgreSQL: times are ISO 8601 text in UTC with milliseconds, booleans are 0 or 1,
 * `…_json` columns are text, bodies are bytes. Each table has one owner, named behind it; nothing else reads or writes it,
 * but that the catalogue reads the names of sources.
 */
export interface Tables {
  node_meta: NodeMetaTable
  records: RecordsTable
  resources: ResourcesTable
  changes: ChangesTable
  raw_responses: RawResponsesTable
  harvest_pages: HarvestPagesTable
  sources: SourcesTable
  harvests: HarvestsTable
  source_conformity: SourceConformityTable
  jobs: JobsTable
  leases: LeasesTable
  members: MembersTable
  api_keys: ApiKeysTable
  idempotency_keys: IdempotencyKeysTable
  uploads: UploadsTable
  files: FilesTable
  popular_queries: PopularQueriesTable
}

/** catalog: `epoch` and such, written once, and anew after a restore. */
interface NodeMetaTable {
  key: string
  value: string
}

/** catalog: what one source says about one resource. Key (source_id, identifier). */
interface RecordsTable {
  source_id: string
  identifier: string
  resource_id: string
  state: 'active' | 'deleted' | 'quarantined'
  content_hash: string
  /** ResourceDraft; null when deleted or without anything usable. */
  draft_json: string | null
  /** Provenance without what the source row tells. */
  origin_authority: string
  origin_identifier: string
  via_json: string
  hops: number
  metadata_prefix: string
  datestamp: string | null
  raw_digest: string | null
  issues_json: string
  level: string
  region: string | null
  scope: string
  visible_to: string
  first_seen_at: string
  changed_at: string
  last_seen_at: string
  last_harvest_id: string | null
}

/** catalog: the canonical resource, shown from the record of the shortest path. */
interface ResourcesTable {
  id: string
  source_id: string
  identifier: string
  content_hash: string
  status: 'active' | 'deleted'
  version: number
  sequence: number
  visible_to: string
  created_at: string
  updated_at: string
}

/** catalog: the change log. Ordered by sequence without invisible gaps. */
interface ChangesTable {
  sequence: Generated<number>
  resource_id: string
  kind: 'created' | 'updated' | 'deleted'
  version: number
  visible_to: string
  at: string
}

/** catalog: answers of sources by SHA-256, gzip-compressed. */
interface RawResponsesTable {
  digest: string
  media_type: string
  size: number
  body: Uint8Array
  first_seen_at: string
}

/** catalog: which answers a harvest got, in order. */
interface HarvestPagesTable {
  harvest_id: string
  page: number
  part: number
  url: string
  digest: string
  retrieved_at: string
}

/** modules/sources. */
interface SourcesTable {
  id: string
  name: string
  kind: string
  settings_json: string
  member_id: string | null
  authority: string | null
  level: string
  region: string | null
  default_scope: string
  cron: string | null
  time_zone: string | null
  is_enabled: number
  /** `next` of the last completed harvest. */
  since_json: string | null
  next_harvest_at: string | null
  created_at: string
  updated_at: string
}

/** modules/sources. */
interface HarvestsTable {
  id: string
  source_id: string
  state: string
  mode: string
  trigger: string
  counts_json: string
  pages: number
  bytes: number
  expected_records: number | null
  issues_json: string
  error_json: string | null
  checkpoint_json: string | null
  is_cancel_requested: number
  created_at: string
  started_at: string | null
  finished_at: string | null
  /** Records by field that they have. */
  coverage_json: string | null
  /** 1 when it named every live record of the source. */
  is_full_list: number | null
  /** Of a replay: where it begins, and whether it only counts. */
  replay_json: string | null
}

/** modules/sources: one judgement a harvest. */
interface SourceConformityTable {
  harvest_id: string
  source_id: string
  at: string
  score: number
  parts_json: string
}

/** jobs. */
interface JobsTable {
  id: string
  kind: string
  /** While a job of this kind and key is open, a second one is not queued. */
  key: string
  payload_json: string
  state: 'queued' | 'running' | 'done' | 'failed'
  run_at: string
  attempts: number
  lease_owner: string | null
  leased_until: string | null
  error: string | null
  created_at: string
  finished_at: string | null
}

/** jobs: work that one process of a node does at a time, e.g. the indexer. */
interface LeasesTable {
  name: string
  owner: string
  leased_until: string
}

/** modules/members. */
interface MembersTable {
  id: string
  name: string
  level: string
  region: string | null
  contact: string | null
  created_at: string
  updated_at: string
}

/** modules/members. */
interface ApiKeysTable {
  id: string
  name: string
  prefix: string
  /** SHA-256 of the key, hex. */
  digest: string
  scopes_json: string
  member_id: string | null
  source_ids_json: string | null
  max_upload_bytes: number | null
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
}

/** plugins/idempotency. */
interface IdempotencyKeysTable {
  api_key_id: string
  idempotency_key: string
  request_digest: string
  status: number | null
  headers_json: string | null
  body: string | null
  created_at: string
}

/** modules/uploads. */
interface UploadsTable {
  id: string
  api_key_id: string
  source_id: string | null
  record_identifier: string | null
  filename: string
  filetype: string
  size: number
  sha256: string | null
  created_at: string
  finished_at: string | null
  /** The process that writes to it now, and until when if it dies. */
  lock_owner: string | null
  locked_until: string | null
}

/** modules/uploads: finished files by content. */
interface FilesTable {
  sha256: string
  size: number
  filetype: string
  upload_id: string
  created_at: string
}

/** modules/search: how often a query was of use to readers of a language. */
interface PopularQueriesTable {
  language: string
  text: string
  uses: number
  last_used_at: string
}
