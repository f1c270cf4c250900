import { type Adapters, closeAdapters } from '../adapters.js'
import { readConfig, type ServerConfig } from '../config.js'
import { createLogger } from '../logger.js'
import { openAdapters } from '../open-adapters.js'

/** Does a command's work on the stores that the environment names, and closes them. Logs go to stderr: stdout is for results. */
export async function withAdapters<T>(work: (adapters: Adapters, config: ServerConfig) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const logger = createLogger({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel }, process.stderr)
  const adapters = await openAdapters(config, { logger })
  try {
    return await work(adapters, config)
  } finally {
    await closeAdapters(adapters)
  }
}
