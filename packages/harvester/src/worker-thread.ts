import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

const isSource = import.meta.url.endsWith('.ts')

/**
 * Starts one of the package's worker threads: from TypeScript in the source tree, else from `dist/workers/<name>.js`.
 *
 * @param path - The worker's source file below `src`, without its ending, e.g. `connectors/oai-pmh/answer-worker`.
 */
export function startWorkerThread(path: string, options: Pick<WorkerOptions, 'workerData' | 'resourceLimits'> = {}): Worker {
  if (!isSource) return new Worker(new URL(`./workers/${path.split('/').at(-1)}.js`, import.meta.url), { ...options, execArgv: [] })
  return new Worker(sourceBootstrap(new URL(`./${path}.ts`, import.meta.url)), { ...options, execArgv: ['--conditions=@edufed/source'] })
}

/** What to transfer with a message that holds these bytes, so that they are not copied; a few bytes may share their memory with others, and are. */
export function toTransfer({ byteLength, buffer }: Uint8Array): ArrayBuffer[] {
  return byteLength === buffer.byteLength ? [buffer as ArrayBuffer] : []
}

/** `--import tsx` has no effect in worker threads of Node 20, so a few lines of JavaScript register it first. */
function sourceBootstrap(file: URL): URL {
  const tsx = new URL('dist/esm/api/index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json')))
  const code = `import { register } from ${JSON.stringify(tsx.href)}\nregister()\nawait import(${JSON.stringify(file.href)})\n`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
