import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { RecordState } from './record-row.js'

export type ResourceRow = Selectable<Tables['resources']>
export type ChangeRow = Omit<Selectable<Tables['changes']>, 'sequence'>

/** A live record, as far as choosing between records needs it. */
export type Holder = Pick<
  RecordState,
  'resource_id' | 'source_id' | 'identifier' | 'hops' | 'first_seen_at' | 'content_hash' | 'visible_to'
>

/** What becomes of a resource when its records changed. The changes come in the order in which they enter the log. */
export interface ResourcePlan {
  resource: Omit<ResourceRow, 'sequence'>
  changes: ChangeRow[]
}

/**
 * Decides what becomes of a resource.
 *
 * @param current - The resource before, if there was one.
 * @param holders - Its live records now.
 * @param areHoldersChanged - Whether a record joined or left it, or moved in the alliance: projections show the holders.
 */
export function planResource(
  id: string,
  current: ResourceRow | undefined,
  holders: readonly Holder[],
  { areHoldersChanged, at }: { areHoldersChanged: boolean; at: string },
): ResourcePlan | undefined {
  const winner = chooseWinner(holders)
  if (!winner) return current?.status === 'active' ? buried(current, at) : undefined
  const next = {
    id,
    source_id: winner.source_id,
    identifier: winner.identifier,
    content_hash: winner.content_hash,
    status: 'active' as const,
    visible_to: winner.visible_to,
    created_at: current?.created_at ?? at,
  }
  if (current?.status !== 'active') {
    const resource = { ...next, version: (current?.version ?? 0) + 1, updated_at: at }
    return { resource, changes: [...narrowing(current, resource, at), change(resource, 'created', at)] }
  }
  if (current.content_hash !== next.content_hash || current.visible_to !== next.visible_to) {
    const resource = { ...next, version: current.version + 1, updated_at: at }
    return { resource, changes: [...narrowing(current, resource, at), change(resource, 'updated', at)] }
  }
  const isWinnerChanged = current.source_id !== next.source_id || current.identifier !== next.identifier
  if (!areHoldersChanged && !isWinnerChanged) return undefined
  // The same document from other hands: projections hear of it, its version and date stay.
  const resource = { ...next, version: current.version, updated_at: current.updated_at }
  return { resource, changes: [change(resource, 'updated', at)] }
}

/** The record of the shortest path to the origin, then the one known for longest. */
function chooseWinner(holders: readonly Holder[]): Holder | undefined {
  return holders.reduce<Holder | undefined>((best, holder) => (best && isBefore(best, holder) ? best : holder), undefined)
}

function isBefore(one: Holder, other: Holder): boolean {
  if (one.hops !== other.hops) return one.hops < other.hops
  if (one.first_seen_at !== other.first_seen_at) return one.first_seen_at < other.first_seen_at
  if (one.source_id !== other.source_id) return one.source_id < other.source_id
  return one.identifier < other.identifier
}

function buried(current: ResourceRow, at: string): ResourcePlan {
  const { sequence: _, ...rest } = current
  const resource = { ...rest, status: 'deleted' as const, version: current.version + 1, updated_at: at }
  return { resource, changes: [change(resource, 'deleted', at)] }
}

/** Readers who may no longer see a resource are told that it is gone; the log is filtered by what each row says. */
function narrowing(current: ResourceRow | undefined, next: Omit<ResourceRow, 'sequence'>, at: string): ChangeRow[] {
  if (current?.status !== 'active' || current.visible_to === next.visible_to || next.visible_to === 'public') return []
  return [{ ...change(next, 'deleted', at), visible_to: current.visible_to }]
}

function change(resource: Omit<ResourceRow, 'sequence'>, kind: ChangeRow['kind'], at: string): ChangeRow {
  return { resource_id: resource.id, kind, version: resource.version, visible_to: resource.visible_to, at }
}
