import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'

export const chromiumPath = process.env.EDUFED_TEST_CHROMIUM

export function startBrowser(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath: chromiumPath, args })
}

/** Bundles the pages' scripts from their sources, so that the test needs no build. Returns the folder. */
export async function bundleScripts(): Promise<string> {
  const outdir = await mkdtemp(join(tmpdir(), 'edufed-web-'))
  const web = fileURLToPath(new URL('../../web/', import.meta.url))
  await build({
    entryPoints: { portal: join(web, 'portal/main.ts'), console: join(web, 'console/main.ts') },
    outdir,
    bundle: true,
    format: 'esm',
    splitting: true,
    target: 'es2020',
    conditions: ['@edufed/source', 'browser', 'import'],
  })
  return outdir
}

/** What axe finds wrong with the page, one line a finding. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // Evaluated over the debugging protocol: the page's own policy would refuse a foreign script.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (
      globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> } }
    ).axe.run(),
  )
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`)
}

/** True when nothing sticks out of the page sideways. */
export function fitsWidth(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
}
