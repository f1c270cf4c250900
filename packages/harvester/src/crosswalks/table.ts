import type { Agent, Issue, LanguageMap, MediaObject, ResourceDraft } from '@edufed/sdk/schemas'
import { toByteCount } from '../quality/byte-count.js'
import { toIsoDate } from '../quality/date.js'
import { toLanguageTag, toTextLanguage } from '../quality/language.js'
import { toLicense } from '../quality/license.js'
import { toMediaType } from '../quality/media-type.js'
import { toPlainText } from '../quality/text.js'
import { toWebUrl } from '../quality/url.js'
import { ConceptCollector } from './concept-collector.js'
import type { CrosswalkResult } from './crosswalk.js'

/** What a column of a table may be. */
export const tableFields = [
  'identifier',
  'name',
  'alternateName',
  'description',
  'language',
  'keywords',
  'subject',
  'stage',
  'grade',
  'edition',
  'volume',
  'type',
  'audience',
  'creator',
  'contributor',
  'publisher',
  'provider',
  'url',
  'contentUrl',
  'format',
  'size',
  'thumbnailUrl',
  'dateCreated',
  'datePublished',
  'dateModified',
  'license',
  'curriculumVersion',
  'difficulty',
  'duration',
  'ageRange',
  'isbn',
  'doi',
] as const
export type TableField = (typeof tableFields)[number]

/** One value of a row, with the column that it stands in. */
export interface TableValue {
  field: TableField
  text: string
  /** Column name, for issues. */
  column: string
  /** Language that the mapping or the column's name tells. */
  language?: string
  /** What separates several values in one cell; the field's usual marks when absent. */
  separator?: string
}

const codedFields = ['subject', 'stage', 'grade', 'edition', 'volume', 'type', 'audience'] as const
const agentFields = ['creator', 'contributor', 'publisher'] as const
const dateFields = ['dateCreated', 'datePublished', 'dateModified'] as const

/** Makes a resource of one row of a table. `contentLanguage` holds where no column tells the language. */
export function crosswalkTable(values: readonly TableValue[], contentLanguage?: string): CrosswalkResult {
  const issues: Issue[] = []
  const row = new Row(values)
  const language = row.first('language')?.text ?? contentLanguage
  const name = toTexts(row.all('name'), language)
  if (!name) {
    issues.push({ code: 'title.missing', path: 'name', message: 'The row has no title', severity: 'error' })
    return { issues }
  }
  const concepts = new ConceptCollector(issues)
  for (const field of codedFields) {
    for (const value of row.all(field)) for (const word of split(value, /[;；|]/)) concepts.add(field, word, value.column)
  }
  const resource: ResourceDraft = {
    name,
    ...toAlternateNames(row, language),
    ...toDescription(row, language),
    ...toIdentifiers(row),
    inLanguage: toLanguages(row, language, name),
    ...toKeywords(row, language),
    ...concepts.toFields(),
    ...toSimpleFields(row),
    ...toAgents(row),
    ...toAddresses(row, issues),
    ...toDates(row, issues),
    ...toLicenseField(row),
  }
  if (!resource.url && !resource.encoding) {
    issues.push({
      code: 'url.missing',
      path: '/url',
      message: 'The row has no address at which the resource can be opened',
      severity: 'warning',
    })
  }
  return { resource, issues }
}

class Row {
  readonly #values: readonly TableValue[]

  constructor(values: readonly TableValue[]) {
    this.#values = values.filter((value) => value.text.trim() !== '')
  }

  all(field: TableField): TableValue[] {
    return this.#values.filter((value) => value.field === field)
  }

  first(field: TableField): TableValue | undefined {
    return this.#values.find((value) => value.field === field)
  }
}

function split(value: TableValue, usual: RegExp): string[] {
  return value.text
    .split(value.separator ? value.separator : usual)
    .map(toPlainText)
    .filter((text) => text !== '')
}

