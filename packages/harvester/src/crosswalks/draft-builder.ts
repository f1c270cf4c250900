import type { Agent, Concept, Issue, MediaObject, ResourceDraft, ResourceReference } from '@edufed/sdk/schemas'
import { toIsoDate } from '../quality/date.js'
import { toLanguageTag } from '../quality/language.js'
import { toLicense } from '../quality/license.js'
import { toPlainText } from '../quality/text.js'
import { toWebUrl } from '../quality/url.js'
import { matchConcept, matchConcepts } from '../vocabularies/match.js'
import type { VocabularyName } from '../vocabularies/vocabulary.js'
import { isSameAgent, toAgent } from './agent.js'
import type { CrosswalkResult } from './crosswalk.js'
import { parseIdentifier } from './identifier-scheme.js'
import { UnmappedValues } from './unmapped-values.js'

export { toAgent }

type ConceptField = 'about' | 'educationalLevel' | 'learningResourceType' | 'audience'
type DateField = 'dateCreated' | 'datePublished' | 'dateModified'
type AgentField = 'creator' | 'contributor' | 'publisher'
type ReferenceField = 'isPartOf' | 'hasPart' | 'isBasedOn'

/** Separators round a keyword. */
const wrapped = /^[;；,，、\s]|[;；,，、\s]$/
const maxDescription = 5000
const maxValues = 500
const maxFiles = 100

const vocabulariesOf: Record<ConceptField, readonly VocabularyName[]> = {
  about: ['subject'],
  educationalLevel: ['stage', 'grade'],
  learningResourceType: ['type'],
  audience: ['audience'],
}

/** Gathers what a record says, field by field, and what could not be used of it. */
export class DraftBuilder {
  readonly issues: Issue[] = []
  /** The name comes first, also when it is found last. */
  readonly #draft: Partial<ResourceDraft> = { name: undefined }
  readonly #sourceValues = new Map<string, string[]>()
  readonly #keywords = new Set<string>()
  readonly #unmapped = new UnmappedValues()

  get hasName(): boolean {
    return this.#draft.name !== undefined
  }

  get hasUrl(): boolean {
    return this.#draft.url !== undefined
  }

