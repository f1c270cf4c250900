import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

const Patterns = (title: string, description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { title, description, maxItems: 100 }))

export const SitemapSettings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      pattern: '^https?://',
      description: 'Address of a sitemap or a sitemap index (also .gz or plain text), or of the site, whose robots.txt names its sitemaps',
    }),
    include: Patterns('Pages to read', 'Paths such as /course/*; only pages whose path fits one of them are read. * stands for anything'),
    exclude: Patterns('Pages to leave out', 'Paths such as /forum/*; pages whose path fits one of them are not read'),
    mapping: Type.Optional(
      MappingSetting(
        'What the fields of the JSON-LD in a page are, by their paths, e.g. author.name; as schema.org and AMB say when absent',
      ),
    ),
    language: Type.Optional(Type.String({ title: 'Language', description: 'Language of the pages that tell none, e.g. zh-Hans' })),
    titleOnly: Type.Optional(
      Type.Boolean({
        title: 'Take pages by their title',
        default: false,
        description: 'Take pages that have neither JSON-LD nor Dublin Core by their title and description',
      }),
    ),
    otherHosts: Type.Optional(
      Type.Boolean({
        title: 'Other hosts',
        default: false,
        description: 'Read also pages and sitemaps on other hosts than that of the address',
      }),
    ),
    parallelRequests: Type.Optional(
      Type.Integer({
        title: 'Requests at a time',
        minimum: 1,
        maximum: 16,
        default: 4,
        description: 'Pages that are asked for at a time; one at a time where robots.txt asks for a pause between two requests',
      }),
    ),
    maxPages: Type.Optional(
      Type.Integer({
        title: 'Most pages',
        minimum: 1,
        maximum: 1_000_000,
        default: 200_000,
        description: 'More pages than these in the sitemaps end the harvest with an error',
      }),
    ),
    maxPageBytes: Type.Optional(
      Type.Integer({
        title: 'Largest page',
        minimum: 1024,
        default: 5_242_880,
        description: 'Bytes of one page; a larger one is reported',
      }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type SitemapSettings = Static<typeof SitemapSettings>
