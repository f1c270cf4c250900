/** Rows of one statement: 500 rows of the widest table stay below SQLite's 32,766 and PostgreSQL's 65,535 parameters. */
export const rowsPerStatement = 500

export function* chunks<T>(items: readonly T[], size = rowsPerStatement): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
