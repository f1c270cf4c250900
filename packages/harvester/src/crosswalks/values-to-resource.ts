import type { Agent, Issue, LanguageMap, MediaObject, ResourceDraft, ResourceReference } from '@edufed/sdk/schemas'
import { toByteCount } from '../quality/byte-count.js'
import { toIsoDate } from '../quality/date.js'
import { toIsoDuration } from '../quality/duration.js'
import { toLanguageTag, toTextLanguage } from '../quality/language.js'
import { toLicense } from '../quality/license.js'
import { toMediaType } from '../quality/media-type.js'
import { toPlainText } from '../quality/text.js'
import { toWebUrl } from '../quality/url.js'
import { ConceptCollector, codedFields, isCodedField } from './concept-collector.js'
import type { CrosswalkResult } from './crosswalk.js'
import { toAgent } from './draft-builder.js'
import { type FieldValue, splitValue } from './field-value.js'
import { parseIdentifier } from './identifier-scheme.js'
import type { ResourceField } from './resource-fields.js'

const agentFields = ['creator', 'contributor', 'publisher'] as const
const dateFields = ['dateCreated', 'datePublished', 'dateModified'] as const
const referenceFields = ['isPartOf', 'isBasedOn'] as const

export interface ValuesOptions {
  /** Language where no value tells it. */
  language?: string
  /** The format names its records itself, so that a value for `identifier` is a further identifier. */
  isNamed?: boolean
  /** What addresses that begin with `/`, `.` or `?` are relative to. */
  baseUrl?: string
  /** Kept among the source's own words. */
  others?: readonly { path: string; text: string }[]
}

/** Makes a resource of the values of one record: a row of a table, or whatever a mapping has read. */
export function valuesToResource(values: readonly FieldValue[], options: ValuesOptions = {}): CrosswalkResult {
  const issues: Issue[] = []
  const row = new Row(values)
  const declared = row.first('language')
  const language = declared?.text ?? options.language
  const name = toTexts(row.all('name'), language)
  if (!name) {
    issues.push({ code: 'title.missing', path: 'name', message: 'The record has no title: give it one', severity: 'error' })
    return { issues }
  }
  const concepts = new ConceptCollector(issues)
  for (const field of codedFields) {
    for (const value of row.all(field)) {
      for (const word of splitValue(value)) {
        if (value.codes) concepts.addCodes(field, word, value.codes)
        else concepts.add(field, word, value.column)
      }
    }
  }
  for (const { field, raw } of row.replaced) concepts.keep(field, raw)
  for (const { path, text } of options.others ?? []) concepts.keep(path, toPlainText(text))
  if (row.all('contentUrl').length === 0) for (const { text } of row.all('format')) concepts.keep('encodingFormat', toPlainText(text))
  const resource: ResourceDraft = {
    name,
    ...toAlternateNames(row, language),
    ...toDescription(row, language),
    ...toIdentifiers(row, options.isNamed === true),
    inLanguage: toLanguages(row, language, name, issues),
    ...toKeywords(row, language),
    ...toSimpleFields(row, issues, concepts),
    ...toAgents(row),
    ...toAddresses(row, issues, options.baseUrl),
    ...toDates(row, issues),
    ...toLicenseField(row),
    ...toReferences(row),
    ...concepts.toFields(),
  }
  if (!resource.url && !resource.encoding) {
    issues.push({
      code: 'url.missing',
      path: '/url',
      message: 'The record has no address at which the resource can be opened',
      severity: 'warning',
    })
  }
  return { resource, issues }
}

class Row {
  readonly #values: readonly FieldValue[]
  /** What vocabulary tables replaced in fields without codes. */
  readonly replaced: { field: ResourceField; raw: string }[] = []

  constructor(values: readonly FieldValue[]) {
    this.#values = values.flatMap((value) => {
      if (value.text.trim() === '') return []
      if (!value.codes || isCodedField(value.field)) return [value]
      const { codes, ...rest } = value
      this.replaced.push({ field: value.field, raw: toPlainText(value.text) })
      return codes.map((text) => ({ ...rest, text }))
    })
  }

  all(field: ResourceField): FieldValue[] {
    return this.#values.filter((value) => value.field === field)
  }

  first(field: ResourceField): FieldValue | undefined {
    return this.#values.find((value) => value.field === field)
  }
}

