import type { CatalogStore, RecordWrite } from '../../catalog/catalog-store.js'
import type { Ingest, IngestItem } from '../../ingest/ingest.js'
import type { SourceDirectory } from '../records/index.js'
import type { ContentUrl } from './attached-files.js'
import type { UploadRow } from './upload-store.js'

/** Puts uploaded files among the encodings of records that are there already, and takes them out again. */
export class RecordEncodings {
  readonly #ports: { catalog: CatalogStore; ingest: Ingest; sources: SourceDirectory; contentUrl: ContentUrl }

  /** @param ports - `ingest` is the one that adds attached files by itself: see {@link withAttachedFiles}. */
  constructor(ports: { catalog: CatalogStore; ingest: Ingest; sources: SourceDirectory; contentUrl: ContentUrl }) {
    this.#ports = ports
  }

  /** Writes the record of a finished upload again, unless it has the file or is not there; it gets the file when it comes. */
  async add(upload: UploadRow): Promise<void> {
    const record = await this.#find(upload)
    if (!record?.draft || record.draft.encoding?.some((encoding) => encoding.sha256 === upload.sha256)) return
    await this.#write(record, record.draft)
  }

  /** Takes a file whose upload was deleted out of its record. */
  async remove(upload: UploadRow): Promise<void> {
    const record = await this.#find(upload)
    if (!record?.draft?.encoding || upload.sha256 === null) return
    const url = this.#ports.contentUrl(upload.sha256)
    const { encoding: before, ...draft } = record.draft
    const encoding = before.filter((known) => known.sha256 !== upload.sha256 || known.contentUrl !== url)
    if (encoding.length < before.length) await this.#write(record, encoding.length === 0 ? draft : { ...draft, encoding })
  }

  async #find(upload: UploadRow): Promise<RecordWrite | undefined> {
    if (upload.source_id === null || upload.record_identifier === null) return undefined
    const record = await this.#ports.catalog.findRecord(upload.source_id, upload.record_identifier)
    return record?.state === 'active' ? record : undefined
  }

  async #write(record: RecordWrite, resource: IngestItem['resource']): Promise<void> {
    const source = await this.#ports.sources.findSource(record.sourceId)
    if (!source || !resource) return
    const item: IngestItem = {
      identifier: record.identifier,
      metadataPrefix: record.metadataPrefix,
      resource,
      origin: record.origin,
      via: record.via,
      issues: record.issues,
      ...(record.datestamp === undefined ? {} : { datestamp: record.datestamp }),
      ...(record.rawDigest === undefined ? {} : { rawDigest: record.rawDigest }),
    }
    // Under the harvest that saw the record last, or a full list would take it for one that is gone.
    await this.#ports.ingest.write(source.ingest, [item], record.harvestId === undefined ? {} : { harvestId: record.harvestId })
  }
}
