import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

async function bundle(code: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@edufed/source'],
    external: ['tus-js-client'],
  })
  const [output] = Object.values(metafile.outputs)
  return { size: gzipSync(outputFiles[0]!.contents).length, imports: output!.imports, inputs: Object.keys(metafile.inputs) }
}

it('imports nothing but tus-js-client, and that only when something is uploaded', async () => {
  const { imports, inputs } = await bundle(`export * from '@edufed/sdk'`)
  expect(imports).toEqual([{ path: 'tus-js-client', kind: 'dynamic-import', external: true }])
  expect(inputs.filter((path) => /node_modules|schemas/.test(path))).toEqual([])
})

it('gives a portal that only searches less than 4 KiB to load', async () => {
  const { size, imports } = await bundle(`export { createSearchClient } from '@edufed/sdk'`)
  expect(imports).toEqual([])
  expect(size).toBeLessThan(4 * 1024)
})
