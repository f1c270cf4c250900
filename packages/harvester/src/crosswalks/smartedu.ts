import type { Agent, Issue, LanguageMap, ResourceDraft } from '@edufed/sdk/schemas'
import { toIsoDate } from '../quality/date.js'
import { toLanguageTag, toTextLanguage } from '../quality/language.js'
import { toPlainText } from '../quality/text.js'
import { toWebUrl } from '../quality/url.js'
import { matchConcept } from '../vocabularies/index.js'
import { type CodedVocabulary, ConceptCollector } from './concept-collector.js'
import type { CrosswalkResult } from './crosswalk.js'
import { isObject, type JsonObject, listAt, objectAt, textAt } from './json-value.js'
import { toEncodings } from './smartedu-encoding.js'
import { toLandingUrl } from './smartedu-landing.js'

/** What the platform's tag dimensions mean. */
const dimensions: Record<string, CodedVocabulary> = {
  zxxxd: 'stage',
  zxxnj: 'grade',
  zxxxk: 'subject',
  zxxbb: 'edition',
  zxxcc: 'volume',
  zxxlb: 'stage',
}
/** 资源大类: 电子教材; in the older tag tree the dimension of every tag. */
const broadDimension = '5036342742'
const difficultyDimension = '5036342744'
const difficulties: Record<string, string> = {
  非常简单: 'very easy',
  很简单: 'very easy',
  简单: 'easy',
  容易: 'easy',
  一般: 'medium',
  中等: 'medium',
  适中: 'medium',
  困难: 'difficult',
  较难: 'difficult',
  难: 'difficult',
  非常困难: 'very difficult',
  很难: 'very difficult',
}

export interface SmarteduCrosswalkOptions {
  /** Site that shows the records to people. @default https://basic.smartedu.cn */
  landingBaseUrl?: string
}

/** Makes a resource of one record of the national platform's static JSON. */
export function crosswalkSmartedu(record: unknown, options: SmarteduCrosswalkOptions = {}): CrosswalkResult {
  const issues: Issue[] = []
  if (!isObject(record)) {
    issues.push({ code: 'record.invalid', path: '', message: 'The record should be a JSON object', severity: 'error' })
    return { issues }
  }
  const name = toTexts(record, 'global_title', 'title')
  if (!name) {
    issues.push({ code: 'title.missing', path: 'title', message: 'The record has neither global_title nor title', severity: 'error' })
    return { issues }
  }
  const titles = Object.values(name)
  const concepts = new ConceptCollector(issues)
  const keywords = toKeywords(record)
  const difficulty = readTags(record, concepts, keywords, issues)
  addType(record, concepts)
  const custom = objectAt(record, 'custom_properties')
  keepWords(record, custom, concepts)

  const description = toTexts(record, 'global_description', 'description')
  const language = toLanguageTag(textAt(record, 'language'), titles[0])
  const creator = toTeachers(record, custom)
  const publisher = toProviders(record)
  const url = toLandingUrl(record, options.landingBaseUrl ?? 'https://basic.smartedu.cn')
  const encoding = toEncodings(record, issues)
  const thumbnailUrl = listAt(custom, 'thumbnails')
    .map((address) => toWebUrl(typeof address === 'string' ? address : undefined))
    .find((address) => address !== undefined)
  const isRevised2022 = titles.some((title) => /2022\s*年?\s*版?\s*(?:义务教育)?课程标准|2022年版课标/.test(title))
  const id = textAt(record, 'id')

  const resource: ResourceDraft = {
    name,
    ...(description && { description }),
    ...(id && { identifier: [{ scheme: 'smartedu', value: id }] }),
    inLanguage: [language],
    ...(keywords.length > 0 && { keywords }),
    ...concepts.toFields(),
    ...(isRevised2022 && { curriculumVersion: '2022' }),
    ...(difficulty && { difficulty }),
    ...(creator.length > 0 && { creator }),
    ...(publisher.length > 0 && { publisher }),
    ...(url && { url }),
    ...(encoding.length > 0 && { encoding }),
    ...(thumbnailUrl && { thumbnailUrl }),
    ...toDates(record, issues),
  }
  return { resource, issues }
}

/** A language map from a `global_…` field, else from the plain field; undefined when both are empty. */
function toTexts(record: JsonObject, globalField: string, plainField: string): LanguageMap | undefined {
  const texts: LanguageMap = {}
  for (const [language, value] of Object.entries(objectAt(record, globalField))) {
    const text = typeof value === 'string' ? toPlainText(value) : ''
    if (text !== '') texts[toLanguageTag(language, text)] ??= text
  }
  if (Object.keys(texts).length > 0) return texts
  const text = toPlainText(textAt(record, plainField) ?? '')
  return text === '' ? undefined : { [toTextLanguage(textAt(record, 'language'), text)]: text }
}

type Keywords = NonNullable<ResourceDraft['keywords']>

function toKeywords(record: JsonObject): Keywords {
  const found = new Map<string, Keywords[number]>()
  for (const field of ['global_keywords', 'global_label']) {
    for (const [language, value] of Object.entries(objectAt(record, field))) {
      const words = typeof value === 'string' ? value.split(/[;；,，、]/) : Array.isArray(value) ? value : []
      for (const word of words) {
        const text = typeof word === 'string' ? toPlainText(word) : ''
        if (text !== '') found.set(text, { language: toLanguageTag(language, text), value: text })
      }
    }
  }
  return [...found.values()]
}

