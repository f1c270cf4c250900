#!/usr/bin/env node
import { type ApiKeyInput, type ApiKeyScope, apiKeyScopes } from '@edufed/sdk/schemas'
import { Command, InvalidArgumentError } from 'commander'
import { beginChangeLog } from '../catalog/begin-change-log.js'
import { readConfig } from '../config.js'
import { limitHeapGrowth } from '../limit-heap-growth.js'
import { serve } from '../main.js'
import { createKeyDirectory, KeysService } from '../modules/members/index.js'
import { createSourceServices } from '../modules/sources/index.js'
import { version } from '../version.js'
import { toErrorText } from './command-error.js'
import { harvestSource } from './harvest.js'
import { toConfigText } from './show-config.js'
import { verifyIndex } from './verify-index.js'
import { withAdapters } from './with-adapters.js'
import { withDatabase } from './with-database.js'

const program = new Command('edufed')
  .description(
    'A node of the federation: catalogue, search, harvests, uploads. All settings stand in the environment; see `edufed config`.',
  )
  .version(version)
  .showHelpAfterError()

program
  .command('serve')
  .description('Run the server until it is told to stop')
  .action(() => run(() => serve(process.env)))

program
  .command('migrate')
  .description('Bring the database schema up to date and stop')
  .action(() =>
    run(
      () =>
        withDatabase(async (database) => {
          const names = await database.migrate()
          console.log(names.length === 0 ? 'The schema is up to date' : names.join('\n'))
        }),
      'The running server brought its database up to date when it started',
    ),
  )

program
  .command('restored')
  .description('Say that the database was restored from a backup: the index and all who follow its changes begin anew')
  .action(() =>
    run(
      () =>
        withDatabase(async (database) => {
          await database.migrate()
          console.log(`The change log is ${await beginChangeLog(database)} now`)
        }),
      'Stop the server first, and put the backup in its place',
    ),
  )

program
  .command('reindex')
  .description('Build the search index anew from the catalogue')
  .action(() =>
    run(
      () =>
        withAdapters(async ({ indexer }) => {
          const { documents, sequence } = await indexer.reindex({
            onProgress: (progress) => process.stderr.write(`${progress.documents} documents\n`),
          })
          console.log(`${documents} documents, up to change ${sequence}`)
        }),
      'Ask the running server: POST /api/v1/reindex with an administrator’s key; search answers meanwhile',
    ),
  )

program
  .command('index')
  .description('The search index')
  .command('verify')
  .description('Compare the index with the catalogue and heal what differs; exits with 0 when they agree in the end, else with 3')
  .option('--dry-run', 'only look, change nothing')
  .action((options: { dryRun?: boolean }) =>
    run(async () => {
      const found = await withAdapters((adapters) => verifyIndex(adapters, { isDryRun: options.dryRun === true }))
      console.log(JSON.stringify(found, null, 2))
      if (found.outcome === 'different') process.exitCode = 3
    }, 'Ask the running server: POST /api/v1/index/verification with an administrator’s key, then GET /api/v1/index'),
  )

program
  .command('harvest')
  .description('Harvest a source now and wait for the end; exits with 0 when the list was read to its end, else with 3')
  .argument('<sourceId>', 'id of the source')
  .option('--full', 'take everything, not only what changed')
  .action((sourceId: string, options: { full?: boolean }) =>
    run(
      () =>
        withAdapters(async (adapters, config) => {
          const harvest = await harvestSource(adapters, config, sourceId, { mode: options.full ? 'full' : 'incremental' })
          console.log(JSON.stringify(harvest, null, 2))
          if (harvest.state !== 'completed') process.exitCode = 3
        }),
      `Ask the running server: POST /api/v1/sources/${sourceId}/harvests with a key that may run harvests`,
    ),
  )

