import type { HarvestReport } from '../../src/run/harvest.js'
import { type FaultCase, faultCases } from './fault-cases.js'
import { harvestOai } from './harvest-oai.js'
import { makeOaiRecords } from './oai-records.js'
import { startOaiServer } from './oai-server.js'

/** What became of one fault. */
export interface FaultResult extends FaultCase {
  group: string
  /** Different records that were handed on whole, deletions included. */
  got: number
  /** Different records that were handed on, also those that were held back. */
  named: number
  report: HarvestReport
}

const records = makeOaiRecords(1000)

/** Harvests the test repository once for each fault. */
export async function harvestFaults(): Promise<FaultResult[]> {
  const results: FaultResult[] = []
  for (const [group, cases] of Object.entries(faultCases)) for (const one of cases) results.push({ ...(await harvestFault(one)), group })
  return results
}

async function harvestFault(one: FaultCase): Promise<Omit<FaultResult, 'group'>> {
  const server = await startOaiServer({ records, pageSize: 100 })
  try {
    const isHanging = one.fault.startsWith('hang')
    const timeoutMs = isHanging ? 700 : 20_000
    const { report, sink } = await harvestOai(server.url(one.fault), {
      settings: one.settings,
      fetcherOptions: {
        allowNetworks: ['127.0.0.0/8'],
        backoffMs: 1,
        maxRetries: isHanging ? 0 : 2,
        responseTimeoutMs: timeoutMs,
        idleTimeoutMs: timeoutMs,
      },
    })
    const whole = sink.items.filter((item) => item.type === 'deleted' || item.resource !== undefined)
    const count = (items: typeof whole) => new Set(items.map((item) => item.identifier)).size
    return { ...one, got: count(whole), named: count(sink.items), report: hideAddress(report, new URL(server.url()).host) }
  } finally {
    await server.close()
  }
}

/** The port differs from run to run. */
function hideAddress(report: HarvestReport, host: string): HarvestReport {
  return JSON.parse(JSON.stringify(report).replaceAll(host, 'platform.example')) as HarvestReport
}

/** The page of the docs about these results. */
export function toFaultPage(results: readonly FaultResult[]): string {
  const sections = [...new Set(results.map(({ group }) => group))].flatMap((group) => [
    `\n## ${group}\n`,
    toRow(['fault', 'got', 'could be got', 'state', 'what the report says']),
    toRow(['---', '---:', '---:', '---', '---']),
    ...results.filter((result) => result.group === group).map(toResultRow),
  ])
  return [
    '<!-- Made from the fault tests by `pnpm run docs`; do not edit. -->\n',
    '# Faults of OAI-PMH repositories\n',
    'What a harvest makes of each fault that the test repository of `packages/harvester/test/support` can have. It has 1,000 records in pages of 100, one in ten of them deleted. "Got" counts records that were handed on whole; "could be got" is how many the repository gives away in spite of the fault. A run is `completed` only when its list was read to the end; records that were held back are counted in the report beside those that were taken.',
    ...sections,
    '',
  ].join('\n')
}

function toResultRow({ fault, what, got, possible, report }: FaultResult): string {
  const findings = report.issues.map(({ severity, code, count, message }) => `${severity} \`${code}\` × ${count}: ${message}`)
  const error = report.error ? [`\`${report.error.code}\`: ${report.error.message}`] : []
  const said = [...error, ...findings].map((text) =>
    text.replace(/\s+/g, ' ').replace(/http:\/\/platform\.example[^\s),]*/g, 'the repository'),
  )
  return toRow([`${what} (\`${fault}\`)`, String(got), String(possible), report.state, said.join('<br>') || '—'])
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/<(?!br>)/g, '&lt;')).join(' | ')} |`
}
