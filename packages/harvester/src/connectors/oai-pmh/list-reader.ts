import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { HarvestError } from '../../errors.js'
import type { HarvestPage } from '../connector.js'
import { noteRepeats, takeAnswer } from './list-answer.js'
import type { ListRun, OpenPart } from './list-run.js'
import { isWindow, type ListPart } from './list-state.js'
import { sliceWindow } from './other-ways.js'
import { type ReceivedAnswer, requestAnswer } from './request-answer.js'
import type { OaiArguments } from './request-url.js'

/** What came of a request; no answer when the repository refused its token with an HTTP status instead of an OAI-PMH error. */
interface Outcome {
  open: OpenPart
  answer?: ReceivedAnswer
  error?: Error
}

/**
 * Reads one list to its end, in windows of time where it must be, or may be read several at a time.
 *
 * Only requests run side by side: answers are taken one after the other as they come, so that what the checkpoint says of each window is always
 * what was handed on.
 */
export async function* readList(run: ListRun, set: string | undefined): AsyncGenerator<HarvestPage, void> {
  const { state, settings, context } = run
  const stop = new AbortController()
  run.context = { ...context, signal: AbortSignal.any([run.signal, stop.signal]) }
  // Each request that is under way listens in several places.
  setMaxListeners(100, run.context.signal)
  const asked = new Map<OpenPart, Promise<Outcome>>()
  const ask = (open: OpenPart) => asked.set(open, askPart(run, open, set))
  state.parts ??= [{ taken: 0 }]
  try {
    while (state.parts) {
      for (const open of asked.keys()) if (!state.parts.includes(open.part)) asked.delete(open)
      for (const part of state.parts.slice(0, settings.parallelWindows ?? 1)) {
        if (![...asked.keys()].some((open) => open.part === part)) ask(openPart(run, part))
      }
      const { open, answer, error } = await Promise.race(asked.values())
      run.signal.throwIfAborted()
      try {
        if (error) throw error
        for await (const page of takeAnswer(run, open, answer)) yield page
      } catch (thrown) {
        run.signal.throwIfAborted()
        if (!(thrown instanceof HarvestError)) throw thrown
        if (!sliceWindow(run, open.part, thrown)) throw toCause(run, open.part, thrown)
        noteRepeats(run, open)
      }
      if (state.parts?.includes(open.part)) ask(open)
    }
  } finally {
    stop.abort()
    run.context = { ...run.context, signal: run.signal }
  }
}

function openPart({ memory, state }: ListRun, part: ListPart): OpenPart {
  return { part, pass: memory.startPass(state.parts?.length === 1), takenBefore: part.taken, restarts: 0, isTokenRetried: false }
}

async function askPart(run: ListRun, open: OpenPart, set: string | undefined): Promise<Outcome> {
  const { settings, context, state } = run
  const { token } = open.part
  const { from, until } = isWindow(open.part) ? open.part : state
  const { metadataPrefix, isByIdentifiers } = state
  const args: OaiArguments = token === undefined ? { metadataPrefix, set, from, until } : { resumptionToken: token }
  try {
    if (open.isTokenRetried) await delay(settings.retryDelayMs ?? 2000, undefined, { signal: context.signal })
    return {
      open,
      answer: await requestAnswer(settings, context, isByIdentifiers ? 'ListIdentifiers' : 'ListRecords', args, metadataPrefix),
    }
  } catch (error) {
    const status = error instanceof HarvestError && error.code === 'EDUFED_FETCH_STATUS' ? Number(error.details?.status) : 0
    return token !== undefined && [400, 404, 410, 422].includes(status)
      ? { open }
      : { open, error: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Where smaller windows led nowhere, the report names what made them smaller. */
function toCause({ cause, state }: ListRun, part: ListPart, error: HarvestError): HarvestError {
  const isDeadEnd = (part.idleSplits ?? 0) > 0 || (state.isByIdentifiers && part.taken === 0)
  return isDeadEnd ? (cause ?? error) : error
}
