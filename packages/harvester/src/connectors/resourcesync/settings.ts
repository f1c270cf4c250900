import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

export const ResourceSyncSettings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      pattern: '^https?://',
      description:
        'Address of a source description, capability list, resource list, change list or dump; or of the site, where /.well-known/resourcesync is looked for',
    }),
    mapping: Type.Optional(
      MappingSetting('What the elements or fields of the metadata are, by their paths, e.g. general.title; by their format when absent'),
    ),
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
    useDumps: Type.Optional(
      Type.Boolean({
        title: 'Begin with the dump',
        default: false,
        description:
          'Take the first harvest from the resource dump, also when there is a resource list: fewer requests, but more bytes when the dump holds the files themselves. A dump is used in any case where there is no list',
      }),
    ),
    maxPackageBytes: Type.Optional(
      Type.Integer({
        title: 'Largest package of a dump',
        minimum: 1024,
        maximum: 2_000_000_000,
        default: 268_435_456,
        description: 'Bytes of one ZIP package of a dump, which is held in memory while it is read',
      }),
    ),
    maxUnpackedBytes: Type.Optional(
      Type.Integer({
        title: 'Largest content of a package',
        minimum: 1024,
        default: 4_294_967_296,
        description: 'Bytes of all files of a package together when unpacked; a package that declares more is refused',
      }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type ResourceSyncSettings = Static<typeof ResourceSyncSettings>

export const defaultMaxResources = 200_000
export const defaultMaxUnpackedBytes = 4_294_967_296
