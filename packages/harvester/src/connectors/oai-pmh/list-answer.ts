import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { HarvestItem, HarvestPage } from '../connector.js'
import { startReaders } from './answer-reader.js'
import type { ListRun, OpenPart } from './list-run.js'
import { isWindow, type ListPart, noteDatestamps, replacePart, toCheckpoint } from './list-state.js'
import { LookAhead } from './look-ahead.js'
import { cutList, giveUpWindows, isOutside, isParallel, relaxWindows, splitLargeWindow } from './parallel-windows.js'
import { type RecordPart, readByIdentifiers } from './record-reader.js'
import { type ReceivedAnswer, requestOnce } from './request-answer.js'
import type { OaiPmhSettings } from './settings.js'

const maxRestarts = 3

/**
 * Takes what came of a request for a part of a list: hands on its new records, and notes in the state where the part goes on.
 *
 * @param answer - Absent when the repository refused its token with an HTTP status.
 * @throws {HarvestError} When this part cannot be read on in this way.
 */
export async function* takeAnswer(run: ListRun, open: OpenPart, answer: ReceivedAnswer | undefined): AsyncGenerator<HarvestPage, void> {
  const { settings, state } = run
  const { part } = open
  const error = answer?.errors[0]
  if (!answer || (error && answer.items.length === 0)) {
    if (error?.code === 'noRecordsMatch') endPart(run, part)
    else if (part.token !== undefined) retryToken(run, open, error)
    else if (!error || !relax(run, part, error)) throw toOaiError(settings, error)
    return
  }
  open.isTokenRetried = false
  state.responseDate ??= answer.responseDate
  const announced = answer.token?.completeListSize ?? part.announced
  if (announced !== undefined) part.announced = announced
  if (part.token === undefined && !answer.failure) {
    if (isOutside(part, answer.items) && giveUpWindows(run, 'its answers hold records of other dates')) return
    if (cutList(run, part, answer) || splitLargeWindow(run, part, answer)) return
  }
  const token = answer.token?.value || undefined
  const { fresh, repeated, isEndless } = open.pass.takePage(answer.items, answer.failure ? undefined : token)
  const items = withoutPartial(part, fresh)
  noteItems(run, part, items, repeated, answer)
  if (items.length > 0) delete part.idleSplits

  let records: RecordPart = { items, raw: [answer.raw] }
  if (state.isByIdentifiers) {
    let isFirst = true
    for await (const next of readByIdentifiers(run, items, answer.raw)) {
      if (!isFirst) yield toPartialPage(run, part, records, answer)
      records = next
      isFirst = false
    }
  }
  if (answer.failure) {
    yield toPartialPage(run, part, records, answer)
    throw answer.failure
  }
  const isEnough = isEndless && announced !== undefined && part.taken >= announced
  if (isEndless && !isEnough) {
    if (items.length > 0) yield toPage(run, part, records, answer)
    throw new HarvestError('EDUFED_OAI_ENDLESS_LIST', { url: redactUrl(settings.url), taken: state.total })
  }
  delete part.partial
  if (token === undefined || isEnough) endPart(run, part)
  else {
    part.token = token
    startThreads(run)
  }
  yield toPage(run, part, records, answer)
}

/** From the second page on, answers are read in other threads, while the pages behind them are asked for. */
function startThreads({ settings, context, state, signal }: ListRun): void {
  const { threads = 0 } = context
  if (threads === 0) return
  context.read ??= startReaders(threads, signal)
  // Windows that are read side by side have the next pages under way already.
  if (!isParallel(settings) || state.isInOnePiece) {
    context.ahead ??= new LookAhead(threads + 1, (url) => requestOnce(url, settings, context, state.metadataPrefix))
  }
}

/** Sends a refused token a second time, and begins the part again when it is refused then. */
function retryToken(run: ListRun, open: OpenPart, error: { code: string; message: string } | undefined): void {
  const { settings, state } = run
  if (open.isTokenRetried) {
    // In a window the next step is a smaller window.
    if (++open.restarts > (isWindow(open.part) ? 0 : maxRestarts)) {
      throw new HarvestError('EDUFED_OAI_TOKEN_REFUSED', { url: redactUrl(settings.url), restarts: open.restarts, taken: state.total })
    }
    restartPart(run, open, error)
  }
  open.isTokenRetried = !open.isTokenRetried
}

