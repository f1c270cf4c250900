import { randomUUID } from 'node:crypto'
import type { Database } from '../database/database.js'

/**
 * Gives the change log another name, so that positions in the one before are refused instead of taken for positions in this one.
 * For a catalogue that was set back, while no process has it open: a process reads the name once.
 *
 * @returns the name
 */
export async function beginChangeLog(database: Database): Promise<string> {
  const epoch = randomUUID()
  await database.write.updateTable('node_meta').set({ value: epoch }).where('key', '=', 'epoch').execute()
  return epoch
}
