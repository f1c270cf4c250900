/** Records that one transaction of the catalogue's own work takes. */
export const recordsPerBatch = 500

/**
 * Rows of one statement. Making and handing over a longer one holds up the event loop, and with it searches; 500 rows of the widest table
 * are the most that SQLite's 32,766 parameters allow.
 */
export const rowsPerStatement = 100

export function* chunks<T>(items: readonly T[], size = rowsPerStatement): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
