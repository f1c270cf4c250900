import { attributeOf, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder, toAgent } from './draft-builder.js'
import { takeConcept, takeTerm } from './dublin-core.js'

/** One metadata field of a DSpace repository: `dc.contributor.author`. */
export interface DSpaceField {
  schema: string
  element: string
  qualifier: string
  text: string
  language?: string | undefined
}

/** Qualified fields that are a term of Dublin Core by another name. */
const terms = new Map(
  Object.entries({
    'title.alternative': 'alternative',
    'title.translated': 'alternative',
    'contributor.author': 'creator',
    'date.issued': 'issued',
    'date.created': 'created',
    'date.updated': 'modified',
    'date.modified': 'modified',
    'description.abstract': 'abstract',
    'description.tableofcontents': 'tableofcontents',
    'language.iso': 'language',
    'language.rfc3066': 'language',
    'identifier.uri': 'identifier',
    'rights.uri': 'license',
    'rights.license': 'license',
    'rights.accessrights': 'accessrights',
    'relation.ispartof': 'ispartof',
    'relation.ispartofseries': 'ispartof',
    'relation.haspart': 'haspart',
    'relation.isbasedon': 'source',
    'relation.isversionof': 'isversionof',
    'source.uri': 'source',
    'audience.educationlevel': 'educationlevel',
  }),
)

/** Elements whose other qualifiers do not change what they are. */
const plain = new Set(['title', 'subject', 'language', 'type', 'publisher', 'creator', 'rights', 'audience', 'description'])

/** Qualifiers of those elements that make something else of them; the value is kept in the source's own words. */
const otherwise = new Set(['rights.holder', 'rights.embargo', 'description.sponsorship', 'description.version', 'type.version'])

/** DSpace Intermediate Metadata (`dim:dim`, `dublin_core`) to a resource. */
export function dimToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  takeDim(draft, root)
  draft.useResolverAddress()
  return draft.build()
}

/** Adds the fields of a `dim` element. */
export function takeDim(draft: DraftBuilder, root: XmlElement): void {
  for (const field of [...findChildren(root, 'field'), ...findChildren(root, 'dcvalue')]) {
    const text = textOf(field)
    if (text === undefined) continue
    takeDSpaceField(draft, {
      schema: attributeOf(field, 'mdschema') ?? 'dc',
      element: attributeOf(field, 'element') ?? '',
      qualifier: attributeOf(field, 'qualifier') ?? '',
      text,
      language: attributeOf(field, 'lang') ?? attributeOf(field, 'language'),
    })
  }
}

/** Adds one field. Who deposited the item (`description.provenance`) is told to the repository's staff only, and is left out. */
export function takeDSpaceField(draft: DraftBuilder, { schema, element, qualifier, text, language }: DSpaceField): void {
  const [of, name, part] = [schema, element, qualifier].map((word) => word.trim().toLowerCase()) as [string, string, string]
  const qualified = part === '' || part === 'none' ? name : `${name}.${part}`
  const declared = language && !/^(\*|none)$/i.test(language) ? language : undefined
  if (qualified === 'description.provenance') return
  const term = terms.get(qualified)
  if (of === 'dcterms') takeTerm(draft, name, text, declared)
  else if (of !== 'dc') takeOther(draft, `${of}.${qualified}`, text)
  else if (term) takeTerm(draft, term, text, declared)
  else if (name === 'identifier' && part !== '') draft.addIdentifier(text, part === 'other' ? undefined : part)
  else if (name === 'contributor' && part !== '') draft.addAgent('contributor', withRole(toAgent(text, declared), part))
  else if (qualified === name || (plain.has(name) && !otherwise.has(qualified))) takeTerm(draft, name, text, declared)
  else draft.keep(qualified, text)
}

function withRole(agent: ReturnType<typeof toAgent>, role: string): ReturnType<typeof toAgent> {
  return agent && { ...agent, role }
}

/** Fields of the schemas `lrmi` and `lom` that repositories for teaching add. */
function takeOther(draft: DraftBuilder, field: string, text: string): void {
  const name = field.split('.')[1] ?? ''
  if (name === 'learningresourcetype') takeConcept(draft, 'learningResourceType', text)
  else if (name === 'educationallevel' || name === 'context') takeConcept(draft, 'educationalLevel', text)
  else if (name === 'educationalrole' || name === 'intendedenduserrole' || name === 'audience') takeConcept(draft, 'audience', text)
  else draft.keep(field, text)
}
