import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AllianceData, ExampleRecord } from '../data/example-record.js'
import { createPlatformServer, listenOnLoopback, type Platform } from './platform.js'
import { createTagTree, isTextbook, toStaticRecord } from './static-record.js'

const recordsPerPart = 150
const moduleVersion = 697_162_552

/**
 * The national platform: static JSON files, as the national smart education platform publishes them.
 * Two modules, whose `data_version.json` name their parts in two ways: joined by commas, and as an array.
 */
export async function startNational(
  data: Pick<AllianceData, 'national' | 'nationalFiles'>,
  port?: number,
): Promise<Platform & { sources: string[] }> {
  const server = createPlatformServer()
  const files = data.nationalFiles ? await readFiles(data.nationalFiles) : makeFiles(data.national)

  server.get('/zxx/ndrs/resources/tch_material/version/data_version.json', async (request) => ({
    module: 'tch_material',
    module_version: moduleVersion,
    urls: files.textbooks.map((_, index) => partUrl(request, 'resources/tch_material', index)).join(','),
  }))
  server.get('/zxx/ndrs/national_lesson/teachingmaterials/version/data_version.json', async (request) => ({
    module: 'national_lesson',
    module_version: moduleVersion,
    urls: files.lessons.map((_, index) => partUrl(request, 'national_lesson/teachingmaterials', index)),
  }))
  server.get<{ Params: { part: string } }>('/zxx/ndrs/resources/tch_material/part_:part.json', (request, reply) =>
    sendPart(reply, files.textbooks, request.params.part),
  )
  server.get<{ Params: { part: string } }>('/zxx/ndrs/national_lesson/teachingmaterials/part_:part.json', (request, reply) =>
    sendPart(reply, files.lessons, request.params.part),
  )
  server.get('/zxx/ndrs/tags/tch_material_tag.json', (_request, reply) => reply.type('application/json').send(files.tags))

  const platform = await listenOnLoopback(server, port)
  return {
    ...platform,
    sources: [
      `${platform.url}/zxx/ndrs/resources/tch_material/version/data_version.json`,
      `${platform.url}/zxx/ndrs/national_lesson/teachingmaterials/version/data_version.json`,
    ],
  }
}

interface StaticFiles {
  textbooks: string[]
  lessons: string[]
  tags: string
}

function makeFiles(records: readonly ExampleRecord[]): StaticFiles {
  return {
    textbooks: toParts(records.filter(isTextbook)),
    lessons: toParts(records.filter((record) => !isTextbook(record))),
    tags: JSON.stringify(createTagTree(records)),
  }
}

function toParts(records: readonly ExampleRecord[]): string[] {
  const parts: string[] = []
  for (let start = 0; start < records.length; start += recordsPerPart) {
    parts.push(JSON.stringify(records.slice(start, start + recordsPerPart).map(toStaticRecord)))
  }
  return parts
}

async function readFiles(folder: string): Promise<StaticFiles> {
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  return {
    textbooks: [await read('tch_material_part_103_nonspecial.json')],
    lessons: [await read('part_100.json'), await read('part_101.json'), await read('part_102.json')],
    tags: await read('tch_material_tag.json'),
  }
}

function partUrl(request: { host: string }, folder: string, index: number): string {
  return `http://${request.host}/zxx/ndrs/${folder}/part_${100 + index}.json`
}

function sendPart(
  reply: { type(type: string): { send(body: string): unknown }; callNotFound(): unknown },
  parts: readonly string[],
  name: string,
): unknown {
  const part = parts[Number(name) - 100]
  return part === undefined ? reply.callNotFound() : reply.type('application/json').send(part)
}
