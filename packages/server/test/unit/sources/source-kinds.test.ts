import { connectors } from '@edufed/harvester'
import { SourceInput } from '@edufed/sdk/schemas'
import { describe, expect, it } from 'vitest'
import { sourceKinds } from '../../../web/console/source-kinds.js'

const kinds = connectors.map(({ kind }) => kind)

describe('the kinds of sources', () => {
  it('are all in the form of the console', () => {
    expect([...sourceKinds]).toEqual([...kinds, 'push'])
  })

  it('are all named where the API describes a source', () => {
    const { description } = SourceInput.properties.kind as { description?: string }
    for (const kind of [...kinds, 'push']) expect(description).toMatch(new RegExp(`\\b${kind}\\b`))
  })
})
