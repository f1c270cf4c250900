import { fold } from './fold.js'

/** Endings that stand on nouns of Uyghur, Kazakh, Mongolian and Russian, as they are written. */
const arabic = 'لار لەر لىرى نىڭ نى غا گە قا كە دا دە تا تە دىن تىن ى سى دىكى تىكى ىدا ىدە ىنىڭ'
const cyrillic =
  'лар лер дар дер тар тер ның нің дың дің тың тің ны ні ды ді ты ті ға ге қа ке да де та те дан ден тан тен ы і сы сі ' +
  'ийн ын гийн ууд үүд ийг ыг аас ээс оос өөс аар ээр ' +
  'ов ев ами ями ах ях ом ем ой ей ого его ая ые'

interface Endings {
  script: RegExp
  /** Long ones first. */
  endings: readonly string[]
  /** Those of short words, which cannot be looked up by their beginning. */
  common: readonly string[]
}

const scripts: readonly Endings[] = [
  { script: /^\p{Script=Arabic}+$/u, endings: listOf(arabic), common: listOf('لار لەر نىڭ نى غا دا دىن ى سى لىق لىك لىرى') },
  { script: /^\p{Script=Cyrillic}+$/u, endings: listOf(cyrillic), common: listOf('лар лер ның нің ы і н ийн ын ны ні ға ге да де') },
]
const shortestStem = 4
const cyrillicVowel = 'аәеиоөуүұыіэ'
/** A vowel before the last consonant is lost when an ending follows: гэрэл, гэрлийн. */
const lostVowel = new RegExp(`^(\\p{Script=Cyrillic}{2,}[^${cyrillicVowel}])[${cyrillicVowel}]([^${cyrillicVowel}йьъ])$`, 'u')

/** In Uyghur the last vowel becomes another before an ending: تەڭلىمە, تەڭلىمىلەر. */
const raisedVowel = new RegExp(`^(\\p{Script=Arabic}{3,})${fold('ى').text}$`, 'u')

/** Beginnings under which other forms of a folded word stand: without its own ending, or without the vowel that endings drive out. */
export function stemsOf(word: string): string[] {
  const known = scripts.find(({ script }) => script.test(word))
  if (!known) return []
  const stems: string[] = []
  const ending = known.endings.find((one) => word.endsWith(one) && word.length - one.length >= shortestStem)
  if (ending) stems.push(word.slice(0, -ending.length))
  const raised = ending && raisedVowel.exec(word.slice(0, -ending.length))
  if (raised) stems.push(raised[1]!)
  const dropped = lostVowel.exec(word)
  if (dropped) stems.push(`${dropped[1]}${dropped[2]}`)
  return stems.filter((stem) => stem.length >= shortestStem)
}

/** A short folded word with its commonest endings: too many other words begin like it. */
export function formsOfShort(word: string): string[] {
  const known = scripts.find(({ script }) => script.test(word))
  return known && word.length >= 2 && word.length < shortestStem ? known.common.map((ending) => `${word}${ending}`) : []
}

function listOf(endings: string): string[] {
  return endings
    .split(' ')
    .map((ending) => fold(ending).text)
    .sort((a, b) => b.length - a.length)
}
