import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const serverProgram = fileURLToPath(new URL('../../../packages/server/dist/cli.js', import.meta.url))
const readyWithinMs = 60_000

export interface RunningNode {
  url: string
  /** Resolves with the exit code when the node ends by itself. */
  ended: Promise<number>
  stop(): Promise<void>
}

/**
 * Starts an Edufed node as a process of its own, as an operator would: configured by the environment alone.
 *
 * @throws {Error} When the node ends, or is not ready within a minute.
 */
export async function startNode(environment: Record<string, string>): Promise<RunningNode> {
  const url = `http://${environment.HOST}:${environment.PORT}`
  if (await answers(url)) throw new Error(`Something answers at ${url} already: stop it, or choose another port with PORT`)
  const node = spawn(process.execPath, [serverProgram, 'serve'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = once(node, 'exit').then(([code]) => Number(code ?? 0))
  await Promise.race([
    waitUntilReady(url),
    ended.then((code) => {
      throw new Error(`The node ended with exit code ${code} before it was ready; its log above says why`)
    }),
  ])
  return { url, ended, stop: () => stop(node, ended) }
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (await answers(url)) return
    await delay(50)
  }
  throw new Error(`The node does not answer at ${url}/healthz`)
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
}

async function stop(node: ChildProcess, ended: Promise<number>): Promise<void> {
  node.kill('SIGTERM')
  await ended
}
