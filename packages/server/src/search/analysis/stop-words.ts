/** Words that carry no meaning of their own: left out of a query when it has other words. They stay in the index. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    '的 了 和 与 及 或 在 是 之 着 地 得 吗 呢 吧 啊 ' +
    '什么 怎么 怎样 如何 为什么 多少 哪些 哪个 哪里 关于 有关 请问 ' +
    'a an the of and or in on at to for from with by is are was be as its it this that how what ' +
    'и в на с по из для к о об ' +
    'мен және бен пен '
  )
    .trim()
    .split(/\s+/),
)
