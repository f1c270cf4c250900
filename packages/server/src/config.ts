import { nearestName } from '@edufed/harvester'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import Format from 'typebox/format'
import { ServerConfig } from './config-schema.js'
import { ServerError } from './errors.js'
import { isNetwork } from './network.js'
import { Secret } from './secret.js'

export { ServerConfig } from './config-schema.js'

/** One variable as a schema describes it. */
export interface ConfigVariable {
  key: string
  env: string
  description: string
  default?: unknown
  isSecret: boolean
  schema: TSchema & { type?: string; enum?: readonly string[] }
}

interface VariableSchema extends TSchema {
  env: string
  description: string
  default?: unknown
  isSecret?: boolean
  type?: string
  enum?: readonly string[]
}

const ownPrefixes = /^(EDUFED|ELASTICSEARCH|S3)_/
/** Variables with such names that belong to tests, builds and clients, not to a server. */
const foreignVariables = /^(EDUFED_TEST_.*|EDUFED_SHARED_DATA|EDUFED_NO_TYPES|EDUFED_URL|EDUFED_API_KEY)$/

Format.Set('cidr', isNetwork)
Format.Set('ip', (value) => isNetwork(`${value}/${value.includes(':') ? 128 : 32}`))

/** Every variable that a server knows, in the order of the documentation. */
export const configVariables: readonly ConfigVariable[] = Object.entries(ServerConfig.properties).map(([key, property]) => {
  const schema = property as unknown as VariableSchema
  return {
    key,
    env: schema.env,
    description: schema.description,
    ...(schema.default === undefined ? {} : { default: schema.default }),
    isSecret: schema.isSecret === true,
    schema,
  }
})

/**
 * The configuration that an environment makes, frozen, with all defaults filled in.
 *
 * @throws {ServerError} `EDUFED_CONFIG_INVALID` with one entry in `errors` for each wrong or unknown variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const errors = unknownVariables(environment)
  const values: Record<string, unknown> = {}
  for (const variable of configVariables) {
    const text = environment[variable.env]?.trim()
    if (text === undefined || text === '') {
      if (variable.default !== undefined) values[variable.key] = structuredClone(variable.default)
      continue
    }
    const value = parseValue(variable, text)
    const problem = checkValue(variable, value)
    if (problem) errors.push({ path: variable.env, message: problem, fix: `${variable.description}${exampleOf(variable)}` })
    else values[variable.key] = variable.isSecret ? new Secret(text) : value
  }
  errors.push(...checkPairs(values))
  if (errors.length > 0) {
    const lines = errors.map((error) => `  ${error.path}: ${error.message}. ${error.fix}`)
    throw new ServerError('EDUFED_CONFIG_INVALID', `The environment does not make a configuration:\n${lines.join('\n')}`, { errors })
  }
  if (!environment.EDUFED_NODE_ID?.trim() && typeof values.publicUrl === 'string') values.nodeId = new URL(values.publicUrl).hostname
  for (const value of Object.values(values)) Object.freeze(value)
  return Object.freeze(values) as unknown as ServerConfig
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>) {
  const known = configVariables.map(({ env }) => env)
  return Object.keys(environment)
    .filter((name) => ownPrefixes.test(name) && !known.includes(name) && !foreignVariables.test(name))
    .map((name) => {
      const nearest = nearestName(name, known)
      return { path: name, message: 'there is no such setting', fix: nearest ? `Did you mean ${nearest}?` : 'Remove it' }
    })
}

function parseValue({ schema }: ConfigVariable, text: string): unknown {
  switch (schema.type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? Number(text) : text
    case 'boolean':
      if (/^(1|true|yes|on)$/i.test(text)) return true
      return /^(0|false|no|off)$/i.test(text) ? false : text
    case 'array':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    default:
      return text
  }
}

/** What is wrong with a value, in words; never shows a secret. */
function checkValue({ schema, isSecret }: ConfigVariable, value: unknown): string | undefined {
  const [error] = Compile(schema).Errors(value)
  if (!error) return undefined
  if (schema.enum) return `'${String(value)}' is none of ${schema.enum.join(', ')}`
  const item = Array.isArray(value) ? (value[Number(/^\/(\d+)/.exec(error.instancePath)?.[1])] ?? value.join(',')) : value
  const shown = isSecret ? 'the value' : `'${withoutCredentials(String(item))}'`
  const expected: Record<string, string> = { integer: 'a whole number', boolean: 'true or false' }
  if (schema.type && typeof value === 'string' && expected[schema.type]) return `${shown} is not ${expected[schema.type]}`
  return `${shown} is not accepted: ${error.message}`
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/]*@/g, '//[redacted]@')
}

function exampleOf({ default: fallback }: ConfigVariable): string {
  if (fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)) return ''
  return `. The default is ${String(fallback)}`
}

const pairs = [
  ['elasticsearchUsername', 'elasticsearchPassword'],
  ['s3AccessKeyId', 's3SecretAccessKey'],
] as const

function checkPairs(values: Readonly<Record<string, unknown>>) {
  const nameOf = (key: string) => configVariables.find((variable) => variable.key === key)!.env
  return pairs
    .filter((pair) => pair.filter((key) => values[key] !== undefined).length === 1)
    .map(([first, second]) => {
      const [set, missing] = values[first] === undefined ? [second, first] : [first, second]
      return { path: nameOf(missing), message: 'is missing', fix: `Set it together with ${nameOf(set)}` }
    })
}
