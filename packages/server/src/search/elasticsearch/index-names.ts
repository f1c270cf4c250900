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

export function createIndexNames(prefix: string, dictionary: string, now: () => Date = () => new Date()): IndexNames {
  const alias = `${prefix}-resources`
  const start = `${alias}-v${schemaVersion}-${dictionary}`
  let last = 0
  return {
    alias,
    pattern: `${alias}-v*`,
    template: alias,
    first: `${start}-0`,
    positions: `${prefix}-position`,
    refusals: `${prefix}-refusals`,
    next() {
      // Two builds in one millisecond must not meet.
      last = Math.max(last + 1, now().getTime())
      return `${start}-${new Date(last).toISOString().replace(/[^0-9]/g, '')}`
    },
  }
}

/** Version, dictionary and number. Names from before there was a dictionary have none. */
const made = /-v(\d+)-(?:([0-9a-f]{8})-)?\d+$/

/** The version of the mapping that a concrete index was made with. */
export function schemaVersionOf(indexName: string): number {
  return Number(made.exec(indexName)?.[1] ?? 0)
}

/** The fingerprint of the dictionary that a concrete index was made with. */
export function dictionaryOf(indexName: string): string | undefined {
  return made.exec(indexName)?.[2]
}
