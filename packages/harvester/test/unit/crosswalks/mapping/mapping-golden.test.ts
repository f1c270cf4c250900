import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ResourceDraft } from '@edufed/sdk/schemas'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../../../src/crosswalks/mapping/compile-mapping.js'
import { findMappingFaults } from '../../../../src/crosswalks/mapping/find-mapping-faults.js'
import { JsonSource } from '../../../../src/crosswalks/mapping/json-source.js'
import { mapRecord } from '../../../../src/crosswalks/mapping/map-record.js'
import { XmlSource } from '../../../../src/crosswalks/mapping/xml-source.js'
import { parseElement } from '../../../support/parse-element.js'

const folder = fileURLToPath(new URL('../../../fixtures/mapping/', import.meta.url))
const names = readdirSync(folder).flatMap((file) => /^(.+)\.mapping\.json$/.exec(file)?.[1] ?? [])
const isDraft = Compile(ResourceDraft)
const read = (name: string) => readFileSync(folder + name, 'utf8')

describe('a record by its mapping', () => {
  it.each(names)('becomes what stands in %s.expected.json', async (name) => {
    const mapping = JSON.parse(read(`${name}.mapping.json`))
    expect(findMappingFaults(mapping)).toEqual([])
    const compiled = compileMapping(mapping)
    const isXml = existsSync(`${folder}${name}.xml`)
    const source = isXml
      ? new XmlSource(parseElement(read(`${name}.xml`)), compiled.anywhere)
      : new JsonSource(JSON.parse(read(`${name}.json`)))
    const result = mapRecord(compiled, source, { baseUrl: 'https://platform.example/api' })
    expect(isDraft.Check(result.resource)).toBe(true)
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(`${folder}${name}.expected.json`)
  })
})
