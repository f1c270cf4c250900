import type { HarvestError } from '../../errors.js'
import type { ListRun } from './list-run.js'
import { isWindow, type ListPart, replacePart, toWindow } from './list-state.js'
import { splitWindow } from './window.js'

/** How often in a row a window may be cut without a new record, by what went wrong: where each attempt takes long, seldom. */
const maxIdleSplits: Partial<Record<string, number>> = {
  EDUFED_OAI_TOKEN_REFUSED: 40,
  EDUFED_OAI_ENDLESS_LIST: 40,
  EDUFED_FETCH_TOO_LARGE: 40,
  EDUFED_FETCH_TRUNCATED: 16,
  EDUFED_FETCH_STATUS: 16,
  EDUFED_FETCH_TIMEOUT: 3,
}
const slicedStatuses = [413, 502, 504]

/** After a list or a window of it could not be read on: reads it in smaller windows of time instead. @returns False when that is no help. */
export function sliceWindow(run: ListRun, part: ListPart, error: HarvestError): boolean {
  const { state, context, issues } = run
  const idleSplits = (part.idleSplits ?? 0) + 1
  if (idleSplits > (maxIdleSplits[error.code] ?? 0)) return false
  if (error.code === 'EDUFED_FETCH_STATUS' && !slicedStatuses.includes(Number(error.details?.status))) return false
  const halves = splitWindow(toWindow(state, part), state, state.granularity, context.now())
  if (!halves) return false
  if (!isWindow(part) && part.announced !== undefined) state.announced = part.announced
  if (!run.cause) {
    const what = isWindow(part) ? 'A window of the list cannot be read' : 'The list cannot be read in one piece'
    const how = isWindow(part) ? 'smaller windows' : 'windows of time'
    const message = `${what} (${error.message}), so it is read in ${how}`
    issues.push({ code: 'list.sliced', path: 'ListRecords', message, severity: 'warning' })
  }
  run.cause ??= error
  const smaller = halves.map((half) => ({ ...half, idleSplits }))
  replacePart(state, part, smaller)
  return true
}

const codesOfBrokenList = [
  'EDUFED_FETCH_STATUS',
  'EDUFED_FETCH_TRUNCATED',
  'EDUFED_FETCH_TIMEOUT',
  'EDUFED_XML_INVALID',
  'EDUFED_OAI_NOT_OAI',
  'EDUFED_OAI_HTML',
]

/** Where ListRecords is broken: asks for the identifiers, and for each record by itself. @returns False when that is no help. */
export function listByIdentifiers(run: ListRun, error: HarvestError): boolean {
  const { state, issues } = run
  const isBroken = codesOfBrokenList.includes(error.code) || (error.code === 'EDUFED_OAI_ERROR' && error.details?.oaiCode === 'badVerb')
  if (state.isByIdentifiers || !isBroken) return false
  run.cause ??= error
  const message = `ListRecords is broken (${error.message}), so each record is asked for by its identifier`
  issues.push({ code: 'source.ListRecords', path: 'ListRecords', message, severity: 'warning' })
  state.isByIdentifiers = true
  beginAnew(run)
  return true
}

/** Reads the list in one piece from its beginning. */
export function beginAnew(run: ListRun): void {
  const { state } = run
  state.parts = [{ taken: 0 }]
  delete state.announced
  run.repeats += run.takenBefore
  state.total = Math.max(state.total - run.takenBefore, 0)
  run.takenBefore = 0
}
