import { ResourceDraft } from '@edufed/sdk/schemas'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { lomToResource } from '../../../src/crosswalks/lom.js'
import { parseElement } from '../../support/parse-element.js'

const draft = Compile(ResourceDraft)
const convert = (xml: string) => lomToResource(parseElement(xml))
const card = (name: string, organization = '') =>
  `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\n${organization ? `ORG:${organization}\n` : ''}END:VCARD`

const ieee = `<lom xmlns="http://ltsc.ieee.org/xsd/LOM">
  <general>
    <identifier><catalog>ISBN</catalog><entry>978-7-107-36789-5</entry></identifier>
    <title><string language="zh">分数的初步认识</string><string language="ug">كەسىرنى دەسلەپكى تونۇش</string></title>
    <language>zh-CN</language>
    <description><string language="zh">三年级上册的一节课。</string></description>
    <keyword><string language="zh">分数；小学</string></keyword>
  </general>
  <lifeCycle>
    <contribute><role><source>LOMv1.0</source><value>author</value></role><entity>${card('李华', '太原市实验小学')}</entity><date><dateTime>2023-09-01</dateTime></date></contribute>
    <contribute><role><value>publisher</value></role><entity>${card('Example Press', 'Example Press')}</entity></contribute>
    <contribute><role><value>graphical designer</value></role><entity>${card('Ada Lovelace')}</entity></contribute>
  </lifeCycle>
  <technical><format>application/pdf</format><size>2048</size><location>https://school.example.org/a.pdf</location></technical>
  <educational>
    <learningResourceType><source>LOMv1.0</source><value>lecture</value></learningResourceType>
    <intendedEndUserRole><source>LOMv1.0</source><value>teacher</value></intendedEndUserRole>
    <typicalLearningTime><duration>PT40M</duration></typicalLearningTime>
    <difficulty><source>LOMv1.0</source><value>easy</value></difficulty>
  </educational>
  <rights><cost><value>no</value></cost><description><string language="en">https://creativecommons.org/licenses/by/4.0/</string></description></rights>
  <relation><kind><value>ispartof</value></kind><resource><description><string language="zh">义务教育教科书 数学 三年级 上册</string></description></resource></relation>
  <classification>
    <purpose><source>LOMv1.0</source><value>discipline</value></purpose>
    <taxonPath><source><string language="zh">学科</string></source><taxon><entry><string language="zh">数学</string></entry></taxon></taxonPath>
  </classification>
</lom>`

const ims = `<lom xmlns="http://www.imsglobal.org/xsd/imsmd_v1p2">
  <general>
    <title><langstring xml:lang="x-none">Fractions</langstring></title>
    <catalogentry><catalog>URI</catalog><entry><langstring>urn:x:1</langstring></entry></catalogentry>
    <language>en</language>
  </general>
  <lifecycle><contribute><role><source><langstring>LOMv1.0</langstring></source><value><langstring xml:lang="x-none">Author</langstring></value></role><centity><vcard>${card('John Smith')}</vcard></centity></contribute></lifecycle>
  <technical><location type="URI">https://school.example.org/fractions</location></technical>
  <educational><typicallearningtime><datetime>PT1H</datetime></typicallearningtime></educational>
  <classification><purpose><value><langstring>Discipline</langstring></value></purpose><taxonpath><taxon><entry><langstring>Science</langstring></entry><taxon><entry><langstring>Mathematics</langstring></entry></taxon></taxon></taxonpath></classification>
</lom>`

describe('LOM to a resource', () => {
  it('reads the binding of IEEE, with titles in all their languages', () => {
    const { resource, issues } = convert(ieee)
    expect(draft.Check(resource)).toBe(true)
    expect(resource).toMatchObject({
      name: { 'zh-Hans': '分数的初步认识', 'ug-Arab': 'كەسىرنى دەسلەپكى تونۇش' },
      identifier: [{ scheme: 'isbn', value: '9787107367895' }],
      inLanguage: ['zh-Hans'],
      description: { 'zh-Hans': '三年级上册的一节课。' },
      about: [{ notation: 'mathematics' }],
      keywords: [{ value: '分数' }, { value: '小学' }],
      creator: [{ type: 'Person', name: { 'zh-Hans': '李华' }, affiliation: { 'zh-Hans': '太原市实验小学' } }],
      publisher: [{ type: 'Organization' }],
      contributor: [{ type: 'Person', role: 'graphical designer' }],
      dateCreated: '2023-09-01',
      url: 'https://school.example.org/a.pdf',
      encoding: [{ contentUrl: 'https://school.example.org/a.pdf', encodingFormat: 'application/pdf', contentSize: 2048 }],
      timeRequired: 'PT40M',
      difficulty: 'easy',
      isAccessibleForFree: true,
      license: { id: 'https://creativecommons.org/licenses/by/4.0/' },
      audience: [{ notation: 'teacher' }],
      isPartOf: [{ name: { 'zh-Hans': '义务教育教科书 数学 三年级 上册' } }],
    })
    expect(issues.filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it('reads IMS MD 1.2, where x-none is no language and taxons stand inside of each other', () => {
    const { resource } = convert(ims)
    expect(draft.Check(resource)).toBe(true)
    expect(Object.values(resource?.name ?? {})).toEqual(['Fractions'])
    expect(resource).toMatchObject({
      identifier: [{ scheme: 'uri', value: 'urn:x:1' }],
      creator: [{ type: 'Person' }],
      timeRequired: 'PT1H',
      url: 'https://school.example.org/fractions',
    })
    expect(resource?.about?.map(({ notation }) => notation)).toContain('mathematics')
    expect(resource?.encoding).toBeUndefined()
  })

  it('reads elements in a wrong namespace, with any prefix and in any case of letters', () => {
    const strange = ims
      .replaceAll(/<(\/?)(\w)/g, '<$1q:$2')
      .replace('xmlns=', 'xmlns:q=')
      .replaceAll('q:general', 'q:GENERAL')
    expect(convert(strange).resource).toEqual(convert(ims).resource)
  })

  it('gives no resource without a title, and says why', () => {
    expect(convert('<lom><general><language>zh</language></general></lom>')).toMatchObject({
      issues: [{ code: 'title.missing', severity: 'error' }],
    })
    expect(convert('<lom/>').resource).toBeUndefined()
  })
})
