import type { PushResult } from '@edufed/sdk/schemas'
import type { Checkpoint, HarvestItem, RawResponse } from '../connectors/connector.js'

/** Port: where harvested records go. In a node it is ingest; on the command line it is NDJSON; elsewhere a push over HTTP. */
export interface RecordSink {
  /**
   * Takes one page. When it resolves, the records are kept and the checkpoint with them.
   *
   * @param page - `repeats`: so many records that were taken before the run was resumed come again from here on.
   * @returns One result an item, in order.
   */
  write(page: { items: HarvestItem[]; raw: RawResponse[]; checkpoint: Checkpoint; repeats?: number }): Promise<PushResult[]>
  /**
   * Called once when the source's list was read to its end.
   * With `isFullList`, records of the source that this run did not name are gone.
   *
   * @returns How many records were deleted because the full list lacked them.
   */
  complete(end: { next: Checkpoint; isFullList: boolean }): Promise<{ deleted: number }>
}
