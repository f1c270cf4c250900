import type { Agent, ResourceReference } from '@edufed/sdk/schemas'
import { toByteCount } from '../quality/byte-count.js'
import { toIsoDuration } from '../quality/duration.js'
import { toLanguageTag, toTextLanguage } from '../quality/language.js'
import { toMediaType } from '../quality/media-type.js'
import { toWebUrl } from '../quality/url.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder, toAgent } from './draft-builder.js'
import { takeJsonLdConcept } from './json-ld-concept.js'
import { idOf, type JsonLdGraph, readJsonLd, typesOf } from './json-ld-node.js'
import { type TaggedText, textsOf } from './json-ld-text.js'
import { isObject, type JsonObject } from './json-value.js'

export interface JsonLdOptions {
  /** Address of the page that the JSON-LD stands in: relative addresses are resolved against it, and it counts when the document names none. */
  pageUrl?: string
}

/**
 * JSON-LD of schema.org (LearningResource, Course, any CreativeWork) or AMB to a resource. Contexts are not fetched: terms count by their name,
 * with http or https, prefixed or spelt out.
 *
 * @param input - A document, a list, an `@graph`, the text of a `script` element, or a list with those of a page: the node that says most about
 * teaching is taken, and what it points to is looked up among the others.
 */
export function jsonLdToResource(input: unknown, options: JsonLdOptions = {}): CrosswalkResult {
  const graph = readJsonLd(input)
  const draft = new DraftBuilder()
  if (graph.hasBrokenText)
    draft.report('json.invalid', '', 'A block of JSON-LD is not well-formed JSON and was left out: mend its quotes and commas')
  if (graph.main) new NodeReader(draft, graph, graph.main, options).read()
  return draft.build()
}

class NodeReader {
  readonly #draft: DraftBuilder
  readonly #graph: JsonLdGraph
  readonly #node: JsonObject
  readonly #pageUrl: string | undefined
  readonly #contentLanguage: string | undefined

  constructor(draft: DraftBuilder, graph: JsonLdGraph, node: JsonObject, options: JsonLdOptions) {
    this.#draft = draft
    this.#graph = graph
    this.#node = node
    this.#pageUrl = options.pageUrl
    this.#contentLanguage = this.#languages()[0]
  }

