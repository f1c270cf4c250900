import { ResourceDraft } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../../src/ingest/check-draft.js'

const validator = Compile(ResourceDraft)

describe('checking a draft', () => {
  it('keeps a good record as it is, without issues', () => {
    const draft = {
      name: { 'zh-Hans': '一元二次方程' },
      keywords: [{ value: '方程' }],
      encoding: [{ contentUrl: 'https://x.example/a.pdf' }],
    }
    expect(checkDraft(draft)).toEqual({ draft, issues: [] })
  })

  it('drops a wrong value of an optional field with an issue, and keeps the record', () => {
    const { draft, issues } = checkDraft({
      name: { 'zh-Hans': '课', 'not a tag': 'x', en: 7 },
      description: { en: 'fine', zh: '' },
      url: 'javascript:alert(1)',
      usageScope: 'everyone',
      keywords: [{ value: 'a' }, { value: '' }, 'b', { value: 'c' }],
      encoding: [
        { contentUrl: 'ftp://x', size: 1 },
        { contentUrl: 'https://x.example/a', junk: true },
      ],
      license: { id: 'CC BY', raw: 'CC BY' },
      volumes: 3,
    })
    expect(draft).toEqual({
      name: { 'zh-Hans': '课' },
      description: { en: 'fine' },
      keywords: [{ value: 'a' }, { value: 'c' }],
      encoding: [{ contentUrl: 'https://x.example/a' }],
    })
    expect(issues.every((issue) => issue.severity === 'warning' && issue.message.length > 10)).toBe(true)
    const paths = issues.map((issue) => `${issue.code} ${issue.path}`)
    for (const expected of [
      'value.invalid /name/en',
      'value.invalid /url',
      'value.invalid /usageScope',
      'field.unknown /volumes',
      'field.unknown /encoding/0/junk',
    ]) {
      expect(paths).toContain(expected)
    }
  })

  it.each([[undefined], [null], ['text'], [[]], [7]])('finds no record in %j', (input) => {
    expect(checkDraft(input)).toMatchObject({ issues: [{ code: 'record.missing', severity: 'error' }] })
  })

  it.each([[{}], [{ name: {} }], [{ name: { en: '  ' } }], [{ name: 'text' }], [{ name: null, url: 'https://x.example' }]])(
    'misses the title of %j',
    (input) => {
      expect(checkDraft(input).issues).toContainEqual(expect.objectContaining({ code: 'title.missing', severity: 'error' }))
    },
  )

  it('brings texts into one form', () => {
    expect(checkDraft({ name: { en: ' cafe\u0301\u0000\ud800 ' } }).draft).toEqual({ name: { en: 'caf\u00e9\ufffd' } })
  })

  it('refuses a record the size of a book, in no time', () => {
    expect(checkDraft({ name: { en: 'x'.repeat(1_000_001) } })).toMatchObject({ issues: [{ code: 'record.too-large' }] })
  })

  it('ends soon with a record that is wrong in thousands of places', () => {
    const { draft, issues } = checkDraft({ name: { en: 'x' }, keywords: Array(20_000).fill({ value: '' }), about: Array(9_000).fill(1) })
    expect(draft).toEqual({ name: { en: 'x' } })
    expect(issues.length).toBeLessThan(40)
  })

  it('gives a valid draft or an error for anything at all', () => {
    const fields = Object.fromEntries(Object.keys(ResourceDraft.properties).map((name) => [name, fc.anything({ maxDepth: 3 })]))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record(fields, { requiredKeys: [] }),
          fc.object({ key: fc.constantFrom('name', 'about', 'url', '__proto__') }),
        ),
        (input) => {
          const { draft, issues } = checkDraft(toJson(input))
          if (draft) expect(validator.Check(draft)).toBe(true)
          else expect(issues.some((issue) => issue.severity === 'error')).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** What can arrive: JSON. */
function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value, (_, entry) => (typeof entry === 'bigint' ? String(entry) : entry)) ?? 'null')
  } catch {
    return null
  }
}
