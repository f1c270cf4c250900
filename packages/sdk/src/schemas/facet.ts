import Type, { type Static } from 'typebox'

/** Names of the facets, which are the names of the filters too. */
export const facetNames = [
  'subject',
  'stage',
  'grade',
  'edition',
  'volume',
  'type',
  'language',
  'level',
  'source',
  'region',
  'license',
] as const
export type FacetName = (typeof facetNames)[number]

/** The value of a facet for records that lack the field is not counted. Filters take facet values; several values of one filter mean "or". */
const filterValues = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 200 })

/** The filters that a search, its facets and suggestions take. */
export const filters = {
  subject: Type.Optional(filterValues),
  stage: Type.Optional(filterValues),
  grade: Type.Optional(filterValues),
  edition: Type.Optional(filterValues),
  volume: Type.Optional(filterValues),
  type: Type.Optional(filterValues),
  language: Type.Optional(filterValues),
  level: Type.Optional(filterValues),
  source: Type.Optional(filterValues),
  region: Type.Optional(filterValues),
  license: Type.Optional(filterValues),
}

/** A value that another one is part of. */
export const FacetParent = Type.Object(
  {
    facet: Type.Enum([...facetNames], { description: 'The facet that it is a value of: that of a grade is a stage' }),
    value: Type.String(),
    label: Type.String(),
  },
  { additionalProperties: false },
)
export type FacetParent = Static<typeof FacetParent>

/** How many resources have a value, or one that is part of it. */
export const FacetCount = Type.Object(
  {
    value: Type.String(),
    label: Type.String({ description: 'In the language of the interface' }),
    count: Type.Integer({ minimum: 0 }),
    parent: Type.Optional(FacetParent),
  },
  { additionalProperties: false },
)
export type FacetCount = Static<typeof FacetCount>

/** Which values of a facet to find, among the resources that a search finds. */
export const FacetQuery = Type.Object(
  {
    find: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'A part of the label of a value, in any language, or the beginning of its code; without it all',
      }),
    ),
    q: Type.Optional(Type.String({ maxLength: 10_000, description: 'The words of the search' })),
    lang: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47 tag of the interface: language of labels', default: 'zh-Hans' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 50 })),
    ...filters,
  },
  { additionalProperties: false },
)
export type FacetQuery = Static<typeof FacetQuery>

/** Values of one facet, those that fit best first. Counts are those of the search, whose other filters hold. */
export const FacetValues = Type.Object(
  {
    total: Type.Integer({ minimum: 0, description: 'How many values were found; more than are answered when there are more than `limit`' }),
    values: Type.Array(FacetCount),
  },
  { $id: 'FacetValues', additionalProperties: false },
)
export type FacetValues = Static<typeof FacetValues>
