import { type Coverage, CoverageCounter, type HarvestReport } from '@edufed/harvester'
import type { HarvestCounts, HarvestState, Issue, IssueSummary, Problem, PushResult } from '@edufed/sdk/schemas'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Ingest, IngestResult, IngestSource } from '../../ingest/ingest.js'
import { ConformityObserver, type Observations } from './conformity/observer.js'
import { deleteUnlessMany } from './deletion-brake.js'
import type { HarvestEndMessage, HarvestPageMessage } from './harvest-messages.js'
import { addResults, toBatches } from './harvest-pages.js'
import type { HarvestRow, HarvestStore } from './harvest-store.js'
import type { HarvestReceiver } from './harvest-thread.js'
import { IssueTally } from './issue-tally.js'
import type { SourceStore } from './source-store.js'

/** What stands in `checkpoint_json`: where the connector goes on, and how often the harvest was begun since it last got on. */
export interface HarvestProgressNote {
  checkpoint?: Record<string, unknown>
  starts: number
  /** Records taken before the harvest was resumed that may still come again. */
  repeats?: number
  /** When the hours begin again in which the source may be asked. */
  pausedUntil?: string
}

/**
 * Keeps what a harvest brings: raw answers, records, and behind each page the checkpoint with the counts.
 * A page whose checkpoint was not kept is read again after a crash; its records are then there already, each once.
 */
export class HarvestRecorder implements HarvestReceiver {
  readonly #ports: { harvests: HarvestStore; sources: SourceStore; catalog: CatalogStore; ingest: Ingest }
  readonly #source: IngestSource
  readonly #harvestId: string
  readonly #counts: HarvestCounts
  readonly #issues: IssueTally
  readonly #coverage: CoverageCounter
  readonly #observer = new ConformityObserver()
  #pages: number
  #bytes: number
  #expectedRecords: number | null
  #repeats: number
  #isPaused = false

  constructor(
    ports: { harvests: HarvestStore; sources: SourceStore; catalog: CatalogStore; ingest: Ingest },
    source: IngestSource,
    harvest: HarvestRow,
  ) {
    this.#ports = ports
    this.#source = { ...source }
    this.#harvestId = harvest.id
    this.#counts = JSON.parse(harvest.counts_json) as HarvestCounts
    this.#issues = new IssueTally(JSON.parse(harvest.issues_json) as IssueSummary[])
    this.#coverage = new CoverageCounter(harvest.coverage_json === null ? {} : (JSON.parse(harvest.coverage_json) as Coverage))
    this.#pages = Number(harvest.pages)
    this.#bytes = Number(harvest.bytes)
    const note = harvest.checkpoint_json === null ? undefined : (JSON.parse(harvest.checkpoint_json) as HarvestProgressNote)
    this.#repeats = note?.repeats ?? 0
    this.#expectedRecords = harvest.expected_records === null ? null : Number(harvest.expected_records)
  }

