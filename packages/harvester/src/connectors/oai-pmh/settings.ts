import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

export const OaiPmhSettings = Type.Object(
  {
    url: Type.String({ title: 'Base URL', pattern: '^https?://', description: 'Address of the OAI-PMH interface, without ?verb=' }),
    metadataPrefix: Type.Optional(
      Type.String({
        title: 'Metadata format',
        pattern: "^[A-Za-z0-9_.!~*'()-]+$",
        description: 'metadataPrefix to harvest; the richest format that can be read when absent',
      }),
    ),
    mapping: Type.Optional(
      MappingSetting(
        'What the elements of the metadata are, by their paths, for a format that nobody knows; {"extends": "jyt0607-draft"} reads JY/T 0607',
      ),
    ),
    sets: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { title: 'Sets', description: 'setSpec of each set to harvest; everything when absent' }),
    ),
    from: Type.Optional(
      Type.String({
        title: 'From',
        pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$',
        description: 'Only records changed since, e.g. 2024-01-31 or 2024-01-31T08:00:00Z',
      }),
    ),
    until: Type.Optional(
      Type.String({
        title: 'Until',
        pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$',
        description: 'Only records changed until then, inclusive',
      }),
    ),
    username: Type.Optional(Type.String({ title: 'User name', description: 'For HTTP basic authentication' })),
    password: Type.Optional(Type.String({ title: 'Password', description: 'For HTTP basic authentication' })),
    overlapSeconds: Type.Optional(
      Type.Integer({
        title: 'Overlap',
        minimum: 0,
        default: 600,
        description: 'Seconds that an incremental run goes back before the time that the platform told in the last run',
      }),
    ),
    parallelWindows: Type.Optional(
      Type.Integer({
        title: 'Windows at a time',
        minimum: 1,
        maximum: 8,
        default: 1,
        description:
          'Cut a long list into windows of time and read so many of them at a time; more than one only where the platform can bear it',
      }),
    ),
    retryDelayMs: Type.Optional(
      Type.Integer({ title: 'Pause', minimum: 0, default: 2000, description: 'Milliseconds before a broken page is asked for again' }),
    ),
    maxPageBytes: Type.Optional(
      Type.Integer({ title: 'Largest page', minimum: 1024, default: 67_108_864, description: 'Bytes of one answer, decompressed' }),
    ),
    maxRecordChars: Type.Optional(
      Type.Integer({
        title: 'Largest record',
        minimum: 1024,
        default: 4_000_000,
        description: 'Characters of one record; a larger one is reported',
      }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type OaiPmhSettings = Static<typeof OaiPmhSettings>
