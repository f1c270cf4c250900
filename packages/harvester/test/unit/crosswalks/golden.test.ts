import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ResourceDraft } from '@edufed/sdk/schemas'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import type { CrosswalkResult } from '../../../src/crosswalks/crosswalk.js'
import { jsonLdToResource } from '../../../src/crosswalks/json-ld.js'
import { findXmlCrosswalk } from '../../../src/crosswalks/xml-crosswalks.js'
import { parseElement } from '../../support/parse-element.js'

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const isDraft = Compile(ResourceDraft)

/** The metadataPrefix under which each format is harvested. */
const prefixes: Record<string, string> = {
  'qualified-dc': 'oai_qdc',
  mods: 'mods',
  marcxml: 'marc21',
  dim: 'dim',
  xoai: 'xoai',
  mets: 'mets',
  datacite: 'oai_datacite',
  edm: 'edm',
  'jyt-0607': 'jyt0607',
  atom: 'atom',
  lom: 'ims_lom',
}

function filesOf(format: string): string[] {
  return readdirSync(folder + format).filter((name) => /\.(xml|json)$/.test(name) && !name.endsWith('.expected.json'))
}

function convert(format: string, name: string): CrosswalkResult {
  const source = readFileSync(`${folder}${format}/${name}`, 'utf8')
  if (format === 'json-ld') return jsonLdToResource(JSON.parse(source), { pageUrl: 'https://lessons.example.org/page' })
  const metadata = parseElement(`<metadata>${source}</metadata>`)
  const found = findXmlCrosswalk(metadata, prefixes[format] ?? '')
  if (!found) throw new Error(`no crosswalk for ${format}/${name}`)
  return found.crosswalk(found.root)
}

describe.each([...Object.keys(prefixes), 'json-ld'])('records in %s', (format) => {
  it.each(filesOf(format))('become the resource that stands beside %s', async (name) => {
    const result = convert(format, name)
    expect(isDraft.Check(result.resource)).toBe(true)
    expect(result.issues.filter(({ severity }) => severity === 'error')).toEqual([])
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(
      `${folder}${format}/${name.replace(/\.\w+$/, '.expected.json')}`,
    )
  })
})
