import { setTimeout as delay } from 'node:timers/promises'
import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError } from '../errors.js'
import { redactUrl } from '../fetch/redact-url.js'
import { fingerprint } from '../quality/fingerprint.js'
import type { ConnectorContext, HarvestEnd, HarvestItem, HarvestPage, RawResponse } from './connector.js'
import { identifiersOf, type KnownDocuments, toKnownDocument, toState } from './known-documents.js'
import { type OddDocument, OddDocuments, readOddDocuments } from './odd-documents.js'

/** A document that a list names: a web page, or a metadata record. */
export interface ListedDocument {
  url: string
  /** Changes when the document does; a document without it is read in each run. */
  lastmod?: string
  /** Of the record that it is expected to hold. @default its address */
  identifier?: string
}

/** What became of one document. */
export interface DocumentResult {
  items: HarvestItem[]
  raw?: RawResponse
  failure?: HarvestError
  /** Why there are no items: code of an issue that is told once, with a count. */
  note?: string
}

/** What a run over a list of documents is to read. */
export interface DocumentPlan<Listed extends ListedDocument> {
  toRead: Listed[]
  /** Identifiers of records whose document is no longer named. */
  gone: string[]
  known: KnownDocuments
  /** `toRead` is all that there is. */
  isFull: boolean
  /** What is known comes from an earlier run. */
  knewBefore: boolean
}

export interface DocumentRun<Listed extends ListedDocument> {
  /** Address of the source, for errors. */
  url: string
  plan: DocumentPlan<Listed>
  /** The lists themselves, as they are kept, and findings about them. */
  raw: RawResponse[]
  issues: Issue[]
  read: (document: Listed) => Promise<DocumentResult>
  parallelRequests: number
  /** Pause between two requests that the host of a document asks for. */
  pauseMs?: (url: string) => Promise<number>
  notes: Readonly<Record<string, { severity: Issue['severity']; what: string }>>
}

const documentsPerStep = 40
/** After so many documents in a row that could not be read the source is taken to be down. */
const failuresInRow = 20

/** When a large part of the documents is no longer named, everything is read again, so that the brake on deletions can hold. */
export function planDocuments<Listed extends ListedDocument>(
  documents: readonly Listed[],
  known: KnownDocuments | undefined,
): DocumentPlan<Listed> {
  const full = { toRead: [...documents], gone: [], known: new Map(known), isFull: true, knewBefore: known !== undefined }
  if (!known) return full
  const listed = new Set(documents.map(({ url }) => url))
  const gone = [...known].filter(([url]) => !listed.has(url))
  if (gone.length > Math.max(known.size / 10, 1)) return full
  return {
    toRead: documents.filter(({ url, lastmod }) => lastmod === undefined || known.get(url)?.lastmod !== lastmod),
    gone: gone.flatMap(([url, document]) => identifiersOf(url, document)),
    known: new Map([...known].filter(([url]) => listed.has(url))),
    isFull: false,
    knewBefore: true,
  }
}

/**
 * Reads the documents of a plan, several at a time. A document that cannot be read is reported, and asked for again in the next run.
 *
 * @throws {HarvestError} When the source goes down, or at the end when more than a tenth of the documents failed.
 */
export async function* readDocuments<Listed extends ListedDocument>(
  run: DocumentRun<Listed>,
  context: ConnectorContext,
): AsyncGenerator<HarvestPage, HarvestEnd> {
  const { plan } = run
  const digest = fingerprint(...plan.toRead.map(({ url, lastmod }) => `${url} ${lastmod ?? ''}`))
  const resumed = readCheckpoint(context, digest)
  const odd = new OddDocuments(resumed ? resumed.odd : [])
  const places = new Map(plan.toRead.map((document, index) => [document, index]))
  const failedBefore = new Set(resumed?.failed)
  for (const [index, document] of plan.toRead.slice(0, resumed?.done ?? 0).entries()) {
    if (!failedBefore.has(document.url)) plan.known.set(document.url, odd.toKnown(index, document.identifier ?? document.url, document))
  }
  const byUrl = new Map(plan.toRead.map((document) => [document.url, document]))
  const again = (resumed?.failed ?? []).map((url) => byUrl.get(url)).filter((document) => document !== undefined)
  const queue = [...again, ...plan.toRead.slice(resumed?.done ?? 0)]
  const firstDone = (resumed?.done ?? 0) - again.length
  const tally = new Tally()
  let raw = run.raw
  let issues = run.issues

  if (plan.gone.length > 0) {
    const items = plan.gone.map((identifier): HarvestItem => ({ type: 'deleted', identifier }))
    yield { items, raw, checkpoint: context.checkpoint ?? {}, issues }
    raw = []
    issues = []
  }
  for (let start = 0; start < queue.length; start += documentsPerStep) {
    const batch = queue.slice(start, start + documentsPerStep)
    const items: HarvestItem[] = []
    for (const { document, result } of await readBatch(batch, run, context)) {
      items.push(...applyResult(result, document, plan.known))
      if (!result.failure) odd.note(places.get(document) ?? 0, document.identifier ?? document.url, recordsOf(result))
      if (result.raw) raw.push(result.raw)
      issues.push(...tally.add(document.url, result))
    }
    if (start + documentsPerStep >= queue.length) issues.push(...tally.toNotes(run.notes))
    const done = Math.max(firstDone + start + batch.length, resumed?.done ?? 0)
    yield {
      items,
      raw,
      checkpoint: { digest, done, failed: [...tally.failed], ...odd.toCheckpoint() },
      expectedRecords: plan.toRead.length,
      issues,
    }
    raw = []
    issues = []
  }
  if (raw.length > 0 || issues.length > 0) yield { items: [], raw, checkpoint: {}, issues }
  const { lastFailure, failed } = tally
  if (lastFailure && failed.length > queue.length / 10) {
    const values = { failed: failed.length, total: queue.length, url: redactUrl(run.url), reason: lastFailure.message }
    throw new HarvestError('EDUFED_DOCUMENTS_FAILED', values, { cause: lastFailure })
  }
  return toEnd(plan, failed.length > 0, odd.isComplete || resumed === undefined, context)
}

