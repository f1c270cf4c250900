import { Conformity } from '@edufed/sdk/schemas'
import Type from 'typebox'
import type { App } from '../../../app-instance.js'
import { requireSourceRow } from '../routes.js'
import type { SourceService } from '../service.js'
import { toBadge } from './badge.js'
import type { ConformityService } from './conformity-service.js'

/** Adds the report on how well a source keeps to its protocol, and its public badge. */
export function addConformityRoutes(app: App, ports: { sources: SourceService; conformity: ConformityService }): void {
  app.get(
    '/api/v1/sources/:id/conformity',
    {
      config: { access: 'sources:read' },
      schema: {
        tags: ['sources'],
        summary: 'How well a source keeps to its protocol, with what its owner can set right and the scores so far',
        operationId: 'getSourceConformity',
        params: Type.Object({ id: Type.String({ maxLength: 200, description: 'Id of the source' }) }),
        response: { 200: Conformity },
      },
    },
    async (request) => {
      const source = await requireSourceRow(request, ports.sources, request.params.id, 'sources:read')
      return ports.conformity.find(source.id)
    },
  )

  app.get<{ Params: { file: string } }>(
    '/badges/:file',
    { schema: { hide: true }, config: { access: 'anyone' } },
    async (request, reply) => {
      const id = /^(.{1,200})\.svg$/.exec(request.params.file)?.[1]
      const score = id === undefined ? undefined : await ports.conformity.score(id)
      return reply
        .status(score === undefined ? 404 : 200)
        .type('image/svg+xml')
        .header('cache-control', 'public, max-age=300')
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(toBadge(score))
    },
  )
}
