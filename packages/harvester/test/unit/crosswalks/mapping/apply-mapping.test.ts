import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../../../src/crosswalks/mapping/compile-mapping.js'
import { findMappingFaults } from '../../../../src/crosswalks/mapping/find-mapping-faults.js'
import { JsonSource } from '../../../../src/crosswalks/mapping/json-source.js'
import { mapRecord } from '../../../../src/crosswalks/mapping/map-record.js'
import type { Mapping } from '../../../../src/crosswalks/mapping/mapping.js'
import type { MappingSource } from '../../../../src/crosswalks/mapping/mapping-source.js'
import { RowSource } from '../../../../src/crosswalks/mapping/row-source.js'
import { XmlSource } from '../../../../src/crosswalks/mapping/xml-source.js'
import { resourceFields } from '../../../../src/crosswalks/resource-fields.js'
import { matchConcepts } from '../../../../src/vocabularies/match.js'
import { parseElement } from '../../../support/parse-element.js'

const mapJson = (mapping: Mapping, value: unknown) => mapRecord(compileMapping(mapping), new JsonSource(value))
const subjectsOf = (result: ReturnType<typeof mapJson>) => result.resource?.about?.map(({ notation }) => notation)

describe('a rule', () => {
  const nameBy = (rule: NonNullable<Mapping['fields']>['name'], value: unknown) => mapJson({ fields: { name: rule } }, value).resource?.name

  it('takes the values at a path, through lists and at any depth', () => {
    const record = { a: { titles: [{ text: 'One' }, { text: 'Zwei' }] }, 'dc.title': 'Dotted' }
    expect(nameBy({ from: 'a.titles.1.text', language: 'de' }, record)).toEqual({ de: 'Zwei' })
    expect(nameBy({ from: '**.text', language: 'en' }, record)).toEqual({ en: 'One' })
    expect(nameBy({ from: 'dc.title', language: 'en' }, record)).toEqual({ en: 'Dotted' })
  })

  it('takes the first that has a value, or a constant', () => {
    const rule = { firstOf: ['x', 'y', { constant: 'Untitled' }], language: 'en' }
    expect(nameBy(rule, { x: ' ', y: 'Y' })).toEqual({ en: 'Y' })
    expect(nameBy(rule, {})).toEqual({ en: 'Untitled' })
  })

  it('joins values, and gives none where the source has none', () => {
    const mapping: Mapping = { fields: { name: 't', url: { join: [{ constant: 'https://a.example/' }, 'id'], with: '' } } }
    expect(mapJson(mapping, { t: '甲', id: 7 }).resource?.url).toBe('https://a.example/7')
    expect(mapJson(mapping, { t: '甲' }).resource?.url).toBeUndefined()
  })

  it('takes several rules of one field, each with its language', () => {
    expect(nameBy(['zh', { from: 'ug', language: 'ug-Arab' }], { zh: '数学', ug: 'ماتېماتىكا' })).toEqual({
      'zh-Hans': '数学',
      'ug-Arab': 'ماتېماتىكا',
    })
  })

  it('splits by what it says, else by the marks that are usual', () => {
    const keywordsBy = (rule: NonNullable<Mapping['fields']>['keywords']) =>
      mapJson({ fields: { name: 't', keywords: rule } }, { t: 'T', k: 'a,b/c' }).resource?.keywords?.map(({ value }) => value)
    expect(keywordsBy('k')).toEqual(['a', 'b/c'])
    expect(keywordsBy({ from: 'k', split: '/' })).toEqual(['a,b', 'c'])
  })

  it('says by which value a record is named', () => {
    expect(mapJson({ fields: { name: 't', identifier: 'code' } }, { t: 'T', code: 'k-1' }).identifier).toBe('k-1')
  })
})

