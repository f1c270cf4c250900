import type { Translations } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ServerError } from '../../src/errors.js'
import { accessibilityFindings, chromiumPath, fitsWidth, startBrowser } from '../support/browser.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

const poem = { name: { 'zh-Hans': '春晓' }, inLanguage: ['zh-Hans'] }
const records = [
  { identifier: 'spring', resource: poem },
  {
    identifier: 'spring-kk',
    resource: { name: { 'kk-Cyrl': 'Көктем таңы' }, inLanguage: ['kk-Cyrl'], translationOfWork: { id: 'spring' } },
  },
  {
    identifier: 'spring-ug',
    resource: { name: { 'ug-Arab': 'باھار تېڭى' }, inLanguage: ['ug-Arab'], translationOfWork: { id: 'spring' } },
  },
  {
    identifier: 'spring-en',
    resource: { name: { en: 'Spring dawn' }, inLanguage: ['en'], translationOfWork: { id: 'spring' }, usageScope: 'school' },
  },
  { identifier: 'alone', resource: { name: { 'zh-Hans': '静夜思' }, inLanguage: ['zh-Hans'] } },
]
const idOf = (identifier: string) => `urn:edufed:school.example:${identifier}`

async function fill(test: TestApp): Promise<void> {
  const headers = test.admin
  const payload = { id: 'school', name: '第五中学', kind: 'push', level: 'school', authority: 'school.example' }
  await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers, payload })
  const answer = await test.app.inject({
    method: 'POST',
    url: '/api/v1/sources/school/records',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    payload: records.map((record) => JSON.stringify(record)).join('\n'),
  })
  expect(answer.body).not.toContain('"failed"')
  await test.indexed()
}

describe('the other languages of a work', () => {
  let test: TestApp
  const translations = (identifier: string, lang = 'en', headers = {}) =>
    test.app.inject({ url: `/api/v1/resources/${encodeURIComponent(idOf(identifier))}/translations?lang=${lang}`, headers })
  beforeAll(async () => {
    test = await buildTestApp()
    await fill(test)
  }, 60_000)
  afterAll(() => test.close())

  it('are listed by the API, with their languages in the language of the reader', async () => {
    expect((await translations('spring')).json()).toEqual({
      translations: [
        { id: idOf('spring-kk'), name: { 'kk-Cyrl': 'Көктем таңы' }, inLanguage: ['kk-Cyrl'], label: 'Kazakh (Cyrillic script)' },
        { id: idOf('spring-ug'), name: { 'ug-Arab': 'باھار تېڭى' }, inLanguage: ['ug-Arab'], label: expect.stringContaining('Uyghur') },
      ],
    })
    const ofTranslation = (await translations('spring-kk')).json<Translations>().translations
    expect(ofTranslation.map((form) => form.id)).toEqual([idOf('spring'), idOf('spring-ug')])
    expect((await translations('alone')).json()).toEqual({ translations: [] })
  })

  it('are listed as far as the reader may see them', async () => {
    const ofNode = (await translations('spring', 'en', test.admin)).json<Translations>().translations
    expect(ofNode.map((form) => form.id)).toContain(idOf('spring-en'))
    expect((await translations('spring-en')).statusCode).toBe(404)
    expect((await translations('nothing')).statusCode).toBe(404)
  })

  it('are links on the page of a resource', async () => {
    const page = (await test.app.inject(`/resources/${encodeURIComponent(idOf('spring'))}?lang=zh-CN`)).body
    expect(page).toContain('这件作品的其他语言版本')
    expect(page).toContain(
      `<a href="/resources/${encodeURIComponent(idOf('spring-ug'))}?lang=zh-CN" hreflang="ug-Arab" lang="ug-Arab" dir="rtl">`,
    )
    expect(page).not.toContain('Spring dawn')
    expect((await test.app.inject(`/resources/${encodeURIComponent(idOf('alone'))}?lang=zh-CN`)).body).not.toContain('其他语言版本')
  })

  it.skipIf(!chromiumPath)(
    `are read by everybody${chromiumPath ? '' : ' (skipped: no Chromium)'}`,
    async () => {
      const url = await test.listen()
      const browser = await startBrowser()
      try {
        for (const lang of ['zh-CN', 'en', 'ug']) {
          const page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage()
          await page.goto(`${url}/resources/${encodeURIComponent(idOf('spring'))}?lang=${lang}`)
          expect(await accessibilityFindings(page)).toEqual([])
          expect(await fitsWidth(page)).toBe(true)
          await page.getByRole('link', { name: 'Көктем таңы' }).click()
          await page.getByRole('heading', { name: 'Көктем таңы', level: 1 }).waitFor()
          expect(await page.getByRole('link', { name: '春晓' }).count()).toBe(1)
        }
      } finally {
        await browser.close()
      }
    },
    60_000,
  )
})

it('leaves the page of a resource as it is while the search engine is away, and says what is not there', async () => {
  const away = () => Promise.reject(new ServerError('EDUFED_SEARCH_UNAVAILABLE', 'The engine does not answer', { retryAfterSeconds: 5 }))
  const test = await buildTestApp({
    replaceAdapters: ({ searchIndex }) => {
      searchIndex.translationsOf = away
      return {}
    },
  })
  try {
    await fill(test)
    const answer = await test.app.inject(`/resources/${encodeURIComponent(idOf('spring'))}?lang=en`)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('春晓')
    expect(answer.body).toContain('cannot be looked up for now')
    const ofApi = await test.app.inject(`/api/v1/resources/${encodeURIComponent(idOf('spring'))}/translations`)
    expect([ofApi.statusCode, ofApi.headers['retry-after']]).toEqual([503, '5'])
  } finally {
    await test.close()
  }
})
