import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultRankingWeights } from '../../../src/search/ranking.js'
import { openRankingFile, readRankingWeights } from '../../../src/search/ranking-file.js'

const folder = mkdtempSync(join(tmpdir(), 'edufed-ranking-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the ranking file', () => {
  it('changes the weights that it names and no others', () => {
    expect(readRankingWeights('{"freshness": 2}')).toEqual({ ...defaultRankingWeights, freshness: 2 })
  })

  it.each([
    ['{"fresness": 2}', /did you mean freshness/],
    ['{"freshness": "much"}', /freshness is not a number from 0 to 100/],
    ['{"freshness": -1}', /freshness is not a number/],
    ['[]', /not an object/],
    ['{', /JSON/],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => readRankingWeights(text)).toThrow(message)
  })

  it('leaves the weights as they are while it cannot be read', async () => {
    const lines: string[] = []
    const logger = pino({}, { write: (line: string) => lines.push(line) })
    const path = join(folder, 'ranking.json')
    writeFileSync(path, '{"titel": 1}')
    expect(await openRankingFile(path, { logger }).current()).toEqual(defaultRankingWeights)
    expect(lines.join('')).toContain('there is no sign titel')
    writeFileSync(path, '{"coverage": 5}')
    expect(await openRankingFile(path, { logger }).current()).toMatchObject({ coverage: 5 })
  })
})
