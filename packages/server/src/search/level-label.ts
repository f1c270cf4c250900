import { pickLabel } from '@edufed/harvester/vocabularies'
import type { LanguageMap, PlatformLevel } from '@edufed/sdk/schemas'

const labels: Record<PlatformLevel, LanguageMap> = {
  national: {
    'zh-Hans': '国家级',
    'zh-Hant': '國家級',
    en: 'National',
    'ug-Arab': 'دۆلەت دەرىجىلىك',
    'kk-Cyrl': 'Мемлекеттік',
    'mn-Cyrl': 'Улсын',
    bo: 'རྒྱལ་ཁབ་རིམ་པ།',
  },
  provincial: {
    'zh-Hans': '省级',
    'zh-Hant': '省級',
    en: 'Provincial',
    'ug-Arab': 'ئۆلكە دەرىجىلىك',
    'kk-Cyrl': 'Провинциялық',
    'mn-Cyrl': 'Мужийн',
    bo: 'ཞིང་ཆེན་རིམ་པ།',
  },
  prefecture: {
    'zh-Hans': '市州级',
    'zh-Hant': '市州級',
    en: 'Prefecture',
    'ug-Arab': 'ۋىلايەت دەرىجىلىك',
    'kk-Cyrl': 'Аймақтық',
    'mn-Cyrl': 'Тойргийн',
    bo: 'ས་ཁུལ་རིམ་པ།',
  },
  county: {
    'zh-Hans': '区县级',
    'zh-Hant': '區縣級',
    en: 'County',
    'ug-Arab': 'ناھىيە دەرىجىلىك',
    'kk-Cyrl': 'Аудандық',
    'mn-Cyrl': 'Хошууны',
    bo: 'རྫོང་རིམ་པ།',
  },
  school: {
    'zh-Hans': '校级',
    'zh-Hant': '校級',
    en: 'School',
    'ug-Arab': 'مەكتەپ',
    'kk-Cyrl': 'Мектеп',
    'mn-Cyrl': 'Сургуулийн',
    bo: 'སློབ་གྲྭ།',
  },
  vendor: {
    'zh-Hans': '企业',
    'zh-Hant': '企業',
    en: 'Company',
    'ug-Arab': 'شىركەت',
    'kk-Cyrl': 'Кәсіпорын',
    'mn-Cyrl': 'Компанийн',
    bo: 'ཁེ་ལས།',
  },
  international: {
    'zh-Hans': '国际',
    'zh-Hant': '國際',
    en: 'International',
    'ug-Arab': 'خەلقئارالىق',
    'kk-Cyrl': 'Халықаралық',
    'mn-Cyrl': 'Олон улсын',
    bo: 'རྒྱལ་སྤྱི།',
  },
}

/** Where a platform stands in the alliance, in words. Undefined for a level that there is not. */
export function levelLabel(level: string, language: string): string | undefined {
  return Object.hasOwn(labels, level) ? pickLabel(labels[level as PlatformLevel], language) : undefined
}

/** The same in every language. */
export function levelLabels(level: string): string[] {
  return Object.hasOwn(labels, level) ? Object.values(labels[level as PlatformLevel]) : []
}
