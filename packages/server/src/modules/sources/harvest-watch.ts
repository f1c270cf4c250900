import { setTimeout as delay } from 'node:timers/promises'
import type { Harvest } from '@edufed/sdk/schemas'
import type { ServerSentEvent } from '../../plugins/event-stream.js'

/** Progress is read from the database, so that it shows also when another process runs the harvest. */
export const watchIntervalMs = 500

/**
 * The harvests that `load` gives, each again whenever it has changed.
 *
 * @param load - Undefined ends the stream after what it gave before.
 */
export async function* watchHarvests(
  load: () => Promise<{ harvests: Harvest[]; isLast: boolean }>,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  let sent = new Map<string, string>()
  while (!signal.aborted) {
    const { harvests, isLast } = await load()
    const current = new Map(harvests.map((harvest) => [harvest.id, JSON.stringify(harvest)]))
    // Oldest first, so that the newest is the last that a reader hears of.
    for (const harvest of [...harvests].reverse()) {
      if (sent.get(harvest.id) !== current.get(harvest.id)) yield { event: 'harvest', id: harvest.id, data: harvest }
    }
    if (isLast) return
    sent = current
    await delay(watchIntervalMs, undefined, { signal }).catch(() => undefined)
  }
}
