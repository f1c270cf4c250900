import Type, { type Static } from 'typebox'
import { filters } from './facet.js'

export const SuggestQuery = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 200, description: 'What the teacher has typed so far' }),
    lang: Type.Optional(Type.String({ maxLength: 35 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
    ...filters,
  },
  { additionalProperties: false },
)
export type SuggestQuery = Static<typeof SuggestQuery>

export const Suggestions = Type.Object(
  {
    suggestions: Type.Array(Type.Object({ text: Type.String(), language: Type.Optional(Type.String()) }, { additionalProperties: false })),
  },
  { $id: 'Suggestions', additionalProperties: false },
)
export type Suggestions = Static<typeof Suggestions>

/** A search of which a hit was opened. */
export const SearchUse = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 10_000, description: 'The words of the search' }),
    lang: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47 tag of the interface, as in the search' })),
  },
  { additionalProperties: false },
)
export type SearchUse = Static<typeof SearchUse>
