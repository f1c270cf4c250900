import { readConfig } from '../config.js'
import type { Database } from '../database/database.js'
import { openDatabase } from '../open-adapters.js'

/** Does a command's work on the database alone that the environment names, and closes it. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(readConfig(process.env))
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
