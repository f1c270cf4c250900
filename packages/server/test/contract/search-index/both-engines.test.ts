import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDocument, idsOf, put, search } from '../../support/search-documents.js'
import { elasticsearchUrl, openElasticsearch, type TestIndex } from '../../support/search-engines.js'
import { openSqliteSearch } from '../../support/sqlite-search.js'

const topics = [
  '一元二次方程',
  '三角形的内角和',
  '勾股定理',
  '光合作用',
  '静夜思',
  '摩擦力',
  '分数的加减法',
  '春晓',
  '平行四边形的面积',
  '二次函数的图像',
]
const kinds = ['教学设计', '课件', '微课视频', '练习题', '第一课时', '第二课时', '单元复习', '说课稿']
const english = [
  'Quadratic equations',
  'Photosynthesis',
  'Angles of a triangle',
  'Friction',
  'Solving equations by graphing',
  'Cells and light',
]

/** Titles that share their words in many ways, with dates and descriptions that differ. */
const documents = topics.flatMap((topic, t) =>
  kinds.map((kind, k) =>
    aDocument({
      name: {
        'zh-Hans': k % 3 === 0 ? `${kind}：${topic}` : `${topic} ${kind}`,
        ...(k < english.length && t < 6 ? { en: `${english[(t + k) % 6]} ${t}` } : {}),
      },
      description: {
        'zh-Hans': `${topics[(t + k) % topics.length]}与${topics[(t * 3 + k) % topics.length]}，${kinds[(t + k) % kinds.length]}`,
      },
      keywords: [{ value: topics[(t + 2 * k) % topics.length]! }],
      dateModified: new Date(Date.UTC(2015 + ((t * 7 + k * 5) % 11), (t + k) % 12, 1 + t)).toISOString(),
    }),
  ),
)
const queries = [
  '',
  '方程',
  '二次方程',
  '一元二次方程 教学设计',
  '静夜思',
  '三角形',
  '课件',
  '第一课时 三角形',
  '面积',
  '光合作用 -课件',
  'equations',
  'quadratic equations',
  'triangle angles',
  'light',
  '二次',
]

const title = elasticsearchUrl ? 'both engines' : 'both engines (skipped: no Elasticsearch)'
describe.skipIf(!elasticsearchUrl)(title, () => {
  let both: TestIndex[]
  beforeAll(async () => {
    both = [await openSqliteSearch(), await openElasticsearch({ shards: 2 })]
    for (const one of both) {
      await one.index.apply(documents.map(put), { epoch: 'e', sequence: 1 })
      await one.settle()
    }
  })
  afterAll(() => Promise.all(both.map((one) => one.remove())))

  it.each(queries)('find the same resources and agree on the first ten for "%s"', async (text) => {
    const [embedded, elastic] = await Promise.all(both.map((one) => search(one.index, { text, limit: 100 })))
    expect(embedded!.total).toBeGreaterThan(0)
    expect(elastic!.hits.map((hit) => hit.id).sort()).toEqual(embedded!.hits.map((hit) => hit.id).sort())
    const first = new Set(embedded!.hits.slice(0, 10).map((hit) => hit.id))
    const shared = elastic!.hits.slice(0, 10).filter((hit) => first.has(hit.id)).length
    expect(shared / first.size).toBeGreaterThanOrEqual(0.8)
    expect(elastic!.hits[0]!.score).toBeCloseTo(text === '' ? elastic!.hits[0]!.score : embedded!.hits[0]!.score, 3)
  })

  it('list by date in the same order', async () => {
    const [embedded, elastic] = await Promise.all(both.map((one) => idsOf(one.index, { text: '方程', sort: 'date', limit: 100 })))
    expect(elastic).toEqual(embedded)
  })
})
