import type { Agent } from '@edufed/sdk/schemas'
import { toMediaType } from '../quality/media-type.js'
import type { XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder, toAgent } from './draft-builder.js'
import { takeConcept, takeSubject } from './dublin-core.js'
import { type MarcField, type MarcRecord, readMarcRecord } from './marc-record.js'
import { takeUnimarc } from './unimarc.js'

/** Type of record, the seventh character of the leader, in words. */
const recordTypes: Record<string, string> = {
  a: 'text',
  c: 'score',
  d: 'score',
  e: 'map',
  f: 'map',
  g: 'moving image',
  i: 'sound',
  j: 'music recording',
  k: 'image',
  m: 'software',
  r: 'physical object',
  t: 'text',
}
/** Audience of a book, character 22 of field 008, in words. */
const audiences: Record<string, string> = { a: 'preschool', b: 'primary', c: 'junior-secondary', d: 'senior-secondary' }
const authorRoles = /^(aut|author|cre|creator|作者|著|编著|主编)\b/i

/**
 * MARCXML to a resource: MARC 21, and UNIMARC with its Chinese form CNMARC, told apart by the field that has the title.
 *
 * @param root - The element `record`, or a `collection`, of which the first record counts.
 */
export function marcxmlToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  takeMarc(draft, root)
  draft.useResolverAddress()
  return draft.build()
}

/** Adds what a MARC record says. */
export function takeMarc(draft: DraftBuilder, root: XmlElement): void {
  const record = readMarcRecord(root)
  if (record.fields('245').length === 0 && record.fields('200').length > 0) takeUnimarc(draft, record)
  else takeMarc21(draft, record)
}

function takeMarc21(draft: DraftBuilder, record: MarcRecord): void {
  const language = takeLanguages(draft, record)
  for (const field of record.fields('245')) {
    const [title = '', ...parts] = [field.text('a'), ...field.texts('np')].filter((text) => text !== undefined)
    const [subtitle] = field.texts('b')
    const name = [subtitle ? `${title}${/\p{Script=Han}/u.test(subtitle) ? '：' : ': '}${subtitle}` : title, ...parts].join('. ')
    draft.addName(name, scriptOf(name, language))
  }
  for (const field of record.fields('246', '130', '240')) {
    const title = field.text('abnp')
    if (title) draft.addAlternateName(title, undefined)
  }
  takeAgents(
    draft,
    record.fields('1x0', '1x1').filter((field) => field.tag !== '130'),
    true,
  )
  takeAgents(draft, record.fields('700', '710', '711', '720'), false)
  takePublication(draft, record)
  for (const field of record.fields('520', '505')) draft.addDescription(field.written('abtrg').join(' '), undefined)
  takeSubjects(draft, record)
  takeTypes(draft, record)
  takeAudience(draft, record)
  takeIdentifiers(draft, record)
  for (const field of record.fields('506')) draft.set('conditionsOfAccess', field.written('a')[0])
  for (const field of record.fields('540', '542'))
    for (const text of [...field.written('u'), ...field.written('af')]) draft.addLicense(text)
  for (const field of record.fields('490', '8x0', '773', '440')) takePart(draft, 'isPartOf', field)
  for (const field of record.fields('774')) takePart(draft, 'hasPart', field)
  for (const field of record.fields('534', '786')) takePart(draft, 'isBasedOn', field)
  for (const [tag, name] of Object.entries({
    250: 'edition',
    300: 'extent',
    500: 'note',
    546: 'languageNote',
    '082': 'classification.ddc',
  }))
    for (const field of record.fields(tag)) draft.keep(name, field.written('abc').join(' '))
  for (const field of record.fields('856')) takeLink(draft, field)
}

/** @returns The first language, for texts that are written in its script. */
function takeLanguages(draft: DraftBuilder, record: MarcRecord): string | undefined {
  // In older records the codes stand together: engchi.
  const declared = record.fields('041').flatMap((field) => field.texts('ad').flatMap((text) => text.match(/[a-z]{3}/gi) ?? []))
  const fixed = record.control('008')?.slice(35, 38)
  const languages = declared.length > 0 ? declared : fixed && /^[a-z]{3}$/.test(fixed) && !/^(und|zxx|mul)$/.test(fixed) ? [fixed] : []
  for (const language of languages) draft.addLanguage(language)
  return languages[0]
}

/** Titles are often romanised; such a title is not in the script of its language. */
function scriptOf(text: string, language: string | undefined): string | undefined {
  const isRomanised =
    /^(chi|zho|jpn|kor|ara|rus|tib|bod|uig|mon|per|fas|heb)$/.test(language ?? '') && /^[\p{Script=Latin}\P{L}]*$/u.test(text)
  return isRomanised ? undefined : language
}

/** A name and its form in another script are one agent. */
function takeAgents(draft: DraftBuilder, fields: readonly MarcField[], isMain: boolean): void {
  const taken = new Set<string>()
  for (const field of fields) {
    if (field.link !== undefined && taken.has(field.link)) continue
    if (field.link !== undefined) taken.add(field.link)
    const forms = field.link === undefined ? [field] : fields.filter((other) => other.link === field.link)
    takeAgent(draft, field, forms, isMain)
  }
}