function toTexts(values: readonly TableValue[], contentLanguage: string | undefined): LanguageMap | undefined {
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

function toIdentifiers(row: Row): Pick<ResourceDraft, 'identifier'> {
  const identifier = (['isbn', 'doi'] as const).flatMap((scheme) =>
    row.all(scheme).map((value) => ({ scheme, value: toPlainText(value.text) })),
  )
  return identifier.length > 0 ? { identifier } : {}
}

function toLanguages(row: Row, language: string | undefined, name: LanguageMap): string[] {
  const title = Object.values(name)[0] ?? ''
  const declared = row.all('language').flatMap((value) => split(value, /[;；|,，、/]/))
  const words = declared.length > 0 ? declared : [language]
  return [...new Set(words.map((word) => (word === undefined ? toTextLanguage(undefined, title) : toLanguageTag(word, title))))]
}

function toKeywords(row: Row, language: string | undefined): Pick<ResourceDraft, 'keywords'> {
  const words = row.all('keywords').flatMap((value) => split(value, /[;；,，、|\n]/).map((word) => ({ word, of: value.language })))
  const keywords = [...new Map(words.map((entry) => [entry.word, entry])).values()].map(({ word, of }) => ({
    language: of ? toLanguageTag(of, word) : toTextLanguage(language, word),
    value: word,
  }))
  return keywords.length > 0 ? { keywords } : {}
}

function toSimpleFields(row: Row): Pick<ResourceDraft, 'curriculumVersion' | 'difficulty' | 'typicalAgeRange' | 'timeRequired'> {
  const curriculumVersion = row.first('curriculumVersion')?.text
  const difficulty = row.first('difficulty')?.text
  const ageRange = row.first('ageRange')?.text
  const duration = row.first('duration')?.text.trim().toUpperCase()
  return {
    ...(curriculumVersion && { curriculumVersion: toPlainText(curriculumVersion) }),
    ...(difficulty && { difficulty: toPlainText(difficulty) }),
    ...(ageRange && { typicalAgeRange: toPlainText(ageRange) }),
    ...(duration && /^P(?=.)(\d+[YMWD])*(T(\d+([.]\d+)?[HMS])+)?$/.test(duration) && { timeRequired: duration }),
  }
}

function toAgents(row: Row): Pick<ResourceDraft, 'creator' | 'contributor' | 'publisher' | 'provider'> {
  const agents: Pick<ResourceDraft, 'creator' | 'contributor' | 'publisher' | 'provider'> = {}
  for (const field of agentFields) {
    const found = row.all(field).flatMap((value) => {
      const usual = /\p{Script=Han}/u.test(value.text) ? /[;；、|，,]/ : /[;；|]/
      return split(value, usual).map((text) => toAgent(field, text, value.language))
    })
    if (found.length > 0) agents[field] = found
  }
  const provider = row.first('provider')
  if (provider) agents.provider = toAgent('provider', toPlainText(provider.text), provider.language)
  return agents
}

function toAgent(field: 'provider' | (typeof agentFields)[number], text: string, language: string | undefined): Agent {
  const isOrganization =
    field === 'publisher' ||
    field === 'provider' ||
    /出版社|学校|中学|小学|大学|学院|教育局|中心|公司|研究[院所]|University|School|Press|Inc\b|Ltd\b/.test(text)
  return { type: isOrganization ? 'Organization' : 'Person', name: { [toLanguageTag(language, text)]: text } }
}

function toAddresses(row: Row, issues: Issue[]): Pick<ResourceDraft, 'url' | 'encoding' | 'thumbnailUrl'> {
  const url = toAddress(row.first('url'), issues)
  const thumbnailUrl = toAddress(row.first('thumbnailUrl'), issues)
  const format = row.first('format')?.text
  const contentSize = toByteCount(row.first('size')?.text)
  const encodingFormat = toMediaType(format)
  const encoding = row.all('contentUrl').flatMap((value): MediaObject[] => {
    const contentUrl = toAddress(value, issues)
    return contentUrl ? [{ contentUrl, ...(encodingFormat && { encodingFormat }), ...(contentSize && { contentSize }) }] : []
  })
  return { ...(url && { url }), ...(encoding.length > 0 && { encoding }), ...(thumbnailUrl && { thumbnailUrl }) }
}

function toAddress(value: TableValue | undefined, issues: Issue[]): string | undefined {
  if (!value) return undefined
  const address = toWebUrl(value.text)
  if (!address) {
    const message = `"${value.text.trim().slice(0, 200)}" is no web address that others can open; it should begin with http:// or https://`
    issues.push({ code: 'url.invalid', path: value.column, message, severity: 'warning' })
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
      })
    }
  }
  return dates
}

function toLicenseField(row: Row): Pick<ResourceDraft, 'license'> {
  const value = row.first('license')
  return value ? { license: toLicense(value.text.trim()) } : {}
}
