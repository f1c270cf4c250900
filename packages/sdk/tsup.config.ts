import { defineConfig } from 'tsup'

const dts = process.env.EDUFED_NO_TYPES !== '1'

export default defineConfig([
  {
    entry: { index: 'src/index.ts', schemas: 'src/schemas/index.ts' },
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: ['typebox', 'tus-js-client'],
    splitting: true,
    clean: ['!*elements*'],
    dts,
  },
  {
    entry: { elements: 'src/elements/index.ts' },
    format: 'esm',
    target: 'es2020',
    platform: 'browser',
    noExternal: ['lit'],
    minify: true,
    dts,
  },
  {
    entry: { 'edufed-elements': 'src/elements/index.ts' },
    format: 'iife',
    globalName: 'edufed',
    outExtension: () => ({ js: '.js' }),
    target: 'es2020',
    platform: 'browser',
    noExternal: ['lit', 'tus-js-client'],
    minify: true,
  },
])
