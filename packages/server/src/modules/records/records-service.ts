import type { LearningResource, PushRecord, PushResult, Translation } from '@edufed/sdk/schemas'
import type { FastifyRequest } from 'fastify'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import { nodeViewer, type Viewer } from '../../catalog/viewer.js'
import { ServerError } from '../../errors.js'
import type { Ingest } from '../../ingest/ingest.js'
import type { Caller } from '../../plugins/authentication.js'
import { assertIfMatch, entityTag } from '../../plugins/entity-tags.js'
import { type PushStreamOptions, pushStream } from './push-stream.js'
import type { KnownSource, SourceDirectory } from './source-directory.js'
import { toIngestItem } from './to-push-item.js'

export interface RecordsServiceOptions {
  catalog: CatalogStore
  ingest: Ingest
  sources: SourceDirectory
  /** The other forms of a resource's work. */
  translationsOf(resource: LearningResource, lang: string, viewer: Viewer): Promise<Translation[]>
}

/** Reads resources, and takes the records that platforms push. */
export class RecordsService {
  readonly #options: RecordsServiceOptions

  constructor(options: RecordsServiceOptions) {
    this.#options = options
  }

  /** @throws {ServerError} `EDUFED_RESOURCE_NOT_FOUND`, or `EDUFED_RESOURCE_GONE` for a tombstone */
  async read(id: string, viewer: Viewer): Promise<LearningResource> {
    const stored = await this.#options.catalog.findResource(id, viewer)
    if (!stored) throw new ServerError('EDUFED_RESOURCE_NOT_FOUND', `No resource has the id ${id}, or it is not for you to see`)
    if (stored.resource.status === 'deleted')
      throw new ServerError('EDUFED_RESOURCE_GONE', `${id} was deleted at ${stored.resource.lastSeen}`)
    return stored.resource
  }

  /** @throws {ServerError} as {@link read}, and `EDUFED_SEARCH_UNAVAILABLE` */
  async translations(id: string, lang: string, viewer: Viewer): Promise<Translation[]> {
    return await this.#options.translationsOf(await this.read(id, viewer), lang, viewer)
  }

  /**
   * The source that a push goes to. Records of a harvested source come from its harvests: only an administrator may push to it.
   *
   * @throws {ServerError} `EDUFED_SOURCE_NOT_FOUND`, `EDUFED_SOURCE_FORBIDDEN`
   */
  async findPushSource(id: string, caller: Caller): Promise<KnownSource> {
    const source = await this.#options.sources.findSource(id)
    if (!source) throw new ServerError('EDUFED_SOURCE_NOT_FOUND', `No source has the id ${id}`)
    if (source.kind !== 'push' && !caller.scopes.includes('admin')) {
      throw new ServerError('EDUFED_SOURCE_FORBIDDEN', `${id} is harvested (${source.kind}), so its records are not pushed`)
    }
    return source
  }

  /** Lets a write go on when If-Match names the resource as it stands here now. @throws {ServerError} `EDUFED_PRECONDITION_FAILED` */
  async assertIfMatch(request: FastifyRequest, source: KnownSource, identifier: string): Promise<void> {
    if (request.headers['if-match'] === undefined) return
    const record = await this.#options.catalog.findRecord(source.ingest.id, identifier)
    const stored = record && (await this.#options.catalog.findResource(record.resourceId, nodeViewer))
    if (!stored) throw new ServerError('EDUFED_PRECONDITION_FAILED', 'If-Match is sent, but there is no such record yet')
    assertIfMatch(request, stored.resource)
  }

  /** The ETag of the resource that a write left. */
  async entityTagOf(result: PushResult): Promise<string | undefined> {
    if (result.id === undefined || result.version === undefined) return undefined
    const stored = await this.#options.catalog.findResource(result.id, nodeViewer)
    return stored && entityTag(stored.resource)
  }

  async put(source: KnownSource, record: PushRecord): Promise<PushResult> {
    const [result] = await this.#options.ingest.write(source.ingest, [toIngestItem(record)])
    return result!
  }

  /** @throws {ServerError} `EDUFED_RECORD_NOT_FOUND` */
  async delete(source: KnownSource, identifier: string): Promise<PushResult> {
    const record = await this.#options.catalog.findRecord(source.ingest.id, identifier)
    if (!record) throw new ServerError('EDUFED_RECORD_NOT_FOUND', `${source.ingest.id} has no record ${identifier}`)
    return this.put(source, { identifier, isDeleted: true })
  }

  pushStream(source: KnownSource, body: AsyncIterable<Uint8Array>, options: PushStreamOptions): AsyncGenerator<string> {
    return pushStream(this.#options.ingest, source.ingest, body, options)
  }
}
