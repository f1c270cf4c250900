import Type from 'typebox'
import type { App } from '../../app-instance.js'
import type { Indexer } from '../../search/indexer.js'

const Reindexing = Type.Object(
  {
    state: Type.Enum(['idle', 'running', 'completed', 'failed']),
    documents: Type.Integer({ minimum: 0, description: 'Documents in the new index so far' }),
    startedAt: Type.Optional(Type.String({ format: 'date-time' })),
    finishedAt: Type.Optional(Type.String({ format: 'date-time' })),
    error: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
type Reindexing = Type.Static<typeof Reindexing>

/** `/api/v1/reindex`: builds the search index anew in this process while the old one answers. */
export function addReindexRoutes(app: App, { indexer, now }: { indexer: Indexer; now: () => Date }): void {
  const tags = ['operation']
  const stop = new AbortController()
  let current: Reindexing = { state: 'idle', documents: 0 }
  let running: Promise<void> = Promise.resolve()

  app.addHook('onClose', async () => {
    stop.abort(new Error('The process stops'))
    await running
  })

  app.post(
    '/api/v1/reindex',
    {
      config: { access: 'admin' },
      schema: { tags, summary: 'Build the search index anew; search answers meanwhile', response: { 202: Reindexing } },
    },
    async (request, reply) => {
      if (current.state !== 'running') {
        current = { state: 'running', documents: 0, startedAt: now().toISOString() }
        running = rebuild((error) => request.log.error({ err: error }, 'The search index could not be built anew'))
      }
      return reply.code(202).send(current)
    },
  )

  app.get(
    '/api/v1/reindex',
    {
      config: { access: 'admin' },
      schema: { tags, summary: 'How the last rebuild of the search index goes', response: { 200: Reindexing } },
    },
    async () => current,
  )

  async function rebuild(onError: (error: unknown) => void): Promise<void> {
    try {
      const onProgress = ({ documents }: { documents: number }) => {
        current = { ...current, documents }
      }
      const { documents } = await indexer.reindex({ signal: stop.signal, onProgress })
      current = { ...current, state: 'completed', documents, finishedAt: now().toISOString() }
    } catch (error) {
      onError(error)
      current = {
        ...current,
        state: 'failed',
        finishedAt: now().toISOString(),
        error: error instanceof Error ? error.message : String(error),
      }
    }
  }
}
