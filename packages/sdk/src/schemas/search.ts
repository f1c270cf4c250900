import Type, { type Static } from 'typebox'
import { FacetCount, type FacetName, facetNames, filters } from './facet.js'
import { LanguageMap } from './language-map.js'
import type { LearningResource } from './learning-resource.js'
import { PlatformLevel } from './visibility.js'

/** What to search: all parameters are optional; no `q` lists everything. */
export const SearchQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 10_000, description: 'Words to find, in any language' })),
    lang: Type.Optional(
      Type.String({ maxLength: 35, description: 'BCP 47 tag of the interface: language of facet labels', default: 'zh-Hans' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, default: 20, description: 'Hits a page' })),
    cursor: Type.Optional(Type.String({ maxLength: 8_000, description: 'The cursor of the previous page' })),
    sort: Type.Optional(Type.Enum(['relevance', 'date'], { default: 'relevance', description: 'date: newest first' })),
    explain: Type.Optional(Type.Boolean({ description: 'Say of each hit why it stands where it stands, in the language of lang' })),
    facets: Type.Optional(
      Type.Array(Type.Enum(facetNames), {
        uniqueItems: true,
        description: 'Facets to count, e.g. facets=subject,grade',
      }),
    ),
    ...filters,
  },
  { additionalProperties: false },
)
export type SearchQuery = Static<typeof SearchQuery>

/** A piece of a highlighted text. Pieces joined give the text or a passage of it; nothing needs to be escaped or trusted as HTML. */
export const HighlightFragment = Type.Object({ text: Type.String(), isMatch: Type.Boolean() }, { additionalProperties: false })
export type HighlightFragment = Static<typeof HighlightFragment>

export const Highlight = Type.Object(
  { language: Type.String({ description: 'BCP 47 tag of the text that matched' }), fragments: Type.Array(HighlightFragment) },
  { additionalProperties: false },
)
export type Highlight = Static<typeof Highlight>

/** One platform that holds the resource. */
export const HitSource = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    level: PlatformLevel,
    region: Type.Optional(Type.String()),
    identifier: Type.String({ description: 'The identifier of the record at that source' }),
  },
  { additionalProperties: false },
)
export type HitSource = Static<typeof HitSource>

/** The same work in another form, in another language as a rule. */
export const Translation = Type.Object(
  {
    id: Type.String(),
    name: LanguageMap,
    inLanguage: Type.Array(Type.String(), { description: 'BCP 47 tags' }),
    label: Type.String({ description: 'Its languages in the language of the interface; its name when it tells none' }),
  },
  { additionalProperties: false },
)
export type Translation = Static<typeof Translation>

/** The other forms of the work that a resource is a form of. */
export const Translations = Type.Object({ translations: Type.Array(Translation) }, { $id: 'Translations', additionalProperties: false })
export type Translations = Static<typeof Translations>

/** A reason why a hit stands where it stands. The worths of all reasons add up to the score. */
export const RankingReason = Type.Object(
  {
    sign: Type.String({ description: 'Name of the sign of relevance, e.g. phraseInTitle' }),
    worth: Type.Number(),
    text: Type.String({ description: 'The reason in a sentence, in the language of the interface' }),
  },
  { additionalProperties: false },
)
export type RankingReason = Static<typeof RankingReason>

export const SearchHit = Type.Object(
  {
    id: Type.String(),
    score: Type.Number(),
    resource: Type.Ref('LearningResource') as unknown as typeof LearningResource,
    highlights: Type.Object({ name: Type.Optional(Highlight), description: Type.Optional(Highlight) }, { additionalProperties: false }),
    sources: Type.Array(HitSource),
    translations: Type.Optional(
      Type.Array(Translation, { description: 'The other forms of the same work: of a work and its translations the best one is a hit' }),
    ),
    explanation: Type.Optional(Type.Array(RankingReason, { description: 'With explain: the reasons, the weightiest first' })),
  },
  { additionalProperties: false },
)
export type SearchHit = Static<typeof SearchHit>

/** Words of a query that a search was made without. */
export const LeftOutWords = Type.Object(
  {
    text: Type.String({ description: 'The words as they were typed' }),
    facet: Type.Optional(Type.Enum([...facetNames], { description: 'The facet that they name a value of' })),
    value: Type.Optional(Type.String({ description: 'Value of the facet: a filter by it makes the words count' })),
    label: Type.Optional(Type.String({ description: 'Label of the value in the language of the interface' })),
    demanded: Type.Optional(
      Type.String({ description: 'q with these words in quotation marks: what is quoted is never left out. Absent for values of facets' }),
    ),
  },
  { additionalProperties: false },
)
export type LeftOutWords = Static<typeof LeftOutWords>

/** What a node understood of the words of a query. */
export const Interpretation = Type.Object(
  {
    recognised: Type.Array(
      Type.Object(
        {
          facet: Type.Enum([...facetNames]),
          value: Type.String({ description: 'Value of the facet, to filter by' }),
          label: Type.String({ description: 'Label of the value in the language of the interface' }),
          text: Type.String({ description: 'The words as they were typed' }),
        },
        { additionalProperties: false },
      ),
      { description: 'Words that name a value of a facet: resources that have it stand higher, as if filtered softly' },
    ),
    didYouMean: Type.Optional(Type.String({ description: 'What was probably meant' })),
    isCorrected: Type.Optional(
      Type.Boolean({ description: 'Nothing was found for q: total, hits, facets and cursor are those of didYouMean' }),
    ),
    leftOut: Type.Optional(
      Type.Array(LeftOutWords, {
        description: 'Nothing answers all words of q: total, hits, facets and cursor are those of searchedFor, which lacks these words',
      }),
    ),
    searchedFor: Type.Optional(Type.String({ description: 'With leftOut: q without the words that were left out' })),
  },
  { additionalProperties: false },
)
export type Interpretation = Static<typeof Interpretation>

/** One page of hits. `cursor` is there when more hits follow. */
export const SearchPage = Type.Object(
  {
    total: Type.Integer({
      minimum: 0,
      description: 'Exact number of resources that match; hits may be fewer, since translations of one work are one hit',
    }),
    hits: Type.Array(SearchHit),
    facets: Type.Partial(
      Type.Object(
        Object.fromEntries(facetNames.map((name) => [name, Type.Array(FacetCount)])) as Record<FacetName, ReturnType<typeof facetCounts>>,
      ),
    ),
    moreValues: Type.Optional(
      Type.Array(Type.Enum([...facetNames]), {
        description: 'Facets that have more values than are answered here; /api/v1/facets/{name} finds them all',
      }),
    ),
    interpretation: Type.Optional(Interpretation),
    cursor: Type.Optional(Type.String()),
  },
  { $id: 'SearchPage', additionalProperties: false },
)
export type SearchPage = Static<typeof SearchPage>

function facetCounts() {
  return Type.Array(FacetCount)
}
