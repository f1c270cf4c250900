import Type, { type Static } from 'typebox'
import { Issue } from './issue.js'
import { ResourceDraft } from './learning-resource.js'
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
    kind: Type.String({
      description:
        'Connector: oai-pmh, smartedu, table, sitemap, package, resourcesync, feed or json-api; or push for a platform that writes by itself',
    }),
    settings: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Settings of the connector, e.g. {"url": "https://…/oai"}; what each has stands in docs/reference/connectors.md',
      }),
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

/** A change to a source: what is absent stays, null takes an optional value away. A secret that reads `[redacted]` stays as it is. */
export const SourcePatch = Type.Object(
  {
    name: Type.Optional(SourceInput.properties.name),
    kind: Type.Optional(SourceInput.properties.kind),
    settings: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'All settings of the connector, not only the changed ones' }),
    ),
    memberId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    authority: Type.Optional(Type.Union([Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$' }), Type.Null()])),
    level: Type.Optional(PlatformLevel),
    region: Type.Optional(Type.Union([Type.String({ pattern: '^\\d{6}$' }), Type.Null()])),
    defaultScope: Type.Optional(VisibilityScope),
    schedule: Type.Optional(Type.Union([Schedule, Type.Null()])),
    isEnabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type SourcePatch = Static<typeof SourcePatch>

/** A source to try out before it is saved. */
export const SourcePreviewInput = Type.Object(
  {
    kind: Type.String({ description: 'Connector' }),
    settings: Type.Record(Type.String(), Type.Unknown()),
    sourceId: Type.Optional(Type.String({ description: 'Source whose stored secrets stand for settings that read `[redacted]`' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10, description: 'Records to show' })),
  },
  { additionalProperties: false },
)
export type SourcePreviewInput = Static<typeof SourcePreviewInput>

/** What a source says about itself and its first records as they would be kept. Nothing was written. */
export const SourcePreview = Type.Object(
  {
    name: Type.Optional(Type.String()),
    authority: Type.String({ description: "Name in its records' ids" }),
    metadataPrefix: Type.String({ description: 'Format that will be harvested' }),
    formats: Type.Array(Type.String()),
    sets: Type.Optional(Type.Array(Type.Object({ setSpec: Type.String(), name: Type.String() }, { additionalProperties: false }))),
    deletedRecord: Type.Optional(Type.String({ description: 'no, transient or persistent' })),
    expectedRecords: Type.Optional(Type.Integer({ minimum: 0 })),
    issues: Type.Array(Issue, { description: 'Findings about the source' }),
    records: Type.Array(
      Type.Object(
        {
          identifier: Type.String(),
          isDeleted: Type.Optional(Type.Boolean()),
          resource: Type.Optional(ResourceDraft),
          issues: Type.Array(Issue),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'SourcePreview', additionalProperties: false },
)
export type SourcePreview = Static<typeof SourcePreview>

/** Records of a source that are held back, newest first, each with its reasons. */
export const QuarantineList = Type.Object(
  {
    records: Type.Array(
      Type.Object(
        {
          identifier: Type.String(),
          datestamp: Type.Optional(Type.String()),
          metadataPrefix: Type.String(),
          harvestId: Type.Optional(Type.String()),
          resource: Type.Optional(ResourceDraft),
          issues: Type.Array(Issue),
        },
        { additionalProperties: false },
      ),
    ),
    cursor: Type.Optional(Type.String()),
  },
  { $id: 'QuarantineList', additionalProperties: false },
)
export type QuarantineList = Static<typeof QuarantineList>
