// Makes what the Dockerfile puts into its image, and runs it twice with PostgreSQL and Elasticsearch, as compose.yaml does.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const databaseUrl = required('EDUFED_TEST_DATABASE_URL')
const elasticsearchUrl = required('EDUFED_TEST_ELASTICSEARCH_URL')
/** `stop_grace_period` of compose.yaml: who takes longer is killed. */
const graceMs = 30_000
const root = fileURLToPath(new URL('..', import.meta.url))
const name = `deployed${process.pid}`
const adminKey = `edufed_${'0123456789abcdef'.repeat(3)}`

const folder = await mkdtemp(join(tmpdir(), 'edufed-deployed-'))
const program = join(folder, 'node')
const dataDirectory = join(folder, 'data')
try {
  await deploy()
  await checkPackages()
  // As in the container: the program's folders belong to somebody else, the data's to who runs it.
  await chmod(program, 0o555)
  await mkdir(dataDirectory)
  await query(`CREATE DATABASE ${name}`)

  const first = await start()
  await first.call('/api/v1/members', { id: 'school', name: 'School', level: 'school' })
  await first.call('/api/v1/sources', { id: 'portal', name: 'Portal', kind: 'push', level: 'school', memberId: 'school' })
  execFileSync(process.execPath, ['push.mjs', first.url, 'portal'], {
    cwd: join(root, 'examples/push-node'),
    env: { ...process.env, EDUFED_API_KEY: adminKey },
    input: await readFile(join(root, 'examples/push-node/records.ndjson')),
  })
  await first.find(2)
  await first.stop()

  const second = await start()
  await second.find(2)
  await second.stop()
  const written = (await readdir(dataDirectory)).join()
  if (written !== 'uploads') throw new Error(`Beside PostgreSQL and Elasticsearch it wrote ${written}`)
} finally {
  await query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  const { indices } = await (await fetch(`${elasticsearchUrl}/_resolve/index/${name}-*`)).json()
  for (const index of indices ?? []) await fetch(`${elasticsearchUrl}/${index.name}`, { method: 'DELETE' })
  await fetch(`${elasticsearchUrl}/_index_template/${name}-*`, { method: 'DELETE' })
  await rm(folder, { recursive: true, force: true })
}

/** The steps of the Dockerfile, on a copy: they leave a tree behind in which nothing else can be built. */
async function deploy() {
  const tree = join(folder, 'tree')
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  for (const file of files) await cp(join(root, file), join(tree, file))
  const pnpm = (...options) =>
    execFileSync('npx', ['--yes', 'pnpm@10.34.9', ...options], { cwd: tree, env: { ...process.env, EDUFED_NO_TYPES: '1' } })
  pnpm('install', '--frozen-lockfile', '--prefer-offline')
  pnpm('run', 'build')
  pnpm('--filter', '@edufed/server', '--prod', '--legacy', 'deploy', program)
}

/** Nothing that only development needs may be there. */
async function checkPackages() {
  const { devDependencies } = JSON.parse(await readFile(join(root, 'packages/server/package.json'), 'utf8'))
  const { devDependencies: tools } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const installed = await readdir(join(program, 'node_modules/.pnpm'))
  const surplus = Object.keys({ ...devDependencies, ...tools }).filter((name) =>
    installed.some((folder) => folder.startsWith(`${name.replace('/', '+')}@`)),
  )
  if (surplus.length > 0) throw new Error(`Development dependencies are deployed: ${surplus.join(', ')}`)
  console.log(`${installed.length} packages are deployed`)
}

/** Resolves when the server says that it is ready. */
async function start() {
  const begun = Date.now()
  const child = spawn(process.execPath, [join(program, 'dist/cli.js'), 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: '0',
      EDUFED_DATA_DIR: dataDirectory,
      EDUFED_ADMIN_KEY: adminKey,
      EDUFED_NODE_ID: 'deployed.example',
      DATABASE_URL: databaseUrl.replace(/\/[^/]*$/, `/${name}`),
      ELASTICSEARCH_URL: elasticsearchUrl,
      ELASTICSEARCH_INDEX_PREFIX: name,
      ELASTICSEARCH_REPLICAS: '0',
    },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const exited = once(child, 'exit')
  const address = await until('it listens', () => {
    if (child.exitCode !== null) throw new Error(`The server ended:\n${output}`)
    return /listens on (http:\S+)/.exec(output)?.[1]
  })
  await until('it is ready', async () => (await fetch(`${address}/readyz`)).ok)
  console.log(`ready after ${Date.now() - begun} ms`)
  return {
    url: address,
    async call(path, body) {
      const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
      const response = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    },
    find: (count) => until(`${count} are found`, async () => (await (await fetch(`${address}/api/v1/search`)).json()).total === count),
    async stop() {
      const told = Date.now()
      child.kill('SIGTERM')
      const [code] = await exited
      if (code !== 0 || Date.now() - told > graceMs) throw new Error(`It ended with ${code} after ${Date.now() - told} ms:\n${output}`)
      console.log(`stopped after ${Date.now() - told} ms`)
    },
  }
}

async function until(what, look) {
  const deadline = Date.now() + 60_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`A minute went by before ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Asks PostgreSQL with the client that is deployed. */
async function query(sql) {
  const { default: pg } = await import(join(program, 'node_modules/pg/lib/index.js'))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

function required(variable) {
  const value = process.env[variable]
  if (!value) throw new Error(`${variable} is not set: this check needs PostgreSQL and Elasticsearch`)
  return value
}
