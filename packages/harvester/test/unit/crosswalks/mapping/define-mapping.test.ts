import { describe, expect, it } from 'vitest'
import { defineMapping } from '../../../../src/crosswalks/mapping/define-mapping.js'
import { findMappingFaults } from '../../../../src/crosswalks/mapping/find-mapping-faults.js'

const fields = { name: 'title' }

describe('a mapping', () => {
  it('is given back as it is when nothing is wrong with it', () => {
    const mapping = defineMapping({
      name: 'county',
      version: '1',
      language: 'zh-Hans',
      keepOthers: true,
      fields: {
        name: ['title', { from: 'title_ug', language: 'ug-Arab' }],
        subject: { firstOf: ['a', 'b', { constant: '数学' }], vocabulary: 'subjects', split: ';' },
        level: { from: ['stage', 'grade'], vocabulary: 'levels' },
        url: { join: [{ constant: 'https://a.example/' }, 'id'], with: '' },
        language: { from: 'lang', vocabulary: 'languages' },
        license: { from: 'rights', vocabulary: 'rights' },
      },
      vocabularies: {
        subjects: { SX: 'mathematics', 'TEACHER/1': 'audience:teacher', NONE: null, MIX: ['physics', 'chemistry'] },
        levels: { '1': 'primary', '9': 'grade-9' },
        languages: { '01': 'zh-Hans', '02': 'ug-Arab' },
        rights: { open: 'CC BY 4.0' },
      },
    })
    expect(findMappingFaults(mapping)).toEqual([])
  })

  it.each<[unknown, string, string]>([
    [[{ field: 'name', column: 'x' }], '', '{"fields": {"name": "title"}}'],
    ['title', '', 'is no object'],
    [{}, '/fields/name', 'is missing'],
    [{ fields, vocabularys: {} }, '/vocabularys', 'the nearest is "vocabularies"'],
    [{ fields: { ...fields, subjekt: 'x' } }, '/fields/subjekt', 'the nearest is "subject"'],
    [{ fields: { ...fields, constructor: 'x' } }, '/fields/constructor', 'is no field'],
    [{ fields: { ...fields, 'a/b~c': 'x' } }, '/fields/a~1b~0c', 'is no field'],
    [{ fields: { name: { form: 'title' } } }, '/fields/name/form', 'the nearest is "from"'],
    [{ fields: { name: { from: 'a', constant: 'b' } } }, '/fields/name', 'has from, constant'],
    [{ fields: { name: [] } }, '/fields/name', 'has no rule'],
    [{ fields: { name: ['title', 7] } }, '/fields/name/1', 'is neither a path nor a rule'],
    [{ fields: { name: '' } }, '/fields/name', 'is no path'],
    [{ fields: { name: 'a.**.b' } }, '/fields/name', 'beginning'],
    [{ fields: { name: { join: ['a', { constant: 1 }] } } }, '/fields/name/join/1', 'is neither a path'],
    [{ fields: { name: { from: 'a', with: '-' } } }, '/fields/name/with', 'join'],
    [{ fields: { name: { from: 'a', language: 'klingonese' } } }, '/fields/name/language', 'BCP 47'],
    [{ fields, language: 'nowhere' }, '/language', 'BCP 47'],
    [{ fields, extends: 'jyt0607' }, '/extends', 'the nearest is "jyt0607-draft"'],
    [
      { fields: { ...fields, subject: { from: 'a', vocabulary: 'subject' } }, vocabularies: { subjects: {} } },
      '/fields/subject/vocabulary',
      'the nearest is "subjects"',
    ],
    [
      { fields: { ...fields, subject: { from: 'a', vocabulary: 's' } }, vocabularies: { s: { 'S/X': 'mathematic' } } },
      '/vocabularies/s/S~1X',
      'the nearest is "mathematics"',
    ],
    [
      { fields: { ...fields, grade: { from: 'a', vocabulary: 's' } }, vocabularies: { s: { x: 'subject:nothing' } } },
      '/vocabularies/s/x',
      'is no code for grade',
    ],
    [
      { fields: { ...fields, language: { from: 'a', vocabulary: 's' } }, vocabularies: { s: { x: 'unheard-of' } } },
      '/vocabularies/s/x',
      'is no language',
    ],
    [{ fields, vocabularies: { s: { x: 7 } } }, '/vocabularies/s/x', 'is neither a code'],
  ])('is refused with the path of the fault and the nearest valid name: %j', (mapping, path, message) => {
    const [fault] = findMappingFaults(mapping)
    expect(fault?.path).toBe(path)
    expect(fault?.message).toContain(message)
    expect(() => defineMapping(mapping as never)).toThrow(expect.objectContaining({ code: 'EDUFED_MAPPING_INVALID' }))
  })

  it('tells all faults, up to fifty', () => {
    expect(findMappingFaults({ fields: { ...fields, subjekt: 'a', gradee: 'b' }, language: 'x-nothing-here' }).length).toBe(3)
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`unknown-${index}`, 'x']))
    expect(findMappingFaults({ fields: many })).toHaveLength(50)
  })
})
