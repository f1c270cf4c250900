import type { PushResult } from '@edufed/sdk/schemas'
import type { Checkpoint, HarvestItem, RawResponse } from '../../src/connectors/connector.js'
import type { RecordSink } from '../../src/run/record-sink.js'

/** A sink that keeps everything in memory, and can be told to be slow or to fail. */
export class MemorySink implements RecordSink {
  readonly items: HarvestItem[] = []
  readonly raw: RawResponse[] = []
  readonly checkpoints: Checkpoint[] = []
  /** How many records came again, as the pages said that said so. */
  readonly repeats: number[] = []
  end?: { next: Checkpoint; isFullList: boolean }
  onWrite?: (page: number) => Promise<void> | void

  async write(page: { items: HarvestItem[]; raw: RawResponse[]; checkpoint: Checkpoint; repeats?: number }): Promise<PushResult[]> {
    await this.onWrite?.(this.checkpoints.length)
    const results = page.items.map((item): PushResult => {
      const isKnown = this.items.some((known) => known.identifier === item.identifier)
      const isHeld = item.type === 'record' && (!item.resource || item.identifier === '')
      const outcome = item.type === 'deleted' ? 'deleted' : isHeld ? 'quarantined' : isKnown ? 'updated' : 'created'
      return { identifier: item.identifier, outcome, issues: [] }
    })
    this.items.push(...page.items)
    this.raw.push(...page.raw)
    this.checkpoints.push(page.checkpoint)
    if (page.repeats !== undefined) this.repeats.push(page.repeats)
    return results
  }

  async complete(end: { next: Checkpoint; isFullList: boolean }): Promise<{ deleted: number }> {
    this.end = end
    return { deleted: 0 }
  }

  get identifiers(): string[] {
    return this.items.map((item) => item.identifier)
  }
}
