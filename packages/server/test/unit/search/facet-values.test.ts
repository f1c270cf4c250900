import { describe, expect, it } from 'vitest'
import { dateValue, facetValues } from '../../../src/search/facet-values.js'
import { aResource } from '../../support/a-resource.js'

describe('facet values', () => {
  it('takes codes from concepts, stage and grade apart', () => {
    const resource = aResource({
      subject: ['math'],
      stage: ['primary'],
      grade: ['grade-3'],
      edition: 'pep',
      inLanguage: ['ug-Arab', 'und'],
    })
    expect(facetValues(resource)).toEqual({
      subject: ['math'],
      stage: ['primary', 'school'],
      grade: ['grade-3'],
      edition: ['pep'],
      language: ['ug-Arab'],
      level: ['school'],
    })
  })

  it('adds what a value is part of: its wider subject, the stage of a grade, prefecture and province of a county', () => {
    const resource = aResource({ subject: ['dance'], grade: ['grade-7'], provenance: { region: '650102' } })
    expect(facetValues(resource)).toMatchObject({
      subject: ['dance', 'dance-film-drama', 'arts'],
      stage: ['junior-secondary', 'secondary', 'school'],
      grade: ['grade-7'],
      region: ['650102', '650100', '650000'],
    })
  })

  it('leaves the stage to a resource of the 5-4 system, whose grade 6 is no primary school', () => {
    const resource = aResource({ stage: ['junior-secondary-54'], grade: ['grade-6'] })
    expect(facetValues(resource).stage).toEqual(['junior-secondary-54', 'junior-secondary', 'secondary', 'school'])
  })

  it('leaves out a licence that nobody recognised', () => {
    expect(facetValues(aResource({ license: { id: null, raw: 'see website' } })).license).toBeUndefined()
  })

  it('uses the id of a concept that has no notation, once', () => {
    const concept = { id: 'https://vocabulary.example/math', prefLabel: { en: 'Mathematics' } }
    expect(facetValues({ ...aResource(), about: [concept, concept] }).subject).toEqual([concept.id])
  })
})

describe('date value', () => {
  it.each([
    [{ dateModified: '2024', datePublished: '2020-01-01' }, Date.UTC(2024)],
    [{ datePublished: '2020-02' }, Date.UTC(2020, 1)],
    [{ dateCreated: '2020-02-03T04:05' }, Date.UTC(2020, 1, 3, 4, 5)],
    [{ dateModified: '2020-13-45', lastSeen: '2021-01-01T00:00:00.000Z' }, Date.UTC(2021)],
  ])('reads %j in UTC', (dates, expected) => {
    expect(dateValue(aResource(dates))).toBe(expected)
  })
})
