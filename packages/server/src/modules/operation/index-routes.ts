import Type from 'typebox'
import type { App } from '../../app-instance.js'
import type { Indexer } from '../../search/indexer.js'
import type { SearchIndex } from '../../search/search-index.js'
import type { VerificationService } from './verification-service.js'
import { Verification } from './verification-store.js'

const Time = Type.String({ format: 'date-time' })
const SearchIndexState = Type.Object(
  {
    engine: Type.Enum(['sqlite', 'elasticsearch']),
    isAvailable: Type.Boolean(),
    documents: Type.Optional(Type.Integer({ minimum: 0 })),
    detail: Type.Optional(Type.String({ description: 'Why it is not available' })),
    lag: Type.Integer({ minimum: 0, description: 'Changes that are not in the index yet' }),
    lastError: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String(), at: Time },
        { additionalProperties: false, description: 'Why it could not be written to' },
      ),
    ),
    refused: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({ minimum: 1 }),
          examples: Type.Array(Type.Object({ id: Type.String(), reason: Type.String(), at: Time }, { additionalProperties: false })),
        },
        { additionalProperties: false, description: 'Documents that the engine does not take: they cannot be found' },
      ),
    ),
    verification: Verification,
  },
  { additionalProperties: false },
)
type SearchIndexState = Type.Static<typeof SearchIndexState>

export interface IndexRoutesOptions {
  searchIndex: SearchIndex
  indexer: Indexer
  verification: VerificationService
}

/** `/api/v1/index`: how the search index stands, and its comparison with the catalogue. */
export function addIndexRoutes(app: App, { searchIndex, indexer, verification }: IndexRoutesOptions): void {
  const tags = ['operation']

  app.get(
    '/api/v1/index',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'How the search index stands: documents, lag, refused documents, last comparison with the catalogue',
        response: { 200: SearchIndexState },
      },
    },
    async (): Promise<SearchIndexState> => {
      const [status, { lag, lastError }, state] = await Promise.all([searchIndex.status(), indexer.status(), verification.state()])
      return { engine: searchIndex.engine, ...status, lag, ...(lastError ? { lastError } : {}), verification: state }
    },
  )

  app.post(
    '/api/v1/index/verification',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Compare the search index with the catalogue and heal what differs; see /api/v1/index for the result',
        response: { 202: Verification },
      },
    },
    async (_request, reply) => reply.code(202).send(await verification.request()),
  )
}