function takeAgent(draft: DraftBuilder, field: MarcField, forms: readonly MarcField[], isMain: boolean): void {
  const isPerson = field.tag.endsWith('00')
  const type = isPerson ? 'Person' : field.tag === '720' ? undefined : 'Organization'
  const [first, ...others] = forms
    .map((form) => toAgent(form.text(isPerson ? 'abcq' : 'abcdn') ?? '', undefined, type))
    .filter((agent) => agent !== undefined)
  if (!first) return
  const agent: Agent = { ...first, name: Object.assign({}, ...others.map(({ name }) => name), first.name) }
  const [role] = [...field.texts('e'), ...field.written('4').map((text) => text.replace(/^https?:.*\//, ''))]
  if (/^(pbl|publisher)$/i.test(role ?? '')) draft.addAgent('publisher', agent)
  else if (isMain || authorRoles.test(role ?? '')) draft.addAgent('creator', agent)
  else draft.addAgent('contributor', role ? { ...agent, role } : agent)
}

/** Field 264 tells production, publication, distribution, manufacture and copyright by its second indicator; publication is 1. */
function takePublication(draft: DraftBuilder, record: MarcRecord): void {
  const fields = record.fields('260', '264').filter((field) => field.tag === '260' || /[ 1]/.test(field.indicators[1]))
  for (const field of fields) {
    for (const name of field.texts('b')) draft.addAgentName('publisher', name, undefined, 'Organization')
    for (const place of field.texts('a')) draft.keep('place', place)
    const [year] = field.texts('c').map((text) => /\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(text)?.[0])
    if (year) draft.addDate('datePublished', year)
  }
  const fixed = record.control('008')?.slice(7, 11)
  if (fixed && /^[12]\d{3}$/.test(fixed)) draft.addDate('datePublished', fixed)
}

function takeSubjects(draft: DraftBuilder, record: MarcRecord): void {
  for (const field of record.fields('650', '653', '690')) for (const text of field.texts('a')) takeSubject(draft, text, undefined)
  for (const field of record.fields('650', '651')) for (const text of field.texts('xyz')) draft.addKeyword(text)
  for (const field of record.fields('600', '610', '611', '630', '651')) draft.addKeyword(field.text('at') ?? '')
}

/** Genre and content type in words come before the code of the leader. */
function takeTypes(draft: DraftBuilder, record: MarcRecord): void {
  const words = record.fields('655', '336').flatMap((field) => field.texts('a'))
  const unknown = words.filter((word) => !draft.addConcept('learningResourceType', word))
  for (const word of unknown) draft.reportUnmapped('learningResourceType', word)
  if (unknown.length < words.length) return
  draft.addImplied('learningResourceType', recordTypes[record.leader[6] ?? ''] ?? '')
}

function takeAudience(draft: DraftBuilder, record: MarcRecord): void {
  for (const text of record.fields('521').flatMap((field) => field.texts('a'))) {
    if (!draft.addConcept('audience', text)) takeConcept(draft, 'educationalLevel', text)
  }
  const level = /[at]/.test(record.leader[6] ?? '') ? audiences[record.control('008')?.[22] ?? ''] : undefined
  if (level) draft.addImplied('educationalLevel', level)
}

function takeIdentifiers(draft: DraftBuilder, record: MarcRecord): void {
  for (const field of record.fields('020')) for (const text of field.texts('a')) draft.addIdentifier(text.replace(/\s*\(.*$/, ''), 'isbn')
  for (const field of record.fields('022')) for (const text of field.texts('a')) draft.addIdentifier(text, 'issn')
  for (const field of record.fields('024')) {
    const kind = field.indicators[0] === '7' ? field.texts('2')[0] : undefined
    for (const text of field.texts('a')) draft.addIdentifier(kind === 'hdl' && !/^h/i.test(text) ? `hdl:${text}` : text, kind)
  }
  const control = record.control('001')?.trim()
  if (control) draft.addIdentifier(control, record.control('003')?.trim() || 'local')
}

function takePart(draft: DraftBuilder, relation: 'isPartOf' | 'hasPart' | 'isBasedOn', field: MarcField): void {
  const title = field.text(field.tag.startsWith('7') || field.tag === '534' ? 't' : 'at') ?? field.text('a')
  if (title) draft.addReference(relation, title)
}

/** A second indicator of 2 marks a related resource, which is not this one. */
function takeLink(draft: DraftBuilder, field: MarcField): void {
  const encodingFormat = toMediaType(field.texts('q')[0])
  for (const address of field.written('u')) {
    if (field.indicators[1] === '2') draft.keep('relation.unknown', address)
    else if (/thumbnail|cover|封面/i.test(field.text('3yz') ?? '')) draft.addThumbnail(address)
    else {
      draft.addUrl(address)
      if (encodingFormat && encodingFormat !== 'text/html') draft.addFile(address, { encodingFormat })
    }
  }
}
