import { type Command, InvalidArgumentError } from 'commander'
import { connectors, findConnector } from '../connectors/index.js'
import { HarvestError } from '../errors.js'
import type { Fetcher } from '../fetch/fetcher.js'
import type { HarvestSource } from '../run/harvest.js'
import { detectKind } from './detect-kind.js'
import { loadMapping } from './load-mapping.js'

/** Options that say what is harvested. */
export interface SourceOptions {
  kind?: string
  set: string[]
  prefix?: string
  from?: string
  until?: string
  mapping?: string
  setting: string[]
  user?: string
  allowNetwork: string[]
}

/** Adds the options that say what is harvested. */
export function withSourceOptions(command: Command): Command {
  const kinds = connectors.map(({ kind }) => kind).join(', ')
  return command
    .argument('<url>', 'address of the platform: OAI-PMH, feed, sitemap, table, JSON API, package … (found out by what it answers)')
    .option('--kind <kind>', `connector: ${kinds} (found by itself when absent)`)
    .option('--set <setSpec>', 'only this set of OAI-PMH; may be repeated', collect, [])
    .option('--prefix <metadataPrefix>', 'metadata format of OAI-PMH (the richest that can be read when absent)')
    .option('--from <date>', 'only records of OAI-PMH changed since, e.g. 2024-01-31')
    .option('--until <date>', 'only records of OAI-PMH changed until, inclusive')
    .option('--mapping <file>', 'mapping of fields: a .json file, or a .ts or .js file that exports it as its default')
    .option('--setting <name=value>', 'another setting of the connector, JSON where it is no text; may be repeated', collectSetting, [])
    .option('--user <name:password>', 'HTTP basic authentication')
    .option('--allow-network <cidr>', 'private network that may be reached, e.g. 10.0.0.0/8; may be repeated', collect, [])
}

/** The connector that the options name, or that knows what the address answers, with its settings. @throws {HarvestError} */
export async function toSource(
  url: string,
  options: SourceOptions,
  { fetcher, signal }: { fetcher: Fetcher; signal: AbortSignal },
): Promise<HarvestSource> {
  const kind = options.kind ?? (await detectKind(url, fetcher, signal))
  const { settings } = findConnector(kind)
  const { properties = {} } = settings as { properties?: Record<string, { type?: string }> }
  const [username, ...password] = options.user?.split(':') ?? []
  const given: Record<string, unknown> = {
    url,
    ...(options.set.length > 0 ? { sets: options.set } : {}),
    ...(options.prefix ? { metadataPrefix: options.prefix } : {}),
    ...(options.from ? { from: options.from } : {}),
    ...(options.until ? { until: options.until } : {}),
    ...(username ? { username, password: password.join(':') } : {}),
  }
  for (const text of options.setting) {
    const [name = '', ...value] = text.split('=')
    given[name] = toValue(value.join('='), properties[name]?.type)
  }
  if (options.mapping !== undefined) {
    if (!('mapping' in properties)) throw takesNoMapping(kind)
    given.mapping = await loadMapping(options.mapping)
  }
  return { kind, settings: given }
}

function takesNoMapping(kind: string): HarvestError {
  const able = connectors.filter(({ settings }) => 'mapping' in ((settings as { properties?: object }).properties ?? {}))
  const reason = `the connector ${kind} takes no mapping; ${able.map((connector) => connector.kind).join(', ')} do`
  return new HarvestError('EDUFED_SETTINGS_INVALID', { path: '--mapping', reason })
}

function toValue(text: string, type: string | undefined): unknown {
  if (type === 'string') return text
  if (type === 'boolean') return text === 'true'
  if (type === 'integer' || type === 'number') return Number(text)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

function collectSetting(value: string, previous: string[]): string[] {
  if (!/^\w+=/.test(value)) throw new InvalidArgumentError('Write it as name=value.')
  return [...previous, value]
}
