import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', vocabularies: 'src/vocabularies/index.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  splitting: true,
  clean: true,
  dts: process.env.EDUFED_NO_TYPES === '1' ? false : { entry: { index: 'src/index.ts', vocabularies: 'src/vocabularies/index.ts' } },
})
