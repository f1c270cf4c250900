import Type, { type Static } from 'typebox'
import { Issue } from './issue.js'
import { ResourceDraft } from './learning-resource.js'
import { Via } from './provenance.js'

/** One line of a push: a record, or the news that it is gone. */
export const PushRecord = Type.Object(
  {
    identifier: Type.String({ minLength: 1, maxLength: 1000, description: 'The identifier of the record at the source' }),
    datestamp: Type.Optional(Type.String()),
    resource: Type.Optional(ResourceDraft),
    isDeleted: Type.Optional(Type.Boolean()),
    via: Type.Optional(Type.Array(Via)),
  },
  { additionalProperties: false },
)
export type PushRecord = Static<typeof PushRecord>

export const pushOutcomes = ['created', 'updated', 'unchanged', 'deleted', 'quarantined'] as const
export type PushOutcome = (typeof pushOutcomes)[number]

/** What became of one pushed record: one line of the answer for each line sent, in the same order. */
export const PushResult = Type.Object(
  {
    identifier: Type.String(),
    outcome: Type.Enum(pushOutcomes, { description: 'quarantined: held back, see issues' }),
    id: Type.Optional(Type.String({ description: 'id of the resource, absent when the record has no identity' })),
    version: Type.Optional(Type.Integer()),
    issues: Type.Array(Issue),
  },
  { $id: 'PushResult', additionalProperties: false },
)
export type PushResult = Static<typeof PushResult>
