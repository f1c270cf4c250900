import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.js'

/** The node's SQL database: one SQLite file, or PostgreSQL. Queries are written once, with Kysely. */
export interface Database {
  readonly engine: 'sqlite' | 'postgres'
  /** For queries that only read. Never waits for a writer. */
  readonly read: Kysely<Tables>
  /** For single statements that write. */
  readonly write: Kysely<Tables>
  /** Runs `work` in one transaction on a writing connection; rolls back when it throws. */
  transaction<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Brings the schema up to date; returns the names of the migrations that ran. */
  migrate(): Promise<string[]>
  close(): Promise<void>
}
