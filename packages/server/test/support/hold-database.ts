import { openSqliteDatabase } from '../../src/database/sqlite/open-sqlite-database.js'

await openSqliteDatabase({ file: process.argv[2]! })
process.send?.('open')
