import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const processAdminKey = 'edufed_test-administrator-0123456789'

export interface ServerProcess {
  base: string
  child: ChildProcess
  /** What it has written to stderr so far. */
  errors(): string
  /** Ends it the hard way: nothing is flushed, nothing is given back. */
  kill(): Promise<void>
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>
}

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** Starts `edufed serve` as a process of its own; resolves when it listens. */
export async function startServerProcess(dataDirectory: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@edufed/source', program, 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      EDUFED_DATA_DIR: dataDirectory,
      EDUFED_ADMIN_KEY: processAdminKey,
      EDUFED_ALLOW_NETWORKS: '127.0.0.0/8',
      EDUFED_LOG_LEVEL: 'silent',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8')
  const base = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors}`)))
    child.stderr.on('data', (text: string) => {
      errors += text
      const [address] = /http:\/\/[\d.]+:\d+/.exec(errors) ?? []
      if (address) resolve(address)
    })
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  }
  return { base, child, errors: () => errors, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}
