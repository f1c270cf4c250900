import * as contract from '@edufed/sdk/schemas'

type SchemaNode = Record<string, unknown>
export type NamedSchema = SchemaNode & { $id: string }

/** A schema with every named schema inside it replaced by a reference, so that each name is explained once. */
export function toReferences(node: unknown, isRoot = true): unknown {
  if (Array.isArray(node)) return node.map((item) => toReferences(item, false))
  if (typeof node !== 'object' || node === null) return node
  if (!isRoot && isNamedSchema(node)) return { $ref: `${node.$id}#` }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' && !value.includes('#') ? `${value}#` : toReferences(value, false),
    ]),
  )
}

/** The schemas of the contract that have a name of their own: OpenAPI components, and targets of references. */
export const namedSchemas: readonly NamedSchema[] = (Object.values(contract) as unknown[])
  .filter(isNamedSchema)
  .map((schema) => toReferences(schema) as NamedSchema)

function isNamedSchema(value: unknown): value is NamedSchema {
  return typeof value === 'object' && value !== null && '$id' in value && typeof value.$id === 'string'
}
