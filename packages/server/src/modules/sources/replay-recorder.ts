import { createHash } from 'node:crypto'
import { CoverageCounter, type HarvestItem, type RawResponse } from '@edufed/harvester'
import type { HarvestCounts, HarvestState, Problem, PushResult } from '@edufed/sdk/schemas'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Ingest, IngestItem, IngestSource } from '../../ingest/ingest.js'
import { silentChangeCode } from './conformity/score.js'
import type { ReplayedMessage } from './harvest-messages.js'
import { addResults, toBatches } from './harvest-pages.js'
import { type HarvestRow, type HarvestStore, noCounts, type ReplayNote } from './harvest-store.js'
import type { ReplayReceiver } from './harvest-thread.js'
import { IssueTally } from './issue-tally.js'

interface ReplayPorts {
  harvests: HarvestStore
  catalog: CatalogStore
  ingest: Ingest
}

/**
 * Gives the kept answers of a source to the crosswalk, the last one first, and keeps only what comes out otherwise than before.
 * What did not change is not touched, and what is deleted stays deleted: an old answer is no news that a record is back.
 */
export class ReplayRecorder implements ReplayReceiver {
  readonly #ports: ReplayPorts
  readonly #source: IngestSource
  readonly #replayId: string
  readonly #note: ReplayNote
  readonly #answers: AsyncGenerator<{ harvestId: string; answer: RawResponse }>
  readonly #counts: HarvestCounts = { ...noCounts }
  readonly #issues = new IssueTally()
  readonly #coverage = new CoverageCounter()
  /** Changes of an attempt that broke off: this one meets them again, unchanged. */
  #carried = 0
  #pages = 0
  #bytes = 0
  #current: { harvestId: string; digest: string } | undefined

  constructor(ports: ReplayPorts, source: IngestSource, replay: HarvestRow) {
    this.#ports = ports
    this.#source = source
    this.#replayId = replay.id
    this.#note = JSON.parse(replay.replay_json ?? '') as ReplayNote
    this.#answers = this.#readAnswers()
    const { created, updated, deleted } = JSON.parse(replay.counts_json) as HarvestCounts
    if (this.#note.isDryRun) return
    this.#carried = created + updated + deleted
    Object.assign(this.#counts, { created, updated, deleted, taken: this.#carried })
  }

  get hasTaken(): boolean {
    return this.#counts.taken > 0
  }

  async nextAnswer(): Promise<RawResponse | undefined> {
    const next = await this.#answers.next()
    if (next.done) {
      await this.#noteUncovered()
      return undefined
    }
    const { harvestId, answer } = next.value
    this.#current = { harvestId, digest: createHash('sha256').update(answer.body).digest('hex') }
    this.#pages += 1
    this.#bytes += answer.body.byteLength
    return answer
  }

  async replayed({ items, issues }: ReplayedMessage): Promise<void> {
    for (const issue of issues) this.#issues.add(issue)
    for (const item of items) this.#coverage.add(item)
    for (const batch of toBatches(items, this.#current?.digest)) await this.#keep(batch)
    await this.#ports.harvests.updateOpen(this.#replayId, this.#toColumns())
  }

  async finish(state: HarvestState, now: Date, error?: Problem): Promise<void> {
    await this.#ports.harvests.updateOpen(this.#replayId, {
      ...this.#toColumns(),
      state,
      finished_at: now.toISOString(),
      checkpoint_json: null,
      error_json: error ? JSON.stringify(error) : null,
    })
  }

  async *#readAnswers(): AsyncGenerator<{ harvestId: string; answer: RawResponse }> {
    const { harvests, catalog } = this.#ports
    for (const harvestId of await harvests.listSince(this.#source.id, this.#note.from)) {
      for await (const answer of catalog.readRaw(harvestId, { isLastFirst: true })) yield { harvestId, answer }
    }
  }

  async #keep(batch: IngestItem[]): Promise<void> {
    const { ingest } = this.#ports
    const results = await ingest.compare(this.#source, batch)
    for (const [index, result] of results.entries()) {
      if (result.outcome === 'created' && (await this.#isDeleted(result.identifier))) {
        results[index] = { ...result, outcome: 'unchanged' }
        this.#issues.add(stayedDeleted, result.identifier)
      }
    }
    const changed = results.flatMap(({ outcome }, index) => (outcome === 'unchanged' ? [] : [index]))
    if (changed.length > 0 && !this.#note.isDryRun) {
      const items = changed.map((index) => batch[index]!)
      const context = this.#current ? { harvestId: this.#current.harvestId } : {}
      const written = await ingest.write(this.#source, items, context)
      for (const [place, index] of changed.entries()) results[index] = written[place]!
    }
    addResults(this.#counts, results)
    this.#addIssues(batch, results)
  }

  #addIssues(batch: readonly IngestItem[], results: readonly PushResult[]): void {
    for (const [index, { identifier, issues }] of results.entries()) {
      const own = batch[index]?.issues ?? []
      const found = issues.filter((issue) => !own.some((known) => known.code === issue.code && known.path === issue.path))
      // A replay changes content without the source: datestamps have nothing to do with it.
      for (const issue of [...own, ...found]) if (issue.code !== silentChangeCode) this.#issues.add(issue, identifier)
    }
  }

  async #isDeleted(identifier: HarvestItem['identifier']): Promise<boolean> {
    return (await this.#ports.catalog.findRecord(this.#source.id, identifier))?.state === 'deleted'
  }

  /** Says so when the source has more live records than the kept answers name. */
  async #noteUncovered(): Promise<void> {
    const live = (await this.#ports.catalog.countRecords([this.#source.id])).get(this.#source.id) ?? 0
    const uncovered = live - this.#toCounts().taken
    if (uncovered <= 0) return
    const message = `At least ${uncovered} of the ${live} records are in no kept answer and stay as they are: harvest the source in full to take them anew`
    this.#issues.add({ code: 'replay.uncovered', severity: 'warning', path: '', message })
  }

  #toCounts(): HarvestCounts {
    const repeated = Math.min(this.#carried, this.#counts.unchanged)
    return { ...this.#counts, unchanged: this.#counts.unchanged - repeated, taken: this.#counts.taken - repeated }
  }

  #toColumns() {
    return {
      counts_json: JSON.stringify(this.#toCounts()),
      issues_json: JSON.stringify(this.#issues.toSummaries()),
      coverage_json: JSON.stringify(this.#coverage.toCoverage()),
      pages: this.#pages,
      bytes: this.#bytes,
    }
  }
}

const stayedDeleted = {
  code: 'replay.stayedDeleted',
  severity: 'info',
  path: '',
  message: 'The record was deleted after its answer was kept and stays deleted; a full harvest takes it again if the source still has it',
} as const
