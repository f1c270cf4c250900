import type { Connection } from '../client/connection.js'
import { follow } from '../client/follow.js'
import { type CallOptions, requestJson } from '../client/request.js'
import { readEvents } from '../client/sse.js'
import { write } from '../client/write.js'
import type { Harvest, HarvestInput, HarvestList, ReplayInput } from '../contract.js'
import type { ListQuery } from './list-query.js'

export interface FollowHarvestsOptions extends CallOptions {
  /** Milliseconds between questions when server-sent events do not get through. @default 2000 */
  pollMs?: number
}

export interface HarvestsApi {
  /** Starts a run. @throws {ConflictError} when one is under way. */
  start(sourceId: string, input?: HarvestInput, options?: CallOptions): Promise<Harvest>
  /** The latest runs of a source, newest first; of all sources when `sourceId` is left out. */
  list(sourceId?: string, query?: ListQuery, options?: CallOptions): Promise<HarvestList>
  get(sourceId: string, harvestId: string, options?: CallOptions): Promise<Harvest>
  cancel(sourceId: string, harvestId: string, options?: CallOptions): Promise<Harvest>
  /** Runs the node's present crosswalk over the answers that it kept of a source. @throws {ConflictError} when a run is under way, or nothing was kept. */
  replay(sourceId: string, input?: ReplayInput, options?: CallOptions): Promise<Harvest>
  /** The run as it is now and each time that it has got further, until it is over. */
  follow(sourceId: string, harvestId: string, options?: FollowHarvestsOptions): AsyncGenerator<Harvest, void, undefined>
  /** The recent runs of all sources, each as it is now and each time that it has got further; does not end by itself. */
  followAll(options?: FollowHarvestsOptions): AsyncGenerator<Harvest, void, undefined>
}

export function createHarvestsApi(connection: Connection): HarvestsApi {
  const toPath = (sourceId: string, ...rest: string[]) => ['sources', sourceId, 'harvests', ...rest]
  const list: HarvestsApi['list'] = (sourceId, query = {}, options) =>
    requestJson(connection, { path: sourceId === undefined ? ['harvests'] : toPath(sourceId), query: { ...query }, ...options })
  const get: HarvestsApi['get'] = (sourceId, harvestId, options) =>
    requestJson(connection, { path: toPath(sourceId, harvestId), ...options })
  return {
    list,
    get,
    start: (sourceId, input = {}, options) => write(connection, { method: 'POST', path: toPath(sourceId), json: input, ...options }),
    cancel: (sourceId, harvestId, options) =>
      write(connection, { method: 'POST', path: toPath(sourceId, harvestId, 'cancel'), ...options }),
    replay: (sourceId, input = {}, options) =>
      write(connection, { method: 'POST', path: ['sources', sourceId, 'replay'], json: input, ...options }),
    follow: (sourceId, harvestId, options) =>
      followHarvests(connection, toPath(sourceId, harvestId), async (call) => [await get(sourceId, harvestId, call)], options, isOver),
    followAll: (options) => followHarvests(connection, ['harvests'], async (call) => (await list(undefined, {}, call)).harvests, options),
  }
}

function followHarvests(
  connection: Connection,
  path: string[],
  read: (call: CallOptions) => Promise<Harvest[]>,
  { signal, pollMs = 2_000 }: FollowHarvestsOptions = {},
  isLast?: (harvest: Harvest) => boolean,
): AsyncGenerator<Harvest, void, undefined> {
  const call = signal ? { signal } : {}
  const seen = new Map<string, string>()
  async function* onlyNews(harvests: Iterable<Harvest> | AsyncIterable<Harvest>) {
    for await (const harvest of harvests) {
      const json = JSON.stringify(harvest)
      if (seen.get(harvest.id) === json) continue
      seen.set(harvest.id, json)
      yield harvest
    }
  }
  async function* catchUp() {
    const harvests = await read(call)
    const current = new Set(harvests.map(({ id }) => id))
    for (const id of seen.keys()) if (!current.has(id)) seen.delete(id)
    yield* onlyNews(harvests)
  }
  const listen = () => onlyNews(readEvents<Harvest>(connection, { path, event: 'harvest', ...call }))
  return follow({ catchUp, listen, pollMs, ...(isLast && { isLast }), ...call })
}

function isOver({ state }: Harvest): boolean {
  return state !== 'queued' && state !== 'running'
}
