import type { LearningResource } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeForIndex, analyzeQuery, fold, type IndexTerms, type QueryAlternative } from '../../../../src/search/analysis/index.js'

const titled = (...names: string[]) =>
  ({ name: Object.fromEntries(names.map((name, index) => [`x${'abcdefgh'[index]}`, name])) }) as unknown as LearningResource

const everywhere = (terms: IndexTerms) => [...terms.title, ...terms.keywords, ...terms.concepts, ...terms.description, ...terms.people]

function holds(terms: IndexTerms, { field, words, isPhrase, isPrefix }: QueryAlternative): boolean {
  const list = field === 'any' ? everywhere(terms) : field === 'title' ? terms.title : terms.titleCharacters
  if (isPhrase) return ` ${list.join(' ')} `.includes(` ${words.join(' ')} `)
  return words.every((word, index) => list.some((term) => (isPrefix && index === words.length - 1 ? term.startsWith(word) : term === word)))
}

/** What both engines do, on one resource. */
function finds(query: string, ...names: string[]): boolean {
  const { groups, exclude, isBlank } = analyzeQuery(query)
  const terms = analyzeForIndex(titled(...names))
  const answers = (group: { anyOf: QueryAlternative[] }) => group.anyOf.some((alternative) => holds(terms, alternative))
  if (groups.length + exclude.length === 0) return isBlank
  return groups.every(answers) && !exclude.some(answers)
}

describe('analysis of queries and titles', () => {
  it.each([
    ['一元二次方程', '一元二次方程的解法'],
    ['二次方程', '一元二次方程'],
    ['方程', '一元二次方程'],
    ['次方程', '一元二次方程'],
    ['静夜思', '靜夜思'],
    ['靜夜思', '静夜思'],
    ['夜思', '靜夜思'],
    ['里面 头发 着', '裡面 頭髮 著'],
    ['三角形的内角和', '三角形内角和'],
    ['列夫托尔斯泰', '列夫·托尔斯泰'],
    ['3年级上册', '三年级 数学 上册'],
    ['三年级', '数学（3年级）'],
    ['12单元', '第十二单元'],
    ['（数学）', '数学'],
    ['ＭＡＴＨ', 'Math'],
    ['quadratic', 'Quadratics for beginners'],
    ['quadratics equation', 'The quadratic equations'],
    ['dividing fractions', 'Divide a fraction'],
    ['cafe', 'Café'],
    ['cafe\u0301', 'CAFÉ'],
    ["teacher's guide", 'Teachers’ guides'],
    ['ماتېماتىكا', 'ماتېماتىكا دەرسلىكى'],
    ['ماتېماتيكا', 'ماتېماتىكا'],
    ['دەرس', 'دەرسلىكى'],
    ['دهرس', 'دەرس'],
    ['ھەرب', 'ﮬﻪﺭﺏ'],
    ['ما\u0640\u0640تېماتىكا', 'ماتېماتىكا'],
    ['Үйкеліс', 'үйкеліс күші'],
    ['үйкеліс', 'ҮЙКЕЛІСІ'],
    ['ٴبىلىم', 'بىلىم'],
    ['ещё', 'еще'],
    ['གྲངས་རིག', 'གྲངས་རིག་སློབ་དེབ།'],
    ['གྲངས\u0f0cརིག', 'གྲངས་རིག'],
    ['ཚན་རིག', 'སློབ་ཆུང་ཚན་རིག་སློབ་དེབ'],
    ['སློབ་ཆུང་ཚན་རིག', 'ཚན་རིག སློབ་ཆུང'],
    ['དང་པོ', 'ལོ་རིམ་དང་པོའི་སློབ་ཚན'],
    ['ལོ་རིམ་དང་པོའི་སློབ་ཚན', 'ལོ་རིམ་དང་པོ སློབ་ཚན'],
    ['དང་པོའི', 'ལོ་རིམ་དང་པོ'],
    ['གྲངས་རིག་ནི་ཅི་ཞིག་རེད', 'གྲངས་རིག'],
    ['三角形的内角和是多少度', '三角形的内角和'],
    ['怎麼教一年级拼音', '一年级汉语拼音'],
    ['什么是光合作用？', '植物的光合作用'],
    ['圆的面积怎么求', '圆的面积'],
    ['请问分数除法如何讲解', '分数除法'],
    ['十万个为什么', '《十万个为什么》导读'],
    ['怎么办', '遇到火灾怎么办'],
    ['how do I teach a fraction', 'Teaching fractions'],
    ['名著', '名著导读'],
    ['\u182e\u1823\u1829\u182d\u1823\u182f', '\u182e\u1823\u1829\u182d\u1823\u180b\u182f\u202f\u1824\u1828'],
    ['٢٠٢٤', '2024'],
    ['さくら', 'さくらの木'],
    ['“内角和”', '三角形内角和'],
    ['"mutual aid"', 'On mutual aid'],
    ['方程 -课件', '方程的解法'],
    ['unbalanced "quote', 'An unbalanced quote'],
  ])('finds by %s the title %s', (query, title) => {
    expect(finds(query, title)).toBe(true)
  })

  it.each([
    ['二次函数', '一元二次方程'],
    ['quadratic', 'Quadrangles'],
    ['数学 三年级', '数学 四年级'],
    ['方程 -课件', '方程 课件'],
    ['"aid mutual"', 'On mutual aid'],
    ['རིག་གྲངས', 'གྲངས་རིག'],
    ['སློབ་ཆུང་ཚན་རིག', 'སློབ་ཆུང་གྲངས་རིག'],
    ['怎么教二次函数', '怎么教一元二次方程'],
    ['???', 'Anything'],
  ])('does not find by %s the title %s', (query, title) => {
    expect(finds(query, title)).toBe(false)
  })

  it('tells an empty query from one that holds no words', () => {
    expect(analyzeQuery('  ')).toMatchObject({ groups: [], isBlank: true })
    expect(analyzeQuery('😀 ?!')).toMatchObject({ groups: [], isBlank: false })
  })

  it('leaves little words out of a query unless it has nothing else', () => {
    expect(analyzeQuery('the theory of numbers').groups.map((group) => group.text)).toEqual(['theory', 'numbers'])
    expect(analyzeQuery('the').groups.map((group) => group.text)).toEqual(['the'])
    expect(analyzeQuery('是什么').groups.map((group) => group.text)).toEqual(['是', '什么'])
    expect(analyzeQuery('ཅི་ཞིག').groups.map((group) => group.text)).toEqual(['ཅི ཞིག'])
  })

  it.each([
    ['三角形的内角和是多少度', ['三角形', '内角和']],
    ['鸡兔同笼怎么做', ['鸡兔同笼']],
    ['怎样才能写好作文', ['写', '好作文']],
    ['为什么天空是蓝色的', ['天空', '蓝色']],
    ['1米等于多少厘米', ['1', '米', '厘米']],
    ['九年级化学有哪些知识点', ['九年级', '化学', '知识点']],
    ['教学设计', ['教学设计']],
    ['学习计算', ['学习', '计算']],
    ['གྲངས་རིག་ནི་ཅི་ཞིག་རེད', ['གྲངས རིག']],
    ['سۇ دېگەن نېمە', ['سۇ']],
    ['what is the theory of numbers', ['theory', 'numbers']],
  ])('asks by %s for what the question is about', (question, words) => {
    expect(analyzeQuery(question).groups.map((group) => group.text)).toEqual(words.map((word) => fold(word).text))
  })

  it('keeps what asks in a text: only queries leave it out', () => {
    expect(analyzeForIndex(titled('什么是光合作用')).title).toEqual(expect.arrayContaining(['什么', '是', '光合作用']))
  })

  it('knows a whole title by its key, however it is written', () => {
    expect(analyzeForIndex(titled('靜夜思', 'Quadratic Equations!')).titleKeys).toEqual([
      ...['ƿjinyesi', 'ƿjys'],
      analyzeQuery('静夜思').titleKey,
      analyzeQuery('quadratic equation').titleKey,
    ])
  })

  it('indexes people, concepts and keywords each in its own field', () => {
    const terms = analyzeForIndex({
      name: { en: 'Title' },
      keywords: [{ value: '勾股定理' }],
      about: [{ id: 'urn:x', prefLabel: { 'zh-Hans': '数学', 'ug-Arab': 'ماتېماتىكا' } }],
      creator: [{ type: 'Person', name: { 'zh-Hans': '李白' } }],
      description: { en: 'Words about it' },
    } as unknown as LearningResource)
    expect(terms).toMatchObject({ keywords: expect.arrayContaining(['勾股定理']), people: ['李白'], description: ['word', 'about', 'it'] })
    expect(terms.concepts).toHaveLength(2)
  })
})

