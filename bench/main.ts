import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

// `pnpm run bench [name] [arguments]`: runs one benchmark, or all of them one after the other. Tables are printed; nothing is asserted.
const folder = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts' && !file.startsWith('generate-'))
  .map((file) => file.slice(0, -3))
/** Measures memory: runs on the packages as they are built and installed, without what compiles TypeScript. */
const onBuiltPackages = ['ingest']
const [name, ...rest] = process.argv.slice(2)

if (name !== undefined && !all.includes(name)) {
  console.error(`There is no benchmark ${name}; there are ${all.join(', ')}`)
  process.exit(2)
}
console.log(`${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}, Node ${process.versions.node}`)
for (const benchmark of name === undefined ? all : [name]) {
  const command = onBuiltPackages.includes(benchmark) ? [bundle(benchmark)] : [...process.execArgv, `${folder}${benchmark}.ts`]
  const { status } = spawnSync(process.execPath, [...command, ...rest], { stdio: 'inherit' })
  if (status !== 0) console.error(`${benchmark} ended with ${status}`)
}

function bundle(benchmark: string): string {
  if (!existsSync(`${folder}node_modules/@edufed/server/dist/index.js`)) throw new Error('Run `pnpm run build` first')
  const outfile = `${folder}node_modules/.cache/${benchmark}.mjs`
  buildSync({ entryPoints: [`${folder}${benchmark}.ts`], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' })
  return outfile
}
