import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'

export const ResourceSyncSettings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      pattern: '^https?://',
      description:
        'Address of a source description, capability list, resource list or change list; or of the site, where /.well-known/resourcesync is looked for',
    }),
    language: Type.Optional(Type.String({ title: 'Language', description: 'Language of the web pages that tell none, e.g. zh-Hans' })),
    parallelRequests: Type.Optional(
      Type.Integer({
        title: 'Requests at a time',
        minimum: 1,
        maximum: 16,
        default: 4,
        description: 'Metadata documents that are asked for at a time',
      }),
    ),
    maxResources: Type.Optional(
      Type.Integer({
        title: 'Most resources',
        minimum: 1,
        maximum: 1_000_000,
        default: 200_000,
        description: 'More resources than these in the lists end the harvest with an error',
      }),
    ),
    maxDocumentBytes: Type.Optional(
      Type.Integer({ title: 'Largest document', minimum: 1024, default: 8_388_608, description: 'Bytes of one metadata document' }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type ResourceSyncSettings = Static<typeof ResourceSyncSettings>

export const defaultMaxResources = 200_000