describe('analysis of any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(...'"“”-－ \u0000\ud800\udc00\u202e\u200d\u0301་ཀྲ一二方程ab\'ەىھـﮬ\u202f\u180e\u182e1年级İßﬁé*():^'),
      maxLength: 60,
    }),
  )

  it('never throws and gives terms without spaces, quotes or ASCII punctuation', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = analyzeQuery(text)
        const words = [...query.groups, ...query.exclude].flatMap((group) => group.anyOf.flatMap((alternative) => alternative.words))
        const terms = analyzeForIndex(titled(text))
        for (const term of [...words, ...query.titlePhrase, ...everywhere(terms), ...terms.titleCharacters, ...terms.titleKeys]) {
          expect(term).toMatch(/^[^\s\p{Cc}\p{Cs}\p{Cf}\p{P}\p{Z}]+$/u)
          expect(term).toMatch(/^[a-z0-9\P{ASCII}]+$/u)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('folds a folded text to itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = fold(text).text
        expect(fold(once).text).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps positions inside the text and in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: folded, offsets } = fold(text)
        expect(offsets).toHaveLength(folded.length + 1)
        expect(offsets.at(-1)).toBe(text.length)
        for (let i = 1; i < offsets.length; i++) expect(offsets[i]).toBeGreaterThanOrEqual(offsets[i - 1]!)
      }),
    )
  })

  it('gives the same terms each time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(analyzeQuery(text)).toEqual(analyzeQuery(text))
      }),
    )
  })

  it('finds a title of one word by itself', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('静夜思', '方程', 'Équations', 'ماتېماتىكا', 'གྲངས་རིག', 'Үйкеліс', 'ᠮᠣᠩᠭᠣᠯ', 'ꆈꌠ', 'さくら', '수학', 'คณิตศาสตร์'),
        (word) => {
          expect(finds(word, word)).toBe(true)
        },
      ),
    )
  })

  it.each(['a', '一', '"', '-', '\ud800', 'e\u0301', '\u0301', '་ཀ', 'ᠮ\u202f', "a'", '“a', ' -a', '1年级', '的 '])(
    'asks few words of 10,000 characters of %j',
    (piece) => {
      const { groups, exclude, titlePhrase } = analyzeQuery(piece.repeat(10_000 / piece.length))
      expect(groups.length).toBeLessThanOrEqual(24)
      expect(exclude.length).toBeLessThanOrEqual(24)
      expect(titlePhrase.length).toBeLessThanOrEqual(32)
      for (const group of groups) for (const { words } of group.anyOf) expect(words.length).toBeLessThanOrEqual(32)
    },
  )
})
