import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileServer, startFileServer } from '../../../harvester/test/support/file-server.js'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.js'
import { accessibilityFindings, chromiumPath, fitsWidth } from '../support/browser.js'
import { testAdminKey } from '../support/build-test-app.js'
import { runToEnd } from '../support/run-to-end.js'

const lessons = [
  {
    identifier: 'math-1',
    name: { 'zh-Hans': '一元二次方程', 'ug-Arab': 'كۋادرات تەڭلىمە' },
    subject: 'mathematics',
    label: '数学',
    language: 'zh-Hans',
  },
  { identifier: 'math-2', name: { 'ug-Arab': 'ماتېماتىكا دەرسلىكى' }, subject: 'mathematics', label: '数学', language: 'ug-Arab' },
  { identifier: 'poem-1', name: { 'zh-Hant': '靜夜思' }, subject: 'chinese', label: '语文', language: 'zh-Hant' },
]

describe.skipIf(!chromiumPath)(`the portal in a browser${chromiumPath ? '' : ' (skipped: no Chromium)'}`, () => {
  let browsed: BrowsedApp

  beforeAll(async () => {
    browsed = await startBrowsedApp({ EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' })
    const headers = { ...browsed.server.admin, 'content-type': 'application/json' }
    await browsed.server.app.inject({
      method: 'POST',
      url: '/api/v1/sources',
      headers,
      payload: { id: 'school', name: '榆树沟学校', kind: 'push', level: 'school', authority: 'school.example' },
    })
    for (const { identifier, name, subject, label, language } of lessons) {
      const concept = {
        id: `urn:edufed-vocabulary:subject:${subject}`,
        notation: subject,
        prefLabel: { 'zh-Hans': label },
        inScheme: 'urn:edufed-vocabulary:subject',
      }
      const payload = {
        name,
        inLanguage: [language],
        about: [concept],
        url: `https://school.example/${identifier}`,
        license: { id: 'https://creativecommons.org/licenses/by/4.0/', label: 'CC BY 4.0', raw: 'CC BY 4.0' },
      }
      const answer = await browsed.server.app.inject({
        method: 'PUT',
        url: `/api/v1/sources/school/records/${identifier}`,
        headers,
        payload,
      })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
    }
    await browsed.server.indexed()
  }, 120_000)

  afterAll(() => browsed?.close())

  async function open(path: string, options: { width?: number; javaScriptEnabled?: boolean; locale?: string } = {}): Promise<Page> {
    const { width = 1280, ...rest } = options
    const context = await browsed.browser.newContext({ viewport: { width, height: 800 }, ...rest })
    const page = await context.newPage()
    page.on('pageerror', (error) => expect.fail(`The page threw ${error.message}`))
    await page.goto(`${browsed.url}${path}`)
    return page
  }

  it('finds a part of a word, marks it, and narrows by a facet', async () => {
    const page = await open('/?lang=zh-CN')
    await page.getByRole('combobox', { name: '搜索学习资源' }).fill('二次方程')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '一元二次方程' }).waitFor()
    expect(await page.locator('mark').first().textContent()).toContain('二次方程')
    expect(new URL(page.url()).searchParams.get('q')).toBe('二次方程')

    await page.goto(`${browsed.url}/?lang=zh-CN`)
    await page.getByRole('checkbox', { name: /语文/ }).check()
    await page.getByRole('link', { name: '靜夜思' }).waitFor()
    await expect.poll(() => page.locator('.hits > li').count()).toBe(1)
    await page.getByRole('button', { name: '去掉筛选：语文' }).click()
    await expect.poll(() => page.locator('.hits > li').count()).toBe(3)
  })

  it('suggests while a teacher types, and takes a suggestion by keyboard', async () => {
    const page = await open('/?lang=zh-CN')
    await page.getByRole('combobox', { name: '搜索学习资源' }).pressSequentially('一元')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '一元二次方程' }).waitFor()
  })

  it('shows a resource with its names in all languages', async () => {
    const page = await open('/?lang=zh-CN&q=方程')
    await page.getByRole('link', { name: '一元二次方程' }).click()
    await page.getByRole('heading', { name: '一元二次方程', level: 1 }).waitFor()
    expect(await page.locator('[lang="ug-Arab"]').first().getAttribute('dir')).toBe('rtl')
    expect(await page.getByText('榆树沟学校').count()).toBeGreaterThan(0)
    expect(await accessibilityFindings(page)).toEqual([])
  })

  it.each(['zh-CN', 'en', 'ug'])('has no accessibility findings and fits 360 pixels in %s', async (language) => {
    const page = await open(`/?lang=${language}&q=${encodeURIComponent('方程')}`, { width: 360 })
    await page.locator('.hits > li').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ug' ? 'rtl' : 'ltr')
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityFindings(page)).toEqual([])
  })

  it('answers a reader without scripts', async () => {
    const page = await open(`/?lang=en&q=${encodeURIComponent('ماتېماتىكا')}`, { javaScriptEnabled: false })
    expect(await page.getByRole('link', { name: 'ماتېماتىكا دەرسلىكى' }).count()).toBe(1)
  })

  it('works in the page of another site', async () => {
    const example = await readFile(new URL('../../../../examples/embed-html/index.html', import.meta.url), 'utf8')
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(example.replaceAll('http://127.0.0.1:3000', browsed.url))
    })
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
    try {
      const page = await (await browsed.browser.newContext()).newPage()
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`)
      await page.getByText('联盟共有 3 个资源符合。').waitFor()
      expect(await page.getByRole('link', { name: '靜夜思' }).count()).toBe(1)
    } finally {
      site.close()
    }
  })

  it('says that a resource is not there', async () => {
    const page = await open('/resources/urn%3Aedufed%3Anowhere%3A1?lang=en')
    await page.getByRole('heading', { name: 'There is no such resource' }).waitFor()
  })

  it('shows sources and harvests in the console, for a key', async () => {
    const page = await open('/console?lang=en', { width: 360 })
    expect(await accessibilityFindings(page)).toEqual([])
    await page.getByLabel('API key').fill(testAdminKey)
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByRole('heading', { name: '榆树沟学校' }).waitFor()
    await page.getByRole('heading', { name: 'Search index' }).waitFor()
    await page.getByRole('button', { name: 'Compare and heal now' }).click()
    await page.getByText('the same', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Add a source' }).click()
    await page.getByLabel('Name').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityFindings(page)).toEqual([])
  })

  describe('the report of a harvest', () => {
    let files: FileServer
    let harvestId: string

    beforeAll(async () => {
      files = await startFileServer({ '/lessons.csv': 'id,title,subject\n1,一元二次方程,数学\n2,静夜思,\n3,,语文\n' })
      const payload = { id: 'county', name: '县资源站', kind: 'table', level: 'county', settings: { url: `${files.url}/lessons.csv` } }
      await browsed.server.app.inject({ method: 'POST', url: '/api/v1/sources', headers: browsed.server.admin, payload })
      const harvest = await runToEnd(browsed.server, 'county', 'harvests')
      expect(harvest.counts).toMatchObject({ taken: 3, created: 2, quarantined: 1 })
      harvestId = harvest.id
    }, 60_000)

    afterAll(() => files?.close())

    it('has an address, and shows counts, fields, findings and held records', async () => {
      const page = await open('/console?lang=en')
      await page.getByLabel('API key').fill(testAdminKey)
      await page.getByRole('button', { name: 'Enter' }).click()
      await page.getByRole('link', { name: 'Report' }).first().click()
      await page.getByRole('heading', { name: '县资源站 completed' }).waitFor()
      expect(new URL(page.url()).hash).toBe(`#report=county/${harvestId}`)
      await page.getByText('How many of the 3 records have each field.').waitFor()
      expect(await page.locator('.bars li', { hasText: 'Subject' }).textContent()).toContain('33 % (1)')
      expect(await page.getByRole('heading', { name: 'Records of this source that are held back' }).count()).toBe(1)
      await page.getByRole('link', { name: 'Back to the console' }).click()
      await page.getByRole('heading', { name: 'Sources' }).waitFor()
    })

    it('stands beside the conformity of the source', async () => {
      const page = await open('/console?lang=en', { width: 360 })
      await page.getByLabel('API key').fill(testAdminKey)
      await page.getByRole('button', { name: 'Enter' }).click()
      await expect
        .poll(
          async () =>
            (await browsed.server.app.inject({ url: '/api/v1/sources/county/conformity', headers: browsed.server.admin })).statusCode,
        )
        .toBe(200)
      await page.getByText('Conformity', { exact: true }).click()
      await page.getByText(/^\d+\/100$/).waitFor()
      await page.getByText('Stable identifiers').waitFor()
      expect(await fitsWidth(page)).toBe(true)
      expect(await accessibilityFindings(page)).toEqual([])
    })

    it.each(['zh-CN', 'en', 'ug'])('has no accessibility findings and fits 360 pixels in %s', async (language) => {
      const page = await open(`/console?lang=${language}`, { width: 360 })
      await page.evaluate((key) => sessionStorage.setItem('edufed-console-key', key), testAdminKey)
      await page.goto(`${browsed.url}/console?lang=${language}#report=county/${harvestId}`)
      await page.reload()
      await page.locator('.bars').waitFor()
      await page.locator('.findings li ul li').first().waitFor()
      expect(await fitsWidth(page)).toBe(true)
      expect(await accessibilityFindings(page)).toEqual([])
    })
  })

  it('tells in the console that a key is wrong', async () => {
    const page = await open('/console?lang=en')
    await page.getByLabel('API key').fill('edufed_nobody-has-ever-made-this-key')
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('API key').waitFor()
  })
})
