import type { Schedule } from '@edufed/sdk/schemas'
import { Cron } from 'croner'
import { ServerError } from '../../errors.js'

/** When a schedule runs next after a moment; undefined when it never does again. */
export function nextRun(schedule: Schedule, after: Date): Date | undefined {
  return toCron(schedule).nextRun(after) ?? undefined
}

/** @throws {ServerError} `EDUFED_REQUEST_INVALID` that names the part of the schedule that is wrong. */
export function assertSchedule(schedule: Schedule): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: schedule.timeZone })
  } catch {
    throw invalidSchedule(
      '/schedule/timeZone',
      `'${schedule.timeZone}' is not an IANA time zone`,
      'Use a name such as Asia/Shanghai or UTC',
    )
  }
  let next: Date | undefined
  try {
    next = nextRun(schedule, new Date())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalidSchedule(
      '/schedule/cron',
      `'${schedule.cron}' is not a cron expression: ${reason}`,
      'Use five fields: minute hour day month weekday',
    )
  }
  if (!next) throw invalidSchedule('/schedule/cron', `'${schedule.cron}' never comes`, 'Use a date that exists, e.g. 30 3 * * *')
}

function toCron(schedule: Schedule): Cron {
  return new Cron(schedule.cron, { timezone: schedule.timeZone, mode: '5-part', paused: true })
}

function invalidSchedule(path: string, message: string, fix: string): ServerError {
  return new ServerError('EDUFED_REQUEST_INVALID', `The schedule cannot be kept: ${message}`, { errors: [{ path, message, fix }] })
}
