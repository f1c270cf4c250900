import type { VocabularyConcept, VocabularyName } from './vocabulary.js'

/** Reads a text that is no label itself by looking up labels made from it. */
export type WordRule = (text: string, find: (label: string) => VocabularyConcept | undefined) => readonly VocabularyConcept[]

const rules: Partial<Record<VocabularyName, WordRule>> = {
  grade: readGrades,
  volume: readVolume,
  edition: readEdition,
  subject: readSubject,
}

export function rulesOf(name: VocabularyName): WordRule | undefined {
  return rules[name]
}

const chineseDigits = '一二三四五六七八九'
const gradeRange =
  /^(?:小学|初中|初|小)?第?([一二三四五六七八九]|\d{1,2})(?:年级)?\s?[至到~–—-]\s?(?:初|小)?([一二三四五六七八九]|\d{1,2})\s?年?级?$/
const seniorRange = /^高([一二三123])(?:年级)?[至到~–—-]高?([一二三123])(?:年级)?$/
const englishRange = /^(?:grades?|years?|k)\s?(k|\d{1,2})?\s?(?:[–—-]|to|through)\s?(\d{1,2})$/i
const runOfDigits = /^([一二三四五六七八九]{2,6})年级$/
const gradeInside =
  /^(?:义务教育|普通|小学|初中|高中|初级中学)?((?:[一二三四五六七八九]|\d{1,2})年级|高[一二三]|初[一二三])(?:年级)?(?:上|下|上册|下册|上学期|下学期|全一册|学生|教师)?$/

/** Ranges (一至二年级, Grades 3–5, 高一至高二), runs (一二年级) and grades with a volume behind them (高一上册). */
function readGrades(text: string, find: (label: string) => VocabularyConcept | undefined): readonly VocabularyConcept[] {
  if (/^(?:[1-9]|1[0-2])$/.test(text)) return keep([find(`grade ${text}`)])
  const range = gradeRange.exec(text) ?? englishRange.exec(text)
  if (range) return span(toNumber(range[1]), toNumber(range[2]), (year) => find(`grade ${year}`))
  const senior = seniorRange.exec(text)
  if (senior) return span(toNumber(senior[1]), toNumber(senior[2]), (year) => find(`senior ${year}`))
  const run = runOfDigits.exec(text)
  if (run) return keep([...(run[1] ?? '')].map((digit) => find(`${digit}年级`)))
  const inside = gradeInside.exec(text)
  return inside ? keep([find(inside[1] ?? '')]) : []
}

function span(from: number, to: number, find: (year: number) => VocabularyConcept | undefined): VocabularyConcept[] {
  if (from < 1 || to < from || to > 12) return []
  return keep(Array.from({ length: to - from + 1 }, (_, index) => find(from + index)))
}

function toNumber(written: string | undefined): number {
  if (written === undefined || /^k$/i.test(written)) return 1
  const chinese = chineseDigits.indexOf(written)
  return chinese === -1 ? Number(written) : chinese + 1
}

const moduleName =
  /^(必修|选择性必修|选修)\s*(\d{1,2}|第[一二三四五六七八九十]{1,2}册|[一二三四五六七八九十]{1,2}(?![\p{Script=Han}])|[上中下]册|全一册)?\s*[:：]?\s*(.*)$/u
const partAtEnd = /[(]?([上中下])册?[)]?$/
const numberAtEnd = /(\d{1,2})$/

/** 必修1 分子与细胞 → 必修 第一册; 必修 中外历史纲要（上） → 必修 上册; 高一上册, 戏剧上册, 篮球运动（全一册） → the part at the end. */
function readVolume(text: string, find: (label: string) => VocabularyConcept | undefined): readonly VocabularyConcept[] {
  const module = moduleName.exec(text)
  if (module) {
    const [, kind = '', number, rest = ''] = module
    if (number) return keep([find(`${kind}${number}`)])
    const part = partAtEnd.exec(rest)?.[1]
    if (part) return keep([find(`${kind}${part}册`)])
    const last = numberAtEnd.exec(rest)?.[1]
    return keep([find(last ? `${kind}${last}` : kind) ?? find(kind)])
  }
  if (/全一册[)]?$/.test(text)) return keep([find('全一册')])
  const named = /^(?:[^\s]{1,30}?)[(\s]?(第?[一二三四五六七八九十]{1,2}册|[上中下]册)[)]?$/.exec(text)?.[1]
  if (named) return keep([find(named)])
  const half = /^(?:高|初)?[一二三四五六七八九](?:年级)?([上下])(?:册|学期)?$/.exec(text)?.[1]
  return half ? keep([find(`${half}册`)]) : []
}

/** An edition with editors or a starting grade that is not listed is found by the publisher's name before the brackets. */
function readEdition(text: string, find: (label: string) => VocabularyConcept | undefined): readonly VocabularyConcept[] {
  const short = text.replace(/^(?:新版|新|旧)?(?=\S{2,}版)/, '')
  const withoutBrackets = text.replace(/[([].*?[)\]]/g, '').trim()
  const plain = withoutBrackets.replace(/(?:三|一)年级起点$|\d{4}年?版?$|(?:教材|课本|出版社)$/g, '').trim()
  for (const candidate of [short, withoutBrackets, plain, `${plain}版`]) {
    const found = find(candidate)
    if (found) return [found]
  }
  return []
}

/** 小学数学, 高中物理, 初中语文（统编版）: the stage in front and a remark in brackets are no part of the subject. */
function readSubject(text: string, find: (label: string) => VocabularyConcept | undefined): readonly VocabularyConcept[] {
  const withoutBrackets = text.replace(/[(].*?[)]/g, '').trim()
  const core = withoutBrackets.replace(/^(?:小学|初中|高中|中学|义务教育|普通高中|幼儿园)/, '').replace(/(?:学科|课程|课)$/, '')
  return keep([find(withoutBrackets) ?? (core === '' ? undefined : find(core))])
}

function keep(found: readonly (VocabularyConcept | undefined)[]): VocabularyConcept[] {
  return found.filter((concept) => concept !== undefined)
}
