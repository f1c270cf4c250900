import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** Three times the size of a semi-space. What lives longer is soon among the old; the default takes 48 MB for each thread. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 }

const isSource = import.meta.url.endsWith('.ts')

/**
 * Starts one of the package's worker threads: from TypeScript in the source tree, else from `dist/workers/<name>.js`.
 *
 * @param path - The worker's source file below `src`, without its ending, e.g. `database/sqlite/connection-worker`.
 */
export function startWorkerThread(path: string, workerData: unknown): Worker {
  const file = `${path.split('/').at(-1)}.js`
  if (!isSource) return new Worker(new URL(`./workers/${file}`, import.meta.url), { workerData, resourceLimits })
  // The tests start many threads: they bundle them once (test/support/bundle-workers.ts) instead of compiling each anew.
  const bundled = process.env.EDUFED_TEST_WORKERS
  if (bundled) return new Worker(pathToFileURL(join(bundled, file)), { workerData, resourceLimits })
  return new Worker(sourceBootstrap(new URL(`./${path}.ts`, import.meta.url)), {
    workerData,
    resourceLimits,
    execArgv: ['--conditions=@edufed/source'],
  })
}

/** `--import tsx` has no effect in worker threads of Node 20, so a few lines of JavaScript register it first. */
function sourceBootstrap(file: URL): URL {
  const tsx = new URL('dist/esm/api/index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json')))
  const code = `import { register } from ${JSON.stringify(tsx.href)}\nregister()\nawait import(${JSON.stringify(file.href)})\n`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
