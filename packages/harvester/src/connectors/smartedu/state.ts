import type { Checkpoint } from '../connector.js'

/** What a run that breaks off needs to go on. */
export interface SmarteduCheckpoint {
  versions: Record<string, string>
  /** Addresses of the part files that were read to their end. */
  done: string[]
}

export function readCheckpoint(checkpoint: Checkpoint | undefined): SmarteduCheckpoint | undefined {
  const versions = readVersions(checkpoint)
  const done = checkpoint?.done
  return versions && Array.isArray(done) ? { versions, done: done.filter((url) => typeof url === 'string') } : undefined
}

/** The versions of a completed run, or of a run that broke off. */
export function readVersions(state: Checkpoint | undefined): Record<string, string> | undefined {
  const versions = state?.versions
  if (typeof versions !== 'object' || versions === null) return undefined
  return Object.fromEntries(Object.entries(versions).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** True when both name the same files in the same, known version. */
export function isSameVersions(a: Record<string, string> | undefined, b: Record<string, string>): boolean {
  if (a === undefined) return false
  const urls = Object.keys(b)
  return urls.length === Object.keys(a).length && urls.every((url) => b[url] !== '' && a[url] === b[url])
}
