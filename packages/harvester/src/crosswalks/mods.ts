import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { takeConcept, takeSubject } from './dublin-core.js'
import { takeModsName } from './mods-name.js'

/**
 * MODS, in its versions 3.x, to a resource.
 *
 * @param root - The element `mods`, or a `modsCollection`, of which the first record counts.
 */
export function modsToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  takeMods(draft, root)
  draft.useResolverAddress()
  return draft.build()
}

/** Adds what a `mods` element says. */
export function takeMods(draft: DraftBuilder, root: XmlElement): void {
  const mods = findChild(root, 'mods') ?? root
  for (const title of findChildren(mods, 'titleInfo')) takeTitle(draft, title)
  for (const name of findChildren(mods, 'name')) takeModsName(draft, name)
  for (const kind of [...findChildren(mods, 'genre'), ...findChildren(mods, 'typeOfResource')])
    each(kind, (text) => takeConcept(draft, 'learningResourceType', text))
  for (const origin of findChildren(mods, 'originInfo')) takeOrigin(draft, origin)
  for (const language of findChildren(mods, 'language')) takeLanguage(draft, language)
  for (const name of ['abstract', 'tableOfContents'])
    for (const element of findChildren(mods, name)) each(element, (text, language) => draft.addDescription(text, language))
  for (const audience of findChildren(mods, 'targetAudience')) each(audience, (text) => takeAudience(draft, text))
  for (const subject of findChildren(mods, 'subject')) takeModsSubject(draft, subject)
  for (const classification of findChildren(mods, 'classification'))
    each(classification, (text) => draft.keep(`classification.${attributeOf(classification, 'authority') ?? 'unknown'}`, text))
  takeAddresses(draft, mods)
  for (const identifier of findChildren(mods, 'identifier')) {
    if (attributeOf(identifier, 'invalid') !== 'yes')
      each(identifier, (text) => takeIdentifier(draft, text, attributeOf(identifier, 'type')))
  }
  for (const related of findChildren(mods, 'relatedItem')) takeRelated(draft, related)
  for (const condition of findChildren(mods, 'accessCondition')) takeCondition(draft, condition)
  for (const name of ['note', 'physicalDescription'])
    for (const element of findChildren(mods, name)) each(element, (text) => draft.keep(name, text))
}

function takeTitle(draft: DraftBuilder, title: XmlElement): void {
  const text = titleOf(title)
  const language = languageOf(title)
  const type = attributeOf(title, 'type')?.toLowerCase()
  if (type === undefined || type === 'translated') draft.addName(text, language)
  else draft.addAlternateName(text, language)
}

