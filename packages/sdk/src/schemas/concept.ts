import Type, { type Static } from 'typebox'
import { LanguageMap } from './language-map.js'

/**
 * A term of a controlled vocabulary (SKOS concept).
 *
 * @see {@link https://www.w3.org/TR/skos-reference/}
 */
export const Concept = Type.Object(
  {
    id: Type.String({ minLength: 1, description: 'URI of the concept' }),
    notation: Type.Optional(Type.String({ description: 'Short code within its vocabulary; the value of search filters' })),
    prefLabel: LanguageMap,
    inScheme: Type.Optional(Type.String({ description: 'URI of the vocabulary' })),
  },
  { additionalProperties: false },
)
export type Concept = Static<typeof Concept>
