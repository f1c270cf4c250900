import type { Connection } from '../client/connection.js'
import { type CallOptions, requestJson } from '../client/request.js'
import type { LearningResource } from '../contract.js'

export interface ResourcesApi {
  /** A resource by its `id`. @throws {NotFoundError} */
  get(id: string, options?: CallOptions & { format?: 'json' }): Promise<LearningResource>
  /** The resource as schema.org JSON-LD, e.g. for a page's `<script type="application/ld+json">`. @throws {NotFoundError} */
  get(id: string, options: CallOptions & { format: 'ld+json' }): Promise<Record<string, unknown>>
}

export function createResourcesApi(connection: Connection): ResourcesApi {
  const get = ((id: string, { format, ...options }: CallOptions & { format?: 'json' | 'ld+json' } = {}) =>
    requestJson(connection, {
      path: ['resources', id],
      ...(format === 'ld+json' && { headers: { accept: 'application/ld+json' } }),
      ...options,
    })) as ResourcesApi['get']
  return { get }
}
