import Type from 'typebox'
import { HarvestError } from '../errors.js'

/** Settings that every connector has: when its platform may be asked. */
export const hoursSettings = {
  hours: Type.Optional(
    Type.String({
      title: 'Hours',
      pattern: '^([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d$',
      description:
        'Hours of the day in which the platform may be asked, e.g. 22:00-06:00; outside of them a run pauses, and goes on where it was',
    }),
  ),
  timeZone: Type.Optional(
    Type.String({
      title: 'Time zone of the hours',
      default: 'Asia/Shanghai',
      description: 'IANA time zone, e.g. Asia/Shanghai or Asia/Urumqi',
    }),
  ),
}

const defaultTimeZone = 'Asia/Shanghai'
const minutesOfDay = 1440

/** The hours of the day in which a platform may be asked. */
export interface Hours {
  /** When they begin again; undefined within them. */
  closedUntil(now: Date): Date | undefined
}

/** @throws {HarvestError} `EDUFED_SETTINGS_INVALID` when the hours or their time zone are none. */
export function readHours({ hours, timeZone = defaultTimeZone }: Record<string, unknown>): Hours | undefined {
  if (hours === undefined) return undefined
  const match = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(String(hours))
  if (!match) throw new HarvestError('EDUFED_SETTINGS_INVALID', { path: 'hours', reason: 'write it as 22:00-06:00' })
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = match.slice(1).map(Number)
  const from = fromHour * 60 + fromMinute
  const until = untilHour * 60 + untilMinute
  const clock = createClock(String(timeZone))
  return {
    closedUntil: (now) => {
      const minute = clock(now)
      const isOpen = from === until || (from < until ? minute >= from && minute < until : minute >= from || minute < until)
      if (isOpen) return undefined
      const minutes = (from - minute + minutesOfDay) % minutesOfDay
      return new Date(Math.floor(now.getTime() / 60_000 + minutes) * 60_000)
    },
  }
}

/** Tells the minute of the day in a time zone. */
function createClock(timeZone: string): (time: Date) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  } catch (cause) {
    const reason = `${timeZone.slice(0, 60)} is no IANA time zone, e.g. Asia/Shanghai`
    throw new HarvestError('EDUFED_SETTINGS_INVALID', { path: 'timeZone', reason }, { cause })
  }
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
    return (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0)
  }
}
