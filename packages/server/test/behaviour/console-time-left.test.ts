import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.js'
import { accessibilityFindings, chromiumPath, fitsWidth } from '../support/browser.js'
import { testAdminKey } from '../support/build-test-app.js'

describe.skipIf(!chromiumPath)(`a run that is watched in the console${chromiumPath ? '' : ' (skipped: no Chromium)'}`, () => {
  let browsed: BrowsedApp
  let platform: OaiServer

  beforeAll(async () => {
    browsed = await startBrowsedApp({ EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' })
    // A slow platform: five records a second.
    platform = await startOaiServer({ records: makeOaiRecords(1000), pageSize: 2, hold: () => delay(400) })
  }, 90_000)

  afterAll(async () => {
    await browsed?.close()
    await platform?.close()
  })

  it('says how long it will still take, in each language, once that can be told', async () => {
    const headers = browsed.server.admin
    const source = { id: 'slow', name: 'Slow', kind: 'oai-pmh', level: 'school', settings: { url: platform.url() } }
    await browsed.server.app.inject({ method: 'POST', url: '/api/v1/sources', headers, payload: source })
    const started = await browsed.server.app.inject({ method: 'POST', url: '/api/v1/sources/slow/harvests', headers, payload: {} })
    const context = await browsed.browser.newContext({ viewport: { width: 360, height: 740 } })
    const texts = { en: /about \d+ min left/, 'zh-CN': /预计还需约 \d+ 分钟/, ug: /تەخمىنەن \d+ مىنۇت قالدى/ }
    await Promise.all(
      Object.entries(texts).map(async ([language, text]) => {
        const page = await context.newPage()
        await page.goto(`${browsed.url}/console?lang=${language}#key=${testAdminKey}`)
        await page.getByRole('progressbar').waitFor()
        expect(await page.getByText(text).count()).toBe(0)
        await page.getByText(text).waitFor()
        expect(await accessibilityFindings(page)).toEqual([])
        expect(await fitsWidth(page)).toBe(true)
      }),
    )
    await browsed.server.app.inject({ method: 'POST', url: `/api/v1/sources/slow/harvests/${started.json().id}/cancel`, headers })
    const page = context.pages()[0]
    await page?.getByRole('progressbar').waitFor({ state: 'detached' })
    expect(await page?.getByText(texts.en).count()).toBe(0)
    await context.close()
  }, 60_000)
})
