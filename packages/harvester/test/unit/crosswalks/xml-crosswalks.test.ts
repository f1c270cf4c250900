import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseFormat } from '../../../src/connectors/oai-pmh/formats.js'
import { toHarvestItem } from '../../../src/connectors/oai-pmh/record.js'
import { atomEntryToResource } from '../../../src/crosswalks/atom.js'
import { dataciteToResource } from '../../../src/crosswalks/datacite.js'
import { dimToResource } from '../../../src/crosswalks/dim.js'
import { edmToResource } from '../../../src/crosswalks/edm.js'
import { jyt0607Draft } from '../../../src/crosswalks/jyt-0607.js'
import { lomToResource } from '../../../src/crosswalks/lom.js'
import { manifestToResource } from '../../../src/crosswalks/manifest.js'
import { mapXml } from '../../../src/crosswalks/mapping/map-record.js'
import { marcxmlToResource } from '../../../src/crosswalks/marcxml.js'
import { metsToResource } from '../../../src/crosswalks/mets.js'
import { modsToResource } from '../../../src/crosswalks/mods.js'
import { oaiDcToResource } from '../../../src/crosswalks/oai-dc.js'
import { findXmlCrosswalk } from '../../../src/crosswalks/xml-crosswalks.js'
import { xoaiToResource } from '../../../src/crosswalks/xoai.js'
import type { XmlElement } from '../../../src/xml/element.js'
import { parseElement } from '../../support/parse-element.js'

const find = (xml: string, prefix: string) => findXmlCrosswalk(parseElement(`<metadata>${xml}</metadata>`), prefix)
const nameOf = (xml: string, prefix: string) => {
  const found = find(xml, prefix)
  return found && Object.values(found.crosswalk(found.root).resource?.name ?? {})[0]
}

describe('the crosswalk for a record', () => {
  it.each([
    ['oai_dc', '<oai_dc:dc xmlns:oai_dc="x"><dc:title>T</dc:title></oai_dc:dc>'],
    ['oai_ddc', '<ddc><title>T</title></ddc>'],
    ['qdc', '<qdc:qualifieddc xmlns:qdc="x"><dcterms:title>T</dcterms:title></qdc:qualifieddc>'],
    ['dcterms', '<dcterms><metadata><title>T</title></metadata></dcterms>'],
    ['mods', '<modsCollection><mods><titleInfo><title>T</title></titleInfo></mods></modsCollection>'],
    [
      'oai_marc21_x',
      '<record xmlns="http://www.loc.gov/MARC21/slim"><datafield tag="245"><subfield code="a">T /</subfield></datafield></record>',
    ],
    ['marc21', '<record><datafield tag="245"><subfield code="a">T :</subfield></datafield></record>'],
    ['anything', '<record><leader/><datafield tag="200"><subfield code="a">T</subfield></datafield></record>'],
    ['dim', '<dim><field element="title">T</field></dim>'],
    ['dspace', '<dc><dcvalue element="title" qualifier="none">T</dcvalue></dc>'],
    [
      'xoai',
      '<metadata><element name="dc"><element name="title"><element name="none"><field name="value">T</field></element></element></element></metadata>',
    ],
    ['mets', '<mets><dmdSec><mdWrap><xmlData><mods><titleInfo><title>T</title></titleInfo></mods></xmlData></mdWrap></dmdSec></mets>'],
    ['oai_datacite', '<oai_datacite><payload><resource><titles><title>T</title></titles></resource></payload></oai_datacite>'],
    ['datacite', '<resource xmlns="http://datacite.org/schema/kernel-4"><titles><title>T</title></titles></resource>'],
    ['oai_openaire', '<resource xmlns:datacite="http://datacite.org/schema/kernel-4"><titles><title>T</title></titles></resource>'],
    ['edm', '<RDF><ProvidedCHO about="x"><title>T</title></ProvidedCHO></RDF>'],
    ['rdf', '<RDF><Description about="x"><title>T</title></Description></RDF>'],
    ['atom', '<entry xmlns="http://www.w3.org/2005/Atom"><title>T</title></entry>'],
    ['ore', '<entry><title>T</title></entry>'],
    ['lom', '<lom><general><title><string>T</string></title></general></lom>'],
    ['ims_md', '<record xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general><title>T</title></general></record>'],
    ['oai_lom', '<general><title><string>T</string></title></general>'],
    ['jyt0607', '<记录><基本><标题>T</标题></基本></记录>'],
    [
      'didl',
      '<DIDL><Item><Component><Resource><oai_dc:dc xmlns:oai_dc="x"><title>T</title></oai_dc:dc></Resource></Component></Item></DIDL>',
    ],
  ])('is found for %s: %s', (prefix, xml) => {
    expect(nameOf(xml, prefix)).toBe('T')
  })

  it.each([
    '<record><name>T</name></record>',
    '<resource><title>T</title></resource>',
    '<constructor/>',
    '<unknown><title>T</title></unknown>',
  ])('is not guessed for %s, which is kept raw with an issue', (xml) => {
    expect(find(xml, 'own_format')).toBeUndefined()
    const record = parseElement(`<record><header><identifier>1</identifier></header><metadata>${xml}</metadata></record>`)
    expect(toHarvestItem(record, 'own_format')).toMatchObject({ identifier: '1', issues: [{ code: 'format.unknown', severity: 'error' }] })
  })

  it('takes elements that the mapping of a source names, and keeps the others when it says so', () => {
    const mapping = { keepOthers: true, fields: { name: '**.mc', subject: '**.xk', creator: '**.zz' } }
    const { resource } = mapXml(parseElement('<r><zy><MC>水的循环</MC><xk>地理</xk><zz>李华；王芳</zz><bh>7</bh></zy></r>'), mapping)
    expect(resource).toMatchObject({ name: { 'zh-Hans': '水的循环' }, about: [{ notation: 'geography' }], sourceValues: { bh: ['7'] } })
    expect(resource?.creator).toHaveLength(2)
  })
})

