import type { Granularity } from './datestamp.js'

/** `from` and `until` as the repository wants them: both in one granularity, which it knows. */
export function toPeriod(from: string | undefined, until: string | undefined, granularity: Granularity): { from?: string; until?: string } {
  const hasTime = granularity === 'second' && [from, until].some((text) => (text?.length ?? 0) > 10)
  const fit = (text: string | undefined, time: string) =>
    text === undefined ? undefined : hasTime ? (text.length > 10 ? text : `${text}T${time}Z`) : text.slice(0, 10)
  const fitted = { from: fit(from, '00:00:00'), until: fit(until, '23:59:59') }
  return { ...(fitted.from ? { from: fitted.from } : {}), ...(fitted.until ? { until: fitted.until } : {}) }
}
