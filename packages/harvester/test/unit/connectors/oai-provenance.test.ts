import { describe, expect, it } from 'vitest'
import { toHarvestItem } from '../../../src/connectors/oai-pmh/record.js'
import { parseElement } from '../../support/parse-element.js'

const description = (node: string, identifier: string, inner = '') =>
  `<originDescription harvestDate="2024-02-01T00:00:00Z" altered="true"><baseURL>${node}</baseURL><identifier>${identifier}</identifier><datestamp>2024-01-01</datestamp><metadataNamespace>x</metadataNamespace>${inner}</originDescription>`
const record = (about: string) =>
  parseElement(
    `<record><header><identifier>oai:province.example:9</identifier><datestamp>2024-03-01</datestamp></header><metadata><dc><title>a</title></dc></metadata>${about}</record>`,
  )

describe('a record that came through aggregators', () => {
  it('names its first publisher, and each hop from there', () => {
    const nested = description(
      'https://county.example/oai',
      'oai:county.example:5',
      description('https://school.example/oai', 'oai:school.example:1'),
    )
    expect(toHarvestItem(record(`<about><rights/></about><about><provenance>${nested}</provenance></about>`), 'oai_dc')).toMatchObject({
      identifier: 'oai:province.example:9',
      origin: { authority: 'school.example', identifier: 'oai:school.example:1' },
      via: [
        {
          node: 'https://school.example/oai',
          identifier: 'oai:school.example:1',
          datestamp: '2024-01-01',
          harvestDate: '2024-02-01T00:00:00Z',
        },
        { node: 'https://county.example/oai', identifier: 'oai:county.example:5' },
      ],
    })
  })

  it('has no other origin when nothing is said', () => {
    expect(toHarvestItem(record(''), 'oai_dc')).not.toHaveProperty('origin')
  })

  it('takes the host where the identifier names no repository', () => {
    const item = toHarvestItem(
      record(`<about><provenance>${description('https://school.example/oai', '17')}</provenance></about>`),
      'oai_dc',
    )
    expect(item).toMatchObject({ origin: { authority: 'school.example', identifier: '17' } })
  })
})

describe('a record that cannot be used', () => {
  it.each([
    ['metadata.missing', '<record><header><identifier>a</identifier></header></record>'],
    ['metadata.missing', '<record><header><identifier>a</identifier></header><metadata/></record>'],
    ['format.unknown', '<record><header><identifier>a</identifier></header><metadata><rdf><x/></rdf></metadata></record>'],
    ['title.missing', '<record><header><identifier>a</identifier></header><metadata><dc><date>2024</date></dc></metadata></record>'],
  ])('is kept with the finding %s', (code, xml) => {
    const item = toHarvestItem(parseElement(xml), 'oai_dc')
    expect(item).toMatchObject({ type: 'record', identifier: 'a' })
    expect(item).not.toHaveProperty('resource')
    expect(item.issues).toContainEqual(expect.objectContaining({ code, severity: 'error' }))
  })
})
