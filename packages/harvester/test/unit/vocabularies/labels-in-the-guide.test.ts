import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { vocabularies, vocabularyNames } from '../../../src/vocabularies/index.js'

const guide = readFileSync(new URL('../../../../../docs/guides/search-and-ranking.md', import.meta.url), 'utf8')
const languages = ['en', 'ug-Arab', 'kk-Cyrl', 'bo', 'mn-Cyrl']

describe('the guide', () => {
  it.each(vocabularyNames)('says how many values of the vocabulary %s have a label in each language', (name) => {
    const { concepts } = vocabularies[name]
    const counts = languages.map((language) => concepts.filter(({ prefLabel }) => prefLabel[language] !== undefined).length)
    const cells = counts.map((count) => (count === concepts.length ? 'all' : count === 0 ? '–' : String(count)))
    expect(guide).toContain(`| ${name} (${concepts.length}) | ${cells.join(' | ')} |`)
  })
})
