import { readdirSync, readFileSync } from 'node:fs'
import { ResourceDraft } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { jsonLdToResource } from '../../../src/crosswalks/json-ld.js'
import { noSharedData, sharedData } from '../../support/shared-data.js'

const isDraft = Compile(ResourceDraft)

describe('JSON-LD to a resource', () => {
  it('takes the block about teaching out of those of a page, from the text of script elements', () => {
    const blocks = [
      '{"@context":"https://schema.org","@type":"WebSite","name":"Site"}',
      '<!-- {"@context":"https://schema.org","@type":"WebPage","name":"Page"} -->',
      '// <![CDATA[\n{"@context":"http://schema.org","@type":"CreativeWork","name":"Lesson","learningResourceType":"lesson plan",\n"description":"two\nlines"};\n// ]]>',
      '{"broken": }',
    ]
    const { resource, issues } = jsonLdToResource(blocks, { pageUrl: 'https://a.example.org/l' })
    expect(resource).toMatchObject({ name: { und: 'Lesson' }, description: { und: 'two lines' }, url: 'https://a.example.org/l' })
    expect(issues).toMatchObject([{ code: 'json.invalid', severity: 'warning' }])
  })

  it('reads the documents that a node of this alliance writes', () => {
    const { resource, issues } = jsonLdToResource({
      '@context': { '@vocab': 'https://schema.org/', id: '@id', type: '@type' },
      id: 'urn:edufed:a.example:1',
      type: ['LearningResource'],
      name: { 'zh-Hans': '数学', 'ug-Arab': 'ماتېماتىكا' },
      alternateName: { en: ['Maths', 'Mathematics'] },
      url: 'https://a.example.org/1',
      identifier: [{ type: 'PropertyValue', propertyID: 'isbn', value: '9787107367895' }],
      inLanguage: ['zh-Hans', 'ug-Arab'],
      keywords: [{ '@value': '分数', '@language': 'zh-Hans' }, 'plain'],
      about: [
        { type: 'DefinedTerm', id: 'urn:edufed-vocabulary:subject:mathematics', name: { en: 'unknown label' }, termCode: 'mathematics' },
      ],
      audience: [{ type: 'EducationalAudience', educationalRole: { type: 'DefinedTerm', name: { 'zh-Hans': '教师' } } }],
      textbookEdition: { type: 'DefinedTerm', name: { 'zh-Hans': '人教版' } },
      encoding: [
        { type: 'MediaObject', contentUrl: 'https://a.example.org/1.mp4', contentSize: '12 B', height: '720 px', name: { und: 'film' } },
      ],
      license: { type: 'CreativeWork', id: 'https://creativecommons.org/licenses/by/4.0/', name: { und: 'CC BY 4.0' } },
    })
    expect(issues).toEqual([])
    expect(isDraft.Check(resource)).toBe(true)
    expect(resource).toMatchObject({
      name: { 'zh-Hans': '数学', 'ug-Arab': 'ماتېماتىكا' },
      alternateName: [{ en: 'Maths' }, { en: 'Mathematics' }],
      about: [{ notation: 'mathematics' }],
      audience: [{ notation: 'teacher' }],
      textbookEdition: { notation: 'renjiao' },
      keywords: [{ language: 'zh-Hans', value: '分数' }, { value: 'plain' }],
      encoding: [{ contentSize: 12, height: 720, name: 'film' }],
      license: { id: 'https://creativecommons.org/licenses/by/4.0/' },
    })
  })

  it('splits subjects that stand in one text, and keeps those unknown as keywords', () => {
    const { resource, issues } = jsonLdToResource({ '@type': 'LearningResource', name: 'A', about: 'Physics, Wool spinning' })
    expect(resource).toMatchObject({
      about: [{ notation: 'physics' }],
      keywords: [{ value: 'Wool spinning' }],
      sourceValues: { about: ['Physics, Wool spinning'] },
    })
    expect(issues.map(({ code }) => code)).toEqual(['value.unmapped', 'url.missing'])
  })

  it('gives no resource when nothing in the page is one', () => {
    const { resource, issues } = jsonLdToResource({ '@type': 'Organization', name: 'Us' })
    expect(resource).toBeUndefined()
    expect(issues).toMatchObject([{ code: 'title.missing', severity: 'error' }])
  })

  it('never throws, whatever the document', () => {
    const keys = fc.constantFrom(
      '@context',
      '@graph',
      '@type',
      '@id',
      'id',
      'type',
      'name',
      'about',
      'audience',
      'license',
      'creator',
      'encoding',
      'contentUrl',
      'isPartOf',
      'inLanguage',
      'keywords',
      'duration',
      'url',
      'identifier',
      '@value',
      '@language',
      'prefLabel',
      'de',
      '__proto__',
      'mainEntity',
    )
    const leaf = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom<unknown>('LearningResource', 'https://a.example.org/', 'http://[', '%E0%A4%A', null, true, 3, '#'),
    )
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
      ),
    })).value
    fc.assert(
      fc.property(value, (document) => {
        const { resource } = jsonLdToResource(document)
        if (resource) expect([...isDraft.Errors(resource)]).toEqual([])
      }),
      { numRuns: 500 },
    )
    let deep: unknown = { '@type': 'LearningResource', name: 'A' }
    for (let level = 0; level < 5000; level++) deep = [deep]
    expect(() => jsonLdToResource({ name: deep, about: deep })).not.toThrow()
    expect(() => jsonLdToResource(deep)).not.toThrow()
  })

  const folder = sharedData && `${sharedData}/fixtures/amb-valid`
  const files = folder ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  it.skipIf(files.length === 0)(`reads every valid AMB record${sharedData ? '' : ` (${noSharedData})`}`, () => {
    expect(files).toHaveLength(35)
    for (const file of files) {
      const record = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
      const { resource, issues } = jsonLdToResource(record)
      expect([file, [...isDraft.Errors(resource)]]).toEqual([file, []])
      expect([file, issues.filter(({ severity }) => severity !== 'info')]).toEqual([file, []])
      expect(resource).toMatchObject({
        name: { [languageOf(record)]: record.name },
        url: record.id,
        type: expect.arrayContaining(record.type),
      })
      for (const field of ['creator', 'publisher', 'contributor'] as const) expect(resource?.[field]?.length).toBe(record[field]?.length)
      expect(resource?.encoding?.length ?? 0).toBe(record.encoding?.filter((file: { contentUrl?: string }) => file.contentUrl).length ?? 0)
    }
  })
})

function languageOf(record: { '@context': unknown[] }): string {
  const entry = record['@context'].find(
    (value): value is { '@language': string } => typeof value === 'object' && value !== null && '@language' in value,
  )
  return entry?.['@language'] ?? 'und'
}