function toTexts(values: readonly FieldValue[], contentLanguage: string | undefined): LanguageMap | undefined {
  const texts: LanguageMap = {}
  for (const value of values) {
    const text = toPlainText(value.text)
    if (text !== '') texts[value.language ? toLanguageTag(value.language, text) : toTextLanguage(contentLanguage, text)] ??= text
  }
  return Object.keys(texts).length > 0 ? texts : undefined
}

function toAlternateNames(row: Row, language: string | undefined): Pick<ResourceDraft, 'alternateName'> {
  const names = row.all('alternateName').map((value) => toTexts([value], language))
  const alternateName = names.filter((name) => name !== undefined)
  return alternateName.length > 0 ? { alternateName } : {}
}

function toDescription(row: Row, language: string | undefined): Pick<ResourceDraft, 'description'> {
  const description = toTexts(row.all('description'), language)
  return description ? { description } : {}
}

function toIdentifiers(row: Row, isNamed: boolean): Pick<ResourceDraft, 'identifier'> {
  const further = isNamed ? row.all('identifier').map(({ text }) => parseIdentifier(toPlainText(text))) : []
  const schemed = (['isbn', 'doi'] as const).flatMap((scheme) =>
    row.all(scheme).map((value) => ({ scheme, value: toPlainText(value.text) })),
  )
  const identifier = [...further.filter((found) => found !== undefined), ...schemed]
  return identifier.length > 0 ? { identifier } : {}
}

function toLanguages(row: Row, language: string | undefined, name: LanguageMap, issues: Issue[]): string[] {
  const title = Object.values(name)[0] ?? ''
  const declared = row.all('language').flatMap((value) => splitValue(value))
  const { column } = row.first('language') ?? { column: '' }
  for (const word of declared) {
    if (toLanguageTag(word) !== 'und' || word.toLowerCase() === 'und') continue
    const message = `The language "${word.slice(0, 60)}" is not known: use a code of ISO 639 or BCP 47`
    issues.push({ code: 'language.unknown', path: column, message, severity: 'warning', value: word.slice(0, 200) })
  }
  const words = declared.length > 0 ? declared : [language]
  return [...new Set(words.map((word) => (word === undefined ? toTextLanguage(undefined, title) : toLanguageTag(word, title))))]
}

function toKeywords(row: Row, language: string | undefined): Pick<ResourceDraft, 'keywords'> {
  const words = row.all('keywords').flatMap((value) => splitValue(value).map((word) => ({ word, of: value.language })))
  const keywords = [...new Map(words.map((entry) => [entry.word, entry])).values()].map(({ word, of }) => ({
    language: of ? toLanguageTag(of, word) : toTextLanguage(language, word),
    value: word,
  }))
  return keywords.length > 0 ? { keywords } : {}
}

type SimpleField = 'curriculumVersion' | 'difficulty' | 'typicalAgeRange' | 'timeRequired' | 'conditionsOfAccess'

function toSimpleFields(row: Row, issues: Issue[], concepts: ConceptCollector): Pick<ResourceDraft, SimpleField> {
  const textOf = (field: ResourceField) => toPlainText(row.first(field)?.text ?? '')
  const [curriculumVersion, difficulty, typicalAgeRange, conditionsOfAccess, written] = (
    ['curriculumVersion', 'difficulty', 'ageRange', 'access', 'duration'] as const
  ).map(textOf)
  const timeRequired = toIsoDuration(written)
  if (written && !timeRequired) {
    const message = `"${written.slice(0, 60)}" is no duration: write 45 minutes as PT45M`
    issues.push({
      code: 'duration.invalid',
      path: row.first('duration')?.column ?? '',
      message,
      severity: 'warning',
      value: written.slice(0, 200),
    })
    concepts.keep('timeRequired', written)
  }
  return {
    ...(curriculumVersion && { curriculumVersion }),
    ...(difficulty && { difficulty }),
    ...(typicalAgeRange && { typicalAgeRange }),
    ...(timeRequired && { timeRequired }),
    ...(conditionsOfAccess && { conditionsOfAccess }),
  }
}

