import { labelOf } from '@edufed/harvester/vocabularies'
import { textInLanguage, textsInLanguage } from '@edufed/sdk'
import type { Agent, Concept, HitSource, LearningResource } from '@edufed/sdk/schemas'
import { type PageLanguage, pageMessages } from '../../../web/messages.js'

interface Fact {
  label: string
  value: string
  href?: string
}

/** What the page of one resource shows. */
export function toResourcePage(resource: LearningResource, sources: readonly HitSource[], language: PageLanguage) {
  const messages = pageMessages[language]
  const [name, ...otherNames] = textsInLanguage(resource.name, language)
  const alternateNames = (resource.alternateName ?? []).flatMap((map) => textsInLanguage(map, language))
  return {
    name: name ?? { text: resource.id, language: 'und', direction: 'ltr' as const },
    otherNames: [...otherNames, ...alternateNames],
    descriptions: textsInLanguage(resource.description, language),
    badges: [
      ...resource.inLanguage.filter((tag) => tag !== 'und').map((tag) => ({ kind: 'language', text: labelOf('language', tag, language) })),
      ...sources.map((source) => ({ kind: 'platform', text: source.name })),
      ...(resource.license ? [{ kind: 'license', text: resource.license.label ?? resource.license.raw }] : []),
    ],
    url: resource.url,
    files: (resource.encoding ?? []).map((file) => ({
      url: file.contentUrl,
      name: file.name ?? decodeURIComponentSafely(file.contentUrl.split('/').at(-1) ?? file.contentUrl),
      facts: [
        file.encodingFormat,
        file.contentSize === undefined ? undefined : formatBytes(file.contentSize),
        file.requiresLogin ? messages.requiresLogin : undefined,
      ]
        .filter((fact) => fact !== undefined)
        .join(' · '),
    })),
    facts: toFacts(resource, sources, language),
  }
}

function toFacts(resource: LearningResource, sources: readonly HitSource[], language: PageLanguage): Fact[] {
  const { labels } = pageMessages[language]
  const conceptNames = (concepts: readonly (Concept | undefined)[] | undefined) =>
    (concepts ?? []).map((concept) => textInLanguage(concept?.prefLabel, language)?.text).filter((label) => label !== undefined)
  const agentNames = (agents: readonly Agent[] | undefined) =>
    (agents ?? []).map((agent) => textInLanguage(agent.name, language)?.text ?? '')
  const rows: [label: string, values: readonly (string | undefined)[]][] = [
    [labels.subject, conceptNames(resource.about)],
    [labels.educationalLevel, conceptNames(resource.educationalLevel)],
    [labels.textbookEdition, conceptNames([resource.textbookEdition])],
    [labels.volume, conceptNames([resource.volume])],
    [labels.curriculumVersion, [resource.curriculumVersion]],
    [labels.learningResourceType, conceptNames(resource.learningResourceType)],
    [labels.audience, conceptNames(resource.audience)],
    [labels.inLanguage, resource.inLanguage.filter((tag) => tag !== 'und').map((tag) => labelOf('language', tag, language))],
    [labels.keywords, (resource.keywords ?? []).map((keyword) => keyword.value)],
    [labels.creator, agentNames(resource.creator)],
    [labels.contributor, agentNames(resource.contributor)],
    [labels.publisher, agentNames(resource.publisher)],
    [labels.isPartOf, (resource.isPartOf ?? []).map((part) => textInLanguage(part.name, language)?.text ?? part.url ?? part.id)],
    [labels.datePublished, [resource.datePublished?.slice(0, 10)]],
    [labels.dateModified, [resource.dateModified?.slice(0, 10)]],
    [labels.platform, sources.map((source) => source.name)],
    [labels.identifier, [resource.id]],
  ]
  const facts: Fact[] = rows.flatMap(([label, values]) => {
    const value = values.filter((text) => text !== undefined && text !== '').join(' · ')
    return value === '' ? [] : [{ label, value }]
  })
  const { license } = resource
  if (license) facts.push({ label: labels.license, value: license.label ?? license.raw, ...(license.id && { href: license.id }) })
  return facts
}

function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
