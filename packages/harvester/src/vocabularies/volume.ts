// biome-ignore-all format: one concept a line
import { type ConceptRow, defineVocabulary } from './define.js'
import { tibetanOrdinals } from './tibetan-ordinals.js'

const digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六', '十七', '十八', '十九', '二十']

/** Kinds of modules of senior secondary school; where a language has no sure name for one, its modules have none either. */
const kinds = [
  { notation: 'compulsory', names: { zh: '必修', en: 'Compulsory', ug: 'زۆرۈر دەرس', kk: 'Міндетті курс', mn: 'Заавал судлах' } },
  { notation: 'selective-compulsory', names: { zh: '选择性必修', en: 'Selective compulsory', ug: 'تاللانما زۆرۈر دەرس' } },
  { notation: 'elective', names: { zh: '选修', en: 'Elective', ug: 'تاللانما دەرس', kk: 'Таңдау курсы', mn: 'Сонгон судлах' } },
] as const

type Labels = Required<Pick<ConceptRow, 'zh' | 'en' | 'ug'>> & Pick<ConceptRow, 'kk' | 'mn'>

/** What stands behind the name of a kind, by language. */
const parts: Record<string, Labels> = {
  upper: { zh: ' 上册', en: ', first part', ug: ' (بىرىنچى قىسىم)', kk: ' (1-бөлім)', mn: ' (дээд дэвтэр)' },
  middle: { zh: ' 中册', en: ', middle part', ug: ' (ئوتتۇرا قىسىم)', mn: ' (дунд дэвтэр)' },
  lower: { zh: ' 下册', en: ', second part', ug: ' (ئىككىنچى قىسىم)', kk: ' (2-бөлім)', mn: ' (доод дэвтэр)' },
  complete: { zh: ' 全一册', en: ', in one volume', ug: ' (تولۇق بىر توم)', kk: ' (бір томдық)' },
}
const alternatives: Record<string, string> = { upper: '（上）', middle: '（中）', lower: '（下）' }

function joinLabels({ zh, en, ug, kk, mn }: Labels, part: Labels): Labels {
  return {
    zh: `${zh}${part.zh}`,
    en: `${en}${part.en}`,
    ug: `${ug}${part.ug}`,
    ...(kk && part.kk && { kk: `${kk}${part.kk}` }),
    ...(mn && part.mn && { mn: `${mn}${part.mn}` }),
  }
}

const moduleRows: ConceptRow[] = kinds.flatMap(({ notation, names }) => [
  { notation, ...names, alt: [`${names.zh}课程`, `${names.zh}教材`] },
  ...Object.entries(parts).map(([part, labels]) => ({
    notation: `${notation}-${part}`,
    ...joinLabels(names, labels),
    ...(alternatives[part] && { alt: [`${names.zh}${alternatives[part]}`] }),
    broader: notation,
  })),
  ...digits.slice(0, 11).map((digit, index) => {
    const number = ` ${index + 1}`
    return {
      notation: `${notation}-${index + 1}`,
      ...joinLabels(names, { zh: ` 第${digit}册`, en: number, ug: number, kk: number, mn: number }),
      alt: [`${names.zh}${index + 1}`, `${names.zh}${digit}`, `${names.zh}第${index + 1}册`, `${names.zh}模块${index + 1}`],
      broader: notation,
    }
  }),
])

