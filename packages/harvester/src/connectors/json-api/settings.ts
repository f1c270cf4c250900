import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

const Path = (description: string) => Type.String({ minLength: 1, maxLength: 300, description })

/** How the next page is asked for. */
export const Paging = Type.Union([
  Type.Object(
    { by: Type.Literal('next'), path: Path('Where the answer has the address of its next page, e.g. links.next') },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      by: Type.Literal('page'),
      parameter: Type.String({ minLength: 1, default: 'page' }),
      first: Type.Optional(Type.Integer({ minimum: 0, default: 1 })),
    },
    { additionalProperties: false },
  ),
  Type.Object({ by: Type.Literal('offset'), parameter: Type.String({ minLength: 1, default: 'offset' }) }, { additionalProperties: false }),
  Type.Object(
    {
      by: Type.Literal('cursor'),
      parameter: Type.String({ minLength: 1 }),
      path: Path('Where the answer has the next cursor, e.g. meta.cursor'),
    },
    { additionalProperties: false },
  ),
])
export type Paging = Static<typeof Paging>

export const JsonApiSettings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      pattern: '^https?://',
      description: 'Address of the first page, with its parameters, e.g. …/api/resources?size=100',
    }),
    items: Type.Optional(
      Type.String({
        title: 'List',
        maxLength: 300,
        description: 'Where the answer has its list, e.g. data.items; the answer itself, or the only list in it, when absent',
      }),
    ),
    paging: Type.Optional({ ...Paging, title: 'Paging', description: 'How the next page is asked for; there is one page when absent' }),
    mapping: Type.Optional(MappingSetting('What the values are, by their paths, e.g. tags.name; found by their names when absent')),
    identifier: Type.Optional(
      Type.String({
        title: 'Identifier',
        minLength: 1,
        maxLength: 300,
        description: 'Where an item has the value that names it for good; as the mapping says, or id, when absent',
      }),
    ),
    deleted: Type.Optional(
      Type.Object(
        {
          path: Path('Where an item tells its state, e.g. status'),
          values: Type.Array(Type.String(), { minItems: 1, description: 'States of items that are gone, e.g. deleted' }),
        },
        { title: 'Deleted items', description: 'How an item says that it is gone', additionalProperties: false },
      ),
    ),
    language: Type.Optional(
      Type.String({ title: 'Language', description: 'Language of the resources where no value tells it, e.g. zh-Hans' }),
    ),
    token: Type.Optional(Type.String({ title: 'Access token', description: 'Sent as Authorization: Bearer, when the API needs one' })),
    maxPages: Type.Optional(
      Type.Integer({
        title: 'Most pages',
        minimum: 1,
        maximum: 1_000_000,
        default: 10_000,
        description: 'An API that leads on to more pages ends the harvest with an error',
      }),
    ),
    maxPageBytes: Type.Optional(
      Type.Integer({ title: 'Largest page', minimum: 1024, default: 67_108_864, description: 'Bytes of one answer' }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type JsonApiSettings = Static<typeof JsonApiSettings>
