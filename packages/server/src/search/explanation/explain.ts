import { labelOf } from '@edufed/harvester/vocabularies'
import type { RankingReason } from '@edufed/sdk/schemas'
import { primaryOf } from '../understanding/query-language.js'
import type { Reason } from './reasons.js'

type Sentences = Readonly<Record<Reason['sign'], string>>

/** `{words}` are the words of the query that a reason is about. */
const sentences: Readonly<Record<'zh' | 'en' | 'ug', Sentences>> = {
  zh: {
    exactTitle: '标题与所输入的文字完全相同',
    phraseInTitle: '标题中连续出现所输入的文字',
    inTitle: '标题中有：{words}',
    inTopic: '标题、关键词或学科年级中有全部词语',
    coverage: '所输入的词语占标题的大部分',
    fitsFacets: '学科、年级、版本或类型相符：{words}',
    language: '资源的语言：{words}',
    freshness: '更新时间较近',
    standing: '来源平台的层级与描述的完整程度',
  },
  en: {
    exactTitle: 'The title is exactly what was typed',
    phraseInTitle: 'The title has the words just as they were typed',
    inTitle: 'In the title: {words}',
    inTopic: 'All words are in the title, the keywords, or the names of subject and grade',
    coverage: 'The words are much of the title',
    fitsFacets: 'Its own subject, grade, edition or type is the one named: {words}',
    language: 'It is in {words}',
    freshness: 'It was changed not long ago',
    standing: 'Level of its platform and completeness of its description',
  },
  ug: {
    exactTitle: 'ماۋزۇسى كىرگۈزۈلگەن سۆز بىلەن پۈتۈنلەي ئوخشاش',
    phraseInTitle: 'كىرگۈزۈلگەن سۆزلەر ماۋزۇدا شۇ پېتى بار',
    inTitle: 'ماۋزۇدا بار: {words}',
    inTopic: 'بارلىق سۆزلەر ماۋزۇ، ئاچقۇچلۇق سۆز ياكى پەن ۋە يىللىق نامىدا بار',
    coverage: 'سۆزلەر ماۋزۇنىڭ كۆپ قىسمىنى ئىگىلەيدۇ',
    fitsFacets: 'پەن، يىللىق، نەشر ياكى تۈرى ماس كېلىدۇ: {words}',
    language: 'تىلى: {words}',
    freshness: 'يېقىندا يېڭىلانغان',
    standing: 'سۇپىنىڭ دەرىجىسى ۋە چۈشەندۈرۈشنىڭ تولۇقلۇقى',
  },
}

/** The reasons in the reader's words. */
export function explain(reasons: readonly Reason[], lang: string): RankingReason[] {
  const primary = primaryOf(lang)
  const texts = primary === 'zh' || primary === 'ug' ? sentences[primary] : sentences.en
  return reasons.map(({ sign, worth, words }) => {
    const shown = sign === 'language' ? words.map((tag) => labelOf('language', tag, lang) ?? tag) : words
    return {
      sign,
      worth: Math.round(worth * 1_000) / 1_000,
      text: texts[sign].replace('{words}', () => shown.join(primary === 'zh' ? '、' : ', ')),
    }
  })
}
