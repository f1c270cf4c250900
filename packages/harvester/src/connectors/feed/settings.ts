import Type, { type Static } from 'typebox'
import { hoursSettings } from '../hours.js'
import { MappingSetting } from '../mapping-setting.js'

export const FeedSettings = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      pattern: '^https?://',
      description: 'Address of an Atom, OPDS 1 or RSS feed, or of an XML document with records',
    }),
    entry: Type.Optional(
      Type.String({
        title: 'Element of a record',
        minLength: 1,
        maxLength: 200,
        description: 'Name of the element that is one record, without prefix, in an XML document that is no feed, e.g. resource',
      }),
    ),
    mapping: Type.Optional(
      MappingSetting('What the elements of an entry are, by their paths, e.g. general.title; by the format of the entry when absent'),
    ),
    language: Type.Optional(
      Type.String({ title: 'Language', description: 'Language of the entries where the feed tells none, e.g. zh-Hans' }),
    ),
    isComplete: Type.Optional(
      Type.Boolean({
        title: 'The feed is complete',
        default: false,
        description: 'The feed names every resource, so that what it no longer names is deleted; most feeds name the newest only',
      }),
    ),
    maxPages: Type.Optional(
      Type.Integer({
        title: 'Most pages',
        minimum: 1,
        maximum: 100_000,
        default: 5000,
        description: 'A feed that leads on to more pages ends the harvest with an error',
      }),
    ),
    maxPageBytes: Type.Optional(
      Type.Integer({ title: 'Largest page', minimum: 1024, default: 33_554_432, description: 'Bytes of one page of the feed' }),
    ),
    ...hoursSettings,
  },
  { additionalProperties: false },
)
export type FeedSettings = Static<typeof FeedSettings>
