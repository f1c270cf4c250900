import { describe, expectTypeOf, it } from 'vitest'
import { defineMapping, type Mapping } from '../../src/index.js'

describe('defineMapping', () => {
  it('knows fields, rules and the tables that there are', () => {
    const mapping = defineMapping({
      fields: {
        name: 'title',
        subject: [{ from: ['a', 'b'], vocabulary: 'subjects', split: ';' }],
        url: { join: ['a', { constant: '/' }] },
      },
      vocabularies: { subjects: { SX: 'mathematics', MIX: ['physics', 'chemistry'], QT: null } },
    })
    expectTypeOf(mapping).toEqualTypeOf<Mapping>()
  })

  it('refuses others while they are written', () => {
    // @ts-expect-error there is no such field
    defineMapping({ fields: { name: 'title', subjekt: 'a' } })
    // @ts-expect-error there is no such table
    defineMapping({ fields: { name: 'title', subject: { from: 'a', vocabulary: 'subject' } }, vocabularies: { subjects: {} } })
    // @ts-expect-error a rule says where its values come from
    defineMapping({ fields: { name: { split: ';' } } })
    // @ts-expect-error a code is a text
    defineMapping({ fields: { name: 'title' }, vocabularies: { subjects: { SX: 1 } } })
  })
})
