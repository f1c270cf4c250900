import { vocabularies } from '@edufed/harvester/vocabularies'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.js'
import { accessibilityFindings, chromiumPath, fitsWidth } from '../support/browser.js'

const counties = ['650102', '650103', '650104', '650105', '650502', '653101', '653201', '140105', '140106', '140212', '140302']
const find = { 'zh-CN': '查找地区', en: 'Find: Region', ug: 'ئىزدەش: رايون' }

function concept(vocabulary: 'subject' | 'stage' | 'grade', notation: string) {
  const inScheme = vocabularies[vocabulary].id
  const { prefLabel } = vocabularies[vocabulary].concepts.find((one) => one.notation === notation)!
  return { id: `${inScheme}:${notation}`, notation, prefLabel, inScheme }
}

describe.skipIf(!chromiumPath)(`facets in the portal${chromiumPath ? '' : ' (skipped: no Chromium)'}`, () => {
  let browsed: BrowsedApp

  beforeAll(async () => {
    browsed = await startBrowsedApp()
    for (const [at, region] of counties.entries()) {
      const source = { id: `school-${region}`, name: `学校 ${region}`, kind: 'push', level: 'school', region }
      await browsed.server.app.inject({ method: 'POST', url: '/api/v1/sources', headers: browsed.server.admin, payload: source })
      const payload = {
        name: { 'zh-Hans': `分数 ${region}` },
        inLanguage: ['zh-Hans'],
        about: [concept('subject', 'mathematics')],
        educationalLevel: [concept('grade', at < 6 ? 'grade-3' : 'grade-7')],
      }
      const path = `/api/v1/sources/school-${region}/records/1`
      const answer = await browsed.server.app.inject({ method: 'PUT', url: path, headers: browsed.server.admin, payload })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
    }
    await browsed.server.indexed()
  }, 120_000)

  afterAll(() => browsed?.close())

  async function open(language: string, width = 1280): Promise<Page> {
    const page = await (await browsed.browser.newContext({ viewport: { width, height: 800 } })).newPage()
    page.on('pageerror', (error) => expect.fail(`The page threw ${error.message}`))
    await page.goto(`${browsed.url}/?lang=${language}`)
    await page.locator('.hits > li').first().waitFor()
    return page
  }

  it('shows prefectures beneath their province and grades beneath their stage', async () => {
    const page = await open('en')
    const province = page.locator('li', { has: page.getByRole('checkbox', { name: /^Xinjiang/ }) }).first()
    expect(
      await province
        .locator('ul')
        .getByRole('checkbox', { name: /^Ürümqi/ })
        .count(),
    ).toBe(1)
    const stage = page
      .locator('li', { hasText: 'Junior secondary school' })
      .filter({ has: page.getByRole('checkbox', { name: /^Grade 7/ }) })
    expect(await stage.getByRole('checkbox', { name: /^Grade 3/ }).count()).toBe(0)
    await page.getByRole('checkbox', { name: /^Xinjiang 7$/ }).check()
    await expect.poll(() => page.locator('.hits > li').count()).toBe(7)
    await page.getByRole('checkbox', { name: /^Shanxi 4$/ }).check()
    await expect.poll(() => page.locator('.hits > li').count()).toBe(11)
  })

  it('finds a value by typing a part of its name, keeps the list while it is chosen, and shows it when the typing is gone', async () => {
    const page = await open('zh-CN')
    const input = page.getByRole('searchbox', { name: '查找地区' })
    await input.pressSequentially('天山')
    const value = page.getByRole('checkbox', { name: /^天山区/ })
    await expect.poll(() => page.getByText('找到 1 项').count()).toBe(1)
    expect(await page.getByRole('checkbox', { name: /^山西省/ }).count()).toBe(0)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect.poll(() => page.locator('.hits > li').count()).toBe(1)
    expect(await value.isChecked()).toBe(true)
    expect(new URL(page.url()).searchParams.getAll('region')).toEqual(['650102'])
    await input.fill('')
    await page.getByRole('checkbox', { name: /^山西省/ }).waitFor()
    expect(await value.isChecked()).toBe(true)
    await input.fill('zzz')
    await page.getByText('没有符合的项').waitFor()
  })

  it.each(['zh-CN', 'en', 'ug'] as const)('has no accessibility findings and fits 360 pixels in %s', async (language) => {
    const page = await open(language, 360)
    await page.locator('details.facets > summary').click()
    await page.getByRole('searchbox', { name: find[language] }).fill('65')
    await page.locator('.found', { hasText: '12' }).waitFor()
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityFindings(page)).toEqual([])
  })
})
