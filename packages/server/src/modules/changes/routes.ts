import { ChangeList, ChangeQuery } from '@edufed/sdk/schemas'
import type { App } from '../../app-instance.js'
import { ServerError } from '../../errors.js'
import { chooseMediaType } from '../../media-type.js'
import type { ChangesService } from './changes-service.js'

const events = 'text/event-stream'

/** `/api/v1/changes`: page by page as JSON, or live as server-sent events. */
export function addChangeRoutes(app: App, { changes }: { changes: ChangesService }): void {
  app.get(
    '/api/v1/changes',
    {
      config: { access: 'read' },
      schema: {
        tags: ['changes'],
        summary: 'Follow what changes in the catalogue',
        description: 'With `Accept: text/event-stream` the changes come live, as events `change` whose id is the cursor.',
        querystring: ChangeQuery,
        response: {
          200: {
            description: 'Changes in order',
            content: { 'application/json': { schema: ChangeList }, [events]: { schema: { type: 'string' } } },
          },
        },
      },
    },
    async (request, reply) => {
      const type = chooseMediaType(request.headers.accept, ['application/json', events])
      if (!type) throw new ServerError('EDUFED_NOT_ACCEPTABLE', `Changes are given as application/json or ${events}`)
      const { limit = 100, include, ...query } = request.query
      const lastEventId = request.headers['last-event-id']
      const after = typeof lastEventId === 'string' && lastEventId !== '' && type === events ? lastEventId : query.after
      const options = { after, withResource: include === 'resource', viewer: request.viewer }
      reply.header('vary', 'Accept')
      if (type === 'application/json') return reply.header('cache-control', 'no-cache').send(await changes.list({ ...options, limit }))
      await changes.assertCursor(after)
      return reply.sendEvents((signal) => changes.follow(options, signal))
    },
  )
}
