// Writes docs/reference/ from the code: errors, configuration, connectors and the API. CI fails when it is not fresh.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectors } from '../packages/harvester/src/connectors/index.js'
import { fieldDescriptions } from '../packages/harvester/src/crosswalks/resource-fields.js'
import { harvestErrors } from '../packages/harvester/src/errors.js'
import { sdkErrors } from '../packages/sdk/src/errors/sdk-errors.js'
import { buildApp } from '../packages/server/src/app.js'
import { configVariables, readConfig } from '../packages/server/src/config.js'
import { serverErrors } from '../packages/server/src/errors.js'
import { openAdapters } from '../packages/server/src/open-adapters.js'

interface SettingsSchema {
  properties?: Record<string, { description?: string; default?: unknown }>
  required?: string[]
}

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url))
const generated = '<!-- Made from the code by `pnpm run docs`; do not edit. -->\n'

await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'errors.md'), errorsPage())
await writeFile(join(folder, 'config.md'), configPage())
await writeFile(join(folder, 'connectors.md'), connectorsPage())
await writeFile(join(folder, 'openapi.json'), `${JSON.stringify(await readOpenApi(), null, 2)}\n`)

function errorsPage(): string {
  const server = Object.entries(serverErrors).map(([code, { status, title, fix }]) => [
    `<a id="${code}"></a>\`${code}\``,
    String(status),
    title,
    fix,
  ])
  const harvester = Object.entries(harvestErrors).map(([code, { message, fix }]) => [`<a id="${code}"></a>\`${code}\``, message, fix])
  const sdk = Object.entries(sdkErrors).map(([code, { message, fix }]) => [`<a id="${code}"></a>\`${code}\``, message, fix])
  return [
    generated,
    '# Errors\n\nEvery error has a stable code. Codes are API: they are not renamed in a minor version.\n',
    '## Answers of a node\n\nAs `application/problem+json` (RFC 9457) with `code`, `detail`, `requestId` and, for wrong fields, `errors`.\n',
    table(['code', 'status', 'meaning', 'what to do'], server),
    '\n## What ends a harvest\n\nIn `error` of a harvest, in the report of `edufed-harvest`, and thrown by the library as `HarvestError`. Names in braces are filled in.\n',
    table(['code', 'meaning', 'what to do'], harvester),
    '\n## What the SDK throws by itself\n',
    table(['code', 'meaning', 'what to do'], sdk),
  ].join('\n')
}

function configPage(): string {
  const rows = configVariables.map(({ env, description, default: value, isSecret }) => [
    `\`${env}\``,
    value === undefined || (Array.isArray(value) && value.length === 0)
      ? ''
      : `\`${Array.isArray(value) ? value.join(',') : String(value)}\``,
    isSecret ? `${description}. Secret: never logged` : description,
  ])
  return [
    generated,
    '# Configuration\n\nAll settings of a node come from the environment; none is required. An unknown name that starts with `EDUFED_`, `ELASTICSEARCH_` or `S3_` stops the start.\n',
    table(['variable', 'default', 'what it sets'], rows),
  ].join('\n')
}

function connectorsPage(): string {
  const sections = connectors.flatMap((connector) => {
    const { properties = {}, required = [] } = connector.settings as unknown as SettingsSchema
    const rows = Object.entries(properties).map(([name, schema]) => {
      const { description = '', default: value } = schema
      return [
        `\`${name}\`${required.includes(name) ? ' (required)' : ''}`,
        value === undefined ? '' : `\`${JSON.stringify(value)}\``,
        description + (connector.secrets.includes(name) ? '. Secret: shown as `[redacted]`' : ''),
      ]
    })
    return [`\n## ${connector.kind}\n`, table(['setting', 'default', 'what it sets'], rows)]
  })
  const fields = Object.entries(fieldDescriptions).map(([field, description]) => [`\`${field}\``, description])
  return [
    generated,
    '# Connectors\n\nSettings of each kind of source.',
    ...sections,
    '\n## Fields of a mapping\n\nWhat a value may be; [map a source](../guides/map-a-source.md) says how a mapping is written.\n',
    table(['field', 'what it is'], fields),
  ].join('\n')
}

async function readOpenApi(): Promise<unknown> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'edufed-docs-'))
  const config = readConfig({ EDUFED_DATA_DIR: dataDirectory, EDUFED_LOG_LEVEL: 'silent' })
  const app = await buildApp(config, await openAdapters(config))
  try {
    return (await app.inject('/openapi.json')).json()
  } finally {
    await app.close()
    await rm(dataDirectory, { recursive: true, force: true })
  }
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line), ''].join('\n')
}
