import type { Agent } from '@edufed/sdk/schemas'
import { toLanguageTag } from '../quality/language.js'
import { attributeOf, findChildren, textOf, type XmlElement } from '../xml/element.js'
import { type DraftBuilder, toAgent } from './draft-builder.js'

const creatorRoles = /^(author|creator|aut|cre|作者|著|编著|主编)$/i
const publisherRoles = /^(publisher|pbl|出版者)$/i

/** Adds a `name` of MODS in the field that its role tells; a name without a role is a creator. */
export function takeModsName(draft: DraftBuilder, element: XmlElement): void {
  const type = attributeOf(element, 'type')?.toLowerCase()
  const text = fullNameOf(element)
  const agent = text && toAgent(text, attributeOf(element, 'lang'), type === 'personal' ? 'Person' : type ? 'Organization' : undefined)
  if (!agent) return
  const roles = findChildren(element, 'role').flatMap((role) => {
    const terms = findChildren(role, 'roleTerm')
    return textOf(terms.find((term) => attributeOf(term, 'type') === 'text') ?? terms[0] ?? role) ?? []
  })
  const complete: Agent = { ...agent, ...idOf(element), ...affiliationOf(element) }
  if (roles.length === 0 || roles.some((role) => creatorRoles.test(role))) draft.addAgent('creator', complete)
  else if (roles.some((role) => publisherRoles.test(role))) draft.addAgent('publisher', complete)
  else draft.addAgent('contributor', { ...complete, role: roles.join(', ') })
}

/** The form for display, else family and given name as their script orders them. */
function fullNameOf(element: XmlElement): string | undefined {
  const parts = findChildren(element, 'namePart').filter((part) => attributeOf(part, 'type')?.toLowerCase() !== 'date')
  const ofType = (type: string) => textOf(parts.find((part) => attributeOf(part, 'type')?.toLowerCase() === type))
  const family = ofType('family')
  const given = ofType('given')
  if (family && given) return /\p{Script=Han}/u.test(family) ? family + given : `${given} ${family}`
  const bare = parts.map(textOf).filter((part) => part !== undefined)
  const [displayed] = findChildren(element, 'displayForm').map(textOf)
  return bare.length > 0 ? bare.join(' ') : displayed
}

function idOf(element: XmlElement): Pick<Agent, 'id'> {
  const identifiers = findChildren(element, 'nameIdentifier')
  const orcid = identifiers.map((identifier) => /\d{4}-\d{4}-\d{4}-\d{3}[\dX]/i.exec(textOf(identifier) ?? '')?.[0]).find(Boolean)
  if (orcid) return { id: `https://orcid.org/${orcid.toUpperCase()}` }
  const uri = [attributeOf(element, 'valueuri'), ...identifiers.map(textOf)].find((text) => /^(https?:|urn:)\S+$/i.test(text ?? ''))
  return uri ? { id: uri } : {}
}

function affiliationOf(element: XmlElement): Pick<Agent, 'affiliation'> {
  const [text] = findChildren(element, 'affiliation').map(textOf)
  return text ? { affiliation: { [toLanguageTag(undefined, text)]: text } } : {}
}