/** A run that does not know all documents is followed by one that reads them all and compares; documents that fail for good cause one such run only. */
function toEnd<Listed extends ListedDocument>(
  plan: DocumentPlan<Listed>,
  hasFailed: boolean,
  isKnown: boolean,
  { since }: ConnectorContext,
): HarvestEnd {
  if (!isKnown) return { next: {}, isFullList: false }
  if (!plan.isFull || hasFailed) {
    const isUnsure = plan.isFull && !plan.knewBefore && since?.hasFailed !== true
    return { next: isUnsure ? { hasFailed: true } : toState(plan.known), isFullList: false }
  }
  const listed = new Set(plan.toRead.map(({ url }) => url))
  return { next: toState(new Map([...plan.known].filter(([url]) => listed.has(url)))), isFullList: true }
}

function readCheckpoint(
  { checkpoint }: ConnectorContext,
  digest: string,
): { done: number; failed: string[]; odd: OddDocument[] | undefined } | undefined {
  if (checkpoint?.digest !== digest || typeof checkpoint.done !== 'number' || checkpoint.done <= 0) return undefined
  const failed = Array.isArray(checkpoint.failed) ? checkpoint.failed.filter((url) => typeof url === 'string') : []
  return { done: checkpoint.done, failed, odd: readOddDocuments(checkpoint.odd) }
}

async function readBatch<Listed extends ListedDocument>(
  batch: readonly Listed[],
  run: DocumentRun<Listed>,
  { signal }: ConnectorContext,
): Promise<{ document: Listed; result: DocumentResult }[]> {
  const results = new Map<Listed, DocumentResult>()
  const pending = [...batch]
  const work = async (pauseMs: number): Promise<void> => {
    for (let document = pending.shift(); document; document = pending.shift()) {
      results.set(document, await run.read(document))
      if (pauseMs > 0) await delay(pauseMs, undefined, { signal })
    }
  }
  const pauseMs = (batch[0] && (await run.pauseMs?.(batch[0].url))) ?? 0
  await Promise.all(Array.from({ length: pauseMs > 0 ? 1 : run.parallelRequests }, () => work(pauseMs)))
  return batch.flatMap((document) => {
    const result = results.get(document)
    return result ? [{ document, result }] : []
  })
}

/** The items of a document, those of its records that it no longer has, and what is to be known of it. */
function applyResult(result: DocumentResult, document: ListedDocument, known: KnownDocuments): HarvestItem[] {
  const { url } = document
  const before = known.get(url)
  if (result.failure) {
    // Without lastmod it is read again in the next run.
    if (before) known.set(url, { ...(before.identifiers && { identifiers: before.identifiers }) })
    return []
  }
  known.set(url, toKnownDocument(document, recordsOf(result)))
  const named = new Set(result.items.map(({ identifier }) => identifier))
  const lost = before ? identifiersOf(url, before).filter((identifier) => !named.has(identifier)) : []
  return [...result.items, ...lost.map((identifier): HarvestItem => ({ type: 'deleted', identifier }))]
}

function recordsOf({ items }: DocumentResult): string[] {
  return items.filter(({ type }) => type === 'record').map(({ identifier }) => identifier)
}

/** Counts what failed, and what was left out by reason. */
class Tally {
  readonly failed: string[] = []
  lastFailure: HarvestError | undefined
  #inRow = 0
  readonly #notes = new Map<string, { count: number; sample: string }>()

  /** @throws {HarvestError} When too many failed in a row. */
  add(url: string, { failure, note }: DocumentResult): Issue[] {
    this.#inRow = failure ? this.#inRow + 1 : 0
    if (note) this.#notes.set(note, { sample: url, ...this.#notes.get(note), count: (this.#notes.get(note)?.count ?? 0) + 1 })
    if (!failure) return []
    if (this.#inRow >= failuresInRow) throw failure
    this.lastFailure = failure
    this.failed.push(url)
    const message = `${failure.message}; it is asked for again in the next run`
    return [{ code: 'page.failed', path: redactUrl(url), message, severity: 'error' }]
  }

  toNotes(notes: DocumentRun<ListedDocument>['notes']): Issue[] {
    return [...this.#notes].map(([code, { count, sample }]) => ({
      code,
      path: '',
      message: `${count} ${notes[code]?.what ?? 'documents were left out'}, e.g. ${redactUrl(sample)}`,
      severity: notes[code]?.severity ?? 'info',
    }))
  }
}
