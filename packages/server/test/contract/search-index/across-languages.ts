import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDocument, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const simulation = { 'zh-Hans': '摩擦力', 'kk-Cyrl': 'Үйкеліс', 'uz-Cyrl': 'Ишқаланиш', 'mn-Cyrl': 'Үрэлт' }
const documents = {
  uyghur: aDocument({ name: { 'ug-Arab': 'ماتېماتىكا دەرسلىكى' }, inLanguage: ['ug-Arab'] }),
  tibetan: aDocument({ name: { bo: 'གྲངས་རིག་སློབ་དེབ།' }, inLanguage: ['bo'] }),
  kazakh: aDocument({ name: { 'kk-Cyrl': 'Математика оқулығы' }, inLanguage: ['kk-Cyrl'] }),
  english: aDocument({ name: { en: 'Mathematics reader' }, inLanguage: ['en'] }),
  chinese: aDocument({ name: { 'zh-Hans': '数学读本' } }),
  coded: aDocument({ name: { en: 'Rectangles' }, inLanguage: ['en'], subject: ['mathematics'] }),
  partOfSubject: aDocument({ name: { en: 'Random walks' }, inLanguage: ['en'], subject: ['statistics'] }),
  other: aDocument({ name: { en: 'Volcanoes' }, inLanguage: ['en'], subject: ['geography'] }),
  grade: aDocument({ name: { 'zh-Hans': '认识长方形' }, grade: ['grade-3'], resourceType: ['courseware'], subject: ['art'] }),
  uyghurCoded: aDocument({ name: { 'ug-Arab': 'نۇرنىڭ سۇنۇشى' }, inLanguage: ['ug-Arab'], subject: ['physics'] }),
  chinesePhysics: aDocument({ name: { 'zh-Hans': '物理 光的折射' }, subject: ['physics'], stage: ['senior-secondary'] }),
  tibetanGrade: aDocument({ name: { bo: 'ལོ་རིམ་དང་པོའི་སློབ་ཚན།' }, inLanguage: ['bo'] }),
  mongolianLight: aDocument({ name: { 'mn-Cyrl': 'Гэрлийн тархалт' }, inLanguage: ['mn-Cyrl'] }),
  kazakhEquation: aDocument({ name: { 'kk-Cyrl': 'Квадрат теңдеу' }, inLanguage: ['kk-Cyrl'] }),
  mongolianScript: aDocument({ name: { 'mn-Mong': 'ᠲᠣᠭᠠᠨ ᠤ ᠤᠬᠠᠭᠠᠨ' }, inLanguage: ['mn-Mong'] }),
  uzbekFriction: aDocument({ name: simulation, inLanguage: ['uz-Cyrl'], dateModified: '2026-01-01' }),
  mongolianFriction: aDocument({ name: simulation, inLanguage: ['mn-Cyrl'], dateModified: '2025-01-01' }),
  kazakhFriction: aDocument({ name: simulation, inLanguage: ['kk-Cyrl'], dateModified: '2015-01-01' }),
  textbook: aDocument({
    name: { 'zh-Hans': '长方形的周长' },
    edition: 'renjiao',
    grade: ['grade-3'],
    bookVolume: 'upper',
    subject: ['mathematics'],
    resourceType: ['courseware'],
  }),
  named: aDocument({ name: { 'zh-Hans': '人教版三年级上册数学课件：长方形的周长' } }),
  halfFitting: aDocument({ name: { 'zh-Hans': '人教版数学三年级上册课件' }, edition: 'sujiao' }),
}
type Name = keyof typeof documents
const nameOf = new Map(Object.entries(documents).map(([name, document]) => [document.id, name as Name]))
const mathematics: Name[] = ['uyghur', 'tibetan', 'kazakh', 'english', 'chinese', 'coded', 'partOfSubject', 'textbook']

export function acrossLanguagesContract(open: OpenTestIndex): void {
  describe('across languages', () => {
    let test: TestIndex
    const found = async (text: string, lang = 'zh-Hans') =>
      (await idsOf(test.index, { text, lang, limit: 50 })).map((id) => nameOf.get(id)!)
    beforeAll(async () => {
      test = await open()
      await test.index.apply(Object.values(documents).map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it.each(['数学', '數學', 'ماتېماتىكا', 'математика', 'གྲངས་རིག', 'mathematics'])(
      'finds by %s what is named or coded as mathematics in any language',
      async (text) => {
        expect(await found(text)).toEqual(expect.arrayContaining(mathematics))
        expect(await found(text)).not.toContain('other')
      },
    )

    it('shows first what is in the language that was typed and in the reader’s', async () => {
      expect((await found('ماتېماتىكا', 'ug'))[0]).toBe('uyghur')
      expect((await found('mathematics', 'en'))[0]).toBe('english')
      expect((await found('数学'))[0]).toMatch(/chinese|named|halfFitting/)
      const friction = await found('Үйкеліс')
      expect(friction[0]).toBe('kazakhFriction')
      expect(friction).toHaveLength(3)
      expect((await found('摩擦力', 'mn'))[0]).toBe('mongolianFriction')
    })

    it('marks the word in the language of the title', async () => {
      const { hits } = await search(test.index, '数学')
      const hit = hits.find(({ id }) => nameOf.get(id) === 'uyghur')!
      expect(hit.highlights.name?.fragments.find((fragment) => fragment.isMatch)?.text).toBe('ماتېماتىكا')
    })

    it('takes words for the values of facets, too', async () => {
      const typed = await found('人教版 三年级 上册 数学 课件')
      expect(typed.sort()).toEqual(['halfFitting', 'named', 'textbook'])
      expect(await found('三年级课件')).toContain('grade')
      expect(await found('3年级 slides')).toContain('grade')
      expect(await found('小学 课件')).toContain('grade')
      expect(await found('长方形 人教版')).toEqual(expect.arrayContaining(['textbook', 'named']))
    })

    it.each<[string, Name]>([
      ['matematika derslik', 'uyghur'],
      ['дәрслик', 'uyghur'],
      ['ٴۇيكەلىس', 'kazakhFriction'],
      ['üikelıs', 'kazakhFriction'],
      ['uikelis', 'kazakhFriction'],
      ['ماتەماتيكا', 'kazakh'],
      ['тоо', 'mongolianScript'],
      ['ухаан', 'mongolianScript'],
      ['ᠦᠷᠡᠯᠲᠡ', 'mongolianFriction'],
    ])('finds %s in the other scripts of its language', async (text, name) => {
      expect(await found(text)).toContain(name)
    })

    it('counts a title in another language no more than the subject of one in the reader’s', async () => {
      expect(await found('فىزىكا', 'ug')).toEqual(['uyghurCoded', 'chinesePhysics'])
      expect(await found('物理')).toEqual(['chinesePhysics', 'uyghurCoded'])
    })

    it.each<[string, Name]>([
      ['高中物理', 'chinesePhysics'],
      ['نۇر', 'uyghurCoded'],
      ['ལོ་རིམ་དང་པོ', 'tibetanGrade'],
      ['гэрэл', 'mongolianLight'],
      ['теңдеулер', 'kazakhEquation'],
    ])('finds %s in another form', async (text, name) => {
      expect(await found(text)).toEqual([name])
    })

    it('leaves quoted words as they are', async () => {
      expect(await found('"数学"')).not.toContain('uyghur')
    })
  })
}
