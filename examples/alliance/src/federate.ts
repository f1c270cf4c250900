import { createClient, type EdufedClient, type Harvest, isConflictError, type SourceInput } from '@edufed/sdk'
import type { ExampleRecord } from './data/example-record.js'
import { toDraft } from './to-draft.js'

/** Addresses of the three platforms. */
export interface AllianceAddresses {
  national: string[]
  provincial: string
  schoolTable: string
}

export interface FederationReport {
  harvests: { name: string; harvest: Harvest }[]
  pushed: Record<string, number>
}

/** Makes the three platforms members of the node, harvests two of them and the school's table, and pushes what the school made. */
export async function federate(
  admin: EdufedClient,
  options: {
    nodeUrl: string
    addresses: AllianceAddresses
    push: readonly ExampleRecord[]
    onHarvest: (name: string, harvest: Harvest) => void
  },
): Promise<FederationReport> {
  const { nodeUrl, addresses, push, onHarvest } = options
  await addMember(admin, { id: 'nation', name: '国家平台（示例）', level: 'national' })
  await addMember(admin, { id: 'province', name: '晋川省教育厅（示例）', level: 'provincial', region: '140000' })
  await addMember(admin, { id: 'school', name: '榆树沟中心学校（示例）', level: 'school', region: '140702' })

  const sources: (SourceInput & { id: string })[] = [
    { id: 'national', name: '国家平台', kind: 'smartedu', level: 'national', memberId: 'nation', settings: { url: addresses.national } },
    {
      id: 'province',
      name: '省资源库',
      kind: 'oai-pmh',
      level: 'provincial',
      region: '140000',
      memberId: 'province',
      settings: { url: addresses.provincial, metadataPrefix: 'oai_lom' },
      schedule: { cron: '30 3 * * *', timeZone: 'Asia/Shanghai' },
    },
    {
      id: 'school-library',
      name: '学校图书室',
      kind: 'table',
      level: 'school',
      region: '140702',
      memberId: 'school',
      authority: 'library.school.example',
      settings: { url: addresses.schoolTable },
    },
    {
      id: 'school-portal',
      name: '学校门户',
      kind: 'push',
      level: 'school',
      region: '140702',
      memberId: 'school',
      authority: 'portal.school.example',
    },
  ]
  for (const source of sources) await addSource(admin, source)

  const harvests = await Promise.all(
    sources
      .filter((source) => source.kind !== 'push')
      .map(async (source) => ({ name: source.name, harvest: await harvest(admin, source.id, (run) => onHarvest(source.name, run)) })),
  )

  const { key } = await admin.keys.create({ name: '学校门户推送', memberId: 'school', scopes: ['records:write', 'uploads:write'] })
  const school = createClient({ baseUrl: nodeUrl, apiKey: key })
  const pushed: Record<string, number> = {}
  const records = push.map((record) => ({
    identifier: record.id,
    resource: toDraft(record),
    ...(record.dateModified !== undefined && { datestamp: record.dateModified }),
  }))
  for await (const result of school.records.push('school-portal', records)) pushed[result.outcome] = (pushed[result.outcome] ?? 0) + 1
  return { harvests, pushed }
}

async function harvest(client: EdufedClient, sourceId: string, onHarvest: (run: Harvest) => void): Promise<Harvest> {
  const started = await client.harvests.start(sourceId, { mode: 'incremental' })
  let last = started
  for await (const run of client.harvests.follow(sourceId, started.id)) {
    last = run
    onHarvest(run)
  }
  return last
}

/** Members and sources outlive the process: on a second start they are there already. */
async function addMember(client: EdufedClient, member: Parameters<EdufedClient['members']['create']>[0]): Promise<void> {
  await client.members.create(member).catch(ignoreExisting)
}

async function addSource(client: EdufedClient, source: SourceInput & { id: string }): Promise<void> {
  await client.sources.create(source).catch(async (error: unknown) => {
    ignoreExisting(error)
    // The platforms of the example listen on new ports at each start.
    if (source.settings) await client.sources.update(source.id, { settings: source.settings })
  })
}

function ignoreExisting(error: unknown): void {
  if (!isConflictError(error)) throw error
}
