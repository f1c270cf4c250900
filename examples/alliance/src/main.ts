import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient } from '@edufed/sdk'
import { createExampleData } from './data/example-data.js'
import { readDataFolder } from './data/read-data-folder.js'
import { federate } from './federate.js'
import { startNational } from './platforms/national.js'
import { startProvincial } from './platforms/provincial.js'
import { startSchool } from './platforms/school.js'
import { startNode } from './start-node.js'

const usage = `npm start -- [--data <folder>]

  --data <folder>  serve this data set through the three platforms instead of the built-in one:
                   <folder>/sample/{national,provincial,school,international}/*.jsonl, <folder>/fixtures/smartedu-v1
  --help           this text

Environment: PORT (3000), HOST (127.0.0.1), EDUFED_DATA_DIR (./data), and every other setting of the node.`

const started = Date.now()
const options = readOptions()
const host = process.env.HOST ?? '127.0.0.1'
const port = process.env.PORT ?? '3000'
const dataFolder = resolve(process.env.EDUFED_DATA_DIR ?? (options.data ? './data/imported' : './data'))

const data = options.data ? await readDataFolder(options.data) : createExampleData()
const [national, provincial, school] = await Promise.all([startNational(data), startProvincial(data), startSchool(data)])
const adminKey = process.env.EDUFED_ADMIN_KEY ?? keepAdminKey(dataFolder)
const node = await startNode({
  HOST: host,
  PORT: port,
  EDUFED_DATA_DIR: dataFolder,
  EDUFED_ADMIN_KEY: adminKey,
  // The example's platforms live on loopback; a real node harvests public addresses only.
  EDUFED_ALLOW_NETWORKS: process.env.EDUFED_ALLOW_NETWORKS ?? '127.0.0.0/8',
  EDUFED_LOG_LEVEL: process.env.EDUFED_LOG_LEVEL ?? 'warn',
}).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
void node.ended.then((code) => stop(code))

console.log(`\nEdufed answers at ${node.url} after ${seconds()} s. Harvesting three platforms …`)
const admin = createClient({ baseUrl: node.url, apiKey: adminKey })
try {
  const { harvests, pushed } = await federate(admin, {
    nodeUrl: node.url,
    addresses: { national: national.sources, provincial: provincial.baseUrl, schoolTable: school.tableUrl },
    push: data.schoolPush,
    onHarvest: () => {},
  })
  for (const { name, harvest } of harvests) {
    const { taken, created, updated, unchanged, deleted, quarantined } = harvest.counts
    console.log(
      `  ${name}: ${harvest.state}; taken ${taken} = new ${created} + changed ${updated} + unchanged ${unchanged} + deleted ${deleted} + held ${quarantined}`,
    )
    for (const issue of harvest.issues.filter(({ severity }) => severity === 'error'))
      console.log(`    held ${issue.count}: ${issue.message} (${issue.code}, e.g. ${issue.samples[0]})`)
    if (harvest.error) console.log(`    ${harvest.error.detail}`)
  }
  console.log(
    `  学校门户 pushed: ${Object.entries(pushed)
      .map(([outcome, count]) => `${outcome} ${count}`)
      .join(', ')}`,
  )
  const { total } = await waitUntilFound()
  console.log(`\n${total} resources are searchable after ${seconds()} s. Try:
  ${node.url}/?q=${encodeURIComponent('二次方程')}    a part of 一元二次方程
  ${node.url}/?q=${encodeURIComponent('静夜思')}      held in traditional characters
  ${node.url}/?lang=ug&q=${encodeURIComponent('ماتېماتىكا')}    the Uyghur page
  ${node.url}/console#key=${adminKey}    sources and harvests, live
  ${node.url}/docs    the API; curl '${node.url}/api/v1/search?q=quadratic&facets=subject,grade'
Stop with Ctrl+C; everything is kept in ${dataFolder}.`)
} catch (error) {
  console.error(`The example could not be set up: ${error instanceof Error ? error.message : String(error)}`)
  await stop(1)
}

/** Records are searchable a moment after they were taken: waits until the index has caught up, as the node's metrics tell. */
async function waitUntilFound(): Promise<{ total: number }> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const metrics = await (await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } })).text()
    if (/^edufed_index_lag 0$/m.test(metrics)) break
    await new Promise((done) => setTimeout(done, 200))
  }
  return admin.search({ limit: 0 })
}

async function stop(code: number): Promise<void> {
  await node.stop()
  await Promise.all([national.close(), provincial.close(), school.close()])
  process.exit(code)
}

function readOptions(): { data?: string } {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
    if (values.help) {
      console.log(usage)
      process.exit(0)
    }
    return values.data === undefined ? {} : { data: values.data }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

/** The administrator's key of the example, made once and readable by its owner only. */
function keepAdminKey(folder: string): string {
  const file = join(folder, 'example-admin-key')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const key = `edufed_${randomBytes(24).toString('hex')}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  return key
}

function seconds(): string {
  return ((Date.now() - started) / 1000).toFixed(1)
}
