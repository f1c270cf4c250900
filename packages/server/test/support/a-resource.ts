import { createHash } from 'node:crypto'
import type { Concept, LearningResource } from '@edufed/sdk/schemas'

/** What a test says about a resource; concepts are given by their notation. */
export interface ResourceTraits extends Partial<Omit<LearningResource, 'about' | 'educationalLevel' | 'provenance'>> {
  subject?: string[]
  stage?: string[]
  grade?: string[]
  edition?: string
  bookVolume?: string
  resourceType?: string[]
  provenance?: Partial<LearningResource['provenance']>
}

let made = 0

/** A valid resource; what a test does not say is plain. */
export function aResource(traits: ResourceTraits = {}): LearningResource {
  const { subject, stage, grade, edition, bookVolume, resourceType, provenance, ...fields } = traits
  const identifier = `resource-${++made}`
  const levels = [...concepts('stage', stage), ...concepts('grade', grade)]
  const resource: LearningResource = {
    id: `urn:edufed:school.example:${identifier}`,
    type: ['LearningResource'],
    name: { 'zh-Hans': `资源 ${made}` },
    inLanguage: ['zh-Hans'],
    usageScope: 'public',
    review: { state: 'approved', history: [] },
    status: 'active',
    version: 1,
    contentHash: '',
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-01T00:00:00.000Z',
    quality: [],
    ...(subject ? { about: concepts('subject', subject) } : {}),
    ...(levels.length > 0 ? { educationalLevel: levels } : {}),
    ...(edition ? { textbookEdition: concept('edition', edition) } : {}),
    ...(bookVolume ? { volume: concept('volume', bookVolume) } : {}),
    ...(resourceType ? { learningResourceType: concepts('type', resourceType) } : {}),
    ...fields,
    provenance: {
      sourceId: 'school',
      sourceIdentifier: identifier,
      metadataPrefix: 'edufed',
      origin: { authority: 'school.example', identifier },
      via: [],
      level: 'school',
      ...provenance,
    },
  }
  resource.contentHash ||= createHash('sha256').update(JSON.stringify(resource)).digest('hex')
  return resource
}

function concepts(vocabulary: string, notations: readonly string[] = []): Concept[] {
  return notations.map((notation) => concept(vocabulary, notation))
}

function concept(vocabulary: string, notation: string): Concept {
  const scheme = `urn:edufed-vocabulary:${vocabulary}`
  return { id: `${scheme}:${notation}`, notation, prefLabel: { en: notation }, inScheme: scheme }
}
