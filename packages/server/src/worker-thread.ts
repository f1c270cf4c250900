import { Worker } from 'node:worker_threads'

const isSource = import.meta.url.endsWith('.ts')

/**
 * Starts one of the package's worker threads: from TypeScript in the source tree, else from `dist/workers/<name>.js`.
 *
 * @param path - The worker's source file below `src`, without its ending, e.g. `database/sqlite/writer-worker`.
 */
export function startWorkerThread(path: string, workerData: unknown): Worker {
  if (!isSource) return new Worker(new URL(`./workers/${path.split('/').at(-1)}.js`, import.meta.url), { workerData })
  return new Worker(new URL(`./${path}.ts`, import.meta.url), { workerData, execArgv: ['--import', 'tsx', '--conditions=@edufed/source'] })
}
