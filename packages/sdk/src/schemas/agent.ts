import Type, { type Static } from 'typebox'
import { LanguageMap } from './language-map.js'

/** A person or an organisation named by a record. */
export const Agent = Type.Object(
  {
    type: Type.Enum(['Person', 'Organization']),
    name: LanguageMap,
    id: Type.Optional(Type.String({ description: 'URI, e.g. an ORCID iD' })),
    role: Type.Optional(Type.String({ description: "What the agent did, in the source's word, e.g. illustrator" })),
    affiliation: Type.Optional(LanguageMap),
  },
  { additionalProperties: false },
)
export type Agent = Static<typeof Agent>
