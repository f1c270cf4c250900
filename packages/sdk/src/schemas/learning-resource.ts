import Type, { type Static } from 'typebox'
import { Agent } from './agent.js'
import { Concept } from './concept.js'
import { Issue } from './issue.js'
import { LanguageMap } from './language-map.js'
import { Provenance } from './provenance.js'
import { Review } from './review.js'
import { VisibilityScope } from './visibility.js'

const IsoDate = Type.String({
  pattern: '^\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?)?)?)?$',
  description: 'ISO 8601 date or date-time',
})
const WebUrl = Type.String({ pattern: '^https?://[^\\s]+$', description: 'http or https URL' })
const Bcp47 = Type.String({
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
  description: 'BCP 47 tag with script, e.g. ug-Arab; und = unknown',
})

/** One file or stream of a resource. */
export const MediaObject = Type.Object(
  {
    contentUrl: WebUrl,
    encodingFormat: Type.Optional(Type.String({ description: 'Media type, e.g. application/pdf' })),
    contentSize: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes' })),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    duration: Type.Optional(Type.String({ description: 'ISO 8601 duration' })),
    height: Type.Optional(Type.Integer({ minimum: 1, description: 'Pixels' })),
    name: Type.Optional(Type.String()),
    requiresLogin: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type MediaObject = Static<typeof MediaObject>

/** A licence: `id` is the canonical https URI, or null when the source's words could not be recognised. Unknown is not open. */
export const License = Type.Object(
  {
    id: Type.Union([Type.String({ pattern: '^https?://' }), Type.Null()]),
    label: Type.Optional(Type.String({ description: 'Short name, e.g. CC BY 4.0' })),
    raw: Type.String({ description: "The source's own words" }),
  },
  { additionalProperties: false },
)
export type License = Static<typeof License>

/** A pointer to another resource, by its id, its address or its name. */
export const ResourceReference = Type.Object(
  {
    id: Type.Optional(Type.String()),
    url: Type.Optional(WebUrl),
    name: Type.Optional(LanguageMap),
  },
  { additionalProperties: false },
)
export type ResourceReference = Static<typeof ResourceReference>

const descriptiveProperties = {
  type: Type.Optional(Type.Array(Type.String(), { description: 'schema.org types; LearningResource is always among them' })),
  name: LanguageMap,
  alternateName: Type.Optional(Type.Array(LanguageMap)),
  description: Type.Optional(LanguageMap),
  identifier: Type.Optional(
    Type.Array(Type.Object({ scheme: Type.String(), value: Type.String() }, { additionalProperties: false }), {
      description: 'Further identifiers: isbn, doi, handle, uuid, uri …',
    }),
  ),
  inLanguage: Type.Optional(Type.Array(Bcp47, { description: 'Languages of the content' })),
  keywords: Type.Optional(
    Type.Array(Type.Object({ language: Type.Optional(Bcp47), value: Type.String({ minLength: 1 }) }, { additionalProperties: false })),
  ),
  about: Type.Optional(Type.Array(Concept, { description: 'School subjects (学科)' })),
  educationalLevel: Type.Optional(Type.Array(Concept, { description: 'Stages (学段) and grades (年级); inScheme tells which' })),
  textbookEdition: Type.Optional(Concept),
  volume: Type.Optional(Concept),
  curriculumVersion: Type.Optional(Type.String({ description: 'e.g. 2022 for the curriculum standards of 2022' })),
  chapterPath: Type.Optional(Type.Array(Concept, { description: "Position in a textbook's tree, from the root" })),
  learningResourceType: Type.Optional(Type.Array(Concept)),
  audience: Type.Optional(Type.Array(Concept)),
  typicalAgeRange: Type.Optional(Type.String({ description: 'e.g. 6-8' })),
  timeRequired: Type.Optional(Type.String({ description: 'ISO 8601 duration' })),
  interactivityType: Type.Optional(Type.String({ description: 'active, expositive or mixed' })),
  difficulty: Type.Optional(Type.String({ description: 'very easy, easy, medium, difficult or very difficult' })),
  creator: Type.Optional(Type.Array(Agent)),
  contributor: Type.Optional(Type.Array(Agent)),
  publisher: Type.Optional(Type.Array(Agent)),
  provider: Type.Optional(Agent),
  url: Type.Optional(WebUrl),
  encoding: Type.Optional(Type.Array(MediaObject)),
  thumbnailUrl: Type.Optional(WebUrl),
  dateCreated: Type.Optional(IsoDate),
  datePublished: Type.Optional(IsoDate),
  dateModified: Type.Optional(IsoDate),
  license: Type.Optional(License),
  conditionsOfAccess: Type.Optional(Type.String()),
  isAccessibleForFree: Type.Optional(Type.Boolean()),
  usageScope: Type.Optional(VisibilityScope),
  isPartOf: Type.Optional(Type.Array(ResourceReference)),
  hasPart: Type.Optional(Type.Array(ResourceReference)),
  isBasedOn: Type.Optional(Type.Array(ResourceReference)),
  translationOfWork: Type.Optional(ResourceReference),
  sourceValues: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), {
      description: "The source's own words for coded fields (about, educationalLevel, textbookEdition …), kept beside the codes",
    }),
  ),
}

/**
 * What a source says about one resource: the output of a crosswalk and the body of a push.
 * The node adds identity, provenance, version and review to make a {@link LearningResource}.
 */
export const ResourceDraft = Type.Object(descriptiveProperties, { additionalProperties: false })
export type ResourceDraft = Static<typeof ResourceDraft>

/**
 * The canonical record of one learning resource, the same on every node.
 * Names follow schema.org, LRMI and AMB; unknown fields stay absent.
 *
 * @see {@link https://schema.org/LearningResource}
 */
export const LearningResource = Type.Object(
  {
    id: Type.String({ pattern: '^urn:edufed:[^:]+:.+$', description: 'urn:edufed:<authority>:<identifier>, the same at every hop' }),
    ...descriptiveProperties,
    type: Type.Array(Type.String(), { contains: Type.Literal('LearningResource') }),
    inLanguage: Type.Array(Bcp47),
    usageScope: VisibilityScope,
    review: Review,
    status: Type.Enum(['active', 'withdrawn', 'deleted']),
    statusReason: Type.Optional(Type.String()),
    version: Type.Integer({ minimum: 1, description: 'Counts the changes of meaning of this resource on this node' }),
    contentHash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the meaning-bearing fields' }),
    firstSeen: Type.String({ format: 'date-time' }),
    lastSeen: Type.String({ format: 'date-time', description: 'When its meaning last changed on this node' }),
    provenance: Provenance,
    quality: Type.Array(Issue),
  },
  { $id: 'LearningResource', additionalProperties: false },
)
export type LearningResource = Static<typeof LearningResource>
