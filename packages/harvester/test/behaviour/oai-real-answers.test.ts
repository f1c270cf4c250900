import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAnswer } from '../../src/connectors/oai-pmh/response-parser.js'

const shared = process.env.EDUFED_SHARED_DATA ?? path.resolve(import.meta.dirname, '../../../../../shared/data')
const folder = path.join(shared, 'fixtures/oai-sickle')
const isThere = existsSync(folder)
const read = (name: string) => parseAnswer(readFileSync(path.join(folder, `${name}.xml`)), 'text/xml', { metadataPrefix: 'oai_dc' })

describe.skipIf(!isThere)(`answers of real repositories${isThere ? '' : ' (skipped: no shared data)'}`, () => {
  it.each([
    'badArgument',
    'badResumptionToken',
    'cannotDisseminateFormat',
    'idDoesNotExist',
    'noRecordsMatch',
    'noSetHierarchy',
    'undefinedError',
  ])('names the error %s', (code) => {
    expect(read(code)).toMatchObject({ isOai: true, isWhole: true, errors: [{ code }] })
  })

  it('reads each record of a list, and where the list goes on', () => {
    const answer = read('ListRecords')
    expect(answer.items.map((item) => item.type)).toEqual(['deleted', 'record'])
    expect(answer.token).toEqual({ value: 'ListRecords2.xml', completeListSize: 8 })
  })

  it('reports a record whose header lacks its identifier instead of dropping it', () => {
    const [first] = read('ListRecords4').items
    expect(first).toMatchObject({ type: 'record', identifier: '', issues: [{ code: 'identifier.missing', severity: 'error' }] })
  })

  it('reads formats, sets and Identify', () => {
    expect(read('ListMetadataFormats').formats.length).toBeGreaterThan(1)
    expect(read('ListSets').sets.length).toBeGreaterThan(50)
    expect(read('Identify').identify).toBeDefined()
  })

  it('sees that what is no XML is no answer', () => {
    expect(read('ListRecordsBroken')).toMatchObject({ isOai: false, isWhole: false, items: [] })
  })
})
