import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { assertMapping, defineMapping } from '../crosswalks/mapping/define-mapping.js'
import type { Mapping } from '../crosswalks/mapping/mapping.js'
import { resourceFields } from '../crosswalks/resource-fields.js'
import { HarvestError, isHarvestError } from '../errors.js'

/**
 * Reads a mapping from a JSON file, or from a TypeScript or JavaScript file that exports it as its default or as `mapping`. The file is read anew
 * each time.
 *
 * @throws {HarvestError} `EDUFED_MAPPING_UNREADABLE` or `EDUFED_MAPPING_INVALID`
 */
export async function loadMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8')
  const value = /^\.[cm]?[jt]s$/i.test(extname(file)) ? await importDefault(file) : parseJson(text, file)
  assertMapping(value)
  // Plain data, as a source's settings are.
  return JSON.parse(JSON.stringify(value)) as Mapping
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (cause) {
    throw new HarvestError('EDUFED_MAPPING_UNREADABLE', { file, reason: toReason(cause) }, { cause })
  }
}

/** The module finds `@edufed/harvester` wherever it stands: it is given what a mapping needs of it. */
async function importDefault(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  const virtualModules = { '@edufed/harvester': { defineMapping, resourceFields } }
  const jiti = createJiti(import.meta.url, { moduleCache: false, fsCache: false, tryNative: false, interopDefault: false, virtualModules })
  let module: Record<string, unknown>
  try {
    module = await jiti.import<Record<string, unknown>>(pathToFileURL(resolve(file)).href)
  } catch (cause) {
    if (isHarvestError(cause)) throw cause
    throw new HarvestError('EDUFED_MAPPING_UNREADABLE', { file, reason: toReason(cause) }, { cause })
  }
  const value = module.default ?? module.mapping
  if (value !== undefined) return value
  throw new HarvestError('EDUFED_MAPPING_UNREADABLE', { file, reason: 'it exports neither a default nor "mapping"' })
}

function toReason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.slice(0, 300) ?? ''
}
