import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/database.js'
import { PopularQueries, PopularQueryStore } from '../../src/modules/search/index.js'
import { databaseEngines, openTestDatabase } from '../support/database.js'

const open: Database[] = []
afterEach(async () => {
  for (const database of open.splice(0)) await database.close()
})

describe.each(databaseEngines)('popular queries on $title', ({ engine, isSkipped }) => {
  describe.skipIf(isSkipped)('that are counted', () => {
    async function aNode() {
      const database = await openTestDatabase(engine)
      open.push(database)
      const clock = { at: Date.parse('2026-03-01T08:00:00Z') }
      const warnings: string[] = []
      const log = { info: () => undefined, warn: (_: object, message: string) => void warnings.push(message), error: () => undefined }
      const store = new PopularQueryStore(database)
      const start = (finds?: (text: string, lang: string) => Promise<boolean>) =>
        new PopularQueries({ store, now: () => new Date(clock.at), log, ...(finds ? { finds } : {}) })
      const rows = async () => await database.read.selectFrom('popular_queries').selectAll().orderBy('text').execute()
      return { database, store, clock, warnings, start, rows }
    }
    const use = (popular: PopularQueries, times: number, q: string, lang = 'zh-CN') => {
      for (let time = 0; time < times; time++) {
        popular.noteFound(q, lang)
        popular.noteUse(q, lang)
      }
    }

    it('are suggested from the third use on, the most used first, by the beginning or its pinyin, also after a restart', async () => {
      const { start } = await aNode()
      const popular = start()
      use(popular, 3, '分数的加减法')
      use(popular, 5, '  分数 的应用\u0000 ')
      use(popular, 2, '分数乘法')
      await popular.write()
      for (const node of [popular, start()]) {
        expect(await node.beginningWith('分', 'zh-Hans', 8)).toEqual(['分数 的应用', '分数的加减法'])
        expect(await node.beginningWith('fsdjj', 'zh', 8)).toEqual(['分数的加减法'])
        expect(await node.beginningWith('分', 'zh-Hans', 1)).toEqual(['分数 的应用'])
        expect(await node.beginningWith('数', 'zh-Hans', 8)).toEqual([])
        expect(await node.beginningWith('?', 'zh-Hans', 8)).toEqual([])
      }
    })

    it('belong to the language of the reader', async () => {
      const { start } = await aNode()
      const popular = start()
      use(popular, 3, 'Fractions', 'en')
      use(popular, 3, 'ماتېماتىكا', 'ug')
      await popular.write()
      expect(await popular.beginningWith('frac', 'en-GB', 8)).toEqual(['fractions'])
      expect(await popular.beginningWith('frac', 'zh-CN', 8)).toEqual([])
      expect(await popular.beginningWith('ماتې', 'ug-Arab', 8)).toEqual(['ماتېماتىكا'])
    })

    it('count a search once, only when it found something a while ago, and nothing that may name a person', async () => {
      const { start, clock, rows } = await aNode()
      const popular = start()
      popular.noteUse('never searched', 'en')
      popular.noteFound('once', 'en')
      for (let time = 0; time < 9; time++) popular.noteUse('once', 'en')
      popular.noteFound('long ago', 'en')
      clock.at += 31 * 60_000
      popular.noteUse('long ago', 'en')
      for (const text of ['li.wei@example.org', '138 0013 8000', '650102199001011234', '分'.repeat(61), '!!', ' ']) use(popular, 3, text)
      await popular.write()
      expect(await rows()).toEqual([{ language: 'en', text: 'once', uses: 1, last_used_at: '2026-03-01T08:31:00.000Z' }])
    })

    it('add up when several processes count, and are kept while the database is away', async () => {
      const { start, rows, store, warnings } = await aNode()
      const [one, other] = [start(), start()]
      use(one, 2, '静夜思')
      use(other, 2, '静夜思')
      const add = store.add.bind(store)
      store.add = async () => {
        throw new Error('away')
      }
      await one.write()
      expect(warnings).toHaveLength(1)
      store.add = add
      await Promise.all([one.write(), other.write()])
      expect((await rows()).map(({ text, uses }) => [text, uses])).toEqual([['静夜思', 4]])
    })

    it('are counted by a process that another one answered the search for, when they find something', async () => {
      const { start, rows } = await aNode()
      const asked: string[] = []
      const finds = async (text: string, lang: string) => {
        asked.push(`${text} ${lang}`)
        if (text === 'away') throw new Error('The engine does not answer')
        return text !== 'nothing'
      }
      const [one, other] = [start(finds), start(finds)]
      for (let round = 0; round < 3; round++) {
        for (const q of ['静夜思', 'Nothing', 'away']) {
          one.noteFound(q, 'zh-CN')
          for (let time = 0; time < 5; time++) other.noteUse(q, 'zh-CN')
        }
        await Promise.all([one.write(), other.write()])
      }
      expect((await rows()).map(({ text, uses }) => [text, uses])).toEqual([['静夜思', 3]])
      expect(asked.filter((text) => text === '静夜思 zh')).toHaveLength(3)
      for (let at = 0; at < 500; at++) other.noteUse(`made up ${at}`, 'en')
      asked.length = 0
      await other.write()
      expect(asked).toHaveLength(50)
    })

    it('are forgotten after a season without use, and the least used when there are too many', async () => {
      const { store, rows } = await aNode()
      const count = (text: string, uses: number) => ({ language: 'zh', text, uses })
      await store.add([count('old', 99)], '2026-01-01T00:00:00.000Z')
      await store.add([count('a', 1), count('b', 3), count('c', 2)], '2026-05-01T00:00:00.000Z')
      await store.prune({ usedSince: '2026-02-01T00:00:00.000Z', keep: 2 })
      expect((await rows()).map(({ text }) => text)).toEqual(['b', 'c'])
    })
  })
})