  /** True when the harvest was given back to be taken up later. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  get hasTaken(): boolean {
    return this.#counts.taken > 0
  }

  async authority(authority: string): Promise<void> {
    await this.#ports.sources.keepAuthority(this.#source.id, authority)
    this.#source.authority = authority
  }

  async page(page: HarvestPageMessage): Promise<PushResult[]> {
    const { catalog, ingest, harvests } = this.#ports
    const digests = page.raw.length > 0 ? await catalog.keepRaw(this.#harvestId, this.#pages, page.raw) : []
    const results: IngestResult[] = []
    for (const batch of toBatches(page.items, digests.length === 1 ? digests[0] : undefined)) {
      results.push(...(await ingest.write(this.#source, batch, { harvestId: this.#harvestId })))
    }
    this.#repeats += page.repeats ?? 0
    const isNew = results.map((result) => !this.#isRepeated(result))
    const items = page.items.filter((_, index) => isNew[index])
    const counted = results.filter((_, index) => isNew[index])
    addResults(this.#counts, counted)
    for (const item of items) this.#coverage.add(item)
    this.#observer.page(items, counted)
    for (const [index, { identifier, issues }] of counted.entries()) {
      const own = items[index]?.issues ?? []
      const found = issues.filter((issue) => !own.some((known) => known.code === issue.code && known.path === issue.path))
      for (const issue of [...own, ...found]) this.#issues.add(issue, identifier)
    }
    this.#pages += 1
    for (const raw of page.raw) this.#bytes += raw.body.byteLength
    const note: HarvestProgressNote = { checkpoint: page.checkpoint, starts: 0, ...this.#toRepeats() }
    await harvests.updateOpen(this.#harvestId, { ...this.#toColumns(), checkpoint_json: JSON.stringify(note) })
    return results
  }

  /**
   * True for a record that was counted before the harvest was resumed. A page that was kept without its checkpoint comes again too, but was never
   * counted: only so many are passed over as the connector told.
   */
  #isRepeated(result: IngestResult): boolean {
    if (!result.isRepeated || this.#repeats === 0) return false
    this.#repeats -= 1
    this.#counts.repeated = (this.#counts.repeated ?? 0) + 1
    return true
  }

  #toRepeats(): Pick<HarvestProgressNote, 'repeats'> {
    return this.#repeats > 0 ? { repeats: this.#repeats } : {}
  }

  async complete(end: HarvestEndMessage): Promise<{ deleted: number }> {
    const { catalog, sources, harvests } = this.#ports
    let deleted = 0
    if (end.isFullList) {
      await this.#observer.beforeDeletion(catalog, this.#source.id, this.#harvestId)
      const outcome = await deleteUnlessMany(catalog, this.#source.id, this.#harvestId)
      deleted = outcome.deleted
      if (outcome.held) this.#issues.add(outcome.held)
    }
    this.#counts.deleted += deleted
    this.#counts.taken += deleted
    await harvests.updateOpen(this.#harvestId, { ...this.#toColumns(), is_full_list: end.isFullList ? 1 : 0 })
    await sources.keepSince(this.#source.id, end.next)
    return { deleted }
  }

  progress(expectedRecords: number): void {
    this.#expectedRecords = expectedRecords
  }

  /** Findings about the source as a whole, which no record carries. */
  addReportIssues(report: HarvestReport): void {
    for (const summary of report.issues) {
      if (this.#issues.has(summary.code)) continue
      const issue: Issue = { code: summary.code, severity: summary.severity, message: summary.message, path: '' }
      for (let count = 0; count < summary.count; count += 1) this.#issues.add(issue, summary.samples[count])
    }
  }

  /** What says how well the source keeps its promises. */
  toObservations(): Observations {
    return this.#observer.toObservations()
  }

  /** Gives the harvest back, to be taken up where it is when the source may be asked again. */
  async pause(pausedUntil: string, checkpoint: Record<string, unknown> | undefined): Promise<void> {
    this.#isPaused = true
    const note: HarvestProgressNote = { starts: 0, pausedUntil, ...this.#toRepeats(), ...(checkpoint ? { checkpoint } : {}) }
    await this.#ports.harvests.updateOpen(this.#harvestId, {
      ...this.#toColumns(),
      state: 'queued',
      checkpoint_json: JSON.stringify(note),
    })
  }

  async finish(state: HarvestState, now: Date, error?: Problem): Promise<void> {
    await this.#ports.harvests.updateOpen(this.#harvestId, {
      ...this.#toColumns(),
      state,
      finished_at: now.toISOString(),
      checkpoint_json: null,
      error_json: error ? JSON.stringify(error) : null,
    })
  }

  #toColumns() {
    return {
      counts_json: JSON.stringify(this.#counts),
      issues_json: JSON.stringify(this.#issues.toSummaries()),
      coverage_json: JSON.stringify(this.#coverage.toCoverage()),
      pages: this.#pages,
      bytes: this.#bytes,
      expected_records: this.#expectedRecords,
    }
  }
}