describe('a vocabulary table', () => {
  const mapping: Mapping = {
    fields: { name: 't', subject: { from: 's', vocabulary: 'subjects' }, license: { from: 'r', vocabulary: 'rights' } },
    vocabularies: {
      subjects: { SX: 'mathematics', 'A;B': 'physics', GH: ['chemistry', 'audience:teacher'], QT: null },
      rights: { 1: 'CC BY 4.0' },
    },
  }

  it('says what raw values mean, whole or split, in any width and case of letters', () => {
    expect(subjectsOf(mapJson(mapping, { t: 'T', s: 'ｓｘ；语文' }))).toEqual(['mathematics', 'chinese'])
    expect(subjectsOf(mapJson(mapping, { t: 'T', s: 'A;B' }))).toEqual(['physics'])
    const both = mapJson(mapping, { t: 'T', s: 'GH' })
    expect([subjectsOf(both), both.resource?.audience?.map(({ notation }) => notation)]).toEqual([['chemistry'], ['teacher']])
  })

  it('keeps the raw words beside the codes, also those that are known to mean nothing', () => {
    const { resource, issues } = mapJson(mapping, { t: 'T', s: ['SX', 'QT'], r: 1, url: '' })
    expect(resource?.sourceValues).toEqual({ about: ['SX', 'QT'], license: ['1'] })
    expect(resource?.license?.label).toBe('CC BY 4.0')
    expect(issues.map(({ code }) => code)).toEqual(['url.missing'])
  })

  it('reports each value that it lacks, and keeps it', () => {
    const { resource, issues } = mapJson(mapping, { t: 'T', s: ['量子魔法', '??'], r: 'secret' })
    expect(issues.filter(({ value }) => value !== undefined)).toMatchObject([
      { code: 'value.unmapped', path: 'license', value: 'secret' },
      { code: 'concept.unknown', path: 's', value: '量子魔法' },
      { code: 'concept.unknown', path: 's', value: '??' },
    ])
    expect(resource?.sourceValues?.about).toEqual(['量子魔法', '??'])
    expect(resource?.license).toEqual({ id: null, raw: 'secret' })
  })
})

describe('a source', () => {
  const xml = parseElement(
    '<om:res xmlns:om="x" id="7"><om:meta><om:title xml:lang="en">Tides</om:title><om:title xml:lang="de">Gezeiten</om:title></om:meta><om:link href="https://a.example/7"/><dc.type>video</dc.type></om:res>',
  )

  it('in XML is read by paths without prefixes, with its languages and attributes', () => {
    const source = new XmlSource(xml)
    const texts = (path: string) => source.read(path).map(({ text }) => text)
    expect(source.read('meta.title')).toEqual([
      { text: 'Tides', language: 'en' },
      { text: 'Gezeiten', language: 'de' },
    ])
    expect(texts('res.META.om:title')).toEqual(['Tides', 'Gezeiten'])
    expect(texts('**.title')).toEqual(['Tides', 'Gezeiten'])
    expect([texts('@id'), texts('link.@href'), texts('**.@href'), texts('dc.type'), texts('*.title'), texts('nothing')]).toEqual([
      ['7'],
      ['https://a.example/7'],
      ['https://a.example/7'],
      ['video'],
      ['Tides', 'Gezeiten'],
      [],
    ])
  })

  it('tells all of its texts by paths that a mapping may write, and which of them were read', () => {
    const sources: [MappingSource, string][] = [
      [new XmlSource(xml), 'meta.title'],
      [new JsonSource({ a: [{ b: 1 }, { b: 2 }], c: { d: true }, e: null }), 'a.b'],
      [new RowSource(['标题', '', '学科'], ['甲', 'x', '数学'], new Map([['标题', 0]])), '标题'],
    ]
    const told = sources.map(([source, path]) => {
      source.read(path)
      return source.entries().map((entry) => `${entry.path}=${entry.text}${entry.isRead ? ' ✓' : ''}`)
    })
    expect(told).toEqual([
      ['@id=7', 'meta.title=Tides ✓', 'meta.title=Gezeiten ✓', 'link.@href=https://a.example/7', 'dc.type=video'],
      ['a.b=1 ✓', 'a.b=2 ✓', 'c.d=true'],
      ['标题=甲 ✓', 'column 2=x', '学科=数学'],
    ])
  })

  it('keeps what no rule reads when the mapping says so', () => {
    const { resource } = mapJson({ keepOthers: true, fields: { name: 't' } }, { t: 'T', x: { y: 'kept' } })
    expect(resource?.sourceValues).toEqual({ y: ['kept'] })
  })
})

