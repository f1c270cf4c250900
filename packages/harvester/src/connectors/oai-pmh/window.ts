import { formatDatestamp, type Granularity, parseDatestamp } from './datestamp.js'

/** A part of a list by time, both ends inclusive; an end that is absent is open. */
export interface Window {
  from?: string
  until?: string
}

/** What a repository says of the time that its records span. */
export interface TimeSpan {
  earliest?: string
  latest?: string
}

const stepMs = { day: 86_400_000, second: 1000 }
const fallbackEarliest = '2000-01-01T00:00:00Z'

/** Cuts a window in two that touch, with nothing between them; undefined when it cannot be cut further. */
export function splitWindow(
  window: Window,
  span: TimeSpan,
  granularity: Granularity,
  now: Date,
): [first: Window, second: Window] | undefined {
  const step = stepMs[granularity]
  const first = toSteps(parseDatestamp(window.from ?? span.earliest) ?? parseDatestamp(fallbackEarliest) ?? now, step)
  const last = toSteps(parseDatestamp(window.until ?? span.latest) ?? now, step)
  if (last <= first) return undefined
  const middle = Math.floor((first + last) / 2)
  const toText = (steps: number) => formatDatestamp(new Date(steps * step), granularity)
  return [
    { ...(window.from ? { from: window.from } : {}), until: toText(middle) },
    { from: toText(middle + 1), ...(window.until ? { until: window.until } : {}) },
  ]
}

function toSteps(time: Date, step: number): number {
  return Math.floor(time.getTime() / step)
}
