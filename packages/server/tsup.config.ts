import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      cli: 'src/cli/main.ts',
      'workers/connection-worker': 'src/database/sqlite/connection-worker.ts',
      'workers/ingest-worker': 'src/ingest/ingest-worker.ts',
      'workers/indexing-worker': 'src/search/sqlite/indexing-worker.ts',
      'workers/search-worker': 'src/search/sqlite/search-worker.ts',
      'workers/harvest-worker': 'src/modules/sources/harvest-worker.ts',
      // Worker threads: started by src/worker-thread.ts from dist/workers/<name>.js.
    },
    format: 'esm',
    target: 'node20',
    platform: 'node',
    splitting: true,
    clean: ['!web/**'],
    dts: process.env.EDUFED_NO_TYPES === '1' ? false : { entry: { index: 'src/index.ts' } },
  },
  {
    // The pages' scripts, for browsers.
    entry: { portal: 'web/portal/main.ts', console: 'web/console/main.ts' },
    outDir: 'dist/web',
    format: 'esm',
    target: 'es2020',
    platform: 'browser',
    noExternal: [/.*/],
    splitting: true,
    minify: true,
    esbuildOptions: (options) => {
      options.conditions = ['@edufed/source', 'browser', 'import']
    },
  },
])
