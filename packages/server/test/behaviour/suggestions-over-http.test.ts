import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vocabularies } from '@edufed/harvester/vocabularies'
import type { Problem, Suggestions } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

const lessons: [title: string, subject: string, grade: string][] = [
  ['数列的极限', 'mathematics', 'senior-2'],
  ['物态变化', 'physics', 'grade-8'],
  ['数字的奥秘', 'mathematics', 'grade-1'],
]

function concept(vocabulary: 'subject' | 'grade', notation: string) {
  const inScheme = vocabularies[vocabulary].id
  const { prefLabel } = vocabularies[vocabulary].concepts.find((one) => one.notation === notation)!
  return { id: `${inScheme}:${notation}`, notation, prefLabel, inScheme }
}

describe('suggestions over HTTP', () => {
  let folder: string
  let test: TestApp
  const start = () => buildTestApp({ env: { EDUFED_DATA_DIR: folder } })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edufed-suggest-'))
    test = await start()
    const source = { id: 'school', name: '第五中学', kind: 'push', level: 'school' }
    await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload: source })
    for (const [name, subject, grade] of lessons) {
      const payload = {
        name: { 'zh-Hans': name },
        inLanguage: ['zh-Hans'],
        about: [concept('subject', subject)],
        educationalLevel: [concept('grade', grade)],
      }
      const url = `/api/v1/sources/school/records/${encodeURIComponent(name)}`
      expect((await test.app.inject({ method: 'PUT', url, headers: test.admin, payload })).statusCode).toBeLessThan(300)
    }
    await test.indexed()
  }, 60_000)
  afterAll(async () => {
    await test.close()
    await rm(folder, { recursive: true, force: true })
  })

  const suggest = async (query: Record<string, string>) =>
    (await test.app.inject(`/api/v1/suggest?${new URLSearchParams(query)}`)).json<Suggestions>().suggestions.map(({ text }) => text)
  const search = async (q: string) => await test.app.inject(`/api/v1/search?${new URLSearchParams({ q, lang: 'zh-CN' })}`)
  const use = async (payload: object) => await test.app.inject({ method: 'POST', url: '/api/v1/search/uses', payload })

  it('names subjects and titles by their beginning or pinyin, as far as there is something of them', async () => {
    expect(await suggest({ q: '数' })).toEqual(['数学', '数字的奥秘', '数列的极限'])
    expect(await suggest({ q: 'shuxue' })).toEqual(['数学'])
    expect(await suggest({ q: 'mathem', lang: 'en' })).toEqual(['Mathematics'])
    expect(await suggest({ q: '化学' })).toEqual([])
  })

  it('holds to the filters of the search', async () => {
    expect(await suggest({ q: '数', grade: 'senior-2' })).toEqual(['数学', '数列的极限'])
    expect(await suggest({ q: '数', stage: 'primary' })).toEqual(['数学', '数字的奥秘'])
    expect(await suggest({ q: '数', subject: 'physics' })).toEqual([])
    expect(await suggest({ q: '物', subject: 'physics' })).toEqual(['物理', '物态变化'])
    const wrong = await test.app.inject('/api/v1/suggest?q=x&colour=red')
    expect([wrong.statusCode, wrong.json<Problem>().code]).toEqual([400, 'EDUFED_REQUEST_INVALID'])
  })

  it('suggests what was of use to several readers before anything else, also after a restart, while it finds something under the filters', async () => {
    for (let time = 0; time < 3; time++) {
      await search('数列 极限')
      expect((await use({ q: '数列 极限', lang: 'zh-CN' })).statusCode).toBe(204)
    }
    await test.close()
    test = await start()
    expect(await suggest({ q: '数列', lang: 'zh-CN' })).toEqual(['数列 极限', '数列的极限'])
    expect(await suggest({ q: '数列', lang: 'zh-CN', stage: 'primary' })).toEqual([])
    expect((await use({ q: '' })).statusCode).toBe(400)
  })
})