/** Sorts the tags into the coded fields. Returns the difficulty, which is a tag too. */
function readTags(record: JsonObject, concepts: ConceptCollector, keywords: Keywords, issues: Issue[]): string | undefined {
  let difficulty: string | undefined
  for (const tag of listAt(record, 'tag_list')) {
    const name = isObject(tag) ? textAt(tag, 'tag_name')?.trim() : undefined
    const dimension = (isObject(tag) ? textAt(tag, 'tag_dimension_id') : undefined) ?? ''
    const path = `tag_list/${dimension}`
    if (!name) {
      issues.push({ code: 'tag.unnamed', path, message: 'A tag has no tag_name and was left out', severity: 'warning' })
      continue
    }
    const vocabulary = dimensions[dimension]
    if (vocabulary) concepts.add(vocabulary, name, path)
    else if (dimension === broadDimension) concepts.add('type', name, path)
    else if (dimension === difficultyDimension) difficulty = toDifficulty(name, path, issues) ?? difficulty
    else if (dimension === 'zxxxjjc') {
      concepts.keep('curriculumVersion', name)
      addKeyword(keywords, name)
    } else if (dimension === 'tagView') concepts.keep('tagView', name)
    else {
      addKeyword(keywords, name)
      const message = `The tag "${name.slice(0, 100)}" is of the dimension "${dimension}", which has no place in the record; it is kept as a keyword`
      issues.push({ code: 'tag.dimension', path, message, severity: 'info' })
    }
  }
  return difficulty
}

function addKeyword(keywords: Keywords, value: string): void {
  if (!keywords.some((keyword) => keyword.value === value)) keywords.push({ language: toLanguageTag('zh', value), value })
}

function toDifficulty(name: string, path: string, issues: Issue[]): string | undefined {
  const difficulty = difficulties[name]
  if (!difficulty)
    issues.push({ code: 'difficulty.unknown', path, message: `The difficulty "${name.slice(0, 100)}" is not known`, severity: 'warning' })
  return difficulty
}

/** A 电子教材 tag says more than the type code, which then only means "a document". */
function addType(record: JsonObject, concepts: ConceptCollector): void {
  const code = textAt(record, 'resource_type_code')
  const codeName = textAt(record, 'resource_type_code_name')
  if (code) concepts.keep('resourceTypeCode', code)
  const hasType = (concepts.toFields().learningResourceType ?? []).length > 0
  if (code === 'assets_document' && hasType) return
  const byCode = code === undefined ? undefined : matchConcept('type', code)
  if (byCode) concepts.addConcept('type', byCode)
  else if (codeName ?? code) concepts.add('type', codeName ?? code ?? '', 'resource_type_code')
}

/** Facts that have no field of their own. */
function keepWords(record: JsonObject, custom: JsonObject, concepts: ConceptCollector): void {
  const format = textAt(custom, 'format')
  if (format && listAt(record, 'ti_items').length === 0) concepts.keep('encodingFormat', format)
  for (const id of listAt(record, 'teachmeterial_ids')) if (typeof id === 'string') concepts.keep('isPartOf', id)
  for (const path of listAt(record, 'chapter_paths')) if (typeof path === 'string') concepts.keep('chapterPath', path)
}

function toTeachers(record: JsonObject, custom: JsonObject): Agent[] {
  const school = textAt(custom, 'school_name') ?? textAt(custom, 'teacher_school_name')
  return listAt(record, 'teacher_list').flatMap((teacher): Agent[] => {
    if (!isObject(teacher)) return []
    const name = toPlainText(textAt(teacher, 'name') ?? textAt(teacher, 'teacher_name') ?? '')
    if (name === '') return []
    const organization = toPlainText(textAt(teacher, 'school_name') ?? textAt(teacher, 'org_name') ?? school ?? '')
    return [
      {
        type: 'Person',
        name: { [toLanguageTag('zh', name)]: name },
        ...(organization !== '' && { affiliation: { [toLanguageTag('zh', organization)]: organization } }),
      },
    ]
  })
}

function toProviders(record: JsonObject): Agent[] {
  const names = listAt(record, 'provider_list').map((provider) =>
    toPlainText((isObject(provider) ? textAt(provider, 'name') : undefined) ?? ''),
  )
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => ({ type: 'Organization', name: { [toLanguageTag('zh', name)]: name } }))
}

function toDates(record: JsonObject, issues: Issue[]): Pick<ResourceDraft, 'dateCreated' | 'datePublished' | 'dateModified'> {
  const dates: Pick<ResourceDraft, 'dateCreated' | 'datePublished' | 'dateModified'> = {}
  for (const [field, target] of [
    ['create_time', 'dateCreated'],
    ['online_time', 'datePublished'],
    ['update_time', 'dateModified'],
  ] as const) {
    const raw = textAt(record, field)
    const date = toIsoDate(raw)
    if (date) dates[target] = date
    else if (raw) issues.push({ code: 'date.invalid', path: field, message: `"${raw.slice(0, 60)}" is no date`, severity: 'warning' })
  }
  return dates
}