/** Volumes (册次) of textbooks. The name of a module behind its number (必修1 分子与细胞) stays with the source's words. */
export const volume = defineVocabulary('volume', '2026-1', [
  { notation: 'upper', zh: '上册', en: 'First volume', ug: 'بىرىنچى قىسىم', kk: '1-бөлім', bo: 'སྟོད་ཆ', mn: 'Дээд дэвтэр', alt: ['上', '上学期', '第一学期', '（上）', 'volume a', 'semester 1', 'a册'] },
  { notation: 'middle', zh: '中册', en: 'Middle volume', ug: 'ئوتتۇرا قىسىم', bo: 'བར་ཆ', mn: 'Дунд дэвтэр', alt: ['（中）'] },
  { notation: 'lower', zh: '下册', en: 'Second volume', ug: 'ئىككىنچى قىسىم', kk: '2-бөлім', bo: 'སྨད་ཆ', mn: 'Доод дэвтэр', alt: ['下', '下学期', '第二学期', '（下）', 'volume b', 'semester 2', 'b册'] },
  { notation: 'complete', zh: '全一册', en: 'In one volume', ug: 'تولۇق بىر توم', kk: 'Бір томдық', bo: 'དེབ་ཆ་ཚང', alt: ['全册', '全1册', '全一本', '全套', '全学年', 'complete volume'] },
  { notation: 'complete-upper', zh: '全一册（上）', en: 'In one volume, first part', ug: 'تولۇق بىر توم (بىرىنچى قىسىم)', kk: 'Бір томдық (1-бөлім)', bo: 'དེབ་ཆ་ཚང (སྟོད་ཆ)', broader: 'complete' },
  { notation: 'complete-lower', zh: '全一册（下）', en: 'In one volume, second part', ug: 'تولۇق بىر توم (ئىككىنچى قىسىم)', kk: 'Бір томдық (2-бөлім)', bo: 'དེབ་ཆ་ཚང (སྨད་ཆ)', broader: 'complete' },
  ...digits.map((digit, index) => ({
    notation: `volume-${index + 1}`,
    zh: `第${digit}册`,
    en: `Volume ${index + 1}`,
    ug: `${index + 1}-توم`,
    kk: `${index + 1}-том`,
    bo: `དེབ་${tibetanOrdinals[index]}`,
    mn: `${index + 1}-р боть`,
    alt: [`第${index + 1}册`, `${digit}册`, `volume ${index + 1}`, `vol. ${index + 1}`, `book ${index + 1}`, `卷${digit}`],
  })),
  ...moduleRows,
  { notation: 'basic-content-2', zh: '高中基本内容2', en: 'Basic content 2', ug: 'ئاساسىي مەزمۇن 2', kk: 'Негізгі мазмұн 2', mn: 'Үндсэн агуулга 2' },
  { notation: 'basic-content-1', zh: '高中基本内容1', en: 'Basic content 1', ug: 'ئاساسىي مەزمۇن 1', kk: 'Негізгі мазмұн 1', mn: 'Үндсэн агуулга 1' },
  { notation: 'extended-content', zh: '高中拓展内容', en: 'Extended content', ug: 'كېڭەيتىلگەن مەزمۇن', kk: 'Кеңейтілген мазмұн', mn: 'Өргөтгөсөн агуулга', alt: ['拓展型课程', '拓展内容'] },
  { notation: 'design-and-creation', zh: '设计与创作', en: 'Design and creation', ug: 'لايىھەلەش ۋە ئىجاد قىلىش' },
  { notation: 'algorithms', zh: '《算法与程序设计》', en: 'Algorithms and program design', ug: 'ئالگورىزىم ۋە پروگرامما لايىھەلەش', kk: 'Алгоритмдер және бағдарламалау', mn: 'Алгоритм ба программчлал' },
  { notation: 'reader-lower-primary', zh: '学生读本（小学低年级）', en: 'Reader for lower primary grades', ug: 'ئوقۇغۇچىلار ئوقۇشلۇقى (باشلانغۇچ مەكتەپ تۆۋەن يىللىق)' },
  { notation: 'reader-upper-primary', zh: '学生读本（小学高年级）', en: 'Reader for upper primary grades', ug: 'ئوقۇغۇچىلار ئوقۇشلۇقى (باشلانغۇچ مەكتەپ يۇقىرى يىللىق)' },
  { notation: 'reader-junior', zh: '学生读本（初中）', en: 'Reader for junior secondary school', ug: 'ئوقۇغۇچىلار ئوقۇشلۇقى (تولۇقسىز ئوتتۇرا مەكتەپ)' },
  { notation: 'reader-senior', zh: '学生读本（高中）', en: 'Reader for senior secondary school', ug: 'ئوقۇغۇچىلار ئوقۇشلۇقى (تولۇق ئوتتۇرا مەكتەپ)' },
])
