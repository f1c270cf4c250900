export type Granularity = 'day' | 'second'

/** The granularity that Identify names; seconds only when it says so. */
export function parseGranularity(text: string | undefined): Granularity {
  return /T\s*hh|hh:mm/i.test(text ?? '') ? 'second' : 'day'
}

/**
 * Reads a UTC time as repositories write it: `2024-01-31`, `20240131`, with or without time, milliseconds or offset.
 * A time without zone is UTC, as the protocol has it.
 *
 * @returns undefined when the text is no time that exists.
 */
export function parseDatestamp(text: string | undefined): Date | undefined {
  const match = /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$/i.exec(
    text ?? '',
  )
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  if (Number.isNaN(time.getTime())) return undefined
  // 31 February becomes a day in March: no time that exists.
  const shifted = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return shifted.getUTCDate() === Number(day) ? time : undefined
}

const plain = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$/

/** True for a text that {@link parseDatestamp} reads. */
export function isDatestamp(text: string): boolean {
  return plain.test(text) || parseDatestamp(text) !== undefined
}

/** Writes a time for `from` or `until` in the granularity of the repository. */
export function formatDatestamp(time: Date, granularity: Granularity): string {
  const text = time.toISOString()
  return granularity === 'day' ? text.slice(0, 10) : `${text.slice(0, 19)}Z`
}

/** Where an incremental run begins: a little before the time that the repository told in the run before. */
export function toNextFrom(responseDate: string, granularity: Granularity, overlapSeconds: number): string | undefined {
  const time = parseDatestamp(responseDate)
  return time && formatDatestamp(new Date(time.getTime() - overlapSeconds * 1000), granularity)
}