describe('the format to harvest', () => {
  const choose = (...prefixes: string[]) => chooseFormat(prefixes.map((metadataPrefix) => ({ metadataPrefix, namespace: '' })))

  it('is the richest that a crosswalk reads', () => {
    expect(choose('oai_dc', 'mods', 'lom')).toBe('lom')
    expect(choose('oai_dc', 'mods', 'oai_qdc')).toBe('oai_qdc')
    expect(choose('oai_dc', 'xoai')).toBe('xoai')
    expect(choose('marc21', 'oai_dc', 'mets')).toBe('oai_dc')
    expect(choose('mets', 'rdf')).toBe('mets')
    expect(choose('rfc1807')).toBeUndefined()
    expect(chooseFormat([{ metadataPrefix: 'm', namespace: 'http://www.loc.gov/mods/v3' }])).toBe('m')
  })
})

describe('crosswalks from XML', () => {
  const crosswalks = {
    oaiDcToResource,
    lomToResource,
    manifestToResource,
    modsToResource,
    marcxmlToResource,
    dimToResource,
    xoaiToResource,
    metsToResource,
    dataciteToResource,
    edmToResource,
    jyt0607ToResource: (root: XmlElement) => mapXml(root, jyt0607Draft),
    atomEntryToResource,
  }
  // Words that the formats know, so that arbitrary trees reach into them.
  const name = fc.constantFrom(
    ...'title titleInfo name namePart role roleTerm dc mods dim field element metadata record leader controlfield datafield subfield dmdSec mdWrap xmlData structMap div fileSec fileGrp file FLocat resource titles creators creator nameIdentifier dates date identifier relatedIdentifier ProvidedCHO Aggregation WebResource isShownBy subject language link category content author general keyword string classification taxonPath taxon entry 标题 适用对象 难度 constructor __proto__'.split(
      ' ',
    ),
  )
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('', '245', '2021/2022', 'https://a.example.org/', 'http://[', 'hdl:1/2', 'BEGIN:VCARD', 'en', '880-01'),
  )
  const attribute = fc.constantFrom(
    'xml:lang',
    'type',
    'tag',
    'code',
    'ind1',
    'ind2',
    'USE',
    'DMDID',
    'ID',
    'name',
    'qualifier',
    'rdf:about',
    'rdf:resource',
    'xlink:href',
    'dateType',
    'rel',
    'xml:base',
    'xmlns',
  )
  const treeOf = (depth: number): fc.Arbitrary<XmlElement> =>
    fc.record({
      name,
      attributes: fc.dictionary(attribute, text, { maxKeys: 4 }),
      children: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 4 }),
      text,
    })
  const tree = treeOf(5)

  it.each(Object.entries(crosswalks))('%s never throws, whatever the tree', (_, crosswalk) => {
    fc.assert(
      fc.property(tree, (root) => {
        const { resource, issues } = crosswalk(root)
        expect(resource !== undefined || issues.some(({ severity }) => severity === 'error')).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('finding a crosswalk never throws either', () => {
    fc.assert(
      fc.property(tree, text, (root, prefix) => {
        const found = findXmlCrosswalk(root, prefix)
        found?.crosswalk(found.root)
      }),
      { numRuns: 150 },
    )
  })
})
