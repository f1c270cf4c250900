import { describe, expect, it } from 'vitest'
import { codeSourceValues } from '../../../src/ingest/code-source-values.js'

const name = { 'zh-Hans': '三角形的内角和' }

describe('words of a source', () => {
  it('become concepts where the field has no codes', () => {
    const draft = codeSourceValues({
      name,
      sourceValues: {
        about: ['数学', '炼金术'],
        educationalLevel: ['小学', '四年级'],
        learningResourceType: ['教案'],
        textbookEdition: ['人教版'],
        volume: ['上册'],
      },
    })
    expect(draft.about?.map((concept) => concept.notation)).toEqual(['mathematics'])
    expect(draft.educationalLevel?.map((concept) => concept.inScheme)).toEqual([
      'urn:edufed-vocabulary:stage',
      'urn:edufed-vocabulary:grade',
    ])
    expect(draft.learningResourceType).toHaveLength(1)
    expect(draft.textbookEdition?.prefLabel['zh-Hans']).toBe('人教版')
    expect(draft.volume).toBeDefined()
    expect(draft.sourceValues?.about).toEqual(['数学', '炼金术'])
  })

  it('do not touch codes that the source gave itself', () => {
    const about = [{ id: 'https://vocabulary.example/alchemy', prefLabel: { en: 'Alchemy' } }]
    expect(codeSourceValues({ name, about, sourceValues: { about: ['数学'] } }).about).toBe(about)
  })

  it('that nobody knows add nothing', () => {
    expect(codeSourceValues({ name, sourceValues: { about: ['炼金术'] } })).not.toHaveProperty('about')
  })
})
