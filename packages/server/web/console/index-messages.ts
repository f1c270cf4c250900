import type { PageLanguage } from '../messages.js'

/** Texts of the search index in the console. */
export interface IndexMessages {
  title: string
  engine: string
  documents: string
  lag: string
  away: string
  compared: string
  never: string
  compare: string
  comparing: string
  outcomes: Record<'same' | 'healed' | 'rebuilt' | 'different', string>
  missing: string
  stale: string
  surplus: string
  altered: string
  healed: string
  left: string
  pending: string
  refused: string
  refusedHelp: string
}

export const indexMessages: Record<PageLanguage, IndexMessages> = {
  'zh-CN': {
    title: '搜索索引',
    engine: '引擎',
    documents: '文档数',
    lag: '待入索引的变更',
    away: '搜索暂不可用：{reason}',
    compared: '最近与目录核对',
    never: '还没有核对过',
    compare: '立即核对并修复',
    comparing: '正在核对…',
    outcomes: { same: '一致', healed: '已修复', rebuilt: '已重建', different: '仍有差异' },
    missing: '缺少',
    stale: '过时',
    surplus: '多余',
    altered: '内容不符（抽查）',
    healed: '已修复',
    left: '未修复',
    pending: '尚未跟上',
    refused: '引擎拒收的文档（{count}）',
    refusedHelp: '这些资源搜索不到，直到记录改好为止。',
  },
  en: {
    title: 'Search index',
    engine: 'Engine',
    documents: 'Documents',
    lag: 'Changes to follow',
    away: 'Search is away: {reason}',
    compared: 'Last compared with the catalogue',
    never: 'never',
    compare: 'Compare and heal now',
    comparing: 'Comparing…',
    outcomes: { same: 'the same', healed: 'healed', rebuilt: 'built anew', different: 'differences left' },
    missing: 'Missing',
    stale: 'Stale',
    surplus: 'Too many',
    altered: 'Altered (by sample)',
    healed: 'Healed',
    left: 'Left',
    pending: 'Not followed yet',
    refused: 'Documents that the engine refuses ({count})',
    refusedHelp: 'Search does not find these until their records are set right.',
  },
  ug: {
    title: 'ئىزدەش ئىندېكسى',
    engine: 'ماتور',
    documents: 'ھۆججەت سانى',
    lag: 'كۈتۈۋاتقان ئۆزگىرىشلەر',
    away: 'ئىزدەش ھازىر ئىشلىمەيدۇ: {reason}',
    compared: 'مۇندەرىجە بىلەن ئەڭ يېقىن سېلىشتۇرۇلغان ۋاقىت',
    never: 'تېخى سېلىشتۇرۇلمىغان',
    compare: 'ھازىر سېلىشتۇرۇپ ئوڭشاش',
    comparing: 'سېلىشتۇرۇۋاتىدۇ…',
    outcomes: { same: 'ئوخشاش', healed: 'ئوڭشالدى', rebuilt: 'قايتا قۇرۇلدى', different: 'پەرق قالدى' },
    missing: 'كەم',
    stale: 'كونىرىغان',
    surplus: 'ئارتۇق',
    altered: 'مەزمۇنى ماس ئەمەس (تاللاپ تەكشۈرۈش)',
    healed: 'ئوڭشالغان',
    left: 'قالغان',
    pending: 'تېخى يېتىشمىگەن',
    refused: 'ماتور رەت قىلغان ھۆججەتلەر ({count})',
    refusedHelp: 'خاتىرىلىرى تۈزىتىلگۈچە بۇلارنى ئىزدەپ تاپقىلى بولمايدۇ.',
  },
}
