import { writeFile } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { findConnector } from '../connectors/index.js'
import { createFetcher } from '../fetch/create-fetcher.js'
import type { HarvestReport, HarvestSource } from '../run/harvest.js'
import { createNdjsonSink } from '../run/ndjson-sink.js'
import type { RecordSink } from '../run/record-sink.js'
import { harvest } from '../run/run-harvest.js'
import { openCheckpointFile } from './checkpoint-file.js'
import { exitCodes } from './exit-codes.js'
import { openOutput } from './output.js'
import { createProgress, formatReport } from './progress.js'
import { type SourceOptions, toSource } from './source-options.js'

export interface HarvestCommandOptions extends SourceOptions {
  checkpoint?: string
  report?: string
  to?: string
  key?: string
  threads?: number
  quiet?: boolean
}

/** Harvests to the standard output, or to a node. @returns The exit code. */
export async function harvestToOutput(url: string, options: HarvestCommandOptions): Promise<number> {
  const fetcher = createFetcher({ allowNetworks: options.allowNetwork })
  const stop = new AbortController()
  const onSignal = () => stop.abort(new Error('stopped by a signal'))
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    const source = await toSource(url, options, { fetcher, signal: stop.signal })
    const output = options.to ? undefined : openOutput(process.stdout, () => stop.abort(new Error('the reader of the output went away')))
    const saved = options.checkpoint ? await openCheckpointFile(options.checkpoint, source) : undefined
    if (saved?.isDone) {
      process.stderr.write(`The harvest of ${options.checkpoint} was completed; delete the file to begin anew\n`)
      return exitCodes.completed
    }
    if (output && saved?.outputBytes !== undefined) output.continueAt(saved.outputBytes)
    const progress = createProgress(process.stderr, options.quiet === true)
    const sink = output
      ? createNdjsonSink({
          write: (text) => output.write(text),
          writeBytes: (bytes) => output.write(bytes),
          onCheckpoint: async (checkpoint) => saved?.save({ checkpoint, outputBytes: output.position() }),
          onComplete: async ({ next }) => saved?.save({ next, isDone: true, outputBytes: output.position() }),
        })
      : await createPushSink(options, async (checkpoint) => saved?.save({ checkpoint }))
    // Where threads do the work, little lives long in this one, and what they hand over should not wait to be collected. Alone it needs the room.
    if (options.threads) setFlagsFromString('--optimize-for-size')
    const report = await harvest(source, sink, {
      fetcher,
      signal: stop.signal,
      onProgress: progress.show,
      threads: options.threads,
      ...(saved?.checkpoint ? { checkpoint: saved.checkpoint } : {}),
    })
    progress.end()
    process.stderr.write(formatReport(report))
    if (options.report) await writeReport(options.report, source, report)
    return exitCodes[report.state]
  } finally {
    process.removeListener('SIGINT', onSignal)
    process.removeListener('SIGTERM', onSignal)
    fetcher.close()
  }
}

async function createPushSink(
  options: HarvestCommandOptions,
  onCheckpoint: (checkpoint: Record<string, unknown>) => Promise<void>,
): Promise<RecordSink> {
  const { createHttpSink } = await import('../run/http-sink.js')
  return createHttpSink({ url: options.to ?? '', apiKey: options.key ?? process.env.EDUFED_API_KEY, onCheckpoint })
}

async function writeReport(file: string, source: HarvestSource, report: HarvestReport): Promise<void> {
  const secrets = new Set(findConnector(source.kind).secrets)
  const settings = Object.fromEntries(
    Object.entries(source.settings).map(([name, value]) => [name, secrets.has(name) ? '[redacted]' : value]),
  )
  await writeFile(file, `${JSON.stringify({ source: { kind: source.kind, settings }, ...report }, null, 2)}\n`)
}
