import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Adapters } from '../../src/adapters.js'
import { type BuildAppOptions, buildApp } from '../../src/app.js'
import type { App } from '../../src/app-instance.js'
import { readConfig, type ServerConfig } from '../../src/config.js'
import { openAdapters } from '../../src/open-adapters.js'
import { createAnswerCheck } from './answer-check.js'

export const testAdminKey = 'edufed_test-administrator-0123456789'

export interface TestAppOptions extends BuildAppOptions {
  /** Further environment variables. */
  env?: Record<string, string>
  /** Puts others in the place of some adapters. */
  replaceAdapters?: (adapters: Adapters) => Partial<Adapters>
}

export interface TestApp {
  app: App
  config: ServerConfig
  adapters: Adapters
  /** Headers of the administrator. */
  admin: { authorization: string }
  /** Starts to listen on a free port of 127.0.0.1. @returns the base address */
  listen(): Promise<string>
  /** Resolves when everything written so far is found by search. */
  indexed(): Promise<void>
  /** Closes the server and removes its folder. */
  close(): Promise<void>
}

/** A server with the embedded adapters in a folder of its own, ready for `app.inject`. An answer that is not as documented is a 500. */
export async function buildTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { env = {}, replaceAdapters, ...appOptions } = options
  const folder = await mkdtemp(join(tmpdir(), 'edufed-app-'))
  const config = readConfig({
    EDUFED_DATA_DIR: join(folder, 'data'),
    EDUFED_ADMIN_KEY: testAdminKey,
    EDUFED_NODE_ID: 'node.test',
    EDUFED_LOG_LEVEL: 'silent',
    ...env,
  })
  const opened = await openAdapters(config, appOptions.now ? { now: appOptions.now } : {})
  const adapters = { ...opened, ...replaceAdapters?.(opened) }
  const app = await buildApp(config, adapters, { checkAnswer: createAnswerCheck(), ...appOptions })
  await app.ready()
  return {
    app,
    config,
    adapters,
    admin: { authorization: `Bearer ${testAdminKey}` },
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    indexed: async () => adapters.indexer.waitUntilSearchable(await adapters.catalog.lastSequence()),
    close: async () => {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