  /** A further title in a language that has one already becomes an alternate name. */
  addName(raw: string, language: string | undefined): void {
    const text = toPlainText(raw)
    if (text === '') return
    const tag = toLanguageTag(language, text)
    this.#draft.name ??= {}
    if (this.#draft.name[tag] === undefined) this.#draft.name[tag] = text
    else if (this.#draft.name[tag] !== text) this.addAlternateName(raw, language)
  }

  addAlternateName(raw: string, language: string | undefined): void {
    const text = toPlainText(raw)
    if (text !== '') append(this.#draft, 'alternateName', { [toLanguageTag(language, text)]: text })
  }

  /** Several descriptions in one language are joined. */
  addDescription(raw: string, language: string | undefined): void {
    const text = toPlainText(raw)
    if (text === '') return
    const tag = toLanguageTag(language, text)
    this.#draft.description ??= {}
    const before = this.#draft.description[tag]
    if (before?.includes(text)) return
    const joined = before === undefined ? text : `${before}\n${text}`
    if (joined.length > maxDescription)
      this.report('description.cut', 'description', `The description was cut to ${maxDescription} characters`, 'info')
    this.#draft.description[tag] = joined.length > maxDescription ? joined.slice(0, maxDescription).replace(/[\ud800-\udbff]$/, '') : joined
  }

  addLanguage(raw: string): void {
    const tag = toLanguageTag(raw)
    this.keep('inLanguage', raw)
    if (tag === 'und')
      this.report('language.unknown', 'inLanguage', `The language "${raw.slice(0, 60)}" is not known: use a code of ISO 639 or BCP 47`)
    else if (!this.#draft.inLanguage?.includes(tag)) append(this.#draft, 'inLanguage', tag)
  }

  addKeyword(raw: string, language?: string): void {
    const text = toPlainText(raw)
    const value = wrapped.test(text) ? text.replace(/^[;；,，、\s]+|[;；,，、\s]+$/g, '') : text
    if (value === '' || this.#keywords.has(value) || this.#keywords.size >= maxValues) return
    this.#keywords.add(value)
    const tag = toLanguageTag(language, value)
    append(this.#draft, 'keywords', tag === 'und' ? { value } : { language: tag, value })
  }

  /** @returns False when the vocabulary does not know the value; it is kept among the source's own words. */
  addConcept(field: ConceptField, raw: string): boolean {
    const text = toPlainText(raw)
    if (text === '') return true
    this.#keepText(field, text)
    return this.addImplied(field, text)
  }

  /** Adds what a code of the source means, in a word of the vocabulary; the word is not kept, since it is not the source's own. */
  addImplied(field: ConceptField, word: string): boolean {
    let isKnown = false
    for (const name of vocabulariesOf[field]) {
      for (const concept of matchConcepts(name, word)) {
        isKnown = true
        if (!this.#draft[field]?.some((known) => known.id === concept.id)) append(this.#draft, field, concept)
      }
    }
    return isKnown
  }

  /** Edition and volume of a textbook, of which a resource has one. */
  addTextbook(raw: string): boolean {
    const text = toPlainText(raw)
    return this.#addOne('textbookEdition', 'edition', text) || this.#addOne('volume', 'volume', text)
  }

  #addOne(field: 'textbookEdition' | 'volume', name: VocabularyName, text: string): boolean {
    const concept: Concept | undefined = matchConcept(name, text)
    if (!concept) return false
    this.#keepText(field, text)
    this.#draft[field] ??= concept
    return true
  }

  /** Reports the values of a field in one issue; all are kept among the source's own words. */
  reportUnmapped(field: string, raw: string): void {
    const issue = this.#unmapped.add(field, toPlainText(raw))
    if (issue) this.issues.push(issue)
  }

  addAgent(field: AgentField, agent: Agent | undefined): void {
    const known = this.#draft[field] ?? []
    if (!agent || known.length >= maxValues) return
    if (!known.some((other) => isSameAgent(other, agent))) append(this.#draft, field, agent)
  }

  /** An agent of whom only the name is known; of providers the first counts. */
  addAgentName(field: AgentField | 'provider', name: string, language?: string, type?: Agent['type']): void {
    const agent = toAgent(name, language, type)
    if (field === 'provider') this.addProvider(agent)
    else this.addAgent(field, agent)
  }

  addProvider(agent: Agent | undefined): void {
    if (agent) this.#draft.provider ??= agent
  }

  addDate(field: DateField, raw: string): void {
    const date = toIsoDate(raw)
    if (date === undefined) this.report('date.invalid', field, `"${raw.slice(0, 60)}" is no date: write it as 2024-01-31`)
    else this.#draft[field] ??= date
  }

  /** The first licence that is recognised counts, else the first words about rights. */
  addLicense(raw: string): void {
    const text = toPlainText(raw)
    if (text === '') return
    const license = toLicense(text)
    const known = this.#draft.license
    if (!known || (known.id === null && license.id !== null)) {
      if (known) this.#keepText('license', known.raw)
      this.#draft.license = license
    } else if (known.raw !== text) this.#keepText('license', text)
  }

  addIdentifier(raw: string, catalog?: string): void {
    const found = parseIdentifier(raw, catalog)
    if (found && !this.#draft.identifier?.some(({ scheme, value }) => scheme === found.scheme && value === found.value)) {
      append(this.#draft, 'identifier', found)
    }
  }

  /** @returns The address when it is one that may be shown; the first becomes the address of the resource. */
  addUrl(raw: string): string | undefined {
    const url = toWebUrl(raw)
    if (url === undefined) {
      if (/^https?:/i.test(raw.trim())) {
        this.report(
          'url.refused',
          'url',
          `"${raw.slice(0, 200)}" is no address that everyone can open: use one that is reachable from outside`,
        )
      }
      return undefined
    }
    this.#draft.url ??= url
    return url
  }

  /** The address of a resolver when the record has no address of its own but a DOI or a handle. */
  useResolverAddress(): void {
    if (this.hasUrl) return
    for (const [kind, resolver] of [
      ['doi', 'https://doi.org/'],
      ['handle', 'https://hdl.handle.net/'],
    ]) {
      const found = this.#draft.identifier?.find(({ scheme }) => scheme === kind)
      if (found && !this.hasUrl) this.addUrl(`${resolver}${found.value}`)
    }
  }

  addThumbnail(raw: string): void {
    const url = toWebUrl(raw)
    if (url !== undefined) this.#draft.thumbnailUrl ??= url
  }

  /** One more file. Without an address that everyone can open there is none. */
  addFile(address: string, about: Omit<MediaObject, 'contentUrl'> = {}): void {
    const contentUrl = toWebUrl(address)
    if (contentUrl === undefined || this.#draft.encoding?.some((file) => file.contentUrl === contentUrl)) return
    if ((this.#draft.encoding?.length ?? 0) < maxFiles) append(this.#draft, 'encoding', { contentUrl, ...about })
    else if (!this.issues.some(({ code }) => code === 'encoding.cut'))
      this.report('encoding.cut', 'encoding', `The record names more than ${maxFiles} files; the others were left out`, 'info')
  }

  addReference(field: ReferenceField, raw: string, language?: string): void {
    const text = toPlainText(raw)
    if (text === '') return
    const url = toWebUrl(text)
    const reference: ResourceReference = url ? { url } : { name: { [toLanguageTag(language, text)]: text } }
    if ((this.#draft[field]?.length ?? 0) < maxValues) append(this.#draft, field, reference)
  }

  /** A reference whose address and name are both known. */
  addReferenceTo(field: ReferenceField, reference: ResourceReference): void {
    if (Object.keys(reference).length > 0 && (this.#draft[field]?.length ?? 0) < maxValues) append(this.#draft, field, reference)
  }

  /** Sets a plain field when it has no value yet. */
  set<
    Field extends
      | 'typicalAgeRange'
      | 'timeRequired'
      | 'interactivityType'
      | 'difficulty'
      | 'isAccessibleForFree'
      | 'conditionsOfAccess'
      | 'curriculumVersion'
      | 'encoding'
      | 'translationOfWork'
      | 'type',
  >(field: Field, value: ResourceDraft[Field]): void {
    if (value !== undefined) this.#draft[field] ??= value
  }

  /** Keeps a value in the source's own words, so that a better vocabulary can read it later. */
  keep(field: string, raw: string): void {
    this.#keepText(field, toPlainText(raw))
  }

  #keepText(field: string, text: string): void {
    if (text === '') return
    const values = this.#sourceValues.get(field)
    if (!values) this.#sourceValues.set(field, [text])
    else if (values.length < maxValues && !values.includes(text)) values.push(text)
  }

  report(code: string, path: string, message: string, severity: Issue['severity'] = 'warning'): void {
    this.issues.push({ code, path, message, severity })
  }

  /** The resource; absent without a title, since nothing is invented. */
  build(): CrosswalkResult {
    const { name, url, encoding } = this.#draft
    if (!name) {
      this.report('title.missing', 'name', 'The record has no title: give it one', 'error')
      return { issues: this.issues }
    }
    if (url === undefined && !encoding?.length) {
      const message = 'The record has no web address: give it the address of the page where the resource is shown'
      this.report('url.missing', 'url', message, 'info')
    }
    const resource = this.#draft as ResourceDraft
    if (this.#sourceValues.size > 0) resource.sourceValues = Object.fromEntries(this.#sourceValues)
    return { resource, issues: this.issues }
  }
}

type ListField = {
  [Field in keyof ResourceDraft]-?: NonNullable<ResourceDraft[Field]> extends unknown[] ? Field : never
}[keyof ResourceDraft]

function append<Field extends ListField>(
  draft: Partial<ResourceDraft>,
  field: Field,
  value: NonNullable<ResourceDraft[Field]>[number],
): void {
  const lists = draft as Record<ListField, unknown[] | undefined>
  const list = lists[field]
  if (list) list.push(value)
  else lists[field] = [value]
}
