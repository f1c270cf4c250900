// Runs `npm start` as a stranger would, and looks for what it promises.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const searches = {
  built: ['一元二次方程', '二次方程', '静夜思', 'ماتېماتىكا', 'Үйкеліс', 'quadratic'],
}

console.log(`Node ${process.versions.node}`)
const dataDirectory = await mkdtemp(join(tmpdir(), 'edufed-start-'))
try {
  const first = await start()
  for (const q of searches.built) {
    const page = await (await fetch(`${first.url}/api/v1/search?${new URLSearchParams({ q, limit: '3' })}`)).json()
    if (!(page.total > 0)) throw new Error(`${q} finds nothing`)
    console.log(`${q}: ${page.total}, first: ${Object.values(page.hits[0].resource.name)[0]}`)
  }
  const pushed = execFileSync(process.execPath, ['push.mjs', first.url, 'school-portal'], {
    cwd: join(root, 'examples/push-node'),
    env: { ...process.env, EDUFED_API_KEY: (await readFile(join(dataDirectory, 'example-admin-key'), 'utf8')).trim() },
    input: await readFile(join(root, 'examples/push-node/records.ndjson')),
    encoding: 'utf8',
  }).trim()
  console.log(`examples/push-node: ${pushed}`)
  if (pushed !== '{ created: 2, quarantined: 1 }') throw new Error('The push example did not do what its README says')
  await first.stop()
  const second = await start()
  await second.stop()
  console.log(`first hit after ${first.readySeconds} s, warm after ${second.readySeconds} s`)
} finally {
  await rm(dataDirectory, { recursive: true, force: true })
}

/** Resolves when the program has printed its addresses, which is when everything is searchable. */
async function start() {
  const port = await freePort()
  const begun = Date.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), EDUFED_DATA_DIR: dataDirectory },
    detached: true,
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  let answeredAt
  const deadline = begun + 300_000
  while (!output.includes('Stop with Ctrl+C')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`npm start did not get there:\n${output}`)
    if (!answeredAt && output.includes('Edufed answers')) answeredAt = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  console.log(output.trim())
  return {
    url: `http://127.0.0.1:${port}`,
    readySeconds: (((answeredAt ?? Date.now()) - begun) / 1000).toFixed(1),
    stop: async () => {
      process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
