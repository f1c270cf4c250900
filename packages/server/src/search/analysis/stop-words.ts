import { fold } from './fold.js'

/** Words that carry no meaning of their own: left out of a query when it has other words. They stay in the index. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    '的 了 和 与 及 或 在 是 之 着 地 得 吗 呢 吧 啊 ' +
    '什么 怎么 怎样 如何 为什么 多少 哪些 哪个 哪里 关于 有关 请问 ' +
    'a an the of and or in on at to for from with by is are was be as its it this that how what ' +
    'why when where which who whose does do did can could should would i we you my your our there ' +
    'и в на с по из для к о об что такое как почему зачем сколько какой какая какое какие ли ' +
    'мен және бен пен қалай неге қандай қанша деген дегеніміз ' +
    'хэрхэн яаж яагаад ямар хэдэн вэ бэ гэж ' +
    'قانداق قانچە نېمە نېمىشقا نېمىدۇر دېگەن دېگىنىمىز ھەققىدە بىلەن ۋە ' +
    'قالاي نەگە قانشا جانە مەن '
  )
    .trim()
    .split(/\s+/)
    .map((word) => fold(word).text),
)
