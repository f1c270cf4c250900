import { HarvestError, isHarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { ConnectorContext, HarvestEnd, HarvestPage } from '../connector.js'
import { toNextFrom } from './datestamp.js'
import { readRepository } from './describe.js'
import { ListMemory } from './list-memory.js'
import { readList } from './list-reader.js'
import type { ListRun } from './list-run.js'
import { type ListState, toCheckpoint, toListState } from './list-state.js'
import { listByIdentifiers } from './other-ways.js'
import { toPeriod } from './period.js'
import type { OaiPmhSettings } from './settings.js'

/** Reads the records of a repository, set by set and page by page; in other ways where the straight one is closed. */
export async function* readPages(settings: OaiPmhSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const resumed = toListState(context.checkpoint)
  const run: ListRun = {
    settings,
    context: { ...context },
    signal: context.signal,
    state: resumed ?? startState,
    memory: new ListMemory(),
    issues: [],
    takenBefore: resumed?.total ?? 0,
    repeats: 0,
    largeSplits: 0,
  }
  if (!resumed) run.state = await startRun(run, context)
  const { state } = run
  const sets = toSets(state, settings)
  while (state.setIndex < sets.length) {
    const set = sets[state.setIndex]
    try {
      yield* readList(run, set)
      delete run.cause
    } catch (error) {
      context.signal.throwIfAborted()
      if (!isHarvestError(error)) throw error
      if (listByIdentifiers(run, error)) continue
      if (set === undefined || sets.length === 1) throw error
      passOver(run, set, error)
    }
  }
  if (run.issues.length > 0) yield { items: [], raw: [], checkpoint: toCheckpoint(state), issues: run.issues.splice(0) }
  assertAllSets(run, sets.length)
  const responseDate = state.responseDate ?? state.latestDatestamp
  return { next: responseDate === undefined ? {} : { version: 1, responseDate }, isFullList: state.isFullList && state.total > 0 }
}

/** The sets to read; when a run is resumed that had come to its end but for broken sets, those. */
function toSets(state: ListState, settings: OaiPmhSettings): readonly (string | undefined)[] {
  const sets = state.sets ?? settings.sets
  if (!sets?.length) return [undefined]
  if (state.setIndex < sets.length || !state.brokenSets?.length) return sets
  state.sets = state.brokenSets.map(({ set }) => set)
  state.setIndex = 0
  delete state.brokenSets
  return state.sets
}

/** Goes on to the next set; this one is told, and read again when the run is resumed. */
function passOver(run: ListRun, set: string, error: HarvestError): void {
  const { state, issues } = run
  const message = `The set "${set}" could not be read (${error.message}); the other sets were`
  issues.push({ code: 'set.broken', path: 'ListRecords', message, severity: 'error' })
  state.brokenSets = [...(state.brokenSets ?? []), { set, reason: error.message }]
  state.isFullList = false
  delete state.parts
  delete state.announced
  delete state.isByIdentifiers
  delete run.cause
  state.setIndex++
}

function assertAllSets({ state, settings }: ListRun, total: number): void {
  const [first, ...others] = state.brokenSets ?? []
  if (!first) return
  throw new HarvestError('EDUFED_OAI_SETS_FAILED', {
    url: redactUrl(settings.url),
    failed: others.length + 1,
    total,
    sets: [first, ...others]
      .map(({ set }) => set)
      .slice(0, 20)
      .join(', '),
    reason: first.reason,
  })
}

const startState: ListState = {
  version: 2,
  metadataPrefix: '',
  granularity: 'day',
  setIndex: 0,
  total: 0,
  isFullList: false,
}

async function startRun(run: ListRun, { since }: ConnectorContext): Promise<ListState> {
  const { settings } = run
  const { metadataPrefix, granularity, issues, deletedRecord, earliest, latest } = await readRepository(settings, run.context)
  run.issues.push(...issues)
  const period = toPeriod(settings.from, settings.until, granularity)
  const responseDate = typeof since?.responseDate === 'string' ? since.responseDate : undefined
  const from = responseDate === undefined ? undefined : toNextFrom(responseDate, granularity, settings.overlapSeconds ?? 600)
  if (from && deletedRecord === 'no') {
    const message =
      'The repository does not tell deletions, so that they are found only when the whole list is read: run a full harvest now and then'
    run.issues.push({ code: 'source.deletesNotTold', path: 'Identify/deletedRecord', message, severity: 'info' })
  }
  return {
    ...startState,
    metadataPrefix,
    granularity,
    ...(earliest ? { earliest } : {}),
    ...(latest ? { latest } : {}),
    ...period,
    ...(from ? { from } : {}),
    isFullList: !from && !period.from && !period.until && !settings.sets?.length,
  }
}
