import type { Agent, LanguageMap } from '@edufed/sdk/schemas'
import { BoundedMemory } from '../quality/bounded-memory.js'
import { toLanguageTag } from '../quality/language.js'
import { toOwnText } from '../quality/own-text.js'
import { toPlainText } from '../quality/text.js'

const organization =
  /大学|学院|学校|中学|小学|幼儿园|出版|公司|集团|研究[院所]|中心|委员会|教育[厅局部]|电教馆|协会|学会|基金会|\b(universit|college|school|institut|press\b|foundation|ministry|department|inc\b|ltd\b|association|society|academy|cent(er|re)\b|consortium|library)/i

/** By declared type and language; where a source declares more than these, its agents are made each time. */
const memories = new Map<string, BoundedMemory<Agent | null>>()
const maxMemories = 20
const memoryLimit = 3000

/** An agent by its name alone; it is shared by all records that name it and cannot be changed. */
export function toAgent(raw: string, language: string | undefined, type?: Agent['type']): Agent | undefined {
  const memory = memoryOf(language === undefined ? (type ?? '') : `${type ?? ''} ${language}`)
  const make = () => makeAgent(raw, language, type)
  return (memory ? memory.get(raw, make) : make()) ?? undefined
}

function memoryOf(kind: string): BoundedMemory<Agent | null> | undefined {
  const known = memories.get(kind)
  if (known || memories.size >= maxMemories) return known
  const memory = new BoundedMemory<Agent | null>(memoryLimit)
  memories.set(toOwnText(kind), memory)
  return memory
}

function makeAgent(raw: string, language: string | undefined, type: Agent['type'] | undefined): Agent | null {
  const text = toOwnText(toPlainText(raw))
  if (text === '') return null
  const name: LanguageMap = Object.freeze({ [toLanguageTag(language, text)]: text })
  return Object.freeze({ type: type ?? (organization.test(text) ? 'Organization' : 'Person'), name })
}

/** True when both say the same, in whatever order. */
export function isSameAgent(one: Agent, other: Agent): boolean {
  return one === other || (one.type === other.type && isSame(one, other))
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const keys = Object.keys(one)
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false
  return keys.every((key) => isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
}
