/** Texts of the pages that the server renders. */
export interface PageMessages {
  brand: string
  skip: string
  pages: string
  languages: string
  console: string
  api: string
  footer: string
  portalTitle: string
  searchLabel: string
  search: string
  found: string
  searchedInstead: string
  leftOut: string
  demand: string
  searchOnlyFor: string
  removeFilter: string
  more: string
  back: string
  otherNames: string
  translations: string
  translationsUnavailable: string
  open: string
  files: string
  facts: string
  consoleNeedsScript: string
  notFound: string
  notFoundText: string
  withdrawn: string
  withdrawnText: string
  unavailable: string
  requiresLogin: string
  labels: Record<
    | 'subject'
    | 'educationalLevel'
    | 'textbookEdition'
    | 'volume'
    | 'curriculumVersion'
    | 'learningResourceType'
    | 'audience'
    | 'inLanguage'
    | 'keywords'
    | 'creator'
    | 'contributor'
    | 'publisher'
    | 'license'
    | 'dateModified'
    | 'datePublished'
    | 'platform'
    | 'identifier'
    | 'isPartOf',
    string
  >
}

export const pageLanguages = [
  ['zh-CN', '中文'],
  ['en', 'English'],
  ['ug', 'ئۇيغۇرچە'],
] as const
export type PageLanguage = (typeof pageLanguages)[number][0]

