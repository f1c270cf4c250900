import { Kysely } from 'kysely'
import { compareRecords } from '../catalog/sql/compare-records.js'
import { writeRecords } from '../catalog/sql/write-records.js'
import { ConnectionPool } from '../database/sqlite/connection-pool.js'
import type { LibsqlConnection } from '../database/sqlite/libsql-connection.js'
import { createSqliteDialect } from '../database/sqlite/sqlite-dialect.js'
import type { Tables } from '../database/tables.js'
import { createIngest } from './create-ingest.js'
import type { IngestResult } from './ingest.js'
import type { IngestTask } from './ingest-in-writer.js'

/** Does beside a connection what ingest is asked for in another thread. */
export function createIngestTask(connection: LibsqlConnection): (task: IngestTask) => Promise<IngestResult[]> {
  // The connection as it is: in its own thread nothing has to be sent.
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(new ConnectionPool([connection])) })
  return ({ method, nodeId, now, source, items, context }) => {
    const catalog: Parameters<typeof createIngest>[0]['catalog'] = {
      writeRecords: (records) => db.transaction().execute((transaction) => writeRecords(transaction, records, { engine: 'sqlite', now })),
      compareRecords: (records) => compareRecords(db, records),
    }
    const ingest = createIngest({ catalog, nodeId })
    return method === 'write' ? ingest.write(source, items, context) : ingest.compare(source, items)
  }
}
