import { setTimeout as delay } from 'node:timers/promises'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { HarvestItem, HarvestPage } from '../connector.js'
import { startReaders } from './answer-reader.js'
import type { ListRun } from './list-run.js'
import { type ListState, noteDatestamps, toCheckpoint } from './list-state.js'
import { LookAhead } from './look-ahead.js'
import { type RecordPart, readByIdentifiers } from './record-reader.js'
import { type ReceivedAnswer, requestAnswer, requestOnce } from './request-answer.js'
import type { OaiArguments } from './request-url.js'
import type { OaiPmhSettings } from './settings.js'

const maxRestarts = 3

/** From the second page on, answers are read in other threads, while the pages behind them are asked for. */
function startThreads({ settings, context, state }: ListRun): void {
  const { threads = 0 } = context
  if (threads === 0 || context.ahead) return
  context.read = startReaders(threads, context.signal)
  context.ahead = new LookAhead(threads + 1, (url) => requestOnce(url, settings, context, state.metadataPrefix))
}

/** Reads one list to its end: follows its tokens, and begins again when the repository has forgotten them. */
export async function* readList(run: ListRun, set: string | undefined): AsyncGenerator<HarvestPage, void> {
  const { settings, context, state, memory } = run
  let restarts = 0
  let isTokenRetried = false
  // A list that is gone on with was announced before; whether it is whole can be told only by that.
  let announced = state.token === undefined || state.windows ? undefined : state.announced
  while (true) {
    const answer = await askList(run, set)
    const error = answer?.errors[0]
    if (!answer || (error && answer.items.length === 0)) {
      if (error?.code === 'noRecordsMatch') {
        endList(run, announced)
        return
      }
      if (state.token === undefined) {
        if (error && relax(run, error)) continue
        throw toOaiError(settings, error)
      }
      if (isTokenRetried) {
        // In a window the next step is a smaller window.
        if (++restarts > (state.windows ? 0 : maxRestarts)) {
          throw new HarvestError('EDUFED_OAI_TOKEN_REFUSED', { url: redactUrl(settings.url), restarts, taken: state.total })
        }
        restartList(run, error)
      }
      isTokenRetried = !isTokenRetried
      if (isTokenRetried) await delay(settings.retryDelayMs ?? 2000, undefined, { signal: context.signal })
      continue
    }
    isTokenRetried = false
    state.responseDate ??= answer.responseDate
    announced = answer.token?.completeListSize ?? announced
    if (!state.windows && announced !== undefined) state.announced = announced
    const token = answer.token?.value || undefined
    const { fresh, repeated, isEndless } = memory.takePage(answer.items, answer.failure ? undefined : token)
    const items = withoutPartial(state, fresh)
    noteItems(run, items, repeated, answer)
    if (items.length > 0) run.idleSplits = 0

    let part: RecordPart = { items, raw: [answer.raw] }
    if (state.isByIdentifiers) {
      let isFirst = true
      for await (const next of readByIdentifiers(run, items, answer.raw)) {
        if (!isFirst) yield toPartialPage(run, part, answer, announced)
        part = next
        isFirst = false
      }
    }
    if (answer.failure) {
      yield toPartialPage(run, part, answer, announced)
      throw answer.failure
    }
    const isEnough = isEndless && announced !== undefined && state.taken >= announced
    if (isEndless && !isEnough) {
      if (items.length > 0) yield toPage(run, part, answer, announced)
      throw new HarvestError('EDUFED_OAI_ENDLESS_LIST', { url: redactUrl(settings.url), taken: state.total })
    }
    delete state.partial
    if (token === undefined || isEnough) {
      endList(run, announced)
      yield toPage(run, part, answer, announced)
      return
    }
    state.token = token
    startThreads(run)
    yield toPage(run, part, answer, announced)
  }
}

/** @returns undefined when the repository refused its token with an HTTP status instead of an OAI-PMH error. */
async function askList({ settings, context, state }: ListRun, set: string | undefined): Promise<ReceivedAnswer | undefined> {
  const { metadataPrefix, token, isByIdentifiers } = state
  const { from, until } = state.windows?.[0] ?? state
  const args: OaiArguments = token === undefined ? { metadataPrefix, set, from, until } : { resumptionToken: token }
  try {
    return await requestAnswer(settings, context, isByIdentifiers ? 'ListIdentifiers' : 'ListRecords', args, metadataPrefix)
  } catch (error) {
    const status = error instanceof HarvestError && error.code === 'EDUFED_FETCH_STATUS' ? Number(error.details?.status) : 0
    if (token !== undefined && [400, 404, 410, 422].includes(status)) return undefined
    throw error
  }
}

/** Asks for less than was asked, where the repository cannot select by date as it should. */
function relax({ state, settings, issues }: ListRun, error: { code: string; message: string }): boolean {
  if (error.code !== 'badArgument' || state.from === undefined || state.windows) return false
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

function restartList({ state, memory, issues }: ListRun, error: { code: string; message: string } | undefined): void {
  const message = `The repository refused its own resumptionToken (${error?.code ?? 'HTTP error'}) after ${state.taken} records, so the list was read again from its beginning`
  issues.push({ code: 'list.restarted', path: 'resumptionToken', message, severity: 'warning' })
  delete state.token
  delete state.partial
  state.taken = 0
  memory.startPass()
}

/** Goes on to the next window, or to the next set; says so when the list was shorter than announced. */
function endList({ state, issues }: ListRun, announced: number | undefined): void {
  if (announced !== undefined && state.taken < announced) {
    const message = `The list announced ${announced} records and ended after ${state.taken}: completeListSize is wrong, or records are missing`
    issues.push({ code: 'list.short', path: 'resumptionToken/@completeListSize', message, severity: 'warning' })
    state.isFullList = false
  }
  delete state.token
  delete state.partial
  state.taken = 0
  if (state.windows && state.windows.length > 1) state.windows = state.windows.slice(1)
  else {
    if (state.windows && state.total < (state.announced ?? Number.POSITIVE_INFINITY)) state.isFullList = false
    delete state.windows
    delete state.announced
    state.setIndex++
  }
}

function noteItems({ state, issues }: ListRun, items: readonly HarvestItem[], repeated: number, answer: ReceivedAnswer): void {
  noteDatestamps(state, items)
  state.taken += answer.items.length - repeated
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
function toPartialPage(run: ListRun, part: RecordPart, answer: ReceivedAnswer, announced: number | undefined): HarvestPage {
  run.state.partial = [...(run.state.partial ?? []), ...part.items.map((item) => item.identifier)]
  return toPage(run, part, answer, announced)
}

function withoutPartial(state: ListState, items: HarvestItem[]): HarvestItem[] {
  if (!state.partial) return items
  const taken = new Set(state.partial)
  return items.filter((item) => item.identifier === '' || !taken.has(item.identifier))
}

function toPage(
  { settings, state, issues }: ListRun,
  part: RecordPart,
  answer: ReceivedAnswer,
  announced: number | undefined,
): HarvestPage {
  return {
    ...part,
    checkpoint: toCheckpoint(state),
    ...(announced !== undefined && (settings.sets?.length ?? 0) < 2 && !state.windows ? { expectedRecords: announced } : {}),
    issues: [...issues.splice(0), ...answer.issues.splice(0)],
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