  read(): void {
    const draft = this.#draft
    const [title] = ['name', 'headline', 'title'].filter((property) => this.#values(property).length > 0)
    if (title) this.#eachText(title, (text, language) => draft.addName(text, language))
    for (const property of ['alternateName', 'alternativeHeadline'])
      this.#eachText(property, (text, language) => draft.addAlternateName(text, language))
    const described = this.#values('description').length > 0 ? 'description' : 'abstract'
    this.#eachText(described, (text, language) => draft.addDescription(text, language))
    for (const language of this.#languages()) draft.addLanguage(language)
    this.#readTypes()
    this.#readConcepts()
    this.#readKeywords()
    for (const field of ['creator', 'contributor', 'publisher'] as const)
      for (const value of this.#values(field)) draft.addAgent(field, this.#agent(value))
    for (const value of this.#values('author')) draft.addAgent('creator', this.#agent(value))
    for (const property of ['provider', 'sourceOrganization'])
      for (const value of this.#values(property)) draft.addProvider(this.#agent(value))
    this.#readAddresses()
    for (const field of ['dateCreated', 'datePublished', 'dateModified'] as const)
      this.#eachText(field, (text) => draft.addDate(field, text))
    for (const property of ['license', 'usageInfo', 'copyrightNotice']) for (const value of this.#values(property)) this.#readLicense(value)
    for (const field of ['isPartOf', 'hasPart', 'isBasedOn'] as const)
      for (const value of this.#values(field)) draft.addReferenceTo(field, this.#reference(value))
    for (const value of this.#values('translationOfWork')) draft.set('translationOfWork', this.#reference(value))
    this.#readPlainFields()
    draft.useResolverAddress()
  }

  #values(property: string): unknown[] {
    return this.#graph.values(this.#node, property)
  }

  #texts(property: string): TaggedText[] {
    return this.#values(property).flatMap(textsOf)
  }

  /** Without a language of its own, a text is in that of the context; else in the one that its letters or the content tell. */
  #languageOf({ text, language }: TaggedText): string | undefined {
    return language ?? this.#graph.language ?? (this.#contentLanguage ? toTextLanguage(this.#contentLanguage, text) : undefined)
  }

  #eachText(property: string, take: (text: string, language: string | undefined) => void): void {
    for (const tagged of this.#texts(property)) take(tagged.text, this.#languageOf(tagged))
  }

  #languages(): string[] {
    return this.#values('inLanguage').flatMap((value) => {
      if (!isObject(value)) return textsOf(value).flatMap(({ text }) => text.split(/\s*[,;]\s*/).filter((part) => part !== ''))
      const code = value.alternateName ?? value.identifier ?? value['@value'] ?? value.name ?? idOf(value)
      return typeof code === 'string' ? [code] : []
    })
  }

  /** The type of the node tells the kind of resource when no property does. */
  #readTypes(): void {
    const types = typesOf(this.#node)
    if (types.length > 0) this.#draft.set('type', [...new Set(['LearningResource', ...types])])
    const isTold = this.#values('learningResourceType').length > 0
    for (const type of types)
      if (!isTold && !/^(LearningResource|CreativeWork|Thing|WebPage|ItemPage)$/.test(type))
        this.#draft.addImplied('learningResourceType', type)
  }

  #readConcepts(): void {
    const take = (field: 'about' | 'educationalLevel' | 'learningResourceType' | 'audience', value: unknown) =>
      takeJsonLdConcept(this.#draft, field, value, this.#graph.language)
    for (const field of ['about', 'educationalLevel', 'learningResourceType'] as const)
      for (const value of this.#values(field)) take(field, value)
    for (const value of this.#values('audience')) {
      const roles = isObject(value) ? this.#graph.values(value, 'educationalRole') : []
      for (const role of roles.length > 0 ? roles : [value]) take('audience', role)
    }
    for (const alignment of this.#values('educationalAlignment').filter(isObject)) {
      const kind = textsOf(alignment.alignmentType)[0]?.text ?? ''
      const target = { name: alignment.targetName, id: alignment.targetUrl }
      if (/subject/i.test(kind)) take('about', target)
      else if (/level|grade/i.test(kind)) take('educationalLevel', target)
      else for (const { text } of textsOf(alignment.targetName)) this.#draft.keep(`alignment.${kind || 'unknown'}`, text)
    }
    for (const property of ['teaches', 'assesses', 'competencyRequired', 'educationalUse', 'genre'])
      for (const { text } of this.#texts(property)) this.#draft.keep(property, text)
    for (const property of ['textbookEdition', 'volume']) for (const { text } of this.#texts(property)) this.#draft.addTextbook(text)
  }

  /** Keywords in one text are joined by commas. */
  #readKeywords(): void {
    for (const tagged of this.#texts('keywords'))
      for (const part of tagged.text.split(/\s*[,;，；、|\n]\s*/)) this.#draft.addKeyword(part, tagged.language ?? this.#graph.language)
  }

  #agent(value: unknown): Agent | undefined {
    if (!isObject(value)) {
      const [tagged] = textsOf(value)
      // An address alone names nobody.
      return tagged && !/^https?:\S+$/.test(tagged.text) ? toAgent(tagged.text, this.#languageOf(tagged)) : undefined
    }
    const names = textsOf(this.#graph.values(value, 'name'))
    const full = ['givenName', 'familyName']
      .flatMap((property) => textsOf(this.#graph.values(value, property)).slice(0, 1))
      .map(({ text }) => text)
    const [first] = names.length > 0 ? names : full.length > 0 ? [{ text: full.join(' ') }] : []
    const types = typesOf(value)
    const isPerson = types.includes('Person')
    const kind = isPerson
      ? 'Person'
      : types.some((type) => /Organization|School|University|Library|Corporation|Project/.test(type))
        ? 'Organization'
        : undefined
    const agent = first && toAgent(first.text, this.#languageOf(first), kind)
    if (!agent) return undefined
    for (const further of names.slice(1)) agent.name[toLanguageTag(this.#languageOf(further), further.text)] ??= further.text.trim()
    const id = idOf(value) ?? textsOf(this.#graph.values(value, 'sameAs')).find(({ text }) => /^https?:/.test(text))?.text
    const [affiliation] = this.#graph.values(value, 'affiliation').flatMap(textsOf)
    return {
      ...agent,
      ...(id && /^[a-z][a-z0-9+.-]*:/i.test(id) ? { id } : {}),
      ...(affiliation
        ? { affiliation: { [toLanguageTag(this.#languageOf(affiliation), affiliation.text)]: affiliation.text.trim() } }
        : {}),
    }
  }

  #readAddresses(): void {
    const draft = this.#draft
    for (const value of this.#values('url')) draft.addUrl(this.#address(value) ?? '')
    const id = idOf(this.#node)
    if (id) {
      draft.addIdentifier(this.#absolute(id) ?? id)
      if (!draft.hasUrl && !/#/.test(id)) draft.addUrl(this.#absolute(id) ?? '')
    }
    for (const value of this.#values('mainEntityOfPage')) if (!draft.hasUrl) draft.addUrl(this.#address(value) ?? '')
    for (const value of this.#values('identifier')) {
      const { propertyID, value: text } = isObject(value) ? value : { propertyID: undefined, value }
      for (const { text: written } of textsOf(text)) draft.addIdentifier(written, textsOf(propertyID)[0]?.text)
    }
    for (const property of ['isbn', 'issn']) for (const { text } of this.#texts(property)) draft.addIdentifier(text, property)
    for (const property of ['thumbnailUrl', 'image', 'thumbnail'])
      for (const value of this.#values(property)) draft.addThumbnail(this.#address(value) ?? '')
    for (const property of ['encoding', 'associatedMedia', 'video', 'audio'])
      for (const value of this.#values(property)) this.#readFile(value)
    if (this.#values('contentUrl').length > 0) this.#readFile(this.#node)
    if (!draft.hasUrl && this.#pageUrl) draft.addUrl(this.#pageUrl)
  }

  #readFile(value: unknown): void {
    const node = isObject(value) ? value : {}
    const address = isObject(value) ? this.#graph.values(value, 'contentUrl').map((url) => this.#address(url))[0] : this.#address(value)
    if (address === undefined) return
    const first = (property: string) => textsOf(this.#graph.values(node, property))[0]?.text
    const encodingFormat = toMediaType(first('encodingFormat') ?? first('fileFormat'))
    const contentSize = toByteCount(first('contentSize'))
    const sha256 = /^[0-9a-f]{64}$/i.exec(first('sha256') ?? '')?.[0].toLowerCase()
    const duration = toIsoDuration(first('duration'))
    const height = Number(/^(\d{1,5})(?:\s*px)?$/.exec(first('height') ?? '')?.[1] ?? 0)
    const name = node === this.#node ? undefined : first('name')
    this.#draft.addFile(address, {
      ...(encodingFormat && { encodingFormat }),
      ...(contentSize && { contentSize }),
      ...(sha256 && { sha256 }),
      ...(duration && { duration }),
      ...(height > 0 && { height }),
      ...(name && { name }),
    })
  }

  #readLicense(value: unknown): void {
    const address = isObject(value) ? (idOf(value) ?? this.#address(value)) : undefined
    const [text] = textsOf(value)
    if (address ?? text) this.#draft.addLicense(address ?? text?.text ?? '')
  }

  #readPlainFields(): void {
    const draft = this.#draft
    const word = (property: string) => {
      const [value] = this.#values(property)
      const [text] = textsOf(value)
      return text?.text ?? (isObject(value) ? idOf(value)?.split(/[/#]/).at(-1) : undefined)
    }
    draft.set('typicalAgeRange', word('typicalAgeRange'))
    draft.set(
      'interactivityType',
      this.#values('interactivityType')
        .map((value) => (isObject(value) ? idOf(value) : undefined) ?? textsOf(value)[0]?.text)
        .map(toInteractivity)
        .find(Boolean),
    )
    draft.set('conditionsOfAccess', word('conditionsOfAccess')?.trim())
    draft.set('curriculumVersion', word('curriculumVersion'))
    const isFree = word('isAccessibleForFree')?.trim().toLowerCase()
    if (isFree === 'true' || isFree === 'false') draft.set('isAccessibleForFree', isFree === 'true')
    const time = word('timeRequired') ?? word('duration')
    const timeRequired = toIsoDuration(time)
    if (timeRequired) draft.set('timeRequired', timeRequired)
    else if (time) draft.report('duration.invalid', 'timeRequired', `"${time.slice(0, 60)}" is no duration: write 45 minutes as PT45M`)
  }

  #reference(value: unknown): ResourceReference {
    if (!isObject(value)) {
      const [text] = textsOf(value)
      const url = text && toWebUrl(text.text)
      return url ? { url } : text ? { name: { [toLanguageTag(this.#languageOf(text), text.text)]: text.text.trim() } } : {}
    }
    const url = toWebUrl(this.#address(value))
    const id = idOf(value)
    const names = textsOf(this.#graph.values(value, 'name'))
    const name = Object.fromEntries(names.map((text) => [toLanguageTag(this.#languageOf(text), text.text), text.text.trim()]))
    return { ...(url ? { url } : id ? { id } : {}), ...(names.length > 0 ? { name } : {}) }
  }

  /** The address that a value is, or that the object has. */
  #address(value: unknown): string | undefined {
    if (typeof value === 'string') return this.#absolute(value)
    if (!isObject(value)) return undefined
    const [url] = [...this.#graph.values(value, 'url'), ...this.#graph.values(value, 'contentUrl'), value['@id'], value.id].filter(
      (text) => typeof text === 'string',
    )
    return url === undefined ? undefined : this.#absolute(url)
  }

  #absolute(address: string): string | undefined {
    const text = address.trim()
    return URL.canParse(text, this.#pageUrl) ? new URL(text, this.#pageUrl).href : undefined
  }
}

function toInteractivity(word: string | undefined): string | undefined {
  return /(active|expositive|mixed)$/i.exec(word?.trim() ?? '')?.[1]?.toLowerCase()
}
