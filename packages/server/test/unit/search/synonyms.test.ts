import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSynonyms } from '../../../src/search/synonyms/default-synonyms.js'
import { readSynonyms } from '../../../src/search/synonyms/read-synonyms.js'
import { openSynonymsFile } from '../../../src/search/synonyms/synonyms-file.js'
import { understandQuery } from '../../../src/search/understanding/understand-query.js'

describe('a list of synonyms', () => {
  it('makes the words of a line find each other, an arrow only one way', () => {
    const { synonyms, problems } = readSynonyms('# remark\n单词，生词、词汇\nbike => bicycle, cycle\n')
    expect(problems).toEqual([])
    expect(Object.fromEntries(synonyms)).toEqual({
      单词: ['生词', '词汇'],
      生词: ['单词', '词汇'],
      词汇: ['单词', '生词'],
      bike: ['bicycle', 'cycle'],
    })
  })

  it('may be JSON', () => {
    expect(readSynonyms('[["单词", "生词"]]').synonyms.get('生词')).toEqual(['单词'])
  })

  it('tells which lines it leaves out, and reads the others', () => {
    const { synonyms, problems } = readSynonyms(`lonely\na => b => c\n?!, word\n${'x'.repeat(61)}, y\n单词, 生词`)
    expect(problems.map(({ line }) => line).sort()).toEqual([1, 2, 3, 4])
    expect([...synonyms.keys()]).toEqual(['单词', '生词'])
    expect(
      readSynonyms('[["a"], 3, ["单词", "生词"]]')
        .problems.map(({ line }) => line)
        .sort(),
    ).toEqual([1, 2])
    expect(readSynonyms('{"a": 1}').problems).toEqual([{ line: 1, message: 'is not a list of lists of words' }])
    expect(readSynonyms('[').problems[0]?.message).toMatch(/^is not JSON/)
  })

  it('comes with the program without mistakes', () => {
    const { synonyms, problems } = readSynonyms(defaultSynonyms)
    expect(problems).toEqual([])
    expect(synonyms.get('公开课')).toContain('优质课')
  })

  it('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void readSynonyms(text)))
  })

  it('adds ways to answer a word, also one of several words', () => {
    const { synonyms } = readSynonyms('公开课, 示范课\nprimary school, elementary school')
    const [group] = understandQuery({ text: '公开课', lang: 'zh' }, synonyms).terms.groups
    expect(group!.anyOf).toContainEqual({ field: 'titleCharacters', words: ['示', '范', '课'], isPhrase: true })
    const terms = understandQuery({ text: 'elementary school songs', lang: 'en' }, synonyms).terms
    expect(terms.groups.map(({ text }) => text)).toEqual(['elementary school', 'songs'])
    expect(terms.groups[0]!.anyOf).toContainEqual({ field: 'any', words: ['primary', 'school'], isPhrase: true })
  })
})

describe('the synonyms file', () => {
  let folder: string
  const logged: string[] = []
  const note = (_: object, message: string) => void logged.push(message)
  const logger = { info: note, warn: note, error: note }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'edufed-synonyms-'))
    logged.length = 0
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is read again when it has changed, and keeps what it had while it cannot be read', async () => {
    const path = join(folder, 'synonyms.txt')
    let now = 0
    writeFileSync(path, '单词, 生词')
    const file = openSynonymsFile(path, { logger, now: () => now })
    expect((await file.current()).get('单词')).toEqual(['生词'])
    expect((await file.current()).get('公开课')).toContain('优质课')
    writeFileSync(path, '单词, 词汇')
    utimesSync(path, 5, 5)
    now += 2_000
    expect((await file.current()).get('单词')).toEqual(['词汇'])
    rmSync(path)
    now += 2_000
    expect((await file.current()).get('单词')).toEqual(['词汇'])
    now += 2_000
    await file.current()
    expect(logged.filter((message) => /cannot be read/.test(message))).toHaveLength(1)
    writeFileSync(path, 'lonely\n单词, 生字')
    now += 2_000
    expect((await file.current()).get('单词')).toEqual(['生字'])
    expect(logged).toContain('A line of the synonyms file is left out')
  })

  it('is not needed', async () => {
    expect((await openSynonymsFile(undefined, { logger }).current()).size).toBeGreaterThan(50)
    expect((await openSynonymsFile(join(folder, 'none'), { logger }).current()).size).toBeGreaterThan(50)
  })
})
