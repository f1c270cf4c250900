import { ResourceDraft } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { oaiDcToResource } from '../../../src/crosswalks/oai-dc.js'
import type { XmlElement } from '../../../src/xml/element.js'
import { parseElement } from '../../support/parse-element.js'

const draft = Compile(ResourceDraft)
const convert = (elements: string) => oaiDcToResource(parseElement(`<oai_dc:dc>${elements}</oai_dc:dc>`))

describe('Dublin Core to a resource', () => {
  it('keeps every language of the title, and further titles beside', () => {
    const { resource } = convert(
      '<dc:title xml:lang="zh">静夜思</dc:title><dc:title xml:lang="en">Quiet Night</dc:title><dc:title xml:lang="en">Thoughts in the Quiet Night</dc:title>',
    )
    expect(resource).toMatchObject({
      name: { 'zh-Hans': '静夜思', en: 'Quiet Night' },
      alternateName: [{ en: 'Thoughts in the Quiet Night' }],
    })
  })

  it('takes the first web address, and knows other identifiers by how they are written', () => {
    const { resource } = convert(
      '<dc:title>a</dc:title><dc:identifier>school:1</dc:identifier><dc:identifier>doi:10.1000/xyz</dc:identifier><dc:identifier>https://school.example.org/1</dc:identifier><dc:identifier>ISBN 978-7-107-36789-5</dc:identifier>',
    )
    expect(resource?.url).toBe('https://school.example.org/1')
    expect(resource?.identifier).toEqual([
      { scheme: 'local', value: 'school:1' },
      { scheme: 'doi', value: '10.1000/xyz' },
      { scheme: 'uri', value: 'https://school.example.org/1' },
      { scheme: 'isbn', value: '9787107367895' },
    ])
  })

  it('makes concepts of what vocabularies know, and keywords of the rest', () => {
    const { resource, issues } = convert('<dc:title>a</dc:title><dc:subject>数学；勾股定理</dc:subject>')
    expect(resource?.about).toMatchObject([{ notation: 'mathematics' }])
    expect(resource?.keywords).toMatchObject([{ value: '勾股定理' }])
    expect(issues).toContainEqual(expect.objectContaining({ code: 'value.unmapped', path: 'about', severity: 'info' }))
  })

  it('tells every value that no vocabulary knows, each once, and of very many the first', () => {
    const subjects = ['勾股定理', '三角形', '勾股定理', '圆'].map((word) => `<dc:subject>${word}</dc:subject>`).join('')
    const { issues } = convert(`<dc:title>a</dc:title>${subjects}<dc:type>teapot</dc:type>`)
    expect(issues.filter(({ code }) => code === 'value.unmapped')).toEqual([
      expect.objectContaining({
        path: 'about',
        value: '勾股定理',
        otherValues: ['三角形', '圆'],
        message: '"勾股定理" and 2 other values are not in the vocabulary of about; they were kept as they are',
      }),
      expect.objectContaining({ path: 'learningResourceType', value: 'teapot' }),
    ])
    const many = Array.from({ length: 60 }, (_, index) => `<dc:subject>word ${index}</dc:subject>`).join('')
    const [issue] = convert(`<dc:title>a</dc:title>${many}`).issues.filter(({ code }) => code === 'value.unmapped')
    expect(issue?.otherValues).toHaveLength(19)
  })

  it('does not take unknown rights for a licence', () => {
    expect(convert('<dc:title>a</dc:title><dc:rights>for our pupils only</dc:rights>').resource?.license).toEqual({
      id: null,
      raw: 'for our pupils only',
    })
  })

  it('drops dates and addresses that are none, and says so', () => {
    const { resource, issues } = convert(
      '<dc:title>a</dc:title><dc:date>Not found</dc:date><dc:identifier>http://192.168.1.2/a</dc:identifier>',
    )
    expect(resource?.datePublished).toBeUndefined()
    expect(resource?.url).toBeUndefined()
    expect(issues.map(({ code }) => code)).toEqual(expect.arrayContaining(['date.invalid', 'url.refused']))
  })

  it('keeps what has no field of its own', () => {
    expect(
      convert('<dc:title>a</dc:title><dc:coverage>太原</dc:coverage><dc:format>video/mp4</dc:format>').resource?.sourceValues,
    ).toMatchObject({
      coverage: ['太原'],
      format: ['video/mp4'],
    })
  })

  it('never throws, and gives only what the contract allows', () => {
    const names = [
      'title',
      'subject',
      'creator',
      'publisher',
      'date',
      'language',
      'identifier',
      'rights',
      'type',
      'source',
      'relation',
      'description',
      'audience',
    ]
    const element = fc.tuple(
      fc.constantFrom(...names),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(undefined, 'zh', 'x-none', '', '!!'),
    )
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        const children = elements.map(([name, text, language]): XmlElement => {
          return { name, text, attributes: language === undefined ? {} : { 'xml:lang': language }, children: [] }
        })
        const { resource, issues } = oaiDcToResource({ name: 'dc', attributes: {}, text: '', children })
        if (resource) expect([...draft.Errors(resource)]).toEqual([])
        else expect(issues.map(({ code }) => code)).toContain('title.missing')
      }),
    )
  })
})