describe('a mapping that extends another', () => {
  it('replaces its rules field by field', () => {
    const mapping: Mapping = { extends: 'jyt0607-draft', fields: { name: 'mc' } }
    const compiled = compileMapping(mapping)
    const { resource } = mapRecord(
      compiled,
      new XmlSource(parseElement('<r><mc>水的循环</mc><标题>不用</标题><学科>数学</学科></r>'), compiled.anywhere),
    )
    expect(resource).toMatchObject({
      name: { 'zh-Hans': '水的循环' },
      about: [{ notation: 'mathematics' }],
      sourceValues: { 标题: ['不用'] },
    })
  })
})

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('数学', 'SX', '三年级', 'https://a.example/1', '2024-01-31', '<b>x</b>', ' '),
)
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a.b', '__proto__', ''), tie('value'), { maxKeys: 4 }),
  ),
})).value
const path = fc.constantFrom('a', 'b', 'a.b', 'a.0.b', '**.c', '*.a', 'c.@x', '__proto__', 'constructor', '@x', '..')
const part = fc.oneof(path, fc.record({ constant: fc.constantFrom('k', '数学') }))
const options = fc.record(
  { split: fc.constantFrom(';', ' '), vocabulary: fc.constant('table'), language: fc.constantFrom('ug-Arab', 'zh-Hans', 'en') },
  { requiredKeys: [] },
)
const rule = fc
  .tuple(
    fc.oneof(
      fc.record({ from: fc.oneof(path, fc.array(path, { minLength: 1, maxLength: 3 })) }),
      fc.record({ firstOf: fc.array(part, { minLength: 1, maxLength: 3 }) }),
      fc.record({ join: fc.array(part, { minLength: 1, maxLength: 3 }), with: fc.constantFrom('', '/') }),
      fc.record({ constant: fc.constantFrom('k', '数学') }),
    ),
    options,
  )
  .map(([source, others]) => ({ ...source, ...others }))
const mappings = fc
  .record({
    keepOthers: fc.boolean(),
    fields: fc.dictionary(fc.constantFrom(...resourceFields), fc.oneof(path, rule, fc.array(rule, { minLength: 1, maxLength: 3 })), {
      maxKeys: 12,
    }),
  })
  .map(
    ({ keepOthers, fields }): Mapping => ({
      keepOthers,
      fields: { ...fields, name: fields.name ?? 'a' },
      vocabularies: { table: { SX: null, __proto__: null } },
    }),
  )

describe('any mapping over any record', () => {
  const xmlOf = (value: unknown): string =>
    typeof value === 'object' && value !== null
      ? Object.values(value)
          .map((inner, index) => `<${'abc'[index % 3]} x="1">${xmlOf(inner)}</${'abc'[index % 3]}>`)
          .join('')
      : String(value).replace(/[^\p{L}\p{N} /:.-]/gu, '')

  it('never throws, and gives a title or says that there is none', () => {
    fc.assert(
      fc.property(mappings, json, (mapping, value) => {
        expect(findMappingFaults(mapping)).toEqual([])
        const compiled = compileMapping(mapping)
        const cells = typeof value === 'object' && value !== null ? Object.values(value).map((cell) => JSON.stringify(cell)) : [`${value}`]
        const columns = new Map([
          ['a', 0],
          ['b', 1],
        ])
        for (const source of [
          new JsonSource(value),
          new XmlSource(parseElement(`<a>${xmlOf(value)}</a>`), compiled.anywhere),
          new RowSource(['a', 'b'], cells, columns),
        ]) {
          const { resource, issues } = mapRecord(compiled, source)
          expect(resource !== undefined || issues.some(({ code }) => code === 'title.missing')).toBe(true)
          source.entries()
        }
      }),
      { numRuns: 500 },
    )
  })

  it('reports every value that neither its table nor the vocabulary knows, with the value', () => {
    const raw = fc.array(fc.oneof(fc.stringMatching(/^[a-z0-9]{3,10}$/), fc.constantFrom('数学', 'SX', 'YW', '未知学科')), { maxLength: 8 })
    const mapping: Mapping = {
      fields: { name: { constant: 'T' }, subject: { from: 's', vocabulary: 'subjects' }, difficulty: { from: 'd', vocabulary: 'levels' } },
      vocabularies: { subjects: { SX: 'mathematics', YW: 'chinese' }, levels: { SX: 'easy' } },
    }
    const vocabularies = ['subject', 'audience', 'grade', 'stage', 'volume', 'edition', 'type'] as const
    fc.assert(
      fc.property(raw, raw, (s, d) => {
        const { resource, issues } = mapRecord(compileMapping(mapping), new JsonSource({ s, d }))
        const isKnown = (text: string) =>
          ['sx', 'yw'].includes(text.toLowerCase()) || vocabularies.some((name) => matchConcepts(name, text).length > 0)
        const told = (code: string) => issues.filter((issue) => issue.code === code).map(({ value }) => value)
        expect(told('concept.unknown')).toEqual(s.filter((text) => !isKnown(text)))
        expect(told('value.unmapped')).toEqual(d.filter((text) => text.toLowerCase() !== 'sx'))
        for (const text of s) expect(resource?.sourceValues?.about).toContain(text)
      }),
    )
  })
})