function toAgents(row: Row): Pick<ResourceDraft, 'creator' | 'contributor' | 'publisher' | 'provider'> {
  const agents: Pick<ResourceDraft, 'creator' | 'contributor' | 'publisher' | 'provider'> = {}
  const toList = (value: FieldValue, type?: Agent['type']) =>
    splitValue(value)
      .map((text) => toAgent(text, value.language, type))
      .filter((agent) => agent !== undefined)
  for (const field of agentFields) {
    const found = row.all(field).flatMap((value) => toList(value, field === 'publisher' ? 'Organization' : undefined))
    if (found.length > 0) agents[field] = found
  }
  const [provider] = row.all('provider').flatMap((value) => toList(value, 'Organization'))
  return provider ? { ...agents, provider } : agents
}

function toAddresses(row: Row, issues: Issue[], baseUrl: string | undefined): Pick<ResourceDraft, 'url' | 'encoding' | 'thumbnailUrl'> {
  const url = toAddress(row.first('url'), issues, baseUrl)
  const thumbnailUrl = toAddress(row.first('thumbnailUrl'), issues, baseUrl)
  const format = row.first('format')?.text
  const contentSize = toByteCount(row.first('size')?.text)
  const encodingFormat = toMediaType(format)
  const encoding = row.all('contentUrl').flatMap((value): MediaObject[] => {
    const contentUrl = toAddress(value, issues, baseUrl)
    return contentUrl ? [{ contentUrl, ...(encodingFormat && { encodingFormat }), ...(contentSize && { contentSize }) }] : []
  })
  return { ...(url && { url }), ...(encoding.length > 0 && { encoding }), ...(thumbnailUrl && { thumbnailUrl }) }
}

function toAddress(value: FieldValue | undefined, issues: Issue[], baseUrl: string | undefined): string | undefined {
  if (!value) return undefined
  const text = value.text.trim()
  const isRelative = baseUrl !== undefined && /^[/.?]/.test(text) && URL.canParse(text, baseUrl)
  const address = toWebUrl(isRelative ? new URL(text, baseUrl).href : text)
  if (!address) {
    const message = `"${text.slice(0, 200)}" is no web address that others can open; it should begin with http:// or https://`
    issues.push({ code: 'url.invalid', path: value.column, message, severity: 'warning', value: text.slice(0, 200) })
  }
  return address
}

function toDates(row: Row, issues: Issue[]): Pick<ResourceDraft, (typeof dateFields)[number]> {
  const dates: Pick<ResourceDraft, (typeof dateFields)[number]> = {}
  for (const field of dateFields) {
    const value = row.first(field)
    const date = toIsoDate(value?.text)
    if (date) dates[field] = date
    else if (value) {
      issues.push({
        code: 'date.invalid',
        path: value.column,
        message: `"${value.text.trim().slice(0, 60)}" is no date`,
        severity: 'warning',
        value: value.text.trim().slice(0, 200),
      })
    }
  }
  return dates
}

function toLicenseField(row: Row): Pick<ResourceDraft, 'license'> {
  const value = row.first('license')
  return value ? { license: toLicense(value.text.trim()) } : {}
}

function toReferences(row: Row): Pick<ResourceDraft, (typeof referenceFields)[number]> {
  const references: Pick<ResourceDraft, (typeof referenceFields)[number]> = {}
  for (const field of referenceFields) {
    const found = row.all(field).map(({ text: raw, language }): ResourceReference => {
      const text = toPlainText(raw)
      const url = toWebUrl(text)
      return url ? { url } : { name: { [toLanguageTag(language, text)]: text } }
    })
    if (found.length > 0) references[field] = found
  }
  return references
}
