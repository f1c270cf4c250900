import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toJsonText } from '../../../src/connectors/json-text.js'
import { LineBuffer } from '../../../src/connectors/line-buffer.js'

const shared = Object.freeze({
  id: 'urn:edufed-vocabulary:subject:mathematics',
  prefLabel: Object.freeze({ bo: 'གྲངས་རིག', 'zh-Hans': '数学' }),
})

describe('toJsonText', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(toJsonText(value)).toBe(JSON.stringify(value))
      }),
    )
  })

  it('writes any string as JSON.stringify does, also half of a surrogate pair', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    fc.assert(
      fc.property(units, (codes) => {
        const text = String.fromCharCode(...codes)
        expect(toJsonText({ [text]: text })).toBe(JSON.stringify({ [text]: text }))
      }),
    )
  })

  it('leaves out what is not there, and leaves other objects to write themselves', () => {
    const value = {
      a: undefined,
      b: [undefined, Number.NaN, -0, 1e21],
      c: new Date(0),
      d: Object.create(null) as object,
      e: () => 1,
      1: 'first',
    }
    expect(toJsonText(value)).toBe(JSON.stringify(value))
  })

  it('writes an object that cannot change once, and one that can as it is each time', () => {
    const frozen = Object.freeze({ prefLabel: Object.freeze({ 'zh-Hans': '数学' }) })
    const open = { frozen, count: 1 }
    expect(toJsonText(open)).toBe('{"frozen":{"prefLabel":{"zh-Hans":"数学"}},"count":1}')
    open.count = 2
    expect(toJsonText(open)).toBe('{"frozen":{"prefLabel":{"zh-Hans":"数学"}},"count":2}')
  })
})

describe('LineBuffer', () => {
  it('holds each value as a line, whatever its length and however small the buffer began', () => {
    const value = fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), fc.constant(shared), fc.array(fc.constant(shared)))
    fc.assert(
      fc.property(fc.array(value), fc.integer({ min: 1, max: 300 }), (values, firstBytes) => {
        const lines = new LineBuffer(firstBytes)
        for (const each of values) lines.addLine(each)
        expect(Buffer.from(lines.end()).toString('utf8')).toBe(values.map((each) => `${JSON.stringify(each)}\n`).join(''))
      }),
    )
  })

  it('begins anew with memory of its own after its lines were taken', () => {
    const lines = new LineBuffer(16)
    lines.addLine('数学')
    const first = lines.take()
    lines.addLine('物理')
    expect([first, lines.end()].map((bytes) => Buffer.from(bytes).toString('utf8'))).toEqual(['"数学"\n', '"物理"\n'])
  })
})
