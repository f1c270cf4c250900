const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const zone = '\\s?(?<zone>Z|z|GMT|UTC|[+-]\\d{2}(?::?\\d{2})?)?'
const time = `(?:[T ]\\s?(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?<fraction>[.,]\\d{1,9})?)?${zone})?`

const patterns = [
  /^(?<year>\d{4})$/,
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})$/,
  new RegExp(`^(?<year>\\d{4})(?<separator>[-/.])(?<month>\\d{1,2})\\k<separator>(?<day>\\d{1,2})${time}$`),
  new RegExp(`^(?<year>\\d{4})\\s?年(?:\\s?(?<month>\\d{1,2})\\s?月(?:\\s?(?<day>\\d{1,2})\\s?[日号])?)?${time}$`),
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  new RegExp(
    `^(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})T?(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})(?<fraction>[.,]\\d{1,9})?${zone}$`,
  ),
  new RegExp(`^(?:[A-Za-z]{3,9},?\\s)?(?<day>\\d{1,2})(?:st|nd|rd|th)?[ -](?<monthName>[A-Za-z]{3,9})\\.?,?[ -](?<year>\\d{4})${time}$`),
  new RegExp(`^(?<monthName>[A-Za-z]{3,9})\\.?\\s(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s(?<year>\\d{4})${time}$`),
  /^(?<monthName>[A-Za-z]{3,9})\.?,?\s(?<year>\d{4})$/,
]

/** A day as most sources write it. */
const plain = /^(?:1\d|2[01])\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/

/**
 * The ISO 8601 form of a date as sources write it, as precise as it was: `2021`, `2021-03`, `2021-03-11`, `2021-03-11T08:00:00+08:00`.
 * Undefined for what is no date, or could be two (03/04/2021).
 */
export function toIsoDate(raw: string | undefined): string | undefined {
  if (raw !== undefined && plain.test(raw)) return raw
  const text = raw?.normalize('NFKC').trim().replace(/\s+/g, ' ')
  if (!text || text.length > 60) return undefined
  if (/^\d{13}$/.test(text)) return fromEpoch(Number(text))
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups
    if (groups) return toIso(groups)
  }
  return undefined
}

function toIso(groups: Record<string, string | undefined>): string | undefined {
  const year = Number(groups.year)
  const month = groups.monthName === undefined ? number(groups.month) : monthNumber(groups.monthName)
  const day = number(groups.day)
  if (year < 1000 || year > 2200) return undefined
  if (month === undefined) return groups.monthName === undefined ? `${year}` : undefined
  if (month < 1 || month > 12) return undefined
  if (day === undefined) return `${year}-${pad(month)}`
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  const date = `${year}-${pad(month)}-${pad(day)}`
  if (groups.hour === undefined) return date
  const clock = toClock(groups)
  return clock && `${date}T${clock}`
}

function toClock(groups: Record<string, string | undefined>): string | undefined {
  const hour = Number(groups.hour)
  const minute = Number(groups.minute)
  const second = groups.second === undefined ? 0 : Number(groups.second)
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const offset = toOffset(groups.zone)
  if (offset === undefined) return undefined
  const fraction = groups.fraction?.replace(',', '.') ?? ''
  return `${pad(hour)}:${pad(minute)}:${pad(second === 60 ? 59 : second)}${fraction}${offset}`
}

function toOffset(written: string | undefined): string | undefined {
  if (written === undefined) return ''
  if (/^(z|gmt|utc)$/i.test(written)) return 'Z'
  const digits = written.slice(1).replace(':', '').padEnd(4, '0')
  if (Number(digits.slice(0, 2)) > 14 || Number(digits.slice(2)) > 59) return undefined
  return `${written[0]}${digits.slice(0, 2)}:${digits.slice(2)}`
}

function fromEpoch(milliseconds: number): string | undefined {
  const date = new Date(milliseconds)
  return date.getUTCFullYear() <= 2200 ? date.toISOString() : undefined
}

function monthNumber(name: string): number | undefined {
  const index = months.indexOf(name.slice(0, 3).toLowerCase())
  return index === -1 ? undefined : index + 1
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
