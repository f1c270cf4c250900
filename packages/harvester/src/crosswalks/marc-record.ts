import { attributeOf, findChildren, textOf, type XmlElement } from '../xml/element.js'

/** One data field of a MARC record. */
export interface MarcField {
  tag: string
  indicators: readonly [string, string]
  /** What a field and its form in another script have in common. */
  link: string | undefined
  /** Texts of the subfields of these codes, in the order of the record, without the punctuation between them. */
  texts(codes: string): string[]
  /** Texts of the subfields of these codes as they are written: sentences and addresses. */
  written(codes: string): string[]
  /** The same texts as one. */
  text(codes: string): string | undefined
}

/** A MARC record of which only the structure is known. */
export interface MarcRecord {
  leader: string
  /** Text of a control field. */
  control(tag: string): string | undefined
  /** Fields of these tags, `x` standing for any digit; a field in another script (880) counts for the tag that it repeats. */
  fields(...tags: string[]): MarcField[]
}

/** Reads a `record` of MARCXML, or of its `collection` the first. */
export function readMarcRecord(root: XmlElement): MarcRecord {
  const record = findChildren(root, 'record')[0] ?? root
  const controls = findChildren(record, 'controlfield')
  const fields = findChildren(record, 'datafield').map(readField)
  return {
    leader: findChildren(record, 'leader')[0]?.text ?? '',
    // The text is not trimmed: positions count.
    control: (tag) => controls.find((field) => attributeOf(field, 'tag')?.trim() === tag)?.text,
    fields: (...tags) => fields.filter((field) => tags.some((tag) => isTag(field.tag, tag))),
  }
}

function isTag(tag: string, pattern: string): boolean {
  return tag === pattern || (tag.length === pattern.length && [...pattern].every((digit, index) => digit === 'x' || digit === tag[index]))
}

function readField(element: XmlElement): MarcField {
  const written = attributeOf(element, 'tag')?.trim() ?? ''
  const subfields = findChildren(element, 'subfield').flatMap((subfield) => {
    const text = textOf(subfield)
    return text === undefined ? [] : [{ code: attributeOf(subfield, 'code')?.trim() ?? '', text }]
  })
  const [, linked, link] = /^(\d{3})-(\d{2})/.exec(subfields.find(({ code }) => code === '6')?.text ?? '') ?? []
  const tag = written === '880' && linked !== undefined ? linked : written
  const all = (codes: string) => subfields.filter(({ code }) => code !== '' && codes.includes(code)).map(({ text }) => text)
  const texts = (codes: string) =>
    all(codes)
      .map(withoutPunctuation)
      .filter((text) => text !== '')
  return {
    tag,
    link: link === undefined || link === '00' ? undefined : `${tag}-${link}`,
    indicators: [attributeOf(element, 'ind1') ?? ' ', attributeOf(element, 'ind2') ?? ' '],
    texts,
    written: all,
    text: (codes) => texts(codes).join(' ') || undefined,
  }
}

/** Cataloguing rules end a part with the mark that begins the next: `Title /`, `Beijing :`, `Smith, John,`. */
function withoutPunctuation(text: string): string {
  return text
    .trim()
    .replace(/\s*[/:;,=]$/, '')
    .replace(/(?<=\p{L}{3})\.$/u, '')
    .trim()
}
