import { type ConceptRow, defineVocabulary } from './define.js'
import { provinces } from './region-provinces.js'
import { shanxi } from './region-shanxi.js'
import { xinjiang } from './region-xinjiang.js'

const divisions = [...shanxi, ...xinjiang]
const chineseNames = new Map([...provinces, ...divisions].map(({ notation, zh }) => [notation, zh]))

const provinceRows = provinces.map(
  (row): ConceptRow => ({ ...row, alt: [row.notation.slice(0, 2), ...shortNames(row.zh), ...(row.alt ?? [])] }),
)

const localRows = divisions.map((row): ConceptRow => {
  const { notation, zh, alt = [] } = row
  const isPrefecture = notation.endsWith('00')
  const broader = isPrefecture ? `${notation.slice(0, 2)}0000` : `${notation.slice(0, 4)}00`
  const codeAndShortName = isPrefecture ? [notation.slice(0, 4), ...shortNames(zh)] : []
  return { ...row, alt: [`${chineseNames.get(broader) ?? ''}${zh}`, ...codeAndShortName, ...alt], broader }
})

/** Divisions of GB/T 2260: all provinces; the prefectures and counties of Shanxi and Xinjiang. */
export const region = defineVocabulary('region', '2023-1', [...provinceRows, ...localRows])

/** 山西省 → 山西, 新疆维吾尔自治区 → 新疆. */
function shortNames(name: string): string[] {
  const short = name.replace(
    /(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|(?:(?:哈萨克|蒙古|柯尔克孜|回族)+)?自治州|地区|省|市)$/,
    '',
  )
  return short === name || short.length < 2 ? [] : [short]
}
