import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SearchPage } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFindings, bundleScripts, chromiumPath, fitsWidth, startBrowser } from '../support/browser.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

describe('a search tells what it understood', () => {
  let test: TestApp
  let folder: string
  let synonyms: string
  let scripts: string | undefined
  const search = async (query: Record<string, string>) => {
    const answer = await test.app.inject({ url: '/api/v1/search', query })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<SearchPage>()
  }
  const namesOf = (page: SearchPage) => page.hits.flatMap((hit) => Object.values(hit.resource.name)).sort()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'edufed-synonyms-'))
    synonyms = join(folder, 'synonyms.txt')
    writeFileSync(synonyms, '溪流, 小溪\n')
    scripts = chromiumPath ? await bundleScripts() : undefined
    test = await buildTestApp({ env: { EDUFED_SYNONYMS_FILE: synonyms }, ...(scripts ? { scripts } : {}) })
    const payload = { id: 'school', name: '第五中学', kind: 'push', level: 'school' }
    await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload })
    const subject = { id: 'urn:edufed-vocabulary:subject:mathematics', notation: 'mathematics', prefLabel: { 'zh-Hans': '数学' } }
    const resources = [
      { name: { 'zh-Hans': '认识长方形' }, inLanguage: ['zh-Hans'], about: [subject] },
      { name: { en: 'Quadratic equations' }, inLanguage: ['en'], about: [subject] },
      { name: { 'zh-Hans': '数学家的故事' }, inLanguage: ['zh-Hans'] },
      { name: { 'zh-Hans': '小溪流的歌' }, inLanguage: ['zh-Hans'] },
      { name: { 'zh-Hans': '村前的小溪' }, inLanguage: ['zh-Hans'] },
    ]
    const lines = resources.map((resource, index) => JSON.stringify({ identifier: String(index), resource }))
    const headers = { ...test.admin, 'content-type': 'application/x-ndjson' }
    await test.app.inject({ method: 'POST', url: '/api/v1/sources/school/records', headers, payload: lines.join('\n') })
    await test.indexed()
  }, 120_000)
  afterAll(async () => {
    await test?.close()
    rmSync(folder, { recursive: true })
    if (scripts) await rm(scripts, { recursive: true, force: true })
  })

  it('names the value of a facet, and finds by it without filtering', async () => {
    const page = await search({ q: 'math', lang: 'ug' })
    expect(page.interpretation).toEqual({
      recognised: [{ facet: 'subject', value: 'mathematics', label: 'ماتېماتىكا', text: 'math' }],
    })
    expect(namesOf(page)).toEqual(['Quadratic equations', '数学家的故事', '认识长方形'].sort())
    expect((await search({ q: 'math', subject: 'mathematics' })).total).toBe(2)
  })

  it('searches for what was meant when nothing is found', async () => {
    const page = await search({ q: 'quadradic' })
    expect(page.interpretation).toEqual({ recognised: [], didYouMean: 'quadratic', isCorrected: true })
    expect(namesOf(page)).toEqual(['Quadratic equations'])
    expect((await search({ q: 'renshichangfangxing' })).interpretation).toMatchObject({ didYouMean: '认识长方形', isCorrected: true })
  })

  it('leaves out the words that nothing answers beside the others, and says which', async () => {
    const page = await search({ q: '数学 长方形 教案 火山' })
    expect(namesOf(page)).toEqual(['认识长方形'])
    expect(page.interpretation).toEqual({
      recognised: [{ facet: 'subject', value: 'mathematics', label: '数学', text: '数学' }],
      leftOut: [
        { facet: 'type', value: 'lesson-plan', label: '教案', text: '教案' },
        { text: '火山', demanded: '数学 长方形 教案 "火山"' },
      ],
      searchedFor: '数学 长方形',
    })
    expect((await search({ q: '数学 长方形 教案 "火山"' })).total).toBe(0)
    expect((await search({ q: '数学 长方形', type: 'lesson-plan' })).total).toBe(0)
    expect((await search({ q: '数学 长方形' })).interpretation?.leftOut).toBeUndefined()
  })

  it('says so on a page without scripts, with links to insist on each word', async () => {
    const pageOf = async (url: string) => (await test.app.inject(url)).body
    const page = await pageOf(`/?lang=zh-CN&q=${encodeURIComponent('数学 长方形 教案 <火山>')}`)
    expect(page).toContain('没有找到同时符合“数学 长方形 教案 &lt;火山&gt;”的资源')
    expect(page).toContain('认识长方形')
    const links = [...page.matchAll(/href="([^"]*)"[^>]*aria-label="必须符合：([^"]*)"/g)].map(([, href, words]) => [
      href!.replaceAll('&amp;', '&'),
      words,
    ])
    expect(links.map(([, words]) => words)).toEqual(['教案', '火山'])
    const byType = await pageOf(links[0]![0]!)
    expect(byType).toContain('去掉筛选：教案')
    expect(byType).toContain('<input type="hidden" name="type" value="lesson-plan">')
    expect(new URL(links[1]![0]!, 'http://node.example').searchParams.get('q')).toBe('数学 长方形 教案 < "火山" >')
    expect(await pageOf('/?lang=en&q=quadradic')).toContain('These are results for quadratic')
  })

  it('says nothing of a search that there is nothing to say of', async () => {
    expect((await search({})).interpretation).toBeUndefined()
    expect((await search({ q: '小溪' })).interpretation).toBeUndefined()
  })

  it('takes the synonyms of its file, and new ones without a restart', async () => {
    expect(namesOf(await search({ q: '溪流' }))).toEqual(['小溪流的歌', '村前的小溪'].sort())
    writeFileSync(synonyms, '溪水 => 小溪\n')
    utimesSync(synonyms, 5, 5)
    await expect.poll(async () => (await search({ q: '溪水' })).total, { timeout: 10_000, interval: 250 }).toBe(2)
  })

  it.skipIf(!chromiumPath)(`shows that beside the hits${chromiumPath ? '' : ' (skipped: no Chromium)'}`, async () => {
    const url = await test.listen()
    const browser = await startBrowser()
    try {
      const page = await (await browser.newContext()).newPage()
      await page.goto(`${url}/?lang=zh-CN&q=math`)
      await page.getByRole('button', { name: '只看学科：数学' }).click()
      await page.getByRole('button', { name: '去掉筛选：数学' }).waitFor()
      await expect.poll(() => page.locator('.hits > li').count()).toBe(2)
      expect(await page.getByRole('button', { name: '只看学科：数学' }).count()).toBe(0)
      await page.goto(`${url}/?lang=en&q=quadradic`)
      await page.locator('.meant', { hasText: 'These are results for quadratic' }).waitFor()
      expect(await accessibilityFindings(page)).toEqual([])
      await page.setViewportSize({ width: 360, height: 800 })
      for (const lang of ['zh-CN', 'en', 'ug']) {
        await page.goto(`${url}/?lang=${lang}&q=${encodeURIComponent('数学 长方形 教案 火山')}`)
        await page.locator('.left-out s').first().waitFor()
        expect(await page.locator('.left-out s').allTextContents()).toEqual(['教案', '火山'])
        expect(await fitsWidth(page)).toBe(true)
        expect(await accessibilityFindings(page)).toEqual([])
      }
      await page.goto(`${url}/?lang=en&q=${encodeURIComponent('数学 长方形 教案 火山')}`)
      await page.getByRole('button', { name: 'Must have: 教案' }).click()
      await page.getByRole('button', { name: 'Remove filter: Lesson plan' }).waitFor()
      await page.getByRole('status').filter({ hasText: 'No resource found' }).waitFor()
      await page.goBack()
      await page.getByRole('button', { name: '数学 长方形' }).click()
      await expect.poll(() => page.locator('.left-out').count()).toBe(0)
      await page.goto(`${url}/?lang=ug&q=math`)
      await page.getByRole('button', { name: 'پەقەت پەن: ماتېماتىكا' }).waitFor()
    } finally {
      await browser.close()
    }
  })
})
