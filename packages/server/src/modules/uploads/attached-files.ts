import type { MediaObject, ResourceDraft } from '@edufed/sdk/schemas'
import type { Database } from '../../database/database.js'
import type { Ingest, IngestItem } from '../../ingest/ingest.js'
import { type AttachedFile, UploadStore } from './upload-store.js'

/** Where the file of this digest is served. */
export type ContentUrl = (sha256: string) => string

/**
 * Ingest that keeps uploaded files with their records: whatever a source says of a record later, and in whatever order
 * record and file arrive, the files that were uploaded for it are among its encodings until their uploads are deleted.
 */
export function withAttachedFiles(ingest: Ingest, database: Database, contentUrl: ContentUrl): Ingest {
  const store = new UploadStore(database)
  const attach = async (sourceId: string, items: readonly IngestItem[]): Promise<readonly IngestItem[]> => {
    const identifiers = items.filter((item) => item.resource && !item.isDeleted).map((item) => item.identifier)
    if (identifiers.length === 0) return items
    const files = await store.listAttached(sourceId, identifiers)
    if (files.length === 0) return items
    const byRecord = groupByRecord(files)
    return items.map((item) => addFiles(item, byRecord.get(item.identifier) ?? [], contentUrl))
  }
  return {
    write: async (source, items, context) => ingest.write(source, await attach(source.id, items), context),
    compare: async (source, items) => ingest.compare(source, await attach(source.id, items)),
  }
}

function groupByRecord(files: readonly AttachedFile[]): Map<string, AttachedFile[]> {
  const groups = new Map<string, AttachedFile[]>()
  for (const file of files) groups.set(file.recordIdentifier, [...(groups.get(file.recordIdentifier) ?? []), file])
  return groups
}

function addFiles(item: IngestItem, files: readonly AttachedFile[], contentUrl: ContentUrl): IngestItem {
  if (!item.resource || files.length === 0) return item
  const encoding: MediaObject[] = [...(item.resource.encoding ?? [])]
  for (const file of files) {
    if (!encoding.some((known) => known.sha256 === file.sha256)) encoding.push(toEncoding(file, contentUrl))
  }
  const resource: ResourceDraft = { ...item.resource, encoding }
  return { ...item, resource }
}

function toEncoding(file: AttachedFile, contentUrl: ContentUrl): MediaObject {
  return {
    contentUrl: contentUrl(file.sha256),
    encodingFormat: file.filetype,
    contentSize: file.size,
    sha256: file.sha256,
    name: file.filename,
  }
}
