import type { Connection } from '../client/connection.js'
import { type CallOptions, requestJson } from '../client/request.js'
import type { LearningResource, Translation, Translations } from '../contract.js'

export interface ResourcesApi {
  /** A resource by its `id`. @throws {NotFoundError} */
  get(id: string, options?: CallOptions & { format?: 'json' }): Promise<LearningResource>
  /** The resource as schema.org JSON-LD, e.g. for a page's `<script type="application/ld+json">`. @throws {NotFoundError} */
  get(id: string, options: CallOptions & { format: 'ld+json' }): Promise<Record<string, unknown>>
  /** The other forms of its work that may be seen, in other languages as a rule; labels are in the language of the client. @throws {NotFoundError} */
  translations(id: string, options?: CallOptions): Promise<Translation[]>
}

export function createResourcesApi(connection: Connection): ResourcesApi {
  const get = ((id: string, { format, ...options }: CallOptions & { format?: 'json' | 'ld+json' } = {}) =>
    requestJson(connection, {
      path: ['resources', id],
      ...(format === 'ld+json' && { headers: { accept: 'application/ld+json' } }),
      ...options,
    })) as ResourcesApi['get']
  const translations: ResourcesApi['translations'] = async (id, options) => {
    const query = connection.language === undefined ? {} : { lang: connection.language }
    const answer = await requestJson<Translations>(connection, { path: ['resources', id, 'translations'], query, ...options })
    return answer.translations
  }
  return { get, translations }
}
