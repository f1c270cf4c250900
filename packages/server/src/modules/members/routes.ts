import { ApiKey, ApiKeyInput, ApiKeyList, CreatedApiKey, Member, MemberInput, MemberList, MemberPatch } from '@edufed/sdk/schemas'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import { assertIfMatch } from '../../plugins/entity-tags.js'
import type { KeysService } from './keys-service.js'
import type { MembersService } from './members-service.js'

const Paging = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Entries a page' }),
    cursor: Type.Optional(Type.String({ maxLength: 500, description: 'The cursor of the previous page' })),
  },
  { additionalProperties: false },
)
const KeyPaging = Type.Object(
  { ...Paging.properties, memberId: Type.Optional(Type.String({ maxLength: 63, description: 'Only keys of this member' })) },
  { additionalProperties: false },
)
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) })
const access = 'admin'

/** `/api/v1/members` and `/api/v1/keys`, for administrators. */
export function addMemberRoutes(app: App, { members, keys }: { members: MembersService; keys: KeysService }): void {
  const tags = ['members']

  app.get(
    '/api/v1/members',
    { config: { access }, schema: { tags, summary: 'List members', querystring: Paging, response: { 200: MemberList } } },
    async (request) => members.list(request.query),
  )
  app.post(
    '/api/v1/members',
    { config: { access, hasEntityTag: true }, schema: { tags, summary: 'Add a member', body: MemberInput, response: { 201: Member } } },
    async (request, reply) => {
      const member = await members.create(request.body)
      return reply.code(201).header('location', `/api/v1/members/${member.id}`).send(member)
    },
  )
  app.get(
    '/api/v1/members/:id',
    { config: { access, hasEntityTag: true }, schema: { tags, summary: 'Read a member', params: Id, response: { 200: Member } } },
    async (request) => members.get(request.params.id),
  )
  app.patch(
    '/api/v1/members/:id',
    {
      config: { access, hasEntityTag: true },
      schema: { tags, summary: 'Change a member', params: Id, body: MemberPatch, response: { 200: Member } },
    },
    async (request) => {
      assertIfMatch(request, await members.get(request.params.id))
      return members.edit(request.params.id, request.body)
    },
  )
  app.delete(
    '/api/v1/members/:id',
    {
      config: { access },
      schema: { tags, summary: 'Remove a member without sources and keys', params: Id, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      assertIfMatch(request, await members.get(request.params.id))
      await members.delete(request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/v1/keys',
    { config: { access }, schema: { tags, summary: 'List API keys', querystring: KeyPaging, response: { 200: ApiKeyList } } },
    async (request) => keys.list(request.query),
  )
  app.post(
    '/api/v1/keys',
    {
      config: { access, idempotency: 'secret' },
      schema: { tags, summary: 'Make an API key; it is shown this once', body: ApiKeyInput, response: { 201: CreatedApiKey } },
    },
    async (request, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await keys.create(request.body)),
  )
  app.delete(
    '/api/v1/keys/:id',
    { config: { access }, schema: { tags, summary: 'Revoke an API key', params: Id, response: { 200: ApiKey } } },
    async (request) => keys.revoke(request.params.id),
  )
}
