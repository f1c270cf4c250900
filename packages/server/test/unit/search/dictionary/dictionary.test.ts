import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { cutForIndex, cutForQuery } from '../../../../src/search/analysis/han-words.js'
import { createChineseSegmenter, keepingWhole } from '../../../../src/search/chinese-segmenter.js'
import { createDictionary, useDictionary } from '../../../../src/search/dictionary/dictionary.js'
import { readDictionaryFile } from '../../../../src/search/dictionary/dictionary-file.js'
import { educationTerms } from '../../../../src/search/dictionary/education-terms.js'
import { readDictionary } from '../../../../src/search/dictionary/read-dictionary.js'

const own = readDictionary(educationTerms, { isList: true })

describe('the words of the program', () => {
  it('are several hundred, each readable and there once', () => {
    expect(own.problems).toEqual([])
    expect(own.words.length).toBeGreaterThan(600)
    const written = educationTerms.split('\n').flatMap((line) => (line.startsWith('#') ? [] : line.split(' ').filter(Boolean)))
    expect(written).toHaveLength(new Set(written).size)
  })

  it('are cut as a whole, which the general dictionary does not do', () => {
    const general = createChineseSegmenter()
    expect(own.words.filter(({ word }) => general.cut(word, false).length === 1)).toEqual([])
    expect(own.words.filter(({ word }) => cutForQuery(word).length > 1)).toEqual([])
  })

  it.each([
    ['三角形的内角和是多少度', ['三角形', '的', '内角和', '是', '多少度']],
    ['函数对称性', ['函数', '对称性']],
    ['部编版语文三年级上册', ['部编版', '语文', '三年级', '上册']],
    ['小蝌蚪找妈妈教学设计', ['小蝌蚪找妈妈', '教学设计']],
    ['一模一样', ['一模一样']],
    ['老师说', ['老师', '说']],
    ['初中班级', ['初中', '班级']],
    ['大约分成三份', ['大约', '分成', '三份']],
    ['交通分流', ['交通', '分流']],
    ['所见所闻', ['所见所闻']],
  ])('leave other words whole: %s', (text, words) => {
    expect(cutForQuery(text)).toEqual(words)
  })

  it('take nothing from what a text is found by', () => {
    const general = createChineseSegmenter()
    for (const { word } of own.words)
      expect(cutForIndex(word)).toEqual(expect.arrayContaining([...general.cutForSearch(word, false), word]))
  })
})

describe('further words', () => {
  afterEach(() => useDictionary(createDictionary()))

  it('are cut as a whole in queries, and give their parts as well in texts', () => {
    expect(cutForQuery('阳光之家活动')).toEqual(['阳光', '之', '家', '活动'])
    const plain = createDictionary()
    const added = createDictionary(readDictionary('阳光之家').words)
    expect(added.fingerprint).not.toBe(plain.fingerprint)
    useDictionary(added)
    expect(cutForQuery('阳光之家活动')).toEqual(['阳光之家', '活动'])
    expect(cutForIndex('阳光之家')).toEqual(expect.arrayContaining(['阳光', '之', '家', '阳光之家']))
    useDictionary(plain)
    expect(cutForQuery('阳光之家活动')).toEqual(['阳光', '之', '家', '活动'])
  })

  it('are kept whole where jieba is not there', () => {
    const segmenter = keepingWhole({ cut: (text) => text.split(''), cutForSearch: (text) => text.split('') }, new Set(['内角和', '内角']))
    expect(segmenter.cut('求内角和度')).toEqual(['求', '内角和', '度'])
    expect(segmenter.cut('内角')).toEqual(['内角'])
    expect(segmenter.cutForSearch('')).toEqual([])
  })

  it('keep the fingerprint when their order or a remark changes', () => {
    const [one, other] = ['阳光之家\n锅庄舞 50', '# dances\n鍋莊舞 50\n\n阳光之家\r\n'].map((text) =>
      createDictionary(readDictionary(text).words),
    )
    expect(one!.fingerprint).toBe(other!.fingerprint)
    expect(createDictionary(readDictionary('阳光之家\n锅庄舞 51').words).fingerprint).not.toBe(one!.fingerprint)
  })
})

describe('a dictionary file', () => {
  const folders: string[] = []
  const fileOf = (content: string | Buffer) => {
    const folder = mkdtempSync(join(tmpdir(), 'edufed-dictionary-'))
    folders.push(folder)
    writeFileSync(join(folder, 'words.txt'), content)
    return join(folder, 'words.txt')
  }
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })

  it('has a word a line, with a weight or without, and remarks', () => {
    expect(readDictionary('\ufeff# 我们的词\r\n锅庄舞\r\n\r\n阳光之家 5000\n書香\t7\n')).toEqual({
      words: [
        { word: '锅庄舞', weight: 3000 },
        { word: '阳光之家', weight: 5000 },
        { word: '书香', weight: 7 },
      ],
      problems: [],
    })
  })

  it.each([
    ['好词\nhello', 2, "'hello' is not written in Chinese characters alone"],
    ['列夫·托尔斯泰', 1, "'列夫·托尔斯泰' is not written in Chinese characters alone"],
    ['# x\n\n字', 3, "'字' has 1 characters; a word has 2 to 24"],
    ['长'.repeat(25), 1, `'${'长'.repeat(25)}' has 25 characters; a word has 2 to 24`],
    ['好词 0', 1, "the weight of '好词' is '0'; it is a whole number from 1 to 1000000"],
    ['好词 1.5', 1, "the weight of '好词' is '1.5'; it is a whole number from 1 to 1000000"],
    ['好词 12 n', 1, "has more than a word and a weight: '好词' and 2 more"],
  ])('%j is refused with its line', async (text, line, message) => {
    const error = await readDictionaryFile(fileOf(text)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'EDUFED_DICTIONARY_INVALID', errors: [{ path: `line ${line}`, message }] })
    expect(String(error)).toContain(`line ${line}: ${message}`)
  })

  it('in another encoding, too large, or not there is refused', async () => {
    const gb18030 = Buffer.concat([Buffer.from('好词\n'), Buffer.from([0xba, 0xc3, 0xb4, 0xca]), Buffer.from('\n')])
    await expect(readDictionaryFile(fileOf(gb18030))).rejects.toThrow('line 2: is not UTF-8')
    await expect(readDictionaryFile(fileOf(Buffer.alloc(6 * 1024 * 1024, 35)))).rejects.toThrow('5242880 are read at most')
    await expect(readDictionaryFile('/nowhere/words.txt')).rejects.toMatchObject({ code: 'EDUFED_DICTIONARY_INVALID' })
    expect((await readDictionaryFile(undefined)).added).toEqual([])
  })

  it('is read without error whatever it holds, and tells twenty problems at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { words, problems } = readDictionary(text.repeat(30))
        expect(problems.length).toBeLessThanOrEqual(21)
        for (const { word } of words) expect(word).toMatch(/^\p{Script=Han}{2,24}$/u)
      }),
    )
  })
})
