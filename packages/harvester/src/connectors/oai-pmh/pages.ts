import { setTimeout as delay } from 'node:timers/promises'
import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { ConnectorContext, HarvestEnd, HarvestItem, HarvestPage } from '../connector.js'
import { startReaders } from './answer-reader.js'
import { toNextFrom } from './datestamp.js'
import { readRepository } from './describe.js'
import { ListMemory, type ListState, noteDatestamps, toCheckpoint, toListState } from './list-state.js'
import { LookAhead } from './look-ahead.js'
import { toPeriod } from './period.js'
import { type ReceivedAnswer, type RequestContext, requestAnswer, requestOnce } from './request-answer.js'
import type { OaiArguments } from './request-url.js'
import type { OaiPmhSettings } from './settings.js'

const maxRestarts = 3

interface Run {
  settings: OaiPmhSettings
  context: RequestContext & { threads?: number }
  state: ListState
  memory: ListMemory
  /** Findings about the source that go out with the next page. */
  issues: Issue[]
}

/** Reads the records of a repository, set by set and page by page. */
export async function* readPages(settings: OaiPmhSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const resumed = toListState(context.checkpoint)
  const run: Run = { settings, context: { ...context }, state: resumed ?? startState, memory: new ListMemory(), issues: [] }
  if (!resumed) run.state = await startRun(run, context)
  const sets = settings.sets?.length ? settings.sets : [undefined]
  while (run.state.setIndex < sets.length) {
    run.memory.startPass()
    yield* readList(run, sets[run.state.setIndex])
  }
  const { state } = run
  if (run.issues.length > 0) yield { items: [], raw: [], checkpoint: toCheckpoint(state), issues: run.issues.splice(0) }
  const responseDate = state.responseDate ?? state.latestDatestamp
  return { next: responseDate === undefined ? {} : { version: 1, responseDate }, isFullList: state.isFullList && state.total > 0 }
}

const startState: ListState = {
  version: 1,
  metadataPrefix: '',
  granularity: 'day',
  setIndex: 0,
  taken: 0,
  total: 0,
  isFullList: false,
}

async function startRun(run: Run, { since }: ConnectorContext): Promise<ListState> {
  const { settings } = run
  const { metadataPrefix, granularity, issues } = await readRepository(settings, run.context)
  run.issues.push(...issues)
  const period = toPeriod(settings.from, settings.until, granularity)
  const responseDate = typeof since?.responseDate === 'string' ? since.responseDate : undefined
  const from = responseDate === undefined ? undefined : toNextFrom(responseDate, granularity, settings.overlapSeconds ?? 600)
  return {
    ...startState,
    metadataPrefix,
    granularity,
    ...period,
    ...(from ? { from } : {}),
    isFullList: !from && !period.from && !period.until && !settings.sets?.length,
  }
}

/** From the second page on, answers are read in other threads, while the pages behind them are asked for. */
function startThreads({ settings, context, state }: Run): void {
  const { threads = 0 } = context
  if (threads === 0 || context.ahead) return
  context.read = startReaders(threads, context.signal)
  context.ahead = new LookAhead(threads + 1, (url) => requestOnce(url, settings, context, state.metadataPrefix))
}

/** Reads one list to its end: follows its tokens, and begins again when the repository has forgotten them. */
async function* readList(run: Run, set: string | undefined): AsyncGenerator<HarvestPage, void> {
  const { settings, context, state, memory } = run
  let restarts = 0
  let isTokenRetried = false
  let announced: number | undefined
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
        if (++restarts > maxRestarts) {
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
    const token = answer.token?.value || undefined
    const { fresh, repeated, isEndless } = memory.takePage(answer.items, answer.failure ? undefined : token)
    const items = withoutPartial(state, fresh)
    noteItems(run, items, repeated, answer)

    if (answer.failure) {
      state.partial = [...(state.partial ?? []), ...items.map((item) => item.identifier)]
      yield toPage(run, items, answer, announced)
      throw answer.failure
    }
    const isEnough = isEndless && announced !== undefined && state.taken >= announced
    if (isEndless && !isEnough) {
      if (items.length > 0) yield toPage(run, items, answer, announced)
      throw new HarvestError('EDUFED_OAI_ENDLESS_LIST', { url: redactUrl(settings.url), taken: state.total })
    }
    delete state.partial
    if (token === undefined || isEnough) {
      endList(run, announced)
      yield toPage(run, items, answer, announced)
      return
    }
    state.token = token
    startThreads(run)
    yield toPage(run, items, answer, announced)
  }
}

/** @returns undefined when the repository refused its token with an HTTP status instead of an OAI-PMH error. */
async function askList({ settings, context, state }: Run, set: string | undefined): Promise<ReceivedAnswer | undefined> {
  const { from, until, metadataPrefix, token } = state
  const args: OaiArguments = token === undefined ? { metadataPrefix, set, from, until } : { resumptionToken: token }
  try {
    return await requestAnswer(settings, context, 'ListRecords', args, metadataPrefix)
  } catch (error) {
    const status = error instanceof HarvestError && error.code === 'EDUFED_FETCH_STATUS' ? Number(error.details?.status) : 0
    if (token !== undefined && [400, 404, 410, 422].includes(status)) return undefined
    throw error
  }
}

/** Asks for less than was asked, where the repository cannot select by date as it should. */
function relax({ state, settings, issues }: Run, error: { code: string; message: string }): boolean {
  if (error.code !== 'badArgument' || state.from === undefined) return false
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

function restartList({ state, memory, issues }: Run, error: { code: string; message: string } | undefined): void {
  const message = `The repository refused its own resumptionToken (${error?.code ?? 'HTTP error'}) after ${state.taken} records, so the list was read again from its beginning`
  issues.push({ code: 'list.restarted', path: 'resumptionToken', message, severity: 'warning' })
  delete state.token
  delete state.partial
  state.taken = 0
  memory.startPass()
}

/** Goes on to the next set; says so when the list was shorter than announced. */
function endList({ state, issues }: Run, announced: number | undefined): void {
  if (announced !== undefined && state.taken < announced) {
    const message = `The list announced ${announced} records and ended after ${state.taken}: completeListSize is wrong, or records are missing`
    issues.push({ code: 'list.short', path: 'resumptionToken/@completeListSize', message, severity: 'warning' })
    state.isFullList = false
  }
  delete state.token
  delete state.partial
  state.taken = 0
  state.setIndex++
}

function noteItems({ state, issues }: Run, items: readonly HarvestItem[], repeated: number, answer: ReceivedAnswer): void {
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

function withoutPartial(state: ListState, items: HarvestItem[]): HarvestItem[] {
  if (!state.partial) return items
  const taken = new Set(state.partial)
  return items.filter((item) => item.identifier === '' || !taken.has(item.identifier))
}

function toPage(
  { settings, state, issues }: Run,
  items: HarvestItem[],
  answer: ReceivedAnswer,
  announced: number | undefined,
): HarvestPage {
  return {
    items,
    raw: [answer.raw],
    checkpoint: toCheckpoint(state),
    ...(announced !== undefined && (settings.sets?.length ?? 0) < 2 ? { expectedRecords: announced } : {}),
    issues: [...issues.splice(0), ...answer.issues],
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
