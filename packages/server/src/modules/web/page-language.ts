import { type PageLanguage, pageLanguages } from '../../../web/messages.js'

const tags = pageLanguages.map(([tag]) => tag)

/** The interface language of a page: `?lang=`, else the best that the browser asks for, else Chinese. */
export function pageLanguage(asked: string | undefined, acceptLanguage: string | undefined): PageLanguage {
  for (const wish of [asked ?? '', ...(acceptLanguage ?? '').split(',').map((range) => range.split(';')[0] ?? '')]) {
    const primary = wish.trim().toLowerCase().split('-')[0]
    const found = tags.find((tag) => tag.toLowerCase().split('-')[0] === primary)
    if (found) return found
  }
  return 'zh-CN'
}

export function directionOfPage(language: PageLanguage): 'ltr' | 'rtl' {
  return language === 'ug' ? 'rtl' : 'ltr'
}
