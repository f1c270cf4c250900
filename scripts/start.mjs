// `npm start`: installs and builds what is not there yet, then runs the example alliance with its node.
// Plain JavaScript with nothing but Node, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const pnpm = 'pnpm@10.34.9'
const stampFile = join(root, 'node_modules', '.edufed-build')
const builtFiles = [
  'packages/sdk/dist/index.js',
  'packages/harvester/dist/cli.js',
  'packages/server/dist/cli.js',
  'examples/alliance/dist/main.js',
]

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Edufed needs Node 20.19 or later; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`)
  process.exit(1)
}

const digest = digestSources()
const isBuilt =
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest && builtFiles.every((file) => existsSync(join(root, file)))
if (!isBuilt) {
  console.log('Installing and building: about a minute the first time, nothing the next time …')
  const build = spawnSync('npx', ['--yes', pnpm, 'run', '_build'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, EDUFED_NO_TYPES: '1' },
    shell: process.platform === 'win32',
  })
  if (build.status !== 0) {
    console.error('The build failed: see above. Without a network, run this once where the package registry can be reached.')
    process.exit(build.status ?? 1)
  }
  writeFileSync(stampFile, digest)
}

const alliance = spawn(process.execPath, [join(root, 'examples/alliance/dist/main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => alliance.kill(signal))
alliance.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))

/** Names, sizes and times of everything that the build reads. */
function digestSources() {
  const hash = createHash('sha256')
  for (const place of ['packages', 'examples', 'package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tsconfig.json'])
    visit(join(root, place))
  return hash.digest('hex')

  function visit(path) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats) return
    if (!stats.isDirectory()) {
      hash.update(`${path}\n${stats.size}\n${stats.mtimeMs}\n`)
      return
    }
    for (const name of readdirSync(path).sort()) {
      if (name !== 'node_modules' && name !== 'dist' && name !== 'test' && name !== 'data') visit(join(path, name))
    }
  }
}
