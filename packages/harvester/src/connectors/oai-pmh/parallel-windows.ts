import type { HarvestItem } from '../connector.js'
import { parseDatestamp } from './datestamp.js'
import type { ListRun } from './list-run.js'
import { isWindow, type ListPart, replacePart, toWindow } from './list-state.js'
import { beginAnew } from './other-ways.js'
import type { ReceivedAnswer } from './request-answer.js'
import type { OaiPmhSettings } from './settings.js'
import { splitWindow, type Window } from './window.js'

/** Windows are smaller than need be, so that the last of them end at about the same time. */
const windowsPerPlace = 4
const toleranceMs = 86_400_000

export function isParallel({ parallelWindows = 1 }: OaiPmhSettings): boolean {
  return parallelWindows > 1
}

/**
 * Cuts a list that has more than one page into windows, where several may be read at a time. The page that told so is read again in one of them.
 *
 * @returns False when the list stays in one piece.
 */
export function cutList(run: ListRun, part: ListPart, answer: ReceivedAnswer): boolean {
  const { settings, state, context } = run
  if (!isParallel(settings) || isWindow(part) || state.isInOnePiece || state.isByIdentifiers || !answer.token?.value) return false
  const pages = part.announced === undefined ? Number.POSITIVE_INFINITY : Math.ceil(part.announced / Math.max(answer.items.length, 1))
  const wanted = Math.min((settings.parallelWindows ?? 1) * windowsPerPlace, pages)
  let windows: Window[] = [toWindow(state, part)]
  for (let count = 0; count < windows.length && windows.length < wanted; ) {
    count = windows.length
    windows = windows.flatMap((window) => splitWindow(window, state, state.granularity, context.now()) ?? [window])
  }
  if (windows.length < 2) return false
  if (part.announced !== undefined) state.announced = part.announced
  run.largeSplits = 0
  replacePart(state, part, windows)
  return true
}

/** Cuts a window in two that holds so much of the list that the others would have to wait for it; most lists are not even in time. */
export function splitLargeWindow(run: ListRun, part: ListPart, { items }: ReceivedAnswer): boolean {
  const { settings, state, context } = run
  const places = settings.parallelWindows ?? 1
  if (!isParallel(settings) || !isWindow(part) || part.announced === undefined || state.announced === undefined) return false
  const limit = Math.max(state.announced / (2 * places), 2 * items.length)
  if (part.announced <= limit || run.largeSplits >= places * windowsPerPlace * 4) return false
  const halves = splitWindow(toWindow(state, part), state, state.granularity, context.now())
  if (!halves) return false
  run.largeSplits++
  replacePart(state, part, halves)
  return true
}

/** True when an answer holds records that were not asked for, as that of a repository does which passes over from and until. */
export function isOutside(part: ListPart, items: readonly HarvestItem[]): boolean {
  if (!isWindow(part)) return false
  const from = (parseDatestamp(part.from)?.getTime() ?? Number.NEGATIVE_INFINITY) - toleranceMs
  const until = (parseDatestamp(part.until)?.getTime() ?? Number.POSITIVE_INFINITY) + 2 * toleranceMs
  return items.some(({ datestamp }) => {
    const time = parseDatestamp(datestamp)?.getTime()
    return time !== undefined && (time < from || time > until)
  })
}

/** Where windows were not needed but asked for, and the repository gives something else: reads the list in one piece. */
export function giveUpWindows(run: ListRun, reason: string): boolean {
  if (!isOptional(run)) return false
  tell(run, reason, 'in one piece')
  run.state.isInOnePiece = true
  beginAnew(run)
  return true
}

/** Where it refuses windows: tries whole days before one piece. */
export function relaxWindows(run: ListRun, reason: string): boolean {
  const { state } = run
  if (!isOptional(run) || state.granularity === 'day') return giveUpWindows(run, reason)
  tell(run, reason, 'in windows of whole days')
  state.granularity = 'day'
  if (state.from !== undefined) state.from = state.from.slice(0, 10)
  if (state.until !== undefined) state.until = state.until.slice(0, 10)
  beginAnew(run)
  return true
}

function isOptional({ settings, cause }: ListRun): boolean {
  return isParallel(settings) && !cause
}

function tell({ issues }: ListRun, reason: string, instead: string): void {
  const message = `The repository cannot select by date as it should (${reason}), so the list is read ${instead}`
  issues.push({ code: 'source.selectiveHarvesting', path: 'ListRecords', message, severity: 'warning' })
}
