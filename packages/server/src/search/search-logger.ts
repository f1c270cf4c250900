/** Where the search part tells what it does. A pino logger fits. */
export interface SearchLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