/** Asks for less than was asked, where the repository cannot select by date as it should. */
function relax(run: ListRun, part: ListPart, error: { code: string; message: string }): boolean {
  const { state, settings, issues } = run
  if (error.code !== 'badArgument') return false
  if (isWindow(part)) return relaxWindows(run, `it refuses from and until (${error.message || error.code})`)
  if (state.from === undefined) return false
  if (state.from.length > 10 || (state.until?.length ?? 0) > 10) {
    const message = 'The repository refuses times with seconds in from and until, although Identify offers them'
    issues.push({ code: 'source.granularity', path: 'Identify/granularity', message, severity: 'warning' })
    state.granularity = 'day'
    state.from = state.from.slice(0, 10)
    if (state.until !== undefined) state.until = state.until.slice(0, 10)
    return true
  }
  if (settings.from !== undefined || state.until !== undefined) return false
  const message = `The repository cannot list what changed since a date (${error.message || error.code}), so the whole list is read`
  issues.push({ code: 'source.selectiveHarvesting', path: 'ListRecords', message, severity: 'warning' })
  delete state.from
  state.isFullList = !settings.sets?.length
  return true
}

/** A part is begun again: what was taken of it before the run was resumed is not remembered, and comes again. */
export function noteRepeats(run: ListRun, open: OpenPart): void {
  run.repeats += open.takenBefore
  run.state.total -= open.takenBefore
  run.takenBefore -= open.takenBefore
  open.takenBefore = 0
}

function restartPart(run: ListRun, open: OpenPart, error: { code: string; message: string } | undefined): void {
  const { memory, issues, state } = run
  const { part } = open
  const again = open.takenBefore > 0 ? `; the ${open.takenBefore} records that were taken before the run was resumed come again` : ''
  const message = `The repository refused its own resumptionToken (${error?.code ?? 'HTTP error'}) after ${part.taken} records, so the list was read again from its beginning${again}`
  issues.push({ code: 'list.restarted', path: 'resumptionToken', message, severity: 'warning' })
  delete part.token
  delete part.partial
  part.taken = 0
  noteRepeats(run, open)
  open.pass = memory.startPass(state.parts?.length === 1)
}

/** Takes a part off the list, and goes on to the next set behind the last one; says so when it was shorter than announced. */
function endPart({ state, issues }: ListRun, part: ListPart): void {
  const { announced, taken } = part
  if (announced !== undefined && taken < announced) {
    const message = `The list announced ${announced} records and ended after ${taken}: completeListSize is wrong, or records are missing`
    issues.push({ code: 'list.short', path: 'resumptionToken/@completeListSize', message, severity: 'warning' })
    state.isFullList = false
  }
  replacePart(state, part, [])
  if (state.parts?.length) return
  if (isWindow(part) && state.total < (state.announced ?? Number.POSITIVE_INFINITY)) state.isFullList = false
  delete state.parts
  delete state.announced
  state.setIndex++
}

function noteItems(
  { state, issues }: ListRun,
  part: ListPart,
  items: readonly HarvestItem[],
  repeated: number,
  answer: ReceivedAnswer,
): void {
  noteDatestamps(state, items)
  part.taken += answer.items.length - repeated
  state.total += items.length
  // A record whose identifier could not be read may be any of those that this run did not name.
  if (items.some((item) => item.identifier === '')) state.isFullList = false
  if (repeated > 0) {
    const message = `${repeated} records of a page were in the list before: the order of the list should not change while it is read`
    issues.push({ code: 'identifier.repeated', path: 'header/identifier', message, severity: 'info' })
  }
  for (const error of answer.errors) {
    issues.push({
      code: 'source.error',
      path: 'error',
      message: `Beside records the answer has the error ${error.code}`,
      severity: 'warning',
    })
  }
}

/** A page that the list does not go on behind: what was taken of it is remembered. */
function toPartialPage(run: ListRun, part: ListPart, records: RecordPart, answer: ReceivedAnswer): HarvestPage {
  part.partial = [...(part.partial ?? []), ...records.items.map((item) => item.identifier)]
  return toPage(run, part, records, answer)
}

function withoutPartial({ partial }: ListPart, items: HarvestItem[]): HarvestItem[] {
  if (!partial) return items
  const taken = new Set(partial)
  return items.filter((item) => item.identifier === '' || !taken.has(item.identifier))
}

function toPage(run: ListRun, part: ListPart, records: RecordPart, answer: ReceivedAnswer): HarvestPage {
  const { settings, state, issues, repeats } = run
  run.repeats = 0
  const expectedRecords = isWindow(part) ? state.announced : part.announced
  return {
    ...records,
    checkpoint: toCheckpoint(state),
    ...(expectedRecords !== undefined && (settings.sets?.length ?? 0) < 2 ? { expectedRecords } : {}),
    issues: [...issues.splice(0), ...answer.issues.splice(0)],
    ...(repeats > 0 ? { repeats } : {}),
  }
}

function toOaiError(settings: OaiPmhSettings, error: { code: string; message: string } | undefined): HarvestError {
  const values = {
    url: redactUrl(settings.url),
    oaiCode: error?.code || 'without a code',
    reason: error?.message || 'no explanation was given',
  }
  return new HarvestError('EDUFED_OAI_ERROR', values)
}
