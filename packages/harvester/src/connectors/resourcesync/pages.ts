import type { Issue } from '@edufed/sdk/schemas'
import type { ConnectorContext, HarvestEnd, HarvestPage, RawResponse } from '../connector.js'
import { type DocumentPlan, planDocuments, readDocuments } from '../document-run.js'
import { readState } from '../known-documents.js'
import { type Capabilities, findCapabilities } from './capabilities.js'
import { notes } from './dump-packages.js'
import { readChangeDump, readResourceDump } from './dump-pages.js'
import { isBefore, readEntries } from './entries.js'
import { applyChanges, changesOnly, type MetadataDocument, toMetadataDocuments, toUndescribedIssues } from './metadata-documents.js'
import { readMetadata } from './read-metadata.js'
import { defaultMaxResources, type ResourceSyncSettings } from './settings.js'

interface Planned {
  plan: DocumentPlan<MetadataDocument>
  raw: RawResponse[]
  issues: Issue[]
  /** Changes from this moment on are for the next run. */
  at?: string
}

/**
 * Reads the resources that the lists of a ResourceSync source name, by the metadata that describe them. A later run follows the change lists; where
 * there are none, or they do not reach back to the run before, the resource lists are compared. Dumps are read where there are no lists, or for
 * the first harvest when the settings say so.
 */
export async function* readPages(settings: ResourceSyncSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const capabilities = await findCapabilities(settings.url, context)
  const { resourceLists, changeLists, resourceDumps, changeDumps } = capabilities
  const changes = await planByChanges(capabilities, settings, context)
  if (!changes && changeLists.length === 0 && changeDumps.length > 0) {
    const end = yield* readChangeDump(capabilities, settings, context)
    if (end) return end
  }
  const isDumpBetter = resourceLists.length === 0 || (settings.useDumps === true && readState(context.since) === undefined)
  if (!changes && resourceDumps.length > 0 && isDumpBetter) return yield* readResourceDump(capabilities, settings, context)
  const { plan, raw, issues, at } = changes ?? (await planByList(capabilities, settings, context))
  let hasFailed = false
  const run = {
    url: settings.url,
    plan,
    raw: [...capabilities.raw, ...raw],
    issues,
    read: async (document: MetadataDocument) => {
      const result = await readMetadata(document, settings, context)
      hasFailed ||= result.failure !== undefined
      return result
    },
    parallelRequests: settings.parallelRequests ?? 4,
    notes,
  }
  const end = yield* readDocuments(run, context)
  const isKept = typeof end.next.pages === 'string'
  // What failed is among the changes since the run before, which are asked for again.
  const from = hasFailed ? (plan.isFull ? undefined : context.since?.at) : at
  return { ...end, next: isKept && from !== undefined ? { ...end.next, at: from } : end.next }
}

async function planByChanges(
  { changeLists }: Capabilities,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
): Promise<Planned | undefined> {
  const known = readState(context.since)
  const since = context.since?.at
  if (changeLists.length === 0 || !known || typeof since !== 'string') return undefined
  const { entries, from, raw } = await readEntries(changeLists, { limit: settings.maxResources ?? defaultMaxResources, since }, context)
  // A list that begins later leaves a hole.
  if (from !== undefined && isBefore(since, from)) return undefined
  const { documents, undescribed, gone, latest } = applyChanges(entries, since, known)
  if (gone.length > Math.max(known.size / 10, 1)) return undefined
  const toRead = documents.filter(({ url, lastmod }) => lastmod === undefined || known.get(url)?.lastmod !== lastmod)
  return { plan: { toRead, gone, known, isFull: false, knewBefore: true }, raw, issues: toUndescribedIssues(undescribed), at: latest }
}

async function planByList(
  { resourceLists, changeLists }: Capabilities,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
): Promise<Planned> {
  const limit = settings.maxResources ?? defaultMaxResources
  if (resourceLists.length > 0) {
    const { entries, at, raw } = await readEntries(resourceLists, { limit }, context)
    const { documents, undescribed } = toMetadataDocuments(entries)
    return { plan: planDocuments(documents, readState(context.since)), raw, issues: toUndescribedIssues(undescribed), ...(at && { at }) }
  }
  const { entries, raw } = await readEntries(changeLists, { limit }, context)
  const known = readState(context.since) ?? new Map()
  const { documents, undescribed, gone, latest } = applyChanges(entries, '0001-01-01T00:00:00Z', known)
  const plan = { toRead: documents, gone, known, isFull: false, knewBefore: true }
  return { plan, raw, issues: [...toUndescribedIssues(undescribed), changesOnly], at: latest }
}
