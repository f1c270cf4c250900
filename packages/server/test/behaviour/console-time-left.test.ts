import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { accessibilityFindings, bundleScripts, chromiumPath, fitsWidth, startBrowser } from '../support/browser.js'
import { buildTestApp, type TestApp, testAdminKey } from '../support/build-test-app.js'

describe.skipIf(!chromiumPath)(`a run that is watched in the console${chromiumPath ? '' : ' (skipped: no Chromium)'}`, () => {
  let server: TestApp
  let platform: OaiServer
  let url: string
  let scripts: string
  let browser: Browser

  beforeAll(async () => {
    scripts = await bundleScripts()
    server = await buildTestApp({ scripts, env: { EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' } })
    url = await server.listen()
    browser = await startBrowser()
    // A slow platform: five records a second.
    platform = await startOaiServer({ records: makeOaiRecords(1000), pageSize: 2, hold: () => delay(400) })
  }, 90_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await platform?.close()
    await rm(scripts, { recursive: true, force: true })
  })

  it('says how long it will still take, in each language, once that can be told', async () => {
    const headers = server.admin
    const source = { id: 'slow', name: 'Slow', kind: 'oai-pmh', level: 'school', settings: { url: platform.url() } }
    await server.app.inject({ method: 'POST', url: '/api/v1/sources', headers, payload: source })
    const started = await server.app.inject({ method: 'POST', url: '/api/v1/sources/slow/harvests', headers, payload: {} })
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const texts = { en: /about \d+ min left/, 'zh-CN': /预计还需约 \d+ 分钟/, ug: /تەخمىنەن \d+ مىنۇت قالدى/ }
    await Promise.all(
      Object.entries(texts).map(async ([language, text]) => {
        const page = await context.newPage()
        await page.goto(`${url}/console?lang=${language}#key=${testAdminKey}`)
        await page.getByRole('progressbar').waitFor()
        expect(await page.getByText(text).count()).toBe(0)
        await page.getByText(text).waitFor()
        expect(await accessibilityFindings(page)).toEqual([])
        expect(await fitsWidth(page)).toBe(true)
      }),
    )
    await server.app.inject({ method: 'POST', url: `/api/v1/sources/slow/harvests/${started.json().id}/cancel`, headers })
    const page = context.pages()[0]
    await page?.getByRole('progressbar').waitFor({ state: 'detached' })
    expect(await page?.getByText(texts.en).count()).toBe(0)
    await context.close()
  }, 60_000)
})
