import { createSqlCatalogStore } from '../../src/catalog/sql-catalog-store.js'
import type { Database } from '../../src/database/database.js'
import { aRecord } from './a-record.js'
import { openDatabaseAt } from './database.js'

const [engine, address, run] = process.argv.slice(2) as [Database['engine'], string, string]
const catalog = createSqlCatalogStore(await openDatabaseAt(engine, address))
for (let batch = 0; ; batch++) {
  const name = `${run}-${batch}`
  await catalog.writeRecords(Array.from({ length: 200 }, (_, index) => aRecord(`${name}-${index}`)))
  // Acknowledged: from here on it must survive whatever happens.
  process.send?.(name)
}
