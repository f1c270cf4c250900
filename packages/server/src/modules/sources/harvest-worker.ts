import { parentPort, workerData } from 'node:worker_threads'
import {
  type Connector,
  createFetcher,
  findConnector,
  type HarvestItem,
  harvest,
  type RawResponse,
  type RecordSink,
  readHours,
  replay,
} from '@edufed/harvester'
import { isEdufedError } from '@edufed/sdk'
import type { SourcePreview } from '@edufed/sdk/schemas'
import type { HarvestTask, HarvestTaskResult, ServerMessage, TaskFailure, WorkerMessage } from './harvest-messages.js'

// The thread that reads a source: connector and crosswalk run here, everything that is kept goes to the server's own thread.

const port = parentPort!
const cancellation = new AbortController()
let answer: ((message: ServerMessage) => void) | undefined

port.on('message', (message: ServerMessage) => {
  if (message.type === 'cancel') cancellation.abort()
  else answer?.(message)
})

const serverSink: RecordSink = {
  async write(page) {
    const reply = await ask({ type: 'page', ...page })
    return reply.type === 'written' ? reply.results : []
  },
  async complete(end) {
    const reply = await ask({ type: 'complete', ...end })
    return { deleted: reply.type === 'completed' ? reply.deleted : 0 }
  },
}

run(workerData as HarvestTask).then(
  (result) => send({ type: 'result', result }),
  (error: unknown) => send({ type: 'failure', failure: toFailure(error) }),
)

async function run(task: HarvestTask): Promise<HarvestTaskResult> {
  const { signal } = cancellation
  if (task.type === 'replay') {
    for await (const { items, issues } of replay(task.source, keptAnswers())) {
      if (signal.aborted) break
      await ask({ type: 'replayed', items, issues })
    }
    return { type: 'replay' }
  }
  const connector: Connector = findConnector(task.source.kind)
  const fetcher = createFetcher({ allowNetworks: task.allowNetworks })
  if (task.type === 'preview') return { type: 'preview', preview: await preview(connector, task) }

  if (task.isAuthorityWanted && !readHours(task.source.settings)?.closedUntil(new Date())) {
    const { authority } = await connector.describe(task.source.settings, { fetcher, signal })
    await ask({ type: 'authority', authority })
  }
  const report = await harvest(task.source, serverSink, {
    signal,
    allowNetworks: task.allowNetworks,
    whenClosed: 'end',
    ...(task.checkpoint ? { checkpoint: task.checkpoint } : {}),
    ...(task.since ? { since: task.since } : {}),
    onProgress: ({ expectedRecords }) => {
      if (expectedRecords !== undefined) send({ type: 'progress', expectedRecords })
    },
  })
  return { type: 'harvest', report }
}

/** The answers that the server has kept, one in memory at a time. */
async function* keptAnswers(): AsyncGenerator<RawResponse> {
  for (;;) {
    const reply = await ask({ type: 'answer-wanted' })
    if (reply.type !== 'answer' || !reply.answer) return
    yield reply.answer
  }
}

/** Describes the source and reads it until enough records are there. */
async function preview(connector: Connector, task: Extract<HarvestTask, { type: 'preview' }>): Promise<SourcePreview> {
  const { signal } = cancellation
  const fetcher = createFetcher({ allowNetworks: task.allowNetworks })
  const description = await connector.describe(task.source.settings, { fetcher, signal })
  const items: HarvestItem[] = []
  const issues = [...description.issues]
  let expectedRecords: number | undefined
  const pages = connector.pages(task.source.settings, { fetcher, signal, now: () => new Date() })
  for await (const page of pages) {
    items.push(...page.items)
    issues.push(...(page.issues ?? []))
    expectedRecords ??= page.expectedRecords
    if (items.length >= task.limit) break
  }
  const { name, authority, metadataPrefix, formats, sets, deletedRecord } = description
  return {
    authority,
    metadataPrefix,
    formats,
    ...(name === undefined ? {} : { name }),
    ...(sets === undefined ? {} : { sets }),
    ...(deletedRecord === undefined ? {} : { deletedRecord }),
    ...(expectedRecords === undefined ? {} : { expectedRecords }),
    issues,
    records: items
      .slice(0, task.limit)
      .map((item) =>
        item.type === 'deleted'
          ? { identifier: item.identifier, isDeleted: true, issues: item.issues ?? [] }
          : { identifier: item.identifier, ...(item.resource ? { resource: item.resource } : {}), issues: item.issues },
      ),
  }
}

/** Sends a message that the server answers, and waits for the answer: at most one page is on its way. */
function ask(message: WorkerMessage): Promise<ServerMessage> {
  return new Promise((resolve) => {
    answer = resolve
    send(message)
  })
}

function send(message: WorkerMessage): void {
  port.postMessage(message)
}

function toFailure(error: unknown): TaskFailure {
  if (isEdufedError(error)) {
    const fix = 'fix' in error && typeof error.fix === 'string' ? { fix: error.fix } : {}
    return { code: error.code, message: error.message, ...fix }
  }
  return { code: 'EDUFED_INTERNAL', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
