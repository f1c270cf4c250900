import type { MediaObject } from '@edufed/sdk/schemas'
import { toIsoDuration } from '../quality/duration.js'
import { findChild, findChildren, findPath, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { type LangString, langStringsOf, vocabularyValueOf } from './lom-values.js'
import { vcardToAgent } from './vcard.js'

const mediaType = /^[a-z]+\/[\w.+-]+(?:\s*;.*)?$/i

/**
 * IEEE LOM to a resource, in the bindings of IEEE (1484.12.3), IMS MD 1.2, imsmd_rootv1p2p1 and Common Cartridge, and in mixtures of them:
 * elements count by local name, in any case of letters.
 *
 * @param root - The element `lom`.
 */
export function lomToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  takeLom(draft, root)
  return draft.build()
}

/** Adds what a `lom` element says. */
export function takeLom(draft: DraftBuilder, root: XmlElement): void {
  for (const general of findChildren(root, 'general')) takeGeneral(draft, general)
  for (const lifeCycle of findChildren(root, 'lifeCycle')) takeLifeCycle(draft, lifeCycle)
  for (const technical of findChildren(root, 'technical')) takeTechnical(draft, technical)
  for (const educational of findChildren(root, 'educational')) takeEducational(draft, educational)
  for (const rights of findChildren(root, 'rights')) takeRights(draft, rights)
  for (const relation of findChildren(root, 'relation')) takeRelation(draft, relation)
  for (const classification of findChildren(root, 'classification')) takeClassification(draft, classification)
}

function takeGeneral(draft: DraftBuilder, general: XmlElement): void {
  for (const title of findChildren(general, 'title')) eachString(title, ({ text, language }) => draft.addName(text, language))
  for (const description of findChildren(general, 'description')) {
    eachString(description, ({ text, language }) => draft.addDescription(text, language))
  }
  for (const keyword of [...findChildren(general, 'keyword'), ...findChildren(general, 'keywords')]) {
    eachString(keyword, ({ text, language }) => {
      for (const part of text.split(/\s*[;；、|]\s*/)) draft.addKeyword(part, language)
    })
  }
  for (const language of findChildren(general, 'language')) {
    const text = textOf(language)
    if (text && !/^(x-none|none)$/i.test(text)) draft.addLanguage(text)
  }
  for (const name of ['identifier', 'catalogEntry']) {
    for (const element of findChildren(general, name)) {
      const entry = textOf(findChild(element, 'entry')) ?? (element.children.length === 0 ? textOf(element) : undefined)
      if (entry) draft.addIdentifier(entry, textOf(findChild(element, 'catalog')))
    }
  }
  for (const coverage of findChildren(general, 'coverage')) eachString(coverage, ({ text }) => draft.keep('coverage', text))
}

function takeLifeCycle(draft: DraftBuilder, lifeCycle: XmlElement): void {
  for (const contribute of findChildren(lifeCycle, 'contribute')) {
    const role = vocabularyValueOf(findChild(contribute, 'role'))?.toLowerCase()
    const written = findChild(contribute, 'date')
    const date = textOf(findChild(written, 'dateTime')) ?? (written?.children.length ? undefined : textOf(written))
    for (const entity of [...findChildren(contribute, 'entity'), ...findChildren(contribute, 'centity')]) {
      const text = textOf(findChild(entity, 'vcard') ?? entity)
      if (!text) continue
      if (role === 'author' || role === 'creator') draft.addAgent('creator', vcardToAgent(text))
      else if (role === 'publisher') draft.addAgent('publisher', vcardToAgent(text))
      else if (role === 'content provider') draft.addProvider(vcardToAgent(text))
      else draft.addAgent('contributor', vcardToAgent(text, role))
    }
    if (!date) continue
    if (role === 'publisher') draft.addDate('datePublished', date)
    else if (role === 'author' || role === 'creator' || role === 'initiator') draft.addDate('dateCreated', date)
    else draft.keep(`date.${role ?? 'unknown'}`, date)
  }
}

function takeTechnical(draft: DraftBuilder, technical: XmlElement): void {
  const formats = findChildren(technical, 'format').map(textOf)
  const format = formats.find((text) => text !== undefined && mediaType.test(text))?.toLowerCase()
  for (const text of formats) if (text) draft.keep('encodingFormat', text)
  const size = Number(textOf(findChild(technical, 'size')) ?? Number.NaN)
  const length = toIsoDuration(textOf(findPath(technical, 'duration', 'duration')) ?? textOf(findPath(technical, 'duration', 'datetime')))
  const urls = findChildren(technical, 'location')
    .map((location) => draft.addUrl(textOf(location) ?? ''))
    .filter((url) => url !== undefined)
  const [first, ...others] = urls
  // A web page is the landing page; anything else is a file.
  if (first === undefined || (format !== undefined && /html/.test(format))) return
  if (format === undefined && others.length === 0) return
  const file: MediaObject = {
    contentUrl: first,
    ...(format ? { encodingFormat: format } : {}),
    ...(Number.isSafeInteger(size) && size > 0 ? { contentSize: size } : {}),
    ...(length ? { duration: length } : {}),
  }
  draft.set('encoding', [file, ...others.map((contentUrl) => ({ contentUrl }))])
}

