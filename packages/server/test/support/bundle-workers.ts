import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const server = fileURLToPath(new URL('../../', import.meta.url))
const workers = [
  'database/sqlite/connection-worker',
  'ingest/ingest-worker',
  'search/sqlite/indexing-worker',
  'search/sqlite/search-worker',
  'modules/sources/harvest-worker',
]

/** Bundles the server's worker threads once for all tests; without it each thread compiles its sources anew. */
export async function setup(): Promise<() => void> {
  const cache = join(server, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  // Below node_modules, so that native packages are found from there.
  const outdir = mkdtempSync(join(cache, 'workers-'))
  await build({
    entryPoints: Object.fromEntries(workers.map((path) => [path.split('/').at(-1)!, join(server, 'src', `${path}.ts`)])),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@edufed/source'],
    external: ['libsql', '@node-rs/jieba'],
    // Bundled CommonJS packages ask for `require`; the name may be taken by a module of ours, the global is not.
    banner: {
      js: "import { createRequire as createGlobalRequire } from 'node:module'\nglobalThis.require ??= createGlobalRequire(import.meta.url)",
    },
    sourcemap: 'inline',
    logLevel: 'error',
  })
  process.env.EDUFED_TEST_WORKERS = outdir
  return () => rmSync(outdir, { recursive: true, force: true })
}
