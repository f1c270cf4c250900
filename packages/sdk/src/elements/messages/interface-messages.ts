import { en } from './en.js'
import type { Messages } from './messages.js'
import { ug } from './ug.js'
import { zhHans } from './zh-hans.js'

/** Interface languages of the elements. */
export const interfaceLanguages = ['zh-CN', 'en', 'ug'] as const
export type InterfaceLanguage = (typeof interfaceLanguages)[number]

const messagesByLanguage: Record<InterfaceLanguage, Messages> = { 'zh-CN': zhHans, en, ug }

/** The interface language that fits a BCP 47 tag best: `ug-Arab` gives ug, an unknown one English. */
export function toInterfaceLanguage(tag: string | null | undefined): InterfaceLanguage {
  const primary = (tag ?? '').toLowerCase().split('-')[0]
  if (primary === 'zh' || primary === '') return 'zh-CN'
  return primary === 'ug' ? 'ug' : 'en'
}

export function messagesOf(language: InterfaceLanguage): Messages {
  return messagesByLanguage[language]
}

export function directionOf(language: InterfaceLanguage): 'ltr' | 'rtl' {
  return language === 'ug' ? 'rtl' : 'ltr'
}

/** Fills `{name}` in a message. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
