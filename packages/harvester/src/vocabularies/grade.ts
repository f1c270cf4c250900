// biome-ignore-all format: one concept a line
import { type ConceptRow, defineVocabulary } from './define.js'
import { tibetanOrdinals } from './tibetan-ordinals.js'

const digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九']
const english = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th', '10th', '11th', '12th']
const uyghur = ['بىرىنچى', 'ئىككىنچى', 'ئۈچىنچى', 'تۆتىنچى', 'بەشىنچى', 'ئالتىنچى', 'يەتتىنچى', 'سەككىزىنچى', 'توققۇزىنچى']

const compulsory: ConceptRow[] = digits.map((digit, index) => {
  const year = index + 1
  const own = year <= 6 ? [`小${digit}`, `小学${digit}年级`, `小学${year}年级`] : []
  const junior = year >= 7 ? digits[year - 7] : undefined
  return {
    notation: `grade-${year}`,
    zh: `${digit}年级`,
    en: `Grade ${year}`,
    ug: `${uyghur[index]} يىللىق`,
    kk: `${year}-сынып`,
    bo: `ལོ་རིམ་${tibetanOrdinals[index]}`,
    mn: `${year}-р анги`,
    alt: [
      `${year}年级`,
      digit,
      `grade ${english[index]}`,
      `${ordinals[index]} grade`,
      `year ${year}`,
      `class ${year}`,
      `klasse ${year}`,
      `${year} класс`,
      ...own,
      ...(junior ? [`初${junior}`, `初中${junior}年级`, `初${junior}年级`, `初中${digit}年级`] : []),
    ],
    broader: year <= 6 ? 'primary' : 'junior-secondary',
  }
})

const senior: ConceptRow[] = ['一', '二', '三'].map((digit, index) => {
  const year = 10 + index
  return {
    notation: `senior-${index + 1}`,
    zh: `高${digit}`,
    en: `Senior ${english[index]}`,
    ug: `تولۇق ئوتتۇرا ${uyghur[index]} يىللىق`,
    kk: `${year}-сынып`,
    bo: `མཐོ་འབྲིང་ལོ་རིམ་${tibetanOrdinals[index]}`,
    mn: `${year}-р анги`,
    alt: [
      `高${digit}年级`,
      `高中${digit}年级`,
      `高${index + 1}`,
      `高中${index + 1}年级`,
      `grade ${year}`,
      `${ordinals[year - 1]} grade`,
      `year ${year}`,
      `senior ${index + 1}`,
      `${year}年级`,
      `${['十', '十一', '十二'][index]}年级`,
    ],
    broader: 'senior-secondary',
  }
})

/** Grades (年级) and the levels (水平) of the curriculum for physical education; `broader` is the stage. */
export const grade = defineVocabulary('grade', '2026-1', [
  { notation: 'nursery-class', zh: '小班', en: 'Nursery class', ug: 'كىچىك سىنىپ', kk: 'Кіші топ', mn: 'Бага бүлэг', alt: ['幼儿园小班'], broader: 'preschool' },
  { notation: 'middle-class', zh: '中班', en: 'Middle kindergarten class', ug: 'ئوتتۇرا سىنىپ', kk: 'Ортаңғы топ', mn: 'Дунд бүлэг', alt: ['幼儿园中班'], broader: 'preschool' },
  { notation: 'top-class', zh: '大班', en: 'Top kindergarten class', ug: 'چوڭ سىنىپ', kk: 'Ересек топ', mn: 'Ахлах бүлэг', alt: ['幼儿园大班', '学前班'], broader: 'preschool' },
  ...compulsory,
  ...senior,
  { notation: 'senior-all', zh: '高中年级', en: 'Senior grades', ug: 'تولۇق ئوتتۇرا مەكتەپ يىللىقلىرى', kk: 'Жоғары сыныптар', mn: 'Ахлах ангиуд', alt: ['高中各年级', '高中全年级', '高中通用'], broader: 'senior-secondary' },
  { notation: 'level-1', zh: '水平一', en: 'Level one', ug: 'بىرىنچى سەۋىيە', kk: '1-деңгей', bo: 'ཆུ་ཚད་དང་པོ', mn: '1-р түвшин', alt: ['水平1'], broader: 'primary', closeMatch: ['grade-1', 'grade-2'] },
  { notation: 'level-2', zh: '水平二', en: 'Level two', ug: 'ئىككىنچى سەۋىيە', kk: '2-деңгей', bo: 'ཆུ་ཚད་གཉིས་པ', mn: '2-р түвшин', alt: ['水平2'], broader: 'primary', closeMatch: ['grade-3', 'grade-4'] },
  { notation: 'level-3', zh: '水平三', en: 'Level three', ug: 'ئۈچىنچى سەۋىيە', kk: '3-деңгей', bo: 'ཆུ་ཚད་གསུམ་པ', mn: '3-р түвшин', alt: ['水平3'], broader: 'primary', closeMatch: ['grade-5', 'grade-6'] },
  { notation: 'level-4', zh: '水平四', en: 'Level four', ug: 'تۆتىنچى سەۋىيە', kk: '4-деңгей', bo: 'ཆུ་ཚད་བཞི་པ', mn: '4-р түвшин', alt: ['水平4'], broader: 'junior-secondary', closeMatch: ['grade-7', 'grade-8', 'grade-9'] },
  { notation: 'level-5', zh: '水平五', en: 'Level five', ug: 'بەشىنچى سەۋىيە', kk: '5-деңгей', bo: 'ཆུ་ཚད་ལྔ་པ', mn: '5-р түвшин', alt: ['水平5'], broader: 'senior-secondary', closeMatch: ['senior-1', 'senior-2', 'senior-3'] },
])
