import type { Agent } from '@edufed/sdk/schemas'
import { toLanguageTag } from '../quality/language.js'
import { toPlainText } from '../quality/text.js'
import { toAgent } from './draft-builder.js'

/** Reads the person or organisation of a vCard, as LOM writes contributors; a bare name is taken as it is. */
export function vcardToAgent(raw: string, role?: string): Agent | undefined {
  const agent = /BEGIN:\s*VCARD/i.test(raw) ? readCard(raw) : toAgent(raw, undefined)
  return agent && role ? { ...agent, role } : agent
}

function readCard(raw: string): Agent | undefined {
  const fields = new Map<string, string>()
  // Folded lines are joined; cards that lost their line breaks are cut before each known property.
  const lines = raw
    .replace(/\r?\n[ \t]+/g, '')
    .replace(/\s+(?=(?:BEGIN|VERSION|FN|N|ORG|EMAIL|URL|UID|TITLE|ROLE|TEL|ADR|NOTE|END)(?:;[^:\n]*)?:)/gi, '\n')
    .split(/\r?\n/)
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const name =
      line
        .slice(0, colon)
        .split(';')[0]
        ?.trim()
        .toUpperCase()
        .replace(/^ITEM\d+\./, '') ?? ''
    const value = line.slice(colon + 1).trim()
    if (value !== '' && !fields.has(name)) fields.set(name, value)
  }
  const organization = unescapeText(fields.get('ORG')?.replace(/(?<!\\);+/g, ' '))
  const person = unescapeText(fields.get('FN')) || toFullName(fields.get('N'))
  const address = fields.get('URL') ?? fields.get('UID')
  const id = address && /^(https?:|urn:)\S+$/i.test(address) ? { id: address } : {}
  if (!person || person === organization) return organization ? { ...named('Organization', organization), ...id } : undefined
  const agent = toAgent(person, undefined, organization ? 'Person' : undefined)
  if (!agent) return undefined
  return { ...agent, ...id, ...(organization ? { affiliation: named('Organization', organization).name } : {}) }
}

function named(type: Agent['type'], text: string): Agent {
  return { type, name: { [toLanguageTag(undefined, text)]: text } }
}

/** `family;given` as it is written in its script: 李白, but Ada Lovelace. */
function toFullName(value: string | undefined): string {
  const [family = '', given = ''] = (value ?? '').split(/(?<!\\);/).map((part) => unescapeText(part))
  return /\p{Script=Han}/u.test(family) ? family + given : `${given} ${family}`.trim()
}

function unescapeText(value: string | undefined): string {
  return toPlainText((value ?? '').replace(/\\n/gi, ' ').replace(/\\([;,:\\])/g, '$1'))
}