program
  .command('replay')
  .description(
    'Run the present crosswalk over the answers that were kept of a source, without asking it; 0 when it came to its end, else 3',
  )
  .argument('<sourceId>', 'id of the source')
  .option('--harvest <id>', 'begin with the answers of this harvest; with the last completed full one when absent')
  .option('--dry-run', 'only count what would change')
  .action((sourceId: string, options: { harvest?: string; dryRun?: boolean }) =>
    run(
      () =>
        withAdapters(async (adapters, config) => {
          const replay = { isDryRun: options.dryRun === true, ...(options.harvest === undefined ? {} : { harvestId: options.harvest }) }
          const harvest = await harvestSource(adapters, config, sourceId, { replay })
          console.log(JSON.stringify(harvest, null, 2))
          if (harvest.state !== 'completed') process.exitCode = 3
        }),
      `Ask the running server: POST /api/v1/sources/${sourceId}/replay with a key that may run harvests`,
    ),
  )

const keys = program.command('keys').description('API keys')
keys
  .command('create')
  .description('Make an API key and print it, once')
  .requiredOption('--name <name>', 'what the key is for')
  .requiredOption('--scopes <scopes>', `comma-separated, of ${apiKeyScopes.join(', ')}`, readScopes)
  .option('--member <id>', "only this member's sources")
  .option('--expires <date>', 'when the key ends, e.g. 2027-08-31T00:00:00Z', readDate)
  .action((options: { name: string; scopes: ApiKeyScope[]; member?: string; expires?: string }) =>
    run(
      () =>
        withAdapters(async ({ database, logger }) => {
          const now = () => new Date()
          const service = new KeysService({ database, directory: createKeyDirectory({ database, now, log: logger }), now })
          const input: ApiKeyInput = {
            name: options.name,
            scopes: options.scopes,
            ...(options.member === undefined ? {} : { memberId: options.member }),
            ...(options.expires === undefined ? {} : { expiresAt: options.expires }),
          }
          const { key, id } = await service.create(input)
          process.stderr.write(`Key ${id}, shown only this time:\n`)
          console.log(key)
        }),
      'Ask the running server: POST /api/v1/keys with an administrator’s key, or stop the server first',
    ),
  )

program
  .command('sources')
  .description('Sources')
  .command('list')
  .description('List the sources, one JSON object a line')
  .action(() =>
    run(
      () =>
        withAdapters(async (adapters, config) => {
          const { database, catalog, ingest, jobs, logger: log } = adapters
          const { allowNetworks, harvestConcurrency } = config
          const { sourceService } = createSourceServices({
            ...{ database, catalog, ingest, jobs, allowNetworks, harvestConcurrency, log },
            now: () => new Date(),
          })
          for (let after: string | undefined; ; ) {
            const page = await sourceService.list({}, { limit: 100, ...(after === undefined ? {} : { after }) })
            for (const source of page) console.log(JSON.stringify(source))
            if (page.length < 100) break
            after = page.at(-1)?.id
          }
        }),
      'Ask the running server: GET /api/v1/sources with a key that may read sources',
    ),
  )

program
  .command('config')
  .description('Show the settings that the environment makes, secrets hidden')
  .action(() => run(async () => console.log(toConfigText(readConfig(process.env), process.env))))

limitHeapGrowth()
await program.parseAsync()

async function run(command: () => Promise<void>, whenLocked?: string): Promise<void> {
  try {
    await command()
  } catch (error) {
    process.stderr.write(`${toErrorText(error, whenLocked)}\n`)
    process.exitCode = 1
  }
}

function readScopes(text: string): ApiKeyScope[] {
  const scopes = text.split(',').map((scope) => scope.trim())
  const unknown = scopes.filter((scope) => !apiKeyScopes.includes(scope as ApiKeyScope))
  if (unknown.length > 0) throw new InvalidArgumentError(`There is no scope ${unknown.join(', ')}; there are ${apiKeyScopes.join(', ')}.`)
  return scopes as ApiKeyScope[]
}

function readDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new InvalidArgumentError('It is not a date as in 2027-08-31 or 2027-08-31T00:00:00Z.')
  if (time <= Date.now()) throw new InvalidArgumentError('It is in the past.')
  return new Date(time).toISOString()
}
