/**
 * How long a server asks to wait.
 *
 * @param header - Value of Retry-After: seconds or an HTTP date; anything else counts as absent.
 * @returns Milliseconds, never negative, at most `capMs`; undefined when the header says nothing that can be understood.
 */
export function toRetryDelayMs(header: string | undefined, now: Date, capMs: number): number | undefined {
  const text = header?.trim()
  if (!text) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, capMs)
  if (!/[a-z]{3}/i.test(text)) return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) return undefined
  return Math.min(Math.max(at - now.getTime(), 0), capMs)
}
