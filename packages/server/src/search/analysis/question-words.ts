/** Words by which a teacher asks, in Chinese, and what is said around them: they stand in no title. */
const asking = setOf(
  '什么 怎么 怎样 怎样才能 怎么才能 如何才能 怎么样 怎么办 如何 为什么 为何 为啥 何为 何谓 啥 多少 几 哪些 哪个 哪几个 哪几种 哪种 哪里 谁 多大 多长 多高 多重 ' +
    '多少度 多少个 多少种 是什么 什么是 什么叫 叫什么 是多少 有多少 是否 是不是 能不能 会不会 有没有 有什么 请问 请教 怎么回事 几种 几个',
)
/** What is between the question and the thing: left out where it stands beside a word of {@link asking}. */
const around = setOf(
  '是 叫 叫做 叫作 有 指 等于 能 能够 可以 才 才能 应该 应 该 要 会 去 来 上 好 用 我 我们 你 ' +
    '教 教学 讲 讲解 讲授 教授 学 学习 理解 认识 记 记住 背 掌握 计算 算 求 解 解答 做 证明 区分 区别 判断 解释 说明 读 ' +
    '意思 含义 度 个 种 由',
)
/** Left out at the end of a question. */
const ending = setOf('吗 呢 啊 呀 吧 嘛 的 了 么 是')

/**
 * Which words of a Chinese question ask, rather than name what is asked for: 三角形|的|内角和|是|多少|度 asks for 内角和 of 三角形. None
 * when no word asks. Only for queries: in a text every word counts.
 *
 * @param words - As the dictionary cuts them.
 */
export function askingWords(words: readonly string[]): boolean[] {
  const asks = words.map((word) => asking.has(word))
  if (!asks.includes(true)) return asks
  spread(words, asks, 1)
  spread(words, asks, -1)
  for (let at = words.length - 1; at >= 0 && (asks[at] || ending.has(words[at]!)); at--) asks[at] = true
  return asks
}

/** From each asking word on, as long as the neighbours belong to the question. */
function spread(words: readonly string[], asks: boolean[], step: 1 | -1): void {
  for (let at = step === 1 ? 1 : words.length - 2; at >= 0 && at < words.length; at += step)
    if (asks[at - step] && around.has(words[at]!)) asks[at] = true
}

function setOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
