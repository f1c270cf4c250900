import type { ConformityPart, Harvest, PlatformLevel } from '@edufed/sdk'
import type { PageLanguage } from '../messages.js'
import type { RoughTime } from './time-left.js'

/** Texts of the console. */
export interface ConsoleMessages {
  keyLabel: string
  keyHelp: string
  signIn: string
  signOut: string
  sources: string
  harvests: string
  noSources: string
  noHarvests: string
  name: string
  kind: string
  level: string
  records: string
  lastHarvest: string
  nextHarvest: string
  never: string
  harvestNow: string
  fullHarvest: string
  stop: string
  state: string
  started: string
  progress: string
  /** How long a run will still take, by the unit. */
  timeLeft: Record<RoughTime['unit'], string>
  pausedUntil: string
  taken: string
  created: string
  updated: string
  unchanged: string
  deleted: string
  quarantined: string
  repeated: string
  issues: string
  of: string
  addSource: string
  address: string
  schedule: string
  settings: string
  settingsHelp: string
  settingsInvalid: string
  preview: string
  save: string
  cancel: string
  previewTitle: string
  failed: string
  samples: string
  actions: string
  report: string
  conformity: string
  notJudged: string
  badge: string
  conformityParts: Record<ConformityPart, string>
  back: string
  coverage: string
  coverageHelp: string
  noIssues: string
  heldRecords: string
  dryRun: string
  modes: Record<Harvest['mode'], string>
  severities: Record<Harvest['issues'][number]['severity'], string>
  /** Names of fields; others are shown as they are called in the record. */
  fields: Record<string, string>
  states: Record<Harvest['state'], string>
  levels: Record<PlatformLevel, string>
}

