import { availableParallelism } from 'node:os'
import { isEdufedError } from '@edufed/sdk'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { version } from '../version.js'
import { exitCodes, usageError } from './exit-codes.js'
import { type HarvestCommandOptions, harvestToOutput } from './harvest-command.js'
import { type PreviewCommandOptions, previewSource } from './preview-command.js'
import { withSourceOptions } from './source-options.js'
import { toErrorText } from './to-error-text.js'

/** Runs the command line. @returns The exit code: 0 when the list was read to its end, 3 when only in part, 2 on wrong usage. */
export async function run(argv: readonly string[]): Promise<number> {
  let code = 0
  const command = createCommand((result) => {
    code = result
  })
  try {
    await command.parseAsync(argv)
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError
    if (!isEdufedError(error) && !(error instanceof Error && 'code' in error)) throw error
    process.stderr.write(toErrorText(error))
    return isUsage(error) ? usageError : exitCodes.failed
  }
}

function createCommand(onEnd: (code: number) => void): Command {
  const command = withSourceOptions(new Command('edufed-harvest'))
    .description('Harvests learning resource metadata and prints one JSON object a line')
    .version(version)
    .option('--checkpoint <file>', 'resume from this file and keep it up to date; with >> the output goes on where it ended')
    .option('--report <file>', 'write the report as JSON')
    .option('--to <url>', 'push to this source of a node instead of printing, e.g. https://node.example/api/v1/sources/my-school')
    .option('--key <key>', 'API key for --to (or EDUFED_API_KEY)')
    .option(
      '--threads <number>',
      'threads that read answers while others are fetched and written',
      toCount,
      // Measured: on two processors a second thread takes memory and brings nothing, on one already the first.
      Math.min(2, Math.floor(availableParallelism() / 2)),
    )
    .option('--quiet', 'no progress')
    .allowExcessArguments(false)
    .exitOverride()
    .action(async (url: string, options: HarvestCommandOptions) => onEnd(await harvestToOutput(url, options)))
  command.enablePositionalOptions()
  withSourceOptions(command.command('preview'))
    .description('Shows the first records as they are and as they become, with what is missing: to write a mapping by')
    .option('--limit <number>', 'records to look at', toPositive, 100)
    .option('--show <number>', 'records to show beside what they were made from', toCount, 3)
    .option('--watch', 'show it again whenever the mapping is saved, without asking the platform again')
    .option('--json', 'as JSON, with all records')
    .allowExcessArguments(false)
    .exitOverride()
    .action(async (url: string, options: PreviewCommandOptions) => onEnd(await previewSource(url, options)))
  return command
}

function isUsage(error: Error): boolean {
  const codes = [
    'EDUFED_SETTINGS_INVALID',
    'EDUFED_MAPPING_INVALID',
    'EDUFED_MAPPING_UNREADABLE',
    'EDUFED_CONNECTOR_UNKNOWN',
    'EDUFED_FETCH_INVALID_URL',
    'EDUFED_OUTPUT_CONFLICT',
    'ENOENT',
  ]
  return 'code' in error && codes.includes(String(error.code))
}

function toCount(value: string): number {
  if (!/^\d{1,2}$/.test(value)) throw new InvalidArgumentError('Write a number from 0 to 99.')
  return Number(value)
}

function toPositive(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('Write a number from 1 to 99999.')
  return Number(value)
}
