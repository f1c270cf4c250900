import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'

// `pnpm run bench [name] [arguments]`: runs one benchmark, or all of them one after the other. Tables are printed; nothing is asserted.
const folder = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts' && !file.startsWith('generate-'))
  .map((file) => file.slice(0, -3))
const [name, ...rest] = process.argv.slice(2)

if (name !== undefined && !all.includes(name)) {
  console.error(`There is no benchmark ${name}; there are ${all.join(', ')}`)
  process.exit(2)
}
console.log(`${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}, Node ${process.versions.node}`)
for (const benchmark of name === undefined ? all : [name]) {
  const { status } = spawnSync(process.execPath, [...process.execArgv, `${folder}${benchmark}.ts`, ...rest], { stdio: 'inherit' })
  if (status !== 0) console.error(`${benchmark} ended with ${status}`)
}
