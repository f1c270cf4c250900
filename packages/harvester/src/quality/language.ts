import { tagOfLanguageName } from './language-names.js'
import { toOwnText } from './own-text.js'
import { countScripts, hanVariant, largest, mainScript } from './script.js'

/** Languages that are written in several scripts: what the text shows, and what holds when it shows nothing (absent: the bare tag). */
const scripted: Record<string, { scripts: readonly string[]; otherwise?: string }> = {
  ug: { scripts: ['Arab', 'Latn', 'Cyrl'], otherwise: 'Arab' },
  kk: { scripts: ['Arab', 'Cyrl', 'Latn'] },
  ky: { scripts: ['Arab', 'Cyrl', 'Latn'] },
  mn: { scripts: ['Mong', 'Cyrl'] },
  uz: { scripts: ['Latn', 'Cyrl', 'Arab'] },
  tg: { scripts: ['Cyrl', 'Arab'] },
}

/** Scripts that a region settles. */
const regional: Record<string, string> = {
  'zh-CN': 'Hans',
  'zh-SG': 'Hans',
  'zh-MY': 'Hans',
  'zh-TW': 'Hant',
  'zh-HK': 'Hant',
  'zh-MO': 'Hant',
  'kk-CN': 'Arab',
  'kk-KZ': 'Cyrl',
  'ky-CN': 'Arab',
  'ky-KG': 'Cyrl',
  'mn-CN': 'Mong',
  'mn-MN': 'Cyrl',
  'ug-KZ': 'Cyrl',
}

/** Codes that Intl does not lead to the tag used here. */
const furtherCodes = new Map(
  Object.entries({
    cn: 'zh',
    chs: 'zh-Hans',
    cht: 'zh-Hant',
    chn: 'zh',
    gb: 'zh-Hans',
    big5: 'zh-Hant',
    jp: 'ja',
    kr: 'ko',
    mvf: 'mn-Mong',
    prs: 'prs',
  }),
)
const unknown = new Set([
  'und',
  'mis',
  'mul',
  'zxx',
  'x-none',
  'none',
  'unknown',
  'other',
  'others',
  'n/a',
  'null',
  'neutral',
  '其他',
  '无',
  '不限',
])

/**
 * The BCP 47 tag, with its script where the language has several, of a text whose language a source declared (as a code, a locale or a name),
 * or did not: then the script of the text decides where it can. `und` when neither tells.
 */
export function toLanguageTag(raw: string | undefined, text?: string): string {
  const declared = declaredTag(raw)
  if (declared) return withScript(declared, text)
  return text ? detectLanguage(text) : 'und'
}

/**
 * The tag of a title or description: what its own letters tell comes before the language of the content that it describes,
 * for a Uyghur book may be described in Chinese.
 */
export function toTextLanguage(contentLanguage: string | undefined, text: string): string {
  const detected = detectLanguage(text)
  const declared = toLanguageTag(contentLanguage, text)
  if (detected === 'zh') return declared.startsWith('zh') ? declared : detected
  if (detected !== 'und') return detected
  return mainScript(text) === 'Latn' && notLatin.test(declared) ? 'und' : declared
}

const notLatin = /^(zh|bo|ja|ko|ii|ar|fa|ru)(-|$)|-(Arab|Cyrl|Mong)$/

/** The language that the letters of a text can only be of; `und` when they could be of several. */
export function detectLanguage(text: string): string {
  const counts = countScripts(text)
  const script = largest(counts)
  if (counts.Kana > 0 && (script === 'Kana' || (script === 'Hani' && counts.Kana * 8 >= counts.Hani))) return 'ja'
  switch (script) {
    case 'Hani':
      return toChinese(text, undefined)
    case 'Tibt':
      return 'bo'
    case 'Mong':
      return 'mn-Mong'
    case 'Hang':
      return 'ko'
    case 'Yiii':
      return 'ii'
    case 'Arab':
      return detectArabic(text)
    case 'Cyrl':
      return detectCyrillic(text)
    default:
      // A Han character weighs as much as a word: JavaScript 教程 is Chinese.
      return counts.Kana === 0 && counts.Hani >= 2 && counts.Hani * 6 >= counts.Latn ? toChinese(text, undefined) : 'und'
  }
}

const memory = new Map<string, string | undefined>()
const memoryLimit = 5000

function declaredTag(raw: string | undefined): string | undefined {
  if (raw === undefined || raw.length > 100) return undefined
  if (memory.has(raw)) return memory.get(raw)
  if (memory.size >= memoryLimit) memory.clear()
  const tag = readTag(raw)
  memory.set(toOwnText(raw), tag)
  return tag
}