export const consoleMessages: Record<PageLanguage, ConsoleMessages> = {
  'zh-CN': {
    keyLabel: 'API 密钥',
    keyHelp: '需要带 sources:read 权限的密钥；启动、停止采集还需要 harvests:run。',
    signIn: '进入',
    signOut: '退出',
    sources: '来源平台',
    harvests: '采集记录',
    noSources: '还没有来源。',
    noHarvests: '还没有采集。',
    name: '名称',
    kind: '接入方式',
    level: '层级',
    records: '记录数',
    lastHarvest: '最近采集',
    nextHarvest: '下次采集',
    never: '无',
    harvestNow: '采集变化',
    fullHarvest: '全量采集',
    stop: '停止',
    state: '状态',
    started: '开始',
    progress: '进度',
    timeLeft: {
      moment: '预计一分钟内完成',
      minutes: '预计还需约 {count} 分钟',
      hours: '预计还需约 {count} 小时',
      days: '预计还需约 {count} 天',
    },
    pausedUntil: '等待平台允许采集的时段，{time} 继续',
    taken: '取得',
    created: '新增',
    updated: '更新',
    unchanged: '未变',
    deleted: '删除',
    quarantined: '暂扣',
    repeated: '另有 {count} 条再次收到，未重复计数',
    issues: '问题',
    of: '{done} / {total}',
    addSource: '添加来源',
    address: '地址',
    schedule: '定时（cron）',
    settings: '其他设置（JSON）',
    settingsHelp: '例如字段映射：{"mapping": {"fields": {"name": "标题"}}}',
    settingsInvalid: '其他设置不是 JSON 对象：{reason}',
    preview: '预览',
    save: '保存',
    cancel: '取消',
    previewTitle: '预览：{name}',
    failed: '没有成功：{reason}',
    samples: '例如 {names}',
    actions: '操作',
    report: '采集报告',
    conformity: '规范符合度',
    notJudged: '还没有评估：采集结束后不久会有结果。',
    badge: '公开徽章',
    conformityParts: {
      protocol: '协议',
      records: '记录',
      identifiers: '标识稳定',
      datestamps: '日期戳如实',
      deletions: '删除如实',
      links: '链接有效',
    },
    back: '返回控制台',
    coverage: '字段完整度',
    coverageHelp: '{records} 条记录中，有该字段的占多少。',
    noIssues: '没有发现问题。',
    heldRecords: '该来源暂扣的记录',
    dryRun: '试运行，未写入',
    modes: { full: '全量采集', incremental: '增量采集', replay: '重放' },
    severities: { error: '错误', warning: '警告', info: '提示' },
    fields: {
      name: '名称',
      description: '简介',
      inLanguage: '语言',
      about: '学科',
      educationalLevel: '学段年级',
      textbookEdition: '教材版本',
      volume: '册次',
      learningResourceType: '资源类型',
      keywords: '关键词',
      creator: '作者',
      publisher: '出版者',
      datePublished: '发布日期',
      license: '许可',
      url: '访问地址',
      encoding: '文件',
      thumbnailUrl: '封面图',
    },
    states: { queued: '排队', running: '进行中', completed: '完成', partial: '部分完成', failed: '失败', cancelled: '已停止' },
    levels: { national: '国家', provincial: '省', prefecture: '市', county: '县', school: '学校', vendor: '企业', international: '国际' },
  },
  en: {
    keyLabel: 'API key',
    keyHelp: 'A key with the scope sources:read; to start and stop harvests also harvests:run.',
    signIn: 'Enter',
    signOut: 'Leave',
    sources: 'Sources',
    harvests: 'Harvests',
    noSources: 'There is no source yet.',
    noHarvests: 'There was no harvest yet.',
    name: 'Name',
    kind: 'Protocol',
    level: 'Level',
    records: 'Records',
    lastHarvest: 'Last harvest',
    nextHarvest: 'Next harvest',
    never: 'none',
    harvestNow: 'Harvest changes',
    fullHarvest: 'Harvest all',
    stop: 'Stop',
    state: 'State',
    started: 'Started',
    progress: 'Progress',
    timeLeft: {
      moment: 'less than a minute left',
      minutes: 'about {count} min left',
      hours: 'about {count} h left',
      days: 'about {count} days left',
    },
    pausedUntil: 'Waits for the hours in which the platform may be asked; goes on {time}',
    taken: 'Taken',
    created: 'New',
    updated: 'Changed',
    unchanged: 'Unchanged',
    deleted: 'Deleted',
    quarantined: 'Held',
    repeated: 'Given again and not counted twice: {count}',
    issues: 'Issues',
    of: '{done} of {total}',
    addSource: 'Add a source',
    address: 'Address',
    schedule: 'Schedule (cron)',
    settings: 'Further settings (JSON)',
    settingsHelp: 'e.g. a mapping of fields: {"mapping": {"fields": {"name": "title"}}}',
    settingsInvalid: 'The further settings are no JSON object: {reason}',
    preview: 'Preview',
    save: 'Save',
    cancel: 'Cancel',
    previewTitle: 'Preview: {name}',
    failed: 'It did not work: {reason}',
    samples: 'e.g. {names}',
    actions: 'Actions',
    report: 'Report',
    conformity: 'Conformity',
    notJudged: 'Not judged yet: the result comes a little after a harvest has ended.',
    badge: 'Public badge',
    conformityParts: {
      protocol: 'Protocol',
      records: 'Records',
      identifiers: 'Stable identifiers',
      datestamps: 'Honest datestamps',
      deletions: 'Honest deletions',
      links: 'Links that open',
    },
    back: 'Back to the console',
    coverage: 'Fields',
    coverageHelp: 'How many of the {records} records have each field.',
    noIssues: 'Nothing was found wrong.',
    heldRecords: 'Records of this source that are held back',
    dryRun: 'dry run, nothing written',
    modes: { full: 'Harvest of all', incremental: 'Harvest of changes', replay: 'Replay' },
    severities: { error: 'error', warning: 'warning', info: 'note' },
    fields: {
      name: 'Title',
      description: 'Description',
      inLanguage: 'Language',
      about: 'Subject',
      educationalLevel: 'Stage and grade',
      textbookEdition: 'Textbook edition',
      volume: 'Volume',
      learningResourceType: 'Resource type',
      keywords: 'Keywords',
      creator: 'Creator',
      publisher: 'Publisher',
      datePublished: 'Date of publication',
      license: 'Licence',
      url: 'Address',
      encoding: 'Files',
      thumbnailUrl: 'Cover image',
    },
    states: { queued: 'queued', running: 'running', completed: 'completed', partial: 'partial', failed: 'failed', cancelled: 'stopped' },
    levels: {
      national: 'national',
      provincial: 'provincial',
      prefecture: 'prefecture',
      county: 'county',
      school: 'school',
      vendor: 'vendor',
      international: 'international',
    },
  },
  ug: {
    keyLabel: 'API ئاچقۇچى',
    keyHelp: 'sources:read ھوقۇقى بار ئاچقۇچ كېرەك؛ يىغىشنى باشلاش ۋە توختىتىشقا harvests:run كېرەك.',
    signIn: 'كىرىش',
    signOut: 'چىقىش',
    sources: 'مەنبە سۇپىلار',
    harvests: 'يىغىش خاتىرىسى',
    noSources: 'تېخى مەنبە يوق.',
    noHarvests: 'تېخى يىغىلمىغان.',
    name: 'نامى',
    kind: 'كېلىشىم',
    level: 'دەرىجىسى',
    records: 'خاتىرە سانى',
    lastHarvest: 'ئاخىرقى يىغىش',
    nextHarvest: 'كېيىنكى يىغىش',
    never: 'يوق',
    harvestNow: 'ئۆزگىرىشنى يىغىش',
    fullHarvest: 'ھەممىنى يىغىش',
    stop: 'توختىتىش',
    state: 'ھالىتى',
    started: 'باشلانغان',
    progress: 'ئىلگىرىلەش',
    timeLeft: {
      moment: 'بىر مىنۇتقا يەتمەي تۈگەيدۇ',
      minutes: 'تەخمىنەن {count} مىنۇت قالدى',
      hours: 'تەخمىنەن {count} سائەت قالدى',
      days: 'تەخمىنەن {count} كۈن قالدى',
    },
    pausedUntil: 'سۇپىدىن ئېلىشقا بولىدىغان ۋاقىتنى كۈتۈۋاتىدۇ؛ {time} داۋاملىشىدۇ',
    taken: 'ئېلىنغان',
    created: 'يېڭى',
    updated: 'يېڭىلانغان',
    unchanged: 'ئۆزگەرمىگەن',
    deleted: 'ئۆچۈرۈلگەن',
    quarantined: 'تۇتۇپ قېلىنغان',
    repeated: 'قايتا كەلگەن، ئىككى قېتىم سانالمىغان: {count}',
    issues: 'مەسىلىلەر',
    of: '{total} دىن {done}',
    addSource: 'مەنبە قوشۇش',
    address: 'ئادرېس',
    schedule: 'ۋاقىت جەدۋىلى (cron)',
    settings: 'باشقا تەڭشەكلەر (JSON)',
    settingsHelp: 'مەسىلەن، بۆلەكلەرنىڭ ماسلىشىشى: \u2066{"mapping": {"fields": {"name": "title"}}}\u2069',
    settingsInvalid: 'باشقا تەڭشەكلەر JSON ئوبيېكتى ئەمەس: {reason}',
    preview: 'ئالدىن كۆرۈش',
    save: 'ساقلاش',
    cancel: 'ۋاز كېچىش',
    previewTitle: 'ئالدىن كۆرۈش: {name}',
    failed: 'مەغلۇپ بولدى: {reason}',
    samples: 'مەسىلەن {names}',
    actions: 'مەشغۇلات',
    report: 'دوكلات',
    conformity: 'ئۆلچەمگە ئۇيغۇنلۇقى',
    notJudged: 'تېخى باھالانمىدى: يىغىش ئاخىرلىشىپ ئۇزۇن ئۆتمەي نەتىجە چىقىدۇ.',
    badge: 'ئاشكارا بەلگە',
    conformityParts: {
      protocol: 'كېلىشىم',
      records: 'خاتىرىلەر',
      identifiers: 'مۇقىم بەلگىلەر',
      datestamps: 'راست ۋاقىتلار',
      deletions: 'راست ئۆچۈرۈش',
      links: 'ئېچىلىدىغان ئۇلانمىلار',
    },
    back: 'باشقۇرۇش بېتىگە قايتىش',
    coverage: 'سۆز بۆلەكلىرىنىڭ تولۇقلۇقى',
    coverageHelp: '{records} خاتىرىنىڭ قانچىسىدە بۇ بۆلەك بار.',
    noIssues: 'مەسىلە بايقالمىدى.',
    heldRecords: 'بۇ مەنبەنىڭ تۇتۇپ قېلىنغان خاتىرىلىرى',
    dryRun: 'سىناق، ھېچنېمە يېزىلمىدى',
    modes: { full: 'ھەممىنى يىغىش', incremental: 'ئۆزگىرىشنى يىغىش', replay: 'قايتا ئىشلەش' },
    severities: { error: 'خاتالىق', warning: 'ئاگاھلاندۇرۇش', info: 'ئەسكەرتىش' },
    fields: {
      name: 'ماۋزۇ',
      description: 'تونۇشتۇرۇش',
      inLanguage: 'تىل',
      about: 'پەن',
      educationalLevel: 'باسقۇچ ۋە يىللىق',
      textbookEdition: 'دەرسلىك نەشرى',
      volume: 'قىسىم',
      learningResourceType: 'بايلىق تىپى',
      keywords: 'ئاچقۇچلۇق سۆزلەر',
      creator: 'ئاپتور',
      publisher: 'نەشرىيات',
      datePublished: 'نەشر قىلىنغان ۋاقتى',
      license: 'ئىجازەتنامە',
      url: 'ئادرېس',
      encoding: 'ھۆججەتلەر',
      thumbnailUrl: 'مۇقاۋا رەسىمى',
    },
    states: {
      queued: 'نۆۋەتتە',
      running: 'داۋاملىشىۋاتىدۇ',
      completed: 'تاماملاندى',
      partial: 'قىسمەن',
      failed: 'مەغلۇپ',
      cancelled: 'توختىتىلدى',
    },
    levels: {
      national: 'دۆلەت',
      provincial: 'ئۆلكە',
      prefecture: 'ۋىلايەت',
      county: 'ناھىيە',
      school: 'مەكتەپ',
      vendor: 'شىركەت',
      international: 'خەلقئارا',
    },
  },
}
