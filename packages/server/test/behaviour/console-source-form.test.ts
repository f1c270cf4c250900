import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileServer, startFileServer } from '../../../harvester/test/support/file-server.js'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.js'
import { accessibilityFindings, chromiumPath, fitsWidth } from '../support/browser.js'
import { testAdminKey } from '../support/build-test-app.js'
import { runToEnd } from '../support/run-to-end.js'

describe.skipIf(!chromiumPath)(`the form for a source${chromiumPath ? '' : ' (skipped: no Chromium)'}`, () => {
  let browsed: BrowsedApp
  let files: FileServer

  beforeAll(async () => {
    browsed = await startBrowsedApp({ EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' })
    files = await startFileServer({ '/lessons.csv': 'nr;what;topic\n1;Photosynthesis;BIO\n2;Rivers;ZZZ\n3;Volcanoes;ZZZ\n' })
  }, 90_000)

  afterAll(async () => {
    await browsed?.close()
    await files?.close()
  })

  it('takes a mapping, says which place in it is wrong, shows what comes of it, and saves it', async () => {
    const page = await browsed.browser.newPage({ viewport: { width: 360, height: 740 } })
    await page.goto(`${browsed.url}/console?lang=en`)
    await page.getByLabel('API key').fill(testAdminKey)
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByRole('button', { name: 'Add a source' }).click()
    await page.getByLabel('Name').fill('County')
    await page.getByLabel('Protocol').selectOption('table')
    await page.getByLabel('Address').fill(`${files.url}/lessons.csv`)
    const settings = page.getByLabel('Further settings (JSON)')
    const preview = page.getByRole('button', { name: 'Preview' })

    await settings.fill('{"mapping": ')
    await preview.click()
    await page.getByText('The further settings are no JSON object').waitFor()

    const mapping = {
      fields: { identifier: 'nr', nmae: 'what', subject: { from: 'topic', vocabulary: 's' } },
      vocabularies: { s: { BIO: 'biology' } },
    }
    await settings.fill(JSON.stringify({ mapping }))
    await preview.click()
    await page.getByText('/settings/mapping/fields/nmae', { exact: true }).waitFor()
    await page.getByText('the nearest is "name"').waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)

    const { nmae, ...fields } = mapping.fields
    await settings.fill(JSON.stringify({ mapping: { ...mapping, fields: { ...fields, name: nmae } } }))
    await preview.click()
    await page.getByText('Photosynthesis').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'County' }).waitFor()

    const harvest = await runToEnd(browsed.server, 'county', 'harvests')
    expect(harvest.issues.find(({ code }) => code === 'concept.unknown')).toMatchObject({ count: 2, values: [{ value: 'ZZZ', count: 2 }] })
    await page.goto(`${browsed.url}/console?lang=en#report=county/${harvest.id}`)
    await page.reload()
    await page.getByText('ZZZ', { exact: true }).waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    await page.close()
  })
})
