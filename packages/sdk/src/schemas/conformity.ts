import Type, { type Static } from 'typebox'
import { Issue } from './issue.js'

export const conformityParts = ['protocol', 'records', 'identifiers', 'datestamps', 'deletions', 'links'] as const
export type ConformityPart = (typeof conformityParts)[number]

/** Something that the owner of a source can set right. */
export const ConformityFinding = Type.Object(
  {
    code: Type.String(),
    severity: Issue.properties.severity,
    message: Type.String({ description: 'What is wrong and what to do, in one sentence' }),
    count: Type.Integer({ minimum: 1 }),
    samples: Type.Array(Type.String({ description: 'Identifiers or addresses' }), { maxItems: 10 }),
  },
  { additionalProperties: false },
)
export type ConformityFinding = Static<typeof ConformityFinding>

/** How well a source keeps to its protocol and to what harvesters rely on, after one harvest. */
export const Conformity = Type.Object(
  {
    sourceId: Type.String(),
    harvestId: Type.String(),
    at: Type.String({ format: 'date-time' }),
    score: Type.Integer({ minimum: 0, maximum: 100, description: 'Sum of the points of the parts' }),
    parts: Type.Array(
      Type.Object(
        {
          part: Type.Enum(conformityParts),
          points: Type.Integer({ minimum: 0 }),
          of: Type.Integer({ minimum: 0, description: 'Points without findings' }),
          isCarried: Type.Optional(Type.Boolean({ description: 'This harvest could not tell; it is as it was before' })),
          findings: Type.Array(ConformityFinding),
        },
        { additionalProperties: false },
      ),
    ),
    history: Type.Array(
      Type.Object(
        { harvestId: Type.String(), at: Type.String({ format: 'date-time' }), score: Type.Integer({ minimum: 0, maximum: 100 }) },
        { additionalProperties: false },
      ),
      { description: 'Scores after earlier harvests and this one, newest first' },
    ),
  },
  { $id: 'Conformity', additionalProperties: false },
)
export type Conformity = Static<typeof Conformity>
