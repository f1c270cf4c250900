import { isServerError, type ServerErrorCode, serverErrors } from '../errors.js'

/** What a command prints when it fails: the code, what happened, and what to do. `whenLocked` is the way while the server runs. */
export function toErrorText(error: unknown, whenLocked?: string): string {
  if (!isServerError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const fix = error.code === 'EDUFED_DATABASE_LOCKED' && whenLocked ? whenLocked : serverErrors[error.code as ServerErrorCode]?.fix
  const cause = error.cause instanceof Error && !error.message.includes(error.cause.message) ? ` (${error.cause.message})` : ''
  return `${error.code}: ${error.message}${cause}${fix ? `\n${fix}.` : ''}`
}
