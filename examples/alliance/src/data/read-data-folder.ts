import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { AllianceData, ExampleRecord } from './example-record.js'

const provincialFiles = {
  textbooks: 'provincial/shanxi-textbook-catalogue.jsonl',
  simulations: 'provincial/bilingual-simulations.jsonl',
  stories: 'provincial/bilingual-stories.jsonl',
  civics: 'provincial/bilingual-civics-udhr.jsonl',
  openstax: 'international/openstax.jsonl',
  'oer-commons': 'international/oer-commons.jsonl',
  mit: 'international/mit.jsonl',
  books: 'international/free-programming-books.jsonl',
} as const

/**
 * Reads a data set from a folder: `sample/<owner>/*.jsonl` with one record a line and, for the national platform,
 * its own files in `fixtures/smartedu-v1`.
 *
 * @throws {Error} When the folder has no such files; the message names what was looked for.
 */
export async function readDataFolder(folder: string): Promise<AllianceData> {
  const sample = resolve(folder, 'sample')
  if (!(await isFolder(sample)))
    throw new Error(`${resolve(folder)} has no folder "sample" with national, provincial and school records (*.jsonl)`)

  const provincial: Record<string, ExampleRecord[]> = {}
  for (const [set, file] of Object.entries(provincialFiles)) provincial[set] = await readLines(join(sample, file))

  const nationalFiles = resolve(folder, 'fixtures', 'smartedu-v1')
  const hasNationalFiles = existsSync(join(nationalFiles, 'data_version.json'))
  const national = hasNationalFiles
    ? []
    : [
        ...(await readLines(join(sample, 'national/smartedu-national-lesson.jsonl'))),
        ...(await readLines(join(sample, 'national/smartedu-tch-material.jsonl'))),
      ]

  return {
    national,
    ...(hasNationalFiles && { nationalFiles }),
    provincial,
    withdrawn: [],
    schoolTable: await readLines(join(sample, 'school/reading-library-classics.jsonl')),
    schoolPush: await readLines(join(sample, 'school/ict-club-links-zh.jsonl')),
  }
}

async function readLines(file: string): Promise<ExampleRecord[]> {
  if (!existsSync(file)) return []
  const records: ExampleRecord[] = []
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') records.push(JSON.parse(line) as ExampleRecord)
  }
  return records
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}