function readTag(raw: string): string | undefined {
  const text = raw
    .normalize('NFKC')
    .trim()
    .replace(/\.utf-?8$/i, '')
  if (text === '' || unknown.has(text.toLowerCase())) return undefined
  const further = furtherCodes.get(text.toLowerCase())
  if (further) return further
  return tagOfLanguageName(text) ?? tagOfCode(text.replace(/_/g, '-').replace(/\s+/g, ''))
}

function tagOfCode(code: string): string | undefined {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z]{3})?(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{1,8})*$/.test(code)) return undefined
  const [language = '', script, region] = subtags(code)
  const tag = furtherCodes.get(language) ?? canonicalLanguage(language)
  if (!tag) return undefined
  if (script) return `${tag}-${script}`
  const settled = region && regional[`${tag}-${region}`]
  return settled ? `${tag}-${settled}` : tag
}

/** `zh-cmn-Hans-CN` is an extended form of `zh-Hans-CN`; what follows the region is not kept. */
function subtags(code: string): [language: string, script?: string, region?: string] {
  const [language = '', ...rest] = code.split('-')
  const script = rest.find((part) => /^[A-Za-z]{4}$/.test(part))
  const region = rest.find((part) => /^([A-Za-z]{2}|\d{3})$/.test(part))
  const written = script && `${script[0]?.toUpperCase()}${script.slice(1).toLowerCase()}`
  return [language.toLowerCase(), written, region?.toUpperCase()]
}

const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function canonicalLanguage(code: string): string | undefined {
  const [canonical = code] = Intl.getCanonicalLocales(code)
  const language = canonical.split('-')[0] ?? code
  return known.of(language) === undefined && known.of(code) === undefined ? undefined : language
}

function withScript(tag: string, text: string | undefined): string {
  if (tag === 'zh') return toChinese(text, 'Hans')
  const choice = Object.hasOwn(scripted, tag) ? scripted[tag] : undefined
  if (!choice) return tag
  const shown = text === undefined ? undefined : mainScript(text)
  const script = shown && choice.scripts.includes(shown) ? shown : choice.otherwise
  return script ? `${tag}-${script}` : tag
}

function toChinese(text: string | undefined, otherwise: string | undefined): string {
  const script = (text === undefined ? undefined : hanVariant(text)) ?? otherwise
  return script ? `zh-${script}` : 'zh'
}

const kazakhHamza = /\u0674|(?:^|\s)\u0621/
const kyrgyzVowels = /[\u06c5\u06c9]/
/** Letters of Persian, Urdu, Pashto, Kurdish and Sindhi that the writings of Xinjiang do not use. */
const otherArabic = /[\u0679\u067c\u0685\u0681\u0688\u0689\u0693\u0696\u069a\u06a9\u06ab\u06b5\u0695\u06bc\u06ba\u06cc\u06ce\u06d2]/
/** ۇ, ۋ, ە, ڭ, or ى inside a word, which Arabic has only at the end. */
const turkicVowels = /[\u06c7\u06cb\u06d5\u06ad]|\u0649[\u0620-\u06d3]/
/** ې and ۈ are Uyghur's own; خ, ۆ and ئ are not written in Kazakh. */
const uyghurLetters = /[\u06d0\u06c8\u062e\u06c6\u0626]/

function detectArabic(text: string): string {
  const letters = text.normalize('NFKC')
  if (kyrgyzVowels.test(letters)) return 'ky-Arab'
  if (otherArabic.test(letters)) return 'und'
  if (kazakhHamza.test(letters) && !/[\u06d0\u06c8]/.test(letters)) return turkicVowels.test(letters) ? 'kk-Arab' : 'und'
  return /[\u06d0\u06c8]/.test(letters) || (turkicVowels.test(letters) && uyghurLetters.test(letters)) ? 'ug-Arab' : 'und'
}

/** ұ is Kazakh alone, and only Kazakh has і beside қ, ғ, ң, ә, ө, ү; ҷ and ӣ are Tajik alone; ў beside қ, ғ, ҳ is Uzbek. */
function detectCyrillic(text: string): string {
  const letters = text.slice(0, 2000).toLowerCase()
  if (/ұ/.test(letters) || (/і/.test(letters) && /[қғңәөү]/.test(letters))) return 'kk-Cyrl'
  if (/[ҷӣ]/.test(letters) || (/ӯ/.test(letters) && /[қғҳ]/.test(letters))) return 'tg-Cyrl'
  return /ў/.test(letters) && /[қғҳ]/.test(letters) ? 'uz-Cyrl' : 'und'
}