/** `The` + `title` + `: subtitle` + `. part`. */
function titleOf(title: XmlElement): string {
  const part = (name: string) =>
    findChildren(title, name)
      .map(textOf)
      .filter((text) => text !== undefined)
  const [before = ''] = part('nonSort')
  const [main = title.children.length === 0 ? textOf(title) : undefined] = part('title')
  const head = /['’-]$/.test(before) ? before + (main ?? '') : `${before} ${main ?? ''}`.trim()
  const subtitle = part('subTitle').map((text) => (/\p{Script=Han}/u.test(text) ? `：${text}` : `: ${text}`))
  return [head + subtitle.join(''), ...part('partNumber'), ...part('partName')].filter((text) => text !== '').join('. ')
}

function takeOrigin(draft: DraftBuilder, origin: XmlElement): void {
  for (const publisher of findChildren(origin, 'publisher')) {
    const name = textOf(publisher)
    if (name) draft.addAgentName('publisher', name, languageOf(publisher), 'Organization')
  }
  for (const [name, field] of [
    ['dateIssued', 'datePublished'],
    ['dateCreated', 'dateCreated'],
    ['dateModified', 'dateModified'],
  ] as const) {
    const dates = findChildren(origin, name).filter((date) => attributeOf(date, 'point')?.toLowerCase() !== 'end')
    // The date meant for machines comes first: beside it the same date is often written for readers, as in "c1998".
    const best =
      dates.find((date) => attributeOf(date, 'keydate') === 'yes') ?? dates.find((date) => attributeOf(date, 'encoding')) ?? dates[0]
    if (best) each(best, (text) => draft.addDate(field, toPlainYear(text)))
  }
  for (const name of ['edition', 'copyrightDate', 'place'])
    for (const element of findChildren(origin, name)) each(element, (text) => draft.keep(name, text))
}

/** Library cataloguers mark dates: `c1998`, `[2004]`, `2011.`. */
function toPlainYear(text: string): string {
  return /^[[(]?(?:c|©|cop\.)?\s*(\d{4})[\])]?[.?]?$/i.exec(text)?.[1] ?? text
}

function takeLanguage(draft: DraftBuilder, language: XmlElement): void {
  const terms = findChildren(language, 'languageTerm')
  const code = terms.find((term) => attributeOf(term, 'type') === 'code') ?? terms[0] ?? language
  each(code, (text) => draft.addLanguage(text))
}

function takeModsSubject(draft: DraftBuilder, subject: XmlElement): void {
  for (const part of subject.children.length > 0 ? subject.children : [subject]) {
    const name = part.name.toLowerCase()
    each(part, (text, language) => {
      if (name === 'topic' || name === 'subject') takeSubject(draft, text, language ?? languageOf(subject))
      else if (name === 'genre') takeConcept(draft, 'learningResourceType', text)
      else draft.addKeyword(name === 'titleinfo' ? titleOf(part) : text, language ?? languageOf(subject))
    })
  }
}

/** The page of the resource comes before its files; a preview is its picture. */
function takeAddresses(draft: DraftBuilder, mods: XmlElement): void {
  const urls = findChildren(mods, 'location').flatMap((location) => findChildren(location, 'url'))
  const access = (url: XmlElement) => attributeOf(url, 'access')?.toLowerCase()
  const isPage = (url: XmlElement) => /^primary/.test(attributeOf(url, 'usage') ?? '') || access(url) === 'object in context'
  for (const url of urls.filter(isPage)) draft.addUrl(textOf(url) ?? '')
  for (const url of urls) {
    const address = textOf(url) ?? ''
    if (access(url) === 'preview') draft.addThumbnail(address)
    else if (access(url) === 'raw object') draft.addFile(address)
    else draft.addUrl(address)
  }
}

function takeIdentifier(draft: DraftBuilder, text: string, type: string | undefined): void {
  draft.addIdentifier(type?.toLowerCase() === 'hdl' && !/^h/i.test(text) ? `hdl:${text}` : text, type)
  if (/^https?:/i.test(text)) draft.addUrl(text)
}

function takeRelated(draft: DraftBuilder, related: XmlElement): void {
  const type = attributeOf(related, 'type')?.toLowerCase() ?? ''
  const title = findChild(related, 'titleInfo')
  const address = textOf(findChild(findChild(related, 'location'), 'url')) ?? attributeOf(related, 'href')
  const text = (title && titleOf(title)) || address || textOf(findChild(related, 'identifier'))
  if (!text) return
  if (type === 'host' || type === 'series') draft.addReference('isPartOf', text, title && languageOf(title))
  else if (type === 'constituent') draft.addReference('hasPart', text, title && languageOf(title))
  else if (type === 'original' || type === 'otherversion') draft.addReference('isBasedOn', text, title && languageOf(title))
  else draft.keep(`relation.${type || 'unknown'}`, text)
}

function takeCondition(draft: DraftBuilder, condition: XmlElement): void {
  const text = attributeOf(condition, 'href') ?? textOf(condition)
  if (!text) return
  if (/restriction/i.test(attributeOf(condition, 'type') ?? '')) draft.set('conditionsOfAccess', text)
  else draft.addLicense(text)
}

function takeAudience(draft: DraftBuilder, text: string): void {
  if (draft.addConcept('audience', text)) return
  takeConcept(draft, 'educationalLevel', text)
}

function languageOf(element: XmlElement): string | undefined {
  return attributeOf(element, 'lang')
}

function each(element: XmlElement, take: (text: string, language: string | undefined) => void): void {
  const text = textOf(element)
  if (text !== undefined) take(text, languageOf(element))
}