export const pageMessages: Record<PageLanguage, PageMessages> = {
  'zh-CN': {
    brand: 'Edufed 教育资源联盟',
    skip: '跳到正文',
    pages: '页面',
    languages: '界面语言',
    console: '控制台',
    api: '接口文档',
    footer: '资源归各平台所有，这里只保存它们的描述。',
    portalTitle: '一次搜索，找到联盟里每个平台的资源',
    searchLabel: '搜索学习资源',
    search: '搜索',
    found: '找到 {count} 个资源',
    searchedInstead: '没有找到“{typed}”，以下是“{meant}”的结果。',
    leftOut: '没有找到同时符合“{typed}”的资源；以下是放宽这些词后的结果：',
    demand: '必须符合：{words}',
    searchOnlyFor: '只搜索',
    removeFilter: '去掉筛选：{label}',
    more: '下一页',
    back: '返回搜索',
    otherNames: '其他语言的名称',
    translations: '这件作品的其他语言版本',
    translationsUnavailable: '其他语言版本暂时查不到，请稍后再试。',
    open: '打开资源',
    files: '文件',
    facts: '资源信息',
    consoleNeedsScript: '控制台需要启用 JavaScript。',
    notFound: '没有这个资源',
    notFoundText: '地址可能不完整，或者资源从未在这里登记。',
    withdrawn: '资源已撤回',
    withdrawnText: '提供它的平台已经把它删除。',
    unavailable: '搜索暂时不可用，资源没有丢失，请稍后再试。',
    requiresLogin: '需要登录',
    labels: {
      subject: '学科',
      educationalLevel: '学段和年级',
      textbookEdition: '版本',
      volume: '册次',
      curriculumVersion: '课程标准',
      learningResourceType: '类型',
      audience: '适用对象',
      inLanguage: '语言',
      keywords: '关键词',
      creator: '作者',
      contributor: '参与者',
      publisher: '出版者',
      license: '许可',
      dateModified: '更新',
      datePublished: '发布',
      platform: '来源平台',
      identifier: '标识',
      isPartOf: '属于',
    },
  },
  en: {
    brand: 'Edufed',
    skip: 'Skip to the content',
    pages: 'Pages',
    languages: 'Interface language',
    console: 'Console',
    api: 'API',
    footer: 'Resources belong to their platforms; this site keeps only what describes them.',
    portalTitle: 'One search over every platform of the alliance',
    searchLabel: 'Search learning resources',
    search: 'Search',
    found: '{count} resources found',
    searchedInstead: 'Nothing was found for {typed}. These are results for {meant}.',
    leftOut: 'No resource has all of {typed}. These are results without:',
    demand: 'Must have: {words}',
    searchOnlyFor: 'Search only for',
    removeFilter: 'Remove filter: {label}',
    more: 'Next page',
    back: 'Back to the search',
    otherNames: 'Names in other languages',
    translations: 'This work in other languages',
    translationsUnavailable: 'Its other languages cannot be looked up for now: please try again soon.',
    open: 'Open the resource',
    files: 'Files',
    facts: 'About this resource',
    consoleNeedsScript: 'The console needs JavaScript.',
    notFound: 'There is no such resource',
    notFoundText: 'The address may be incomplete, or the resource was never registered here.',
    withdrawn: 'This resource was withdrawn',
    withdrawnText: 'The platform that offered it has deleted it.',
    unavailable: 'Search is not available for now. Nothing is lost: please try again soon.',
    requiresLogin: 'login needed',
    labels: {
      subject: 'Subject',
      educationalLevel: 'Stage and grade',
      textbookEdition: 'Edition',
      volume: 'Volume',
      curriculumVersion: 'Curriculum',
      learningResourceType: 'Type',
      audience: 'For',
      inLanguage: 'Language',
      keywords: 'Keywords',
      creator: 'Author',
      contributor: 'Contributor',
      publisher: 'Publisher',
      license: 'Licence',
      dateModified: 'Updated',
      datePublished: 'Published',
      platform: 'Platform',
      identifier: 'Identifier',
      isPartOf: 'Part of',
    },
  },
  ug: {
    brand: 'Edufed مائارىپ بايلىقى',
    skip: 'مەزمۇنغا ئۆتۈش',
    pages: 'بەتلەر',
    languages: 'كۆرۈنمە يۈز تىلى',
    console: 'باشقۇرۇش',
    api: 'API',
    footer: 'بايلىقلار ئۆز سۇپىسىغا تەۋە، بۇ يەردە پەقەت ئۇلارنىڭ چۈشەندۈرۈشى ساقلىنىدۇ.',
    portalTitle: 'بىر قېتىم ئىزدەپ، ئىتتىپاقتىكى بارلىق سۇپىلارنىڭ بايلىقىنى تېپىڭ',
    searchLabel: 'ئۆگىنىش بايلىقى ئىزدەش',
    search: 'ئىزدەش',
    found: '{count} بايلىق تېپىلدى',
    searchedInstead: '«{typed}» تېپىلمىدى، تۆۋەندىكىسى «{meant}» نىڭ نەتىجىسى.',
    leftOut: '«{typed}» نىڭ ھەممىسىگە ماس كېلىدىغان بايلىق تېپىلمىدى. تۆۋەندىكىسى بۇ سۆزلەر قالدۇرۇلغان نەتىجە:',
    demand: 'چوقۇم بولسۇن: {words}',
    searchOnlyFor: 'پەقەت بۇنىلا ئىزدەش',
    removeFilter: 'سۈزگۈچنى ئېلىۋېتىش: {label}',
    more: 'كېيىنكى بەت',
    back: 'ئىزدەشكە قايتىش',
    otherNames: 'باشقا تىللاردىكى نامى',
    translations: 'بۇ ئەسەرنىڭ باشقا تىللاردىكى نۇسخىلىرى',
    translationsUnavailable: 'باشقا تىللاردىكى نۇسخىلىرىنى ھازىرچە كۆرگىلى بولمايدۇ، سەل تۇرۇپ قايتا سىناڭ.',
    open: 'بايلىقنى ئېچىش',
    files: 'ھۆججەتلەر',
    facts: 'بايلىق ئۇچۇرى',
    consoleNeedsScript: 'باشقۇرۇش بېتىگە JavaScript كېرەك.',
    notFound: 'بۇنداق بايلىق يوق',
    notFoundText: 'ئادرېس تولۇق بولماسلىقى ياكى بايلىق بۇ يەردە تىزىملانمىغان بولۇشى مۇمكىن.',
    withdrawn: 'بايلىق قايتۇرۇۋېلىنغان',
    withdrawnText: 'ئۇنى تەمىنلىگەن سۇپا ئۇنى ئۆچۈرۈۋەتتى.',
    unavailable: 'ئىزدەش ۋاقىتلىق ئىشلىمەيدۇ، بايلىقلار يوقالمىدى، سەل تۇرۇپ قايتا سىناڭ.',
    requiresLogin: 'كىرىش كېرەك',
    labels: {
      subject: 'پەن',
      educationalLevel: 'باسقۇچ ۋە يىللىق',
      textbookEdition: 'نەشرى',
      volume: 'قىسىم',
      curriculumVersion: 'دەرس ئۆلچىمى',
      learningResourceType: 'تۈرى',
      audience: 'ئىشلەتكۈچى',
      inLanguage: 'تىلى',
      keywords: 'ھالقىلىق سۆز',
      creator: 'ئاپتور',
      contributor: 'قاتناشقۇچى',
      publisher: 'نەشر قىلغۇچى',
      license: 'ئىجازەتنامە',
      dateModified: 'يېڭىلانغان',
      datePublished: 'ئېلان قىلىنغان',
      platform: 'مەنبە سۇپا',
      identifier: 'بەلگە',
      isPartOf: 'تەۋەلىكى',
    },
  },
}

/** A message with values in the places of their names: `{count} resources`. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
