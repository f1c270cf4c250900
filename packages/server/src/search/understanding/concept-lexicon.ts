import { matchConcept, type VocabularyConcept, vocabularies } from '@edufed/harvester/vocabularies'
import type { LanguageMap } from '@edufed/sdk/schemas'
import { fold } from '../analysis/index.js'

/** Facets whose values teachers type among other words. */
export const typedFacets = ['subject', 'stage', 'grade', 'edition', 'volume', 'type'] as const
export type TypedFacet = (typeof typedFacets)[number]

/** A concept that words of a query name. */
export interface NamedConcept {
  facet: TypedFacet
  /** The value of the facet. */
  value: string
  prefLabel: LanguageMap
  /** Values of all concepts that are part of it, and its own. */
  values: readonly { facet: TypedFacet; value: string }[]
}

/** Words of everyday speech that some vocabulary has for a concept: in a query they mostly mean something else. */
const everyday = new Set(
  (
    '单元 章节 报告 文字 文章 文档 活动 案例 诗 故事会 图书 书籍 读物 综合 技术 管理 地方 青岛 新世纪 海南 北京 清华 长春 济南 武汉 科学版 ' +
    'table graph figure unit paper report test book books reading readings section chapter document other lesson text unit law art sound ' +
    'language languages interactive resource module modules movie film singing listening drill health public general'
  ).split(' '),
)
const editionName = /版|社|版本$|^(?:人教|部编|统编|北师大|苏教|湘教|沪教|冀教|浙教|鲁教|粤教|外研|译林|pep)$/

/** The key by which the lexicon is asked: letters and digits, folded. */
export function lexiconKey(text: string): string {
  return fold(text).text.replaceAll(/[\s\u0f0b]/g, '')
}

let lexicon: ReadonlyMap<string, NamedConcept> | undefined

/** The concept with this label, in any language and spelling that its vocabulary knows. @param key - As {@link lexiconKey} makes it. */
export function conceptNamed(key: string): NamedConcept | undefined {
  lexicon ??= buildLexicon()
  return lexicon.get(key) ?? (/^[a-z]{4,}s$/.test(key) ? lexicon.get(key.slice(0, -1)) : undefined)
}

function buildLexicon(): Map<string, NamedConcept> {
  const built = new Map<string, NamedConcept>()
  for (const facet of typedFacets) {
    for (const concept of vocabularies[facet].concepts) {
      const named = { facet, value: concept.notation, prefLabel: concept.prefLabel, values: partsOf(facet, concept) }
      for (const label of [...Object.values(concept.prefLabel), ...(concept.altLabel ?? [])]) {
        const key = lexiconKey(label)
        if (built.has(key) || !isTelling(facet, label, key)) continue
        // A label that two concepts share names neither.
        if (matchConcept(facet, label)?.notation === concept.notation) built.set(key, named)
      }
    }
  }
  return built
}

function isTelling(facet: TypedFacet, label: string, key: string): boolean {
  if (everyday.has(label.toLowerCase()) || everyday.has(key) || /^\d*$/.test(key)) return false
  if (facet === 'edition' && !editionName.test(key) && /\p{Script=Han}/u.test(key)) return false
  return key.length >= (/^[\p{Script=Latin}\p{Script=Cyrillic}]+$/u.test(key) ? 3 : 2)
}

/** Who asks for a stage is content with one of its grades, who asks for an edition with one of its variants. */
function partsOf(facet: TypedFacet, concept: VocabularyConcept): NamedConcept['values'] {
  const values = [{ facet, value: concept.notation }]
  for (let at = 0; at < values.length && values.length < 200; at++) {
    const { value } = values[at]!
    for (const part of vocabularies[facet].concepts) if (part.broader === value) values.push({ facet, value: part.notation })
  }
  if (facet !== 'stage') return values
  const stages = new Set(values.map(({ value }) => value))
  const grades = vocabularies.grade.concepts.filter((grade) => grade.broader !== undefined && stages.has(grade.broader))
  return [...values, ...grades.map((grade) => ({ facet: 'grade' as const, value: grade.notation }))]
}
