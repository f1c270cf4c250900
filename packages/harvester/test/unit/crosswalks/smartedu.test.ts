import { ResourceDraft } from '@edufed/sdk/schemas'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { crosswalkSmartedu } from '../../../src/crosswalks/smartedu.js'
import { aTag, aTextbook } from '../../support/smartedu-records.js'

const isDraft = Compile(ResourceDraft)
const notations = (concepts: readonly { notation?: string }[] | undefined) => concepts?.map((concept) => concept.notation)

describe('a record of the national platform', () => {
  it('becomes a resource with every tag as a concept', () => {
    const { resource, issues } = crosswalkSmartedu(aTextbook('b-1'))
    expect(issues).toEqual([])
    expect(isDraft.Check(resource)).toBe(true)
    expect(resource).toMatchObject({
      name: { 'zh-Hans': '义务教育教科书·数学九年级上册' },
      inLanguage: ['zh-Hans'],
      about: [{ id: 'urn:edufed-vocabulary:subject:mathematics' }],
      educationalLevel: [{ notation: 'junior-secondary' }, { notation: 'grade-9' }],
      textbookEdition: { notation: 'renjiao' },
      volume: { notation: 'upper' },
      learningResourceType: [{ notation: 'textbook' }],
      publisher: [{ type: 'Organization', name: { 'zh-Hans': '人民教育出版社' } }],
      url: 'https://basic.smartedu.cn/tchMaterial/detail?contentType=assets_document&contentId=b-1&catalogType=tchMaterial&subCatalog=tchMaterial',
      thumbnailUrl: 'https://r1-ndr.example/cover/1.jpg',
      dateCreated: '2023-02-01T08:00:00.000+08:00',
      dateModified: '2024-03-15T14:22:07.930+08:00',
      sourceValues: { about: ['数学'], textbookEdition: ['人教版'], educationalLevel: ['初中', '九年级'] },
    })
    expect(resource?.description).toBeUndefined()
  })

  it('keeps both stages of a special school, and the kind of school', () => {
    const tags = [aTag('stage', '特殊教育'), aTag('stage', '小学'), aTag('school', '聋校'), aTag('subject', '沟通与交往')]
    const { resource, issues } = crosswalkSmartedu(aTextbook('b', { tag_list: tags }))
    expect(issues).toEqual([])
    expect(notations(resource?.educationalLevel)).toEqual(['special-education', 'primary', 'special-education-hearing'])
  })

  it.each([
    ['教师用书', { audience: ['teacher'] }],
    ['学生用书', { audience: ['student'] }],
    ['中国历史', { about: ['chinese-history'] }],
    ['世界历史', { about: ['world-history'] }],
    ['一至二年级', { educationalLevel: ['grade-1', 'grade-2'] }],
  ])('puts %s out of the grade dimension where it belongs', (name, expected) => {
    const { resource, issues } = crosswalkSmartedu(aTextbook('b', { tag_list: [aTag('grade', name)] }))
    expect(issues).toEqual([])
    for (const [field, value] of Object.entries(expected)) {
      expect(notations(resource?.[field as 'about' | 'audience' | 'educationalLevel'])).toEqual(value)
    }
    expect(resource?.sourceValues?.educationalLevel).toEqual([name])
  })

  it('takes a grade out of the volume dimension', () => {
    const { resource } = crosswalkSmartedu(aTextbook('b', { tag_list: [aTag('volume', '高一上册')] }))
    expect(notations(resource?.educationalLevel)).toEqual(['senior-1'])
    expect(resource?.volume?.notation).toBe('upper')
    const level = crosswalkSmartedu(aTextbook('b', { tag_list: [aTag('volume', '水平二')] }))
    expect(notations(level.resource?.educationalLevel)).toEqual(['level-2'])
  })

  it('sees the curriculum of 2022 in the title, with either middle dot', () => {
    const title = '（根据2022年版课程标准修订）义务教育教科书（五•四学制）•科学六年级下册'
    const { resource } = crosswalkSmartedu(aTextbook('b', { global_title: { 'zh-CN': title } }))
    expect(resource?.curriculumVersion).toBe('2022')
    expect(Object.values(resource?.name ?? {})).toEqual([title])
    expect(crosswalkSmartedu(aTextbook('b')).resource?.curriculumVersion).toBeUndefined()
  })

  it('keeps a title in each language that it has', () => {
    const { resource } = crosswalkSmartedu(aTextbook('b', { global_title: { 'zh-CN': '数学', ug: 'ماتېماتىكا', bo: 'གྲངས་རིག', en: '' } }))
    expect(resource?.name).toEqual({ 'zh-Hans': '数学', 'ug-Arab': 'ماتېماتىكا', bo: 'གྲངས་རིག' })
  })

  it('names files on private hosts as such, and leaves helper files out', () => {
    const items = [
      { ti_file_flag: 'source', ti_format: 'pdf', ti_size: 12, ti_storage: 'cs_path:$' + '{ref-path}/edu/a.pdf' },
      {
        ti_file_flag: 'href',
        ti_format: 'mp4',
        ti_storages: ['https://r2-ndr.ykt.cbern.com.cn/a.mp4', 'https://r3-ndr.ykt.cbern.com.cn/a.mp4'],
      },
      { ti_file_flag: 'ebook_mapping', ti_format: 'txt', ti_storage: 'https://r1-ndr.ykt.cbern.com.cn/map.txt' },
      { ti_file_flag: 'source', ti_format: 'pdf', ti_storage: 'file:///etc/passwd' },
    ]
    const { resource, issues } = crosswalkSmartedu(aTextbook('b', { ti_items: items }))
    expect(resource?.encoding).toEqual([
      {
        contentUrl: 'https://r1-ndr-private.ykt.cbern.com.cn/edu/a.pdf',
        encodingFormat: 'application/pdf',
        contentSize: 12,
        requiresLogin: true,
      },
      { contentUrl: 'https://r2-ndr.ykt.cbern.com.cn/a.mp4', encodingFormat: 'video/mp4' },
    ])
    expect(issues.map((issue) => issue.code)).toEqual(['url.invalid'])
  })

  it('says what it could not use, and keeps the words', () => {
    const tags = [
      aTag('subject', '量子魔法'),
      aTag('someday', '某标签'),
      { tag_id: 'x', tag_dimension_id: 'zxxbb' },
      aTag('5036342744', '非常简单'),
    ]
    const { resource, issues } = crosswalkSmartedu(aTextbook('b', { tag_list: tags, create_time: 'gestern' }))
    expect(issues.map((issue) => issue.code).sort()).toEqual(['concept.unknown', 'date.invalid', 'tag.dimension', 'tag.unnamed'])
    expect(resource?.sourceValues?.about).toEqual(['量子魔法'])
    expect(resource?.keywords).toEqual([{ language: 'zh-Hans', value: '某标签' }])
    expect(resource?.difficulty).toBe('very easy')
  })

  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ id: 'a', title: ' ' }],
    [{ id: 'a', title: 7 }],
    [{ id: 'a', title: 't', tag_list: 'x', ti_items: [null] }],
  ])('never throws, whatever the record is: %j', (record) => {
    const { resource, issues } = crosswalkSmartedu(record)
    expect(resource === undefined ? issues.some((issue) => issue.severity === 'error') : isDraft.Check(resource)).toBe(true)
  })
})
