import type { ExampleRecord } from '../data/example-record.js'
import { element, escapeXml } from './xml.js'

/** The formats that the province offers, each with its writer. */
export const formats = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
    write: toDublinCore,
  },
  oai_lom: {
    schema: 'http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd',
    namespace: 'http://ltsc.ieee.org/xsd/LOM',
    write: toLearningObjectMetadata,
  },
} as const

function titlesOf(record: ExampleRecord): [language: string, title: string][] {
  const titles = Object.entries(record.titles ?? {})
  const own = titles.filter(([, title]) => title === record.title)
  return own.length > 0 ? [...own.slice(0, 1), ...titles.filter((entry) => entry !== own[0])] : [[record.language, record.title], ...titles]
}

function toDublinCore(record: ExampleRecord): string {
  return [
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    ...titlesOf(record).map(([language, title]) => element('dc:title', title, { 'xml:lang': language })),
    element('dc:creator', record.creator),
    ...[...(record.subject ?? []), ...(record.stage ? [record.stage] : []), ...(record.grade ?? []), ...(record.keywords ?? [])].map(
      (subject) => element('dc:subject', subject),
    ),
    element('dc:description', record.description),
    element('dc:publisher', record.publisher),
    element('dc:date', record.dateModified ?? record.dateCreated),
    element('dc:type', record.type),
    element('dc:format', record.encodingFormat),
    element('dc:identifier', record.url),
    element('dc:language', record.language),
    element('dc:relation', record.isPartOf),
    element('dc:rights', record.license),
    '</oai_dc:dc>',
  ].join('')
}

function toLearningObjectMetadata(record: ExampleRecord): string {
  const langString = (language: string, text: string) => element('string', text, { language })
  const taxon = (purpose: string, entry: string) =>
    `<classification><purpose><source>LOMv1.0</source><value>${purpose}</value></purpose><taxonPath><source>${langString('zh', 'edufed-example')}</source>` +
    `<taxon><entry>${langString('zh-Hans', entry)}</entry></taxon></taxonPath></classification>`
  return [
    '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>',
    `<identifier><catalog>province</catalog><entry>${escapeXml(record.id)}</entry></identifier>`,
    `<title>${titlesOf(record)
      .map(([language, title]) => langString(language, title))
      .join('')}</title>`,
    element('language', record.language),
    record.description ? `<description>${langString(record.language, record.description)}</description>` : '',
    ...(record.keywords ?? []).map((keyword) => `<keyword>${langString(record.language, keyword)}</keyword>`),
    '</general><lifeCycle>',
    contribute('author', record.creator, record.dateCreated),
    contribute('publisher', record.publisher, record.dateModified),
    '</lifeCycle><technical>',
    element('format', record.encodingFormat),
    element('size', record.contentSize?.toString()),
    element('location', record.url),
    '</technical><educational>',
    record.type ? `<learningResourceType><source>edufed-example</source>${element('value', record.type)}</learningResourceType>` : '',
    '</educational>',
    record.license
      ? `<rights><copyrightAndOtherRestrictions><source>LOMv1.0</source><value>yes</value></copyrightAndOtherRestrictions><description>${langString('x-none', record.license)}</description></rights>`
      : '',
    ...(record.subject ?? []).map((subject) => taxon('discipline', subject)),
    ...[...(record.stage ? [record.stage] : []), ...(record.grade ?? [])].map((level) => taxon('educational level', level)),
    ...[record.edition, record.volume].flatMap((entry) => (entry ? [taxon('curriculum', entry)] : [])),
    '</lom>',
  ].join('')
}

function contribute(role: string, name: string | undefined, date: string | undefined): string {
  if (!name) return ''
  const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nEND:VCARD`
  return (
    `<contribute><role><source>LOMv1.0</source><value>${role}</value></role><entity>${escapeXml(vcard)}</entity>` +
    `${date ? `<date>${element('dateTime', date)}</date>` : ''}</contribute>`
  )
}
