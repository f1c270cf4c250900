import { toMediaType } from '../quality/media-type.js'
import { type DraftBuilder, toAgent } from './draft-builder.js'
import { takeSubject } from './dublin-core.js'
import type { MarcRecord } from './marc-record.js'

/** Adds what a record in UNIMARC, or in its Chinese form CNMARC, says. */
export function takeUnimarc(draft: DraftBuilder, record: MarcRecord): void {
  for (const field of record.fields('101')) for (const code of field.texts('a')) draft.addLanguage(code)
  for (const field of record.fields('200')) {
    const [title = ''] = field.texts('a')
    const [further] = field.texts('e')
    const name = further ? `${title}${/\p{Script=Han}/u.test(further) ? '：' : ': '}${further}` : title
    draft.addName([name, ...field.texts('hi')].join('. '), undefined)
  }
  for (const field of record.fields('51x', '540')) draft.addAlternateName(field.text('a') ?? '', undefined)
  for (const field of record.fields('210', '214')) {
    for (const name of field.texts('c')) draft.addAgentName('publisher', name, undefined, 'Organization')
    const [year] = field.texts('d').map((text) => /\d{4}(?:[-.]\d{1,2})?/.exec(text)?.[0])
    if (year) draft.addDate('datePublished', year)
  }
  for (const field of record.fields('330', '327')) draft.addDescription(field.written('a').join(' '), undefined)
  for (const field of record.fields('606', '610')) {
    for (const text of field.texts('a')) takeSubject(draft, text, undefined)
    for (const text of field.texts('xyz')) draft.addKeyword(text)
    // The form of the work: 习题集.
    for (const text of field.texts('j')) if (!draft.addConcept('learningResourceType', text)) draft.addKeyword(text)
  }
  for (const field of record.fields('70x', '71x')) {
    const name = field.texts('ab').join(/\p{Script=Han}/u.test(field.text('a') ?? '') ? '' : ', ')
    const agent = toAgent(name, undefined, field.tag.startsWith('70') ? 'Person' : 'Organization')
    const [role] = field.texts('4')
    // 700, 701, 710 and 711 answer for the work as a whole; 702 and 712 for a part of it.
    if (!field.tag.endsWith('2')) draft.addAgent('creator', agent)
    else draft.addAgent('contributor', agent && role ? { ...agent, role } : agent)
  }
  for (const field of record.fields('010')) for (const text of field.texts('a')) draft.addIdentifier(text, 'isbn')
  for (const field of record.fields('011')) for (const text of field.texts('a')) draft.addIdentifier(text, 'issn')
  const control = record.control('001')?.trim()
  if (control) draft.addIdentifier(control, 'local')
  for (const field of record.fields('225', '410', '461')) {
    const title = field.text(field.tag === '225' ? 'a' : 't') ?? field.text('a')
    if (title) draft.addReference('isPartOf', title)
  }
  for (const [tag, name] of Object.entries({ 205: 'edition', 215: 'extent', 300: 'note', 690: 'classification.clc' }))
    for (const field of record.fields(tag)) draft.keep(name, field.text('ad') ?? '')
  for (const field of record.fields('856')) {
    const encodingFormat = toMediaType(field.texts('q')[0])
    for (const address of field.written('u')) {
      draft.addUrl(address)
      if (encodingFormat && encodingFormat !== 'text/html') draft.addFile(address, { encodingFormat })
    }
  }
}
