import Type, { type Static } from 'typebox'
import { PlatformLevel, VisibilityScope } from './visibility.js'

/** When a source is harvested by itself. */
export const Schedule = Type.Object(
  {
    cron: Type.String({ description: 'Five cron fields, e.g. 30 3 * * *' }),
    timeZone: Type.String({ default: 'Asia/Shanghai', description: 'IANA time zone' }),
  },
  { additionalProperties: false },
)
export type Schedule = Static<typeof Schedule>

/** What a member may set of a source. `settings` are checked against the schema of the connector named by `kind`. */
export const SourceInput = Type.Object(
  {
    id: Type.Optional(
      Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'Short name in addresses; made from the name when absent' }),
    ),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    kind: Type.String({ description: 'Connector: oai-pmh, smartedu, table, or push for a platform that writes by itself' }),
    settings: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Settings of the connector, e.g. {"url": "https://…/oai"}' }),
    ),
    memberId: Type.Optional(Type.String()),
    authority: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$',
        description: "Name in its records' ids; found by the first harvest when absent",
      }),
    ),
    level: PlatformLevel,
    region: Type.Optional(Type.String({ pattern: '^\\d{6}$', description: 'GB/T 2260 division' })),
    defaultScope: Type.Optional(VisibilityScope),
    schedule: Type.Optional(Schedule),
    isEnabled: Type.Optional(Type.Boolean({ default: true })),
  },
  { additionalProperties: false },
)
export type SourceInput = Static<typeof SourceInput>

/** A platform that this node takes records from. Secrets among the settings read `[redacted]`. */
export const Source = Type.Object(
  {
    ...SourceInput.properties,
    id: Type.String(),
    settings: Type.Record(Type.String(), Type.Unknown()),
    defaultScope: VisibilityScope,
    isEnabled: Type.Boolean(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
    recordCount: Type.Integer({ minimum: 0 }),
    nextHarvestAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { $id: 'Source', additionalProperties: false },
)
export type Source = Static<typeof Source>

export const SourceList = Type.Object(
  { sources: Type.Array(Source), cursor: Type.Optional(Type.String()) },
  { additionalProperties: false },
)
export type SourceList = Static<typeof SourceList>
