// Writes src/contract.ts from src/schemas: `pnpm --filter @edufed/sdk run contract`. A test fails when it is not fresh.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as schemas from '../src/schemas/index.js'

interface Schema {
  type?: string
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  $ref?: string
  items?: Schema
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  required?: readonly string[]
}

/** Literal unions that stand beside a schema without being one. */
const unions = {
  ConformityPart: schemas.conformityParts,
  FacetName: schemas.facetNames,
  HarvestState: schemas.harvestStates,
  PushOutcome: schemas.pushOutcomes,
}

const named = (Object.entries(schemas) as [string, Schema | readonly string[]][])
  .filter((entry): entry is [string, Schema] => !Array.isArray(entry[1]))
  .sort(([a], [b]) => (a < b ? -1 : 1))
const nameOf = new Map([
  ...Object.entries(unions).map(([name, values]): [string, string] => [toKey({ enum: values }), name]),
  ...named.map(([name, schema]): [string, string] => [toKey(schema), name]),
])

/** The TypeScript of the contract: the same shapes as the schemas, without the library that they are written with. */
export function generateContract(): string {
  const parts = [
    '// Made from src/schemas by `pnpm --filter @edufed/sdk run contract`; do not edit.',
    ...Object.entries(unions).map(([name, values]) => `export type ${name} =${spaced(toUnion(values))}`),
    ...named.map(([name, schema]) => toDeclaration(name, schema)),
  ]
  return `${parts.join('\n\n')}\n`
}

function toDeclaration(name: string, schema: Schema): string {
  const doc = schema.description ? `/** ${schema.description} */\n` : ''
  return schema.properties
    ? `${doc}export interface ${name} ${toObject(schema, '')}`
    : `${doc}export type ${name} =${spaced(toShape(schema, ''))}`
}

function spaced(type: string): string {
  return type.startsWith('\n') ? type : ` ${type}`
}

function toType(schema: Schema, indent: string): string {
  return nameOf.get(toKey(schema)) ?? toShape(schema, indent)
}

function toShape(schema: Schema, indent: string): string {
  if (schema.$ref) return schema.$ref
  if (schema.enum) return toUnion(schema.enum)
  if (schema.const !== undefined) return toUnion([schema.const])
  if (schema.anyOf) return schema.anyOf.map((option) => toType(option, indent)).join(' | ')
  if (schema.properties) return toObject(schema, indent)
  if (schema.patternProperties) return `Record<string, ${toType(Object.values(schema.patternProperties)[0] ?? {}, indent)}>`
  if (schema.items) return toArray(toType(schema.items, indent))
  if (schema.type === 'integer') return 'number'
  if (schema.type === undefined) return 'unknown'
  if (['string', 'number', 'boolean', 'null'].includes(schema.type)) return schema.type
  throw new Error(`No TypeScript for ${JSON.stringify(schema)}`)
}

function toObject({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([key, schema]) => {
    const doc = schema.description && !isSaidByType(schema) ? `${inner}/** ${schema.description} */\n` : ''
    return `${doc}${inner}${key}${required.includes(key) ? '' : '?'}: ${toType(schema, inner)}\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

function isSaidByType(schema: Schema): boolean {
  const name = nameOf.get(toKey(schema))
  return named.some(([other, { description }]) => other === name && description === schema.description)
}

function toArray(item: string): string {
  return item.includes(' | ') ? `(${item})[]` : `${item}[]`
}

function toUnion(values: readonly unknown[]): string {
  const literals = values.map((value) => `'${String(value)}'`)
  const line = literals.join(' | ')
  return line.length > 110 ? `\n  | ${literals.join('\n  | ')}` : line
}

/** Descriptions apart, the same schema is the same type. */
function toKey(schema: Schema): string {
  return JSON.stringify(schema, (key, value: unknown) => (key === 'description' && typeof value === 'string' ? undefined : value))
}

const file = fileURLToPath(new URL('../src/contract.ts', import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, generateContract())
