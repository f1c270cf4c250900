import Type, { type Static } from 'typebox'
import type { LearningResource } from './learning-resource.js'

/** One row of the change log. A reader that asks `after` the last cursor it saw misses nothing. */
export const Change = Type.Object(
  {
    cursor: Type.String({ description: 'Opaque position; hand it back as `after`' }),
    id: Type.String({ description: 'The resource' }),
    kind: Type.Enum(['created', 'updated', 'deleted']),
    version: Type.Integer({ minimum: 1 }),
    at: Type.String({ format: 'date-time' }),
    resource: Type.Optional(Type.Ref('LearningResource') as unknown as typeof LearningResource),
  },
  { $id: 'Change', additionalProperties: false },
)
export type Change = Static<typeof Change>

export const ChangeQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ maxLength: 200, description: 'Cursor; absent = from the beginning' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    include: Type.Optional(Type.Literal('resource', { description: 'Send each resource as it is now' })),
  },
  { additionalProperties: false },
)
export type ChangeQuery = Static<typeof ChangeQuery>

export const ChangeList = Type.Object(
  {
    changes: Type.Array(Change),
    cursor: Type.String({ description: 'Position behind the last change of this page; valid also when the page is empty' }),
    hasMore: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type ChangeList = Static<typeof ChangeList>
