import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isEdufedError } from '@edufed/sdk'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { findConnector } from '../connectors/index.js'
import { isHarvestError } from '../errors.js'
import { createFetcher } from '../fetch/create-fetcher.js'
import type { HarvestReport, HarvestSource } from '../run/harvest.js'
import { createNdjsonSink } from '../run/ndjson-sink.js'
import type { RecordSink } from '../run/record-sink.js'
import { harvest } from '../run/run-harvest.js'
import { openCheckpointFile } from './checkpoint-file.js'
import { detectKind } from './detect-kind.js'
import { openOutput } from './output.js'
import { createProgress, formatReport } from './progress.js'

interface CommandOptions {
  kind?: string
  set: string[]
  prefix?: string
  from?: string
  until?: string
  mapping?: string
  setting: string[]
  user?: string
  allowNetwork: string[]
  checkpoint?: string
  report?: string
  to?: string
  key?: string
  threads?: number
  quiet?: boolean
}

const exitCodes = { completed: 0, partial: 3, failed: 3, cancelled: 3 } as const
const usageError = 2

/** Runs the command line. @returns The exit code: 0 when the list was read to its end, 3 when only in part, 2 on wrong usage. */
export async function run(argv: readonly string[]): Promise<number> {
  const command = createCommand()
  try {
    command.parse(argv)
    return await harvestToOutput(command.args[0] ?? '', command.opts<CommandOptions>())
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError
    if (!isEdufedError(error) && !(error instanceof Error && 'code' in error)) throw error
    process.stderr.write(`${error.message}\n${isHarvestError(error) ? `${error.fix}\n` : ''}`)
    return isUsage(error) ? usageError : exitCodes.failed
  }
}

function createCommand(): Command {
  return new Command('edufed-harvest')
    .description('Harvests learning resource metadata and prints one JSON object a line')
    .argument('<url>', 'address of an OAI-PMH interface, a data_version.json or a table')
    .option('--kind <kind>', 'connector: oai-pmh, smartedu or table (found by itself when absent)')
    .option('--set <setSpec>', 'only this set; may be repeated', collect, [])
    .option('--prefix <metadataPrefix>', 'metadata format (the richest that can be read when absent)')
    .option('--from <date>', 'only records changed since, e.g. 2024-01-31')
    .option('--until <date>', 'only records changed until, inclusive')
    .option('--mapping <file>', 'JSON file with the column mapping of a table')
    .option('--setting <name=value>', 'another setting of the connector; may be repeated', collectSetting, [])
    .option('--user <name:password>', 'HTTP basic authentication')
    .option('--allow-network <cidr>', 'private network that may be reached, e.g. 10.0.0.0/8; may be repeated', collect, [])
    .option('--checkpoint <file>', 'resume from this file and keep it up to date; with >> the output goes on where it ended')
    .option('--report <file>', 'write the report as JSON')
    .option('--to <url>', 'push to this source of a node instead of printing, e.g. https://node.example/api/v1/sources/my-school')
    .option('--key <key>', 'API key for --to (or EDUFED_API_KEY)')
    .option(
      '--threads <number>',
      'threads that read answers while others are fetched and written',
      toCount,
      Math.min(2, availableParallelism()),
    )
    .option('--quiet', 'no progress')
    .allowExcessArguments(false)
    .exitOverride()
}

async function harvestToOutput(url: string, options: CommandOptions): Promise<number> {
  const fetcher = createFetcher({ allowNetworks: options.allowNetwork })
  const stop = new AbortController()
  const onSignal = () => stop.abort(new Error('stopped by a signal'))
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    const kind = options.kind ?? (await detectKind(url, fetcher, stop.signal))
    const source: HarvestSource = { kind, settings: await toSettings(kind, url, options) }
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

async function toSettings(kind: string, url: string, options: CommandOptions): Promise<Record<string, unknown>> {
  const { properties } = findConnector(kind).settings as { properties?: Record<string, { type?: string }> }
  const [username, ...password] = options.user?.split(':') ?? []
  const given: Record<string, unknown> = {
    url,
    ...(options.set.length > 0 ? { sets: options.set } : {}),
    ...(options.prefix ? { metadataPrefix: options.prefix } : {}),
    ...(options.from ? { from: options.from } : {}),
    ...(options.until ? { until: options.until } : {}),
    ...(username ? { username, password: password.join(':') } : {}),
    ...(options.mapping ? { mapping: JSON.parse(await readFile(options.mapping, 'utf8')) } : {}),
  }
  for (const text of options.setting) {
    const [name = '', ...value] = text.split('=')
    const type = properties?.[name]?.type
    given[name] =
      type === 'integer' || type === 'number' ? Number(value.join('=')) : type === 'boolean' ? value.join('=') === 'true' : value.join('=')
  }
  return given
}

async function createPushSink(
  options: CommandOptions,
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

function isUsage(error: Error): boolean {
  return (
    'code' in error &&
    ['EDUFED_SETTINGS_INVALID', 'EDUFED_CONNECTOR_UNKNOWN', 'EDUFED_FETCH_INVALID_URL', 'EDUFED_OUTPUT_CONFLICT', 'ENOENT'].includes(
      String(error.code),
    )
  )
}

function toCount(value: string): number {
  if (!/^\d{1,2}$/.test(value)) throw new InvalidArgumentError('Write a number from 0 to 99.')
  return Number(value)
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

function collectSetting(value: string, previous: string[]): string[] {
  if (!/^\w+=/.test(value)) throw new InvalidArgumentError('Write it as name=value.')
  return [...previous, value]
}
