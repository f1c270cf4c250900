import { rm } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { bundleScripts, startBrowser } from './browser.js'
import { buildTestApp, type TestApp } from './build-test-app.js'

/** A server with the scripts of its pages, and a browser to look at them. */
export interface BrowsedApp {
  server: TestApp
  url: string
  browser: Browser
  close(): Promise<void>
}

export async function startBrowsedApp(env: Record<string, string> = {}): Promise<BrowsedApp> {
  const scripts = await bundleScripts()
  const server = await buildTestApp({ scripts, env })
  const url = await server.listen()
  const browser = await startBrowser()
  return {
    server,
    url,
    browser,
    close: async () => {
      await browser.close()
      await server.close()
      await rm(scripts, { recursive: true, force: true })
    },
  }
}
