import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// `pnpm run bench harvest [records] [page size]`. Peers run when EDUFED_BENCH_PYTHON, or `python3`, has `oaipmh-scythe` and `sickle` (pip install both in a venv).
const root = fileURLToPath(new URL('..', import.meta.url))
const python = process.env.EDUFED_BENCH_PYTHON ?? 'python3'
const ticksPerSecond = 100

interface Measured {
  seconds: number
  cpuSeconds: number
  peakBytes: number
}

const peers: Record<string, { module: string; program: string }> = {
  'oaipmh-scythe (reads only)': {
    module: 'oaipmh_scythe',
    program:
      'import sys\nfrom oaipmh_scythe import Scythe\nwith Scythe(sys.argv[1]) as s:\n  print(sum(1 for r in s.list_records(metadata_prefix="oai_dc")))',
  },
  'sickle (reads only)': {
    module: 'sickle',
    program: 'import sys\nfrom sickle import Sickle\nprint(sum(1 for r in Sickle(sys.argv[1]).ListRecords(metadataPrefix="oai_dc")))',
  },
}

/** Harvests the same list with each program, one after the other, and prints how long each took; asserts nothing about time. */
async function benchmarkHarvest(records: number, pageSize: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'edufed-bench-'))
  const server = fork(fileURLToPath(new URL('generate-oai-server.ts', import.meta.url)), [String(records), String(pageSize)])
  try {
    const [{ port, bytesPerRecord }] = (await once(server, 'message')) as [{ port: number; bytesPerRecord: number }]
    const url = `http://127.0.0.1:${port}/oai`
    console.log(`${records} records of ${bytesPerRecord} bytes, ${pageSize} a page, load ${loadavg()[0]?.toFixed(2)}`)
    const rows: Record<string, Measured> = {}
    for (const threads of [1, 0, 2]) rows[`edufed-harvest --threads ${threads}`] = await measureOurs(url, threads, records, folder)
    for (const [name, { module, program }] of Object.entries(peers)) {
      if (spawnSync(python, ['-c', `import ${module}`]).status !== 0) console.log(`skipped: ${name}, no module ${module} in ${python}`)
      else rows[name] = await measurePeer(program, url, folder)
    }
    print(rows, records)
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureOurs(url: string, threads: number, records: number, folder: string): Promise<Measured> {
  const built = join(root, 'packages/harvester/dist/cli.js')
  const program = existsSync(built)
    ? [built]
    : ['--import', 'tsx', '--conditions=@edufed/source', join(root, 'packages/harvester/src/cli/main.ts')]
  const file = join(folder, 'records.ndjson')
  const output = openSync(file, 'w')
  const args = [...program, url, '--kind', 'oai-pmh', '--allow-network', '127.0.0.0/8', '--quiet', '--threads', String(threads)]
  const measured = await measure(spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, 'ignore'] }))
  closeSync(output)
  const lines = readFileSync(file).reduce((count, byte) => (byte === 10 ? count + 1 : count), 0)
  if (lines !== records) throw new Error(`${lines} of ${records} records were written`)
  return measured
}

async function measurePeer(program: string, url: string, folder: string): Promise<Measured> {
  const file = join(folder, 'peer.py')
  writeFileSync(file, program)
  return await measure(spawn(python, [file, url], { stdio: 'ignore' }))
}

/** Time of the processors and memory are read from /proc, as long as the process is there; zero where there is none. */
async function measure(child: ChildProcess): Promise<Measured> {
  const started = performance.now()
  const measured: Measured = { seconds: 0, cpuSeconds: 0, peakBytes: 0 }
  const timer = setInterval(() => look(child.pid ?? 0, measured), 50)
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(timer)
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${code}`)
  return { ...measured, seconds: (performance.now() - started) / 1000 }
}

function look(pid: number, measured: Measured): void {
  try {
    const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    measured.cpuSeconds = (Number(stat[11]) + Number(stat[12])) / ticksPerSecond
    measured.peakBytes = Math.max(measured.peakBytes, Number(peak ?? 0) * 1024)
  } catch (error) {
    // Without /proc, or when the process has just ended, the last look counts.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

function print(rows: Record<string, Measured>, records: number): void {
  const scythe = Object.entries(rows).find(([name]) => name.startsWith('oaipmh-scythe'))?.[1]
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([name, { seconds, cpuSeconds, peakBytes }]) => [
        name,
        {
          'records/s': Math.round(records / seconds),
          'µs of CPU a record': Number(((cpuSeconds / records) * 1e6).toFixed(1)),
          'peak memory, MB': Math.round(peakBytes / 1e6),
          '× scythe': scythe ? Number((scythe.seconds / seconds).toFixed(2)) : '',
        },
      ]),
    ),
  )
  console.log(`load after: ${loadavg()[0]?.toFixed(2)}`)
}

await benchmarkHarvest(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 100))
