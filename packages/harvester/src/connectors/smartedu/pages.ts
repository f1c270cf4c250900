import type { Issue } from '@edufed/sdk/schemas'
import type { Checkpoint, ConnectorContext, HarvestEnd, HarvestItem, HarvestPage, RawResponse } from '../connector.js'
import { toItems } from './items.js'
import { fetchJsonFile, parseJsonFile } from './json-file.js'
import { parseRecordList } from './record-list.js'
import { type SmarteduSettings, versionUrls } from './settings.js'
import { isSameVersions, readCheckpoint, readVersions } from './state.js'
import { parseVersionFile, type VersionFile } from './version-file.js'

/**
 * Reads the part files that the version files name, one page a part file. Nothing is read when no version has changed.
 * A part file that cannot be read does not keep the others from being taken; the run then ends with its error.
 */
export async function* readPages(settings: SmarteduSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const { files, raw } = await readVersionFiles(settings, context)
  const versions = Object.fromEntries(files.map((file) => [file.url, file.version]))
  if (context.since?.isComplete === true && isSameVersions(readVersions(context.since), versions)) {
    return { next: context.since, isFullList: false }
  }
  const resumed = readCheckpoint(context.checkpoint)
  const done = new Set(resumed && isSameVersions(resumed.versions, versions) ? resumed.done : [])
  const isResumed = done.size > 0
  const seen = new Set<string>()
  let failure: Error | undefined
  let toKeep: RawResponse[] = raw

  for (const partUrl of files.flatMap((file) => file.partUrls)) {
    if (done.has(partUrl)) continue
    const part = await readPart(partUrl, settings, context)
    if (part.failure) failure ??= part.failure
    else done.add(partUrl)
    if (!part.raw) continue
    yield {
      items: part.items,
      raw: [...toKeep, part.raw],
      checkpoint: { versions, done: [...done] },
      issues: findRepeated(part.items, seen, partUrl),
    }
    toKeep = []
  }
  if (failure) throw failure
  return { next: toNext(versions, !isResumed), isFullList: !isResumed }
}

/** A run that went on after a break names only the rest of the list, so the next one reads the whole list and compares. */
function toNext(versions: Record<string, string>, isComplete: boolean): Checkpoint {
  return { versions, isComplete }
}

export async function readVersionFiles(
  settings: SmarteduSettings,
  context: Pick<ConnectorContext, 'fetcher' | 'signal' | 'now'>,
): Promise<{ files: VersionFile[]; raw: RawResponse[] }> {
  const files: VersionFile[] = []
  const raw: RawResponse[] = []
  for (const url of versionUrls(settings)) {
    const response = await fetchJsonFile(url, context)
    files.push(parseVersionFile(parseJsonFile(response), url))
    raw.push(response)
  }
  return { files, raw }
}

async function readPart(
  url: string,
  settings: SmarteduSettings,
  context: ConnectorContext,
): Promise<{ items: HarvestItem[]; raw?: RawResponse; failure?: Error }> {
  let raw: RawResponse
  try {
    raw = await fetchJsonFile(url, context, settings.maxPartBytes)
  } catch (error) {
    context.signal.throwIfAborted()
    return { items: [], failure: error instanceof Error ? error : new Error(String(error)) }
  }
  const { records, failure } = parseRecordList(raw)
  return { items: toItems(records, settings), raw, ...(failure && { failure }) }
}

function findRepeated(items: readonly HarvestItem[], seen: Set<string>, partUrl: string): Issue[] {
  const repeated: string[] = []
  for (const { identifier } of items) {
    if (seen.has(identifier)) repeated.push(identifier)
    seen.add(identifier)
  }
  if (repeated.length === 0) return []
  const message = `${repeated.length} ids are listed more than once, e.g. ${repeated[0]}; the last record of an id holds (${partUrl})`
  return [{ code: 'identifier.duplicate', path: 'id', message, severity: 'warning' }]
}
