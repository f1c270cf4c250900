import { isServerError, type ServerErrorCode, serverErrors } from '../errors.js'

/** What a command prints when it fails: the code, what happened, and what to do. `whenLocked` is the way while the server runs. */
export function toErrorText(error: unknown, whenLocked?: string): string {
  if (!isServerError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const cause = error.cause instanceof Error && !error.message.includes(error.cause.message) ? ` (${error.cause.message})` : ''
  const lines = [`${error.code}: ${error.message}${cause}`]
  const fields = (error.errors ?? []).filter(({ path }) => !error.message.includes(path))
  for (const { path, message, fix } of fields) lines.push(`  ${path} ${message}.${fix ? ` ${fix}.` : ''}`)
  const fix = error.code === 'EDUFED_DATABASE_LOCKED' && whenLocked ? whenLocked : serverErrors[error.code as ServerErrorCode]?.fix
  if (fix && fields.length === 0) lines.push(`${fix}.`)
  return lines.join('\n')
}