function takeEducational(draft: DraftBuilder, educational: XmlElement): void {
  for (const [name, field] of [
    ['learningResourceType', 'learningResourceType'],
    ['intendedEndUserRole', 'audience'],
    ['context', 'educationalLevel'],
  ] as const) {
    for (const element of findChildren(educational, name)) {
      const value = vocabularyValueOf(element)
      if (value && !draft.addConcept(field, value)) draft.reportUnmapped(field, value)
    }
  }
  draft.set('interactivityType', vocabularyValueOf(findChild(educational, 'interactivityType'))?.toLowerCase())
  draft.set('difficulty', vocabularyValueOf(findChild(educational, 'difficulty'))?.toLowerCase())
  draft.set('typicalAgeRange', langStringsOf(findChild(educational, 'typicalAgeRange'))[0]?.text)
  const time = findChild(educational, 'typicalLearningTime')
  const text = textOf(findChild(time, 'duration')) ?? textOf(findChild(time, 'datetime'))
  const timeRequired = toIsoDuration(text)
  if (timeRequired) draft.set('timeRequired', timeRequired)
  else if (text) draft.report('duration.invalid', 'timeRequired', `"${text.slice(0, 60)}" is no duration: write 45 minutes as PT45M`)
  for (const description of findChildren(educational, 'description')) {
    eachString(description, ({ text, language }) => draft.addDescription(text, language))
  }
}

function takeRights(draft: DraftBuilder, rights: XmlElement): void {
  const cost = vocabularyValueOf(findChild(rights, 'cost'))?.toLowerCase()
  if (cost === 'yes' || cost === 'no') draft.set('isAccessibleForFree', cost === 'no')
  for (const description of findChildren(rights, 'description')) eachString(description, ({ text }) => draft.addLicense(text))
  const restrictions = vocabularyValueOf(findChild(rights, 'copyrightAndOtherRestrictions'))
  if (restrictions && !/^(yes|no)$/i.test(restrictions)) draft.addLicense(restrictions)
  else if (restrictions) draft.keep('copyrightAndOtherRestrictions', restrictions)
}

function takeRelation(draft: DraftBuilder, relation: XmlElement): void {
  const kind = vocabularyValueOf(findChild(relation, 'kind'))?.toLowerCase().replace(/\s/g, '') ?? ''
  const resource = findChild(relation, 'resource')
  const entry = textOf(findPath(resource, 'identifier', 'entry')) ?? textOf(findPath(resource, 'catalogEntry', 'entry'))
  const [description] = langStringsOf(findChild(resource, 'description'))
  const text = entry && /^https?:/i.test(entry) ? entry : (description?.text ?? entry)
  if (!text) return
  if (kind === 'ispartof') draft.addReference('isPartOf', text, description?.language)
  else if (kind === 'haspart') draft.addReference('hasPart', text, description?.language)
  else if (kind === 'isbasedon' || kind === 'isversionof') draft.addReference('isBasedOn', text, description?.language)
  else draft.keep(`relation.${kind || 'unknown'}`, text)
}

function takeClassification(draft: DraftBuilder, classification: XmlElement): void {
  const purpose = vocabularyValueOf(findChild(classification, 'purpose'))?.toLowerCase() ?? ''
  const field = purpose === 'educational level' ? 'educationalLevel' : purpose === 'discipline' || purpose === '' ? 'about' : undefined
  for (const path of findChildren(classification, 'taxonPath')) {
    for (const taxon of taxonsOf(path)) {
      for (const { text, language } of langStringsOf(findChild(taxon, 'entry'))) {
        if (field === undefined) {
          draft.keep(`classification.${purpose}`, text)
          draft.addKeyword(text, language)
        } else if (!draft.addConcept(field, text) && !draft.addTextbook(text)) {
          draft.reportUnmapped(field, text)
          draft.addKeyword(text, language)
        }
      }
    }
  }
  for (const keyword of findChildren(classification, 'keyword'))
    eachString(keyword, ({ text, language }) => draft.addKeyword(text, language))
}

/** Taxons stand side by side, or, in IMS MD 1.2, one inside of the other. */
function taxonsOf(parent: XmlElement): XmlElement[] {
  return findChildren(parent, 'taxon').flatMap((taxon) => [taxon, ...taxonsOf(taxon)])
}

function eachString(element: XmlElement, take: (text: LangString) => void): void {
  for (const text of langStringsOf(element)) take(text)
}
