import type { ResourceDraft } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../src/ingest/content-hash.js'

const concept = fc.record({ id: fc.webUrl(), prefLabel: fc.record({ 'zh-Hans': fc.string({ minLength: 1 }) }) })
const draft: fc.Arbitrary<ResourceDraft> = fc.record(
  {
    name: fc.dictionary(fc.constantFrom('zh-Hans', 'ug-Arab', 'bo'), fc.string({ minLength: 1 }), { minKeys: 1 }),
    keywords: fc.array(fc.record({ value: fc.string({ minLength: 1 }) })),
    about: fc.array(concept),
    educationalLevel: fc.array(concept),
    inLanguage: fc.array(fc.constantFrom('zh-Hans', 'en', 'bo')),
    chapterPath: fc.array(concept),
    thumbnailUrl: fc.webUrl({ withQueryParameters: true }),
    sourceValues: fc.dictionary(fc.string(), fc.array(fc.string())),
    isAccessibleForFree: fc.boolean(),
  },
  { requiredKeys: ['name'] },
)

/** The same meaning, written otherwise: keys and sets in reverse, an entry twice. */
function rewritten(value: ResourceDraft): ResourceDraft {
  const sets = ['keywords', 'about', 'educationalLevel', 'inLanguage']
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    sets.includes(name) && Array.isArray(field) ? [...field.toReversed(), ...field.slice(0, 1)] : reversedKeys(field),
  ])
  return Object.fromEntries(entries.toReversed())
}

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, reversedKeys(entry)]),
  )
}

describe('the content hash', () => {
  it('is 64 hexadecimal digits', () => {
    expect(contentHash({ name: { en: 'x' } })).toMatch(/^[0-9a-f]{64}$/)
  })

  it('does not see the order of keys and of lists without order, or an entry said twice', () => {
    fc.assert(
      fc.property(draft, (value) => {
        expect(contentHash(rewritten(value))).toBe(contentHash(value))
      }),
    )
  })

  it('does not see which host serves the thumbnail, but sees another picture', () => {
    const at = (thumbnailUrl: string) => contentHash({ name: { en: 'x' }, thumbnailUrl })
    expect(at('https://r1-ndr.example.cn/a/1.jpg')).toBe(at('http://r2-ndr.example.cn:8080/a/1.jpg'))
    expect(at('https://r1-ndr.example.cn/a/1.jpg')).not.toBe(at('https://r1-ndr.example.cn/a/2.jpg'))
  })

  it('does not see the difference between an empty list and none', () => {
    expect(contentHash({ name: { en: 'x' }, keywords: [], sourceValues: { about: [] } })).toBe(
      contentHash({ name: { en: 'x' }, sourceValues: {} }),
    )
  })

  it('sees every change of a title, a subject or the order of chapters', () => {
    fc.assert(
      fc.property(draft, concept, (value, added) => {
        const hash = contentHash(value)
        expect(contentHash({ ...value, name: { ...value.name, fr: 'Titre' } })).not.toBe(hash)
        const about = { ...added, id: `${added.id}#new` }
        expect(contentHash({ ...value, about: [...(value.about ?? []), about] })).not.toBe(hash)
        const chapters = [about, { ...about, id: `${about.id}2` }]
        expect(contentHash({ ...value, chapterPath: chapters })).not.toBe(contentHash({ ...value, chapterPath: chapters.toReversed() }))
      }),
    )
  })

  it('does not take texts for one another when their parts are cut elsewhere', () => {
    const one = contentHash({ name: { en: 'a' }, keywords: [{ value: 'b","c' }] })
    expect(one).not.toBe(contentHash({ name: { en: 'a' }, keywords: [{ value: 'b' }, { value: 'c' }] }))
  })
})
