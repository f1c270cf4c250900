import type { AddressInfo } from 'node:net'
import closeWithGrace from 'close-with-grace'
import type { Adapters } from './adapters.js'
import { buildApp } from './app.js'
import type { App } from './app-instance.js'
import { readConfig, type ServerConfig } from './config.js'
import { ServerError } from './errors.js'
import { hasAdministrator } from './modules/members/index.js'
import { openAdapters } from './open-adapters.js'
import { version } from './version.js'

/** How long requests and harvests may take to come to a good end when the process is told to stop. */
const graceMs = 10_000
/** How long requests may take of that; uploads and downloads that are cut off can be gone on with. */
const requestGraceMs = 5_000

/**
 * Runs a server until SIGTERM or SIGINT: opens what the environment names, brings the database up to date and listens.
 *
 * @throws {ServerError} when the configuration is wrong, the embedded database belongs to another process, or the address cannot be listened on.
 */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(environment)
  const adapters = await openAdapters(config)
  const { logger } = adapters
  const app = await buildApp(config, adapters)
  const { uninstall } = closeWithGrace({ delay: graceMs, logger }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'The server stops because of an error that nobody handled')
    else logger.info({ signal }, 'The server stops')
    closeConnections(app)
    await app.close()
  })
  try {
    await listen(app, config)
    const { port } = app.server.address() as AddressInfo
    for (const line of await startLines(config, adapters, port)) process.stderr.write(`${line}\n`)
  } catch (error) {
    // It would end the process as if all were well.
    uninstall()
    await app.close()
    throw error
  }
}

async function listen(app: App, { host, port }: ServerConfig): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    const reason = whyNotListening.get((cause as NodeJS.ErrnoException).code ?? '')
    if (reason === undefined) throw cause
    throw new ServerError('EDUFED_ADDRESS_UNAVAILABLE', `${host}, port ${port}: ${reason}`, { cause })
  }
}

const whyNotListening: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program listens there'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['EACCES', 'this user may not listen there'],
  ['ENOTFOUND', 'the host name is not known'],
])

/** Lets go of connections as soon as their answer is out: one that is kept alive would hold up the end. */
function closeConnections({ server }: App): void {
  setInterval(() => server.closeIdleConnections(), 100).unref()
  setTimeout(() => server.closeAllConnections(), requestGraceMs).unref()
}

async function startLines(config: ServerConfig, adapters: Adapters, port: number): Promise<string[]> {
  const { database, searchIndex, files, logger } = adapters
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  const address = `http://${host}:${port}`
  const stores = { catalogue: database.engine, search: searchIndex.engine, files: files.kind }
  logger.info({ address, stores, dataDirectory: config.dataDirectory }, 'The server listens')
  const parts = Object.entries({ ...stores, data: config.dataDirectory }).map(([name, value]) => `${name}: ${value}`)
  const lines = [`Edufed ${version} listens on ${address} (${parts.join(', ')})`]
  if (!config.adminKey && !(await hasAdministrator(database))) {
    const stop = database.engine === 'sqlite' ? 'stop it, run' : 'run'
    lines.push(`Nobody can administer this node yet: ${stop} \`edufed keys create --name admin --scopes admin\`, or set EDUFED_ADMIN_KEY.`)
  }
  return lines
}
