import type { Agent, Concept, LanguageMap, LearningResource, License, MediaObject, ResourceReference } from '@edufed/sdk/schemas'

type Node = Record<string, unknown>

const languageMap = (term: string) => ({ '@id': `schema:${term}`, '@container': '@language' })
const address = (term: string) => ({ '@id': `schema:${term}`, '@type': '@id' })

/** Written into each document, so that reading it needs no other server. */
const context = {
  '@vocab': 'https://schema.org/',
  schema: 'https://schema.org/',
  edufed: 'urn:edufed-term:',
  id: '@id',
  type: '@type',
  name: languageMap('name'),
  alternateName: languageMap('alternateName'),
  description: languageMap('description'),
  url: address('url'),
  thumbnailUrl: address('thumbnailUrl'),
  contentUrl: address('contentUrl'),
  inDefinedTermSet: address('inDefinedTermSet'),
  textbookEdition: { '@id': 'edufed:textbookEdition' },
  volume: { '@id': 'edufed:volume' },
  chapterPath: { '@id': 'edufed:chapterPath', '@container': '@list' },
  curriculumVersion: { '@id': 'edufed:curriculumVersion' },
}

/**
 * A resource as schema.org JSON-LD, for search engines and for others who read linked data.
 *
 * @see {@link https://schema.org/LearningResource}
 */
export function toJsonLd(resource: LearningResource): Node {
  return withoutAbsent({
    '@context': context,
    id: resource.id,
    type: resource.type,
    name: resource.name,
    alternateName: resource.alternateName && mergeMaps(resource.alternateName),
    description: resource.description,
    url: resource.url,
    thumbnailUrl: resource.thumbnailUrl,
    identifier: resource.identifier?.map(({ scheme, value }) => ({ type: 'PropertyValue', propertyID: scheme, value })),
    inLanguage: resource.inLanguage,
    keywords: resource.keywords?.map(({ language, value }) => (language ? { '@value': value, '@language': language } : value)),
    about: resource.about?.map(toTerm),
    educationalLevel: resource.educationalLevel?.map(toTerm),
    learningResourceType: resource.learningResourceType?.map(toTerm),
    audience: resource.audience?.map((concept) => ({ type: 'EducationalAudience', educationalRole: toTerm(concept) })),
    textbookEdition: resource.textbookEdition && toTerm(resource.textbookEdition),
    volume: resource.volume && toTerm(resource.volume),
    chapterPath: resource.chapterPath?.map(toTerm),
    curriculumVersion: resource.curriculumVersion,
    typicalAgeRange: resource.typicalAgeRange,
    timeRequired: resource.timeRequired,
    interactivityType: resource.interactivityType,
    creator: resource.creator?.map(toAgent),
    contributor: resource.contributor?.map(toAgent),
    publisher: resource.publisher?.map(toAgent),
    provider: resource.provider && toAgent(resource.provider),
    encoding: resource.encoding?.map(toMediaObject),
    dateCreated: resource.dateCreated,
    datePublished: resource.datePublished,
    dateModified: resource.dateModified,
    license: resource.license && toLicense(resource.license),
    conditionsOfAccess: resource.conditionsOfAccess,
    isAccessibleForFree: resource.isAccessibleForFree,
    isPartOf: resource.isPartOf?.map(toReference),
    hasPart: resource.hasPart?.map(toReference),
    isBasedOn: resource.isBasedOn?.map(toReference),
    translationOfWork: resource.translationOfWork && toReference(resource.translationOfWork),
    version: resource.version,
    sdDatePublished: resource.lastSeen,
  })
}

function toTerm({ id, notation, prefLabel, inScheme }: Concept): Node {
  return withoutAbsent({ type: 'DefinedTerm', id, name: prefLabel, termCode: notation, inDefinedTermSet: inScheme })
}

function toAgent({ type, id, name, affiliation }: Agent): Node {
  return withoutAbsent({ type, id, name, affiliation: affiliation && { type: 'Organization', name: affiliation } })
}

function toMediaObject(media: MediaObject): Node {
  const { contentSize, height, requiresLogin, name, ...same } = media
  return withoutAbsent({
    type: 'MediaObject',
    ...same,
    name: name === undefined ? undefined : { und: name },
    contentSize: contentSize === undefined ? undefined : `${contentSize} B`,
    height: height === undefined ? undefined : `${height} px`,
    requiresSubscription: requiresLogin,
  })
}

/** Words that were not recognised as a licence are no address of one. */
function toLicense({ id, label, raw }: License): Node {
  return withoutAbsent({ type: 'CreativeWork', id: id ?? undefined, name: { und: label ?? raw } })
}

function toReference({ id, url, name }: ResourceReference): Node {
  return withoutAbsent({ type: 'LearningResource', id, url, name })
}

function mergeMaps(maps: readonly LanguageMap[]): Record<string, string[]> {
  const merged: Record<string, string[]> = {}
  for (const map of maps) {
    for (const [language, text] of Object.entries(map)) merged[language] = [...(merged[language] ?? []), text]
  }
  return merged
}

function withoutAbsent(node: Node): Node {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined))
}
