import { schemaVersion } from './resources-mapping.js'

/** Names of what a node keeps in a cluster, which it may share with others of another prefix. */
export interface IndexNames {
  /** The alias that searches go to. */
  alias: string
  /** Matches every concrete index of resources. */
  pattern: string
  template: string
  /** How far each concrete index has got. */
  positions: string
  /** Which documents each concrete index has refused. */
  refusals: string
  /** The index of a node that has none yet: a fixed name, so that of two processes that start at once only one makes it. */
  first: string
  /** A name for an index that is built to take the place of another. */
  next(): string
}

export function createIndexNames(prefix: string, now: () => Date = () => new Date()): IndexNames {
  const alias = `${prefix}-resources`
  let last = 0
  return {
    alias,
    pattern: `${alias}-v*`,
    template: alias,
    first: `${alias}-v${schemaVersion}-0`,
    positions: `${prefix}-position`,
    refusals: `${prefix}-refusals`,
    next() {
      // Two builds in one millisecond must not meet.
      last = Math.max(last + 1, now().getTime())
      return `${alias}-v${schemaVersion}-${new Date(last).toISOString().replace(/[^0-9]/g, '')}`
    },
  }
}

/** The version of the mapping that a concrete index was made with. */
export function schemaVersionOf(indexName: string): number {
  return Number(/-v(\d+)-\d+$/.exec(indexName)?.[1] ?? 0)
}
