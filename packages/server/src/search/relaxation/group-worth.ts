import type { QueryGroup } from '../analysis/index.js'

/** Said around what is looked for: the first words to be left out. */
const vague: ReadonlySet<string> = new Set(
  (
    '免费 下载 大全 最新 完整 完整版 在线 电子版 打印 打印版 网盘 全套 汇总 资料 资源 推荐 优秀 精品 高清 相关 ' +
    'free download pdf online printable best resource resources material materials бесплатно скачать тегін жүктеу ھەقسىز چۈشۈرۈش'
  ).split(' '),
)
/** So many words of a query stand in their order of importance when they are alike in all else. */
const placedWords = 8
const vagueWorth = 64
/** Teachers name a volume or an edition in passing, a subject never. */
const facetWorths: Readonly<Record<string, number>> = { volume: 128, edition: 256, type: 512, grade: 1_024, stage: 1_024, subject: 2_048 }
/** More than the names of facets that a query has room for. */
const wordWorth = 65_536
const longestWord = 4

/**
 * What it is worth that a resource answers a group, beside the other groups of its query; undefined for a quotation, which has to be
 * answered. A word is worth more than all names of facets, a longer one more than a short one; an earlier one a little more than a later.
 * The sum of all groups of a query is a whole number that 24 bits hold.
 *
 * @param at - The place of the group in its query.
 */
export function worthOf(group: QueryGroup, at: number): number | undefined {
  if (!group.typed) return undefined
  return ownWorth(group) + Math.max(0, placedWords - at)
}

function ownWorth({ text, facets }: QueryGroup): number {
  if (facets) return facetWorths[facets[0]?.name ?? ''] ?? vagueWorth
  return vague.has(text) ? vagueWorth : wordWorth * Math.min(longestWord, text.length)
}

/** Whether what is kept of a query still says what it is about: a volume, an edition or a type alone does not, beside other words. */
export function isTelling(kept: readonly QueryGroup[], all: readonly QueryGroup[]): boolean {
  const tells = (group: QueryGroup) => !group.typed || ownWorth(group) >= facetWorths.grade!
  return kept.some(tells) || !all.some(tells)
}
