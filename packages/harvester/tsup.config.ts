import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    vocabularies: 'src/vocabularies/index.ts',
    cli: 'src/cli/main.ts',
    // Worker threads: started by src/worker-thread.ts from dist/workers/<name>.js.
    'workers/answer-worker': 'src/connectors/oai-pmh/answer-worker.ts',
  },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  splitting: true,
  // Hundreds of small modules: to find and load them one by one takes longer than all the rest of a start.
  noExternal: [/^typebox(\/|$)/],
  clean: true,
  dts: process.env.EDUFED_NO_TYPES === '1' ? false : { entry: { index: 'src/index.ts', vocabularies: 'src/vocabularies/index.ts' } },
})
