import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findConcept, labelOf, matchConcept, matchConcepts, vocabularies, vocabularyNames } from '../../../src/vocabularies/index.js'
import { ambiguousKeys } from '../../../src/vocabularies/match.js'

describe('a word of a source', () => {
  it.each([
    ['subject', '数学', 'mathematics'],
    ['subject', '數學', 'mathematics'],
    ['subject', 'Mathematics', 'mathematics'],
    ['subject', 'ماتېماتىكا', 'mathematics'],
    ['subject', '小学数学', 'mathematics'],
    ['subject', '艺术•音乐', 'art-music'],
    ['subject', '艺术·音乐', 'art-music'],
    ['subject', '音乐', 'music'],
    ['subject', '艺术·舞蹈/影视/戏剧', 'dance-film-drama'],
    ['subject', '道德与法治', 'morality-and-law'],
    ['stage', '小学（五•四学制）', 'primary-54'],
    ['stage', '初中(五·四学制)', 'junior-secondary-54'],
    ['stage', 'high school', 'senior-secondary'],
    ['stage', 'Hochschule', 'higher'],
    ['grade', '高一', 'senior-1'],
    ['grade', '高一年级', 'senior-1'],
    ['grade', '高中一年级', 'senior-1'],
    ['grade', '小三', 'grade-3'],
    ['grade', '初二', 'grade-8'],
    ['grade', '8年级', 'grade-8'],
    ['grade', 'Grade 8', 'grade-8'],
    ['grade', '七年级上册', 'grade-7'],
    ['grade', '水平一', 'level-1'],
    ['edition', '人教版', 'renjiao'],
    ['edition', '部编版', 'tongbian'],
    ['edition', '人民教育出版社', 'renjiao'],
    ['edition', 'People’s Education Press', 'renjiao'],
    ['edition', 'خەلق مائارىپ نەشرى', 'renjiao'],
    ['region', 'Kashgar', '653100'],
    ['region', 'قەشقەر شەھىرى', '653101'],
    ['edition', '人美版(主编：杨力)', 'renmei-yang'],
    ['edition', '人教版（主编：某人）', 'renjiao'],
    ['volume', '上册', 'upper'],
    ['volume', '必修 第一册', 'compulsory-1'],
    ['volume', '必修1 分子与细胞', 'compulsory-1'],
    ['volume', '选择性必修10 科技人文融合创新专题', 'selective-compulsory-10'],
    ['volume', '必修 中外历史纲要（上）', 'compulsory-upper'],
    ['volume', '篮球运动（全一册）', 'complete'],
    ['type', 'lesson plan', 'lesson-plan'],
    ['type', 'LessonPlan', 'lesson-plan'],
    ['type', 'MovingImage', 'video'],
    ['type', '虚拟实验', 'simulation'],
    ['audience', '教师用书', 'teacher'],
    ['audience', 'learner', 'student'],
    ['language', 'ug-Arab', 'ug-Arab'],
    ['region', '新疆', '650000'],
    ['region', '山西省太原市', '140100'],
    ['region', '阳泉市城区', '140302'],
  ] as const)('in the vocabulary %s: %s is %s', (name, word, notation) => expect(matchConcept(name, word)?.notation).toBe(notation))

  it.each([
    ['grade', '一至二年级', ['grade-1', 'grade-2']],
    ['grade', '七~九年级', ['grade-7', 'grade-8', 'grade-9']],
    ['grade', 'Grades 3–5', ['grade-3', 'grade-4', 'grade-5']],
    ['grade', '一二年级', ['grade-1', 'grade-2']],
    ['grade', '高一、高二', ['senior-1', 'senior-2']],
    ['subject', '物理、化学', ['physics', 'chemistry']],
    ['stage', '小学和初中', ['primary', 'junior-secondary']],
  ] as const)('in the vocabulary %s: %s names several', (name, words, notations) => {
    expect(matchConcepts(name, words).map((concept) => concept.notation)).toEqual(notations)
    expect(matchConcept(name, words)).toBeUndefined()
  })

  it.each([
    ['subject', '量子魔法'],
    ['subject', ''],
    ['grade', '九至一年级'],
    ['grade', '0'],
    ['region', '城区'],
    ['edition', '版'],
    ['volume', 'x'.repeat(10_000)],
  ] as const)('in the vocabulary %s: %s is unknown', (name, word) => expect(matchConcepts(name, word)).toEqual([]))

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...vocabularyNames), fc.string({ unit: 'binary' }), (name, word) => {
        expect(matchConcepts(name, word)).toBeInstanceOf(Array)
      }),
    )
  })
})

describe.each(vocabularyNames)('the vocabulary %s', (name) => {
  const { concepts, id } = vocabularies[name]

  it('has a notation once only, a Chinese label for each, and wider concepts that exist', () => {
    expect(id).toBe(`urn:edufed-vocabulary:${name}`)
    expect(new Set(concepts.map((concept) => concept.notation)).size).toBe(concepts.length)
    for (const concept of concepts) {
      expect(concept.prefLabel['zh-Hans']).toBeTruthy()
      expect(Object.values(concept.prefLabel).every((label) => label.trim() !== '')).toBe(true)
      const scheme = name === 'grade' ? 'stage' : name
      if (concept.broader) expect(findConcept(scheme, concept.broader), concept.broader).toBeDefined()
      for (const other of concept.closeMatch ?? []) expect(findConcept(name, other), other).toBeDefined()
    }
  })

  it('finds each concept by its Chinese label and by its notation', () => {
    const repeated = name === 'region' ? new Set(['城区']) : new Set<string>()
    for (const concept of concepts) {
      const label = concept.prefLabel['zh-Hans'] ?? ''
      if (!repeated.has(label)) expect(matchConcept(name, label)?.notation, label).toBe(concept.notation)
      expect(matchConcept(name, concept.notation)?.notation, concept.notation).toBe(concept.notation)
    }
  })

  it('has no word for two concepts, but for names that places share and languages written in several scripts', () => {
    if (name === 'language') return
    expect(ambiguousKeys(name)).toEqual(name === 'region' ? ['城区'] : [])
  })
})

describe('a label', () => {
  it.each([
    ['subject', 'mathematics', 'ug', 'ماتېماتىكا'],
    ['subject', 'mathematics', 'ug-Arab', 'ماتېماتىكا'],
    ['subject', 'mathematics', 'en-GB', 'Mathematics'],
    ['subject', 'mathematics', 'zh-TW', '数学'],
    ['subject', 'mathematics', 'kk-Arab', 'Математика'],
    ['subject', 'mathematics', 'fr', 'Mathematics'],
    ['edition', 'sujiao', 'ug', 'جياڭسۇ مائارىپ نەشرىياتى'],
    ['edition', 'renmei-yang', 'ug', '人美版（主编：杨力）'],
    ['language', 'sw', 'en', 'Swahili'],
    ['license', 'https://creativecommons.org/licenses/by/4.0/', 'en', 'CC BY 4.0'],
    ['region', 'urn:edufed-vocabulary:region:650000', 'en', 'Xinjiang'],
  ] as const)('in %s for %s in %s is %s', (name, notation, language, label) => expect(labelOf(name, notation, language)).toBe(label))

  it('is absent for a notation that is unknown', () => {
    expect(labelOf('subject', 'alchemy', 'en')).toBeUndefined()
    expect(labelOf('language', 'not a tag', 'en')).toBeUndefined()
  })
})
