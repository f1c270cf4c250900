import type { License } from '@edufed/sdk/schemas'
import { BoundedMemory } from './bounded-memory.js'
import { toOwnText } from './own-text.js'

const versions = new Set(['1.0', '2.0', '2.1', '2.5', '3.0', '4.0'])
const elements = ['by', 'nc', 'nd', 'sa'] as const
type Element = (typeof elements)[number]

const ccUrl =
  /creativecommons\.org\/+(?:licen[sc]es|publicdomain)\/+([a-z+-]+)(?:\/+(\d(?:\.\d)?))?(?:\/+(?:igo|[a-z]{2}|scotland)(?=[/\s"'<>.,;)#?]|$))?/gi
const jurisdiction = /\/(\d(?:\.\d)?)\/+(igo|[a-z]{2}|scotland)$/i

/** Licences other than Creative Commons, by the words and addresses that sources use. */
const others: readonly { pattern: RegExp; id: string | null; label: string }[] = [
  { pattern: /rightsstatements\.org\/(?:vocab|page)\/InC\/1\.0/i, id: 'http://rightsstatements.org/vocab/InC/1.0/', label: 'In Copyright' },
  {
    pattern: /rightsstatements\.org\/(?:vocab|page)\/InC-EDU\/1\.0/i,
    id: 'http://rightsstatements.org/vocab/InC-EDU/1.0/',
    label: 'In Copyright – Educational Use Permitted',
  },
  {
    pattern: /rightsstatements\.org\/(?:vocab|page)\/NoC-NC\/1\.0/i,
    id: 'http://rightsstatements.org/vocab/NoC-NC/1.0/',
    label: 'No Copyright – Non-Commercial Use Only',
  },
  {
    pattern: /\bfdl-?1\.2\b|free documentation licen[sc]e,? (?:version |v)?1\.2/i,
    id: 'https://www.gnu.org/licenses/old-licenses/fdl-1.2.html',
    label: 'GFDL 1.2',
  },
  {
    pattern: /\bg?fdl-? ?v?1\.3\b|free documentation licen[sc]e,? (?:version |v)?1\.3/i,
    id: 'https://www.gnu.org/licenses/fdl-1.3.html',
    label: 'GFDL 1.3',
  },
  {
    pattern: /^gfdl$|free documentation licen[sc]e|gnu\.org\/(?:licenses|copyleft)\/fdl(?:\.|$)/i,
    id: 'https://www.gnu.org/licenses/fdl.html',
    label: 'GFDL',
  },
  { pattern: /^(?:the )?mit(?: licen[sc]e)?$|opensource\.org\/licenses?\/mit\b/i, id: 'https://opensource.org/license/mit', label: 'MIT' },
  {
    pattern: /^apache(?:[ -]licen[sc]e)?,?[ -](?:version |v)?2(?:\.0)?$|apache\.org\/licenses\/license-2\.0/i,
    id: 'https://www.apache.org/licenses/LICENSE-2.0',
    label: 'Apache 2.0',
  },
  {
    pattern: /^(?:gnu )?a?gpl-?v?3(?:\.0)?(?:-only|-or-later|\+)?$|gnu\.org\/licenses\/gpl-3\.0/i,
    id: 'https://www.gnu.org/licenses/gpl-3.0.html',
    label: 'GPL 3.0',
  },
  {
    pattern: /^(?:odc-)?odbl(?:[- ]?1\.0)?$|opendatacommons\.org\/licenses\/odbl/i,
    id: 'https://opendatacommons.org/licenses/odbl/1-0/',
    label: 'ODbL 1.0',
  },
  {
    pattern: /nationalarchives\.gov\.uk\/doc\/open-government-licen[sc]e\/version\/3|^open government licen[sc]e v?3(?:\.0)?$/i,
    id: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    label: 'OGL 3.0',
  },
  {
    pattern: /^(?:©\s*)?(?:all rights reserved|版权所有|版权所有[,，]?\s*侵权必究|保留所有权利)[.。]?$/i,
    id: null,
    label: 'All rights reserved',
  },
]

/**
 * The licence that a source's words or address mean, as a canonical https URI with a short label.
 * `id` is null when the words are not recognised, or name a family without the version; `raw` keeps them. Unknown is not open.
 */
export function toLicense(raw: string): License {
  return memory.get(raw, makeLicense)
}

const memory = new BoundedMemory<License>(1000)

/** It is shared by all records that say the same words, and cannot be changed. */
function makeLicense(raw: string): License {
  return Object.freeze({ id: null, ...recognise(raw), raw: toOwnText(raw) })
}

function recognise(raw: string): Recognised | undefined {
  const text = raw.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, 5000)
  return fromCcUrls(text) ?? fromOthers(text) ?? fromCcWords(text)
}

interface Recognised {
  id: string | null
  label?: string
}

function fromCcUrls(text: string): Recognised | undefined {
  const found = new Map<string, Recognised>()
  for (const match of text.matchAll(ccUrl)) {
    const port = jurisdiction.exec(match[0])?.[2]?.toLowerCase()
    const license = toCreativeCommons(match[1] ?? '', match[2], port)
    if (license?.id) found.set(license.id, license)
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

function fromOthers(text: string): Recognised | undefined {
  const other = others.find(({ pattern }) => pattern.test(text))
  return other && { id: other.id, label: other.label }
}

function fromCcWords(text: string): Recognised | undefined {
  const words = text.toLowerCase().replace(/[_–—]/g, '-')
  if (/^(cc[ -]?0|cc[ -]zero|cc-?pdd|creative commons (?:zero|cc0))\b|\bcc0(?:[ -]?1\.0)?\b/.test(words))
    return toCreativeCommons('zero', '1.0')
  if (/^(public ?domain|pd|pdm|cc-?pdm|cc-?pd|公有领域|公共领域)$|public ?domain ?mark/.test(words)) return toCreativeCommons('mark', '1.0')
  const code =
    /(?:^|[^a-z])(?:cc|creative commons)[ :-]*((?:by|nc|nd|sa)(?:[ -]+(?:nc|nd|sa|by))*)(?![a-z])(?:[ :-]*v?(\d(?:\.\d|\d)?)(?!\d))?/.exec(
      words,
    )
  if (code) return toCreativeCommons(code[1] ?? '', code[2])
  if (!/creative commons|cc licen[sc]e|知识共享|创用cc|署名/.test(words)) return undefined
  return fromLongNames(words)
}

function fromLongNames(words: string): Recognised | undefined {
  const has: Record<Element, boolean> = {
    by: /attribution|署名/.test(words),
    nc: /non-? ?commercial|非商业/.test(words),
    nd: /no-? ?deriv|禁止演绎/.test(words),
    sa: /share-? ?alike|相同方式共享/.test(words),
  }
  if (!has.by) return undefined
  return toCreativeCommons(elements.filter((element) => has[element]).join('-'), /\b(\d\.\d)\b/.exec(words)?.[1])
}

function toCreativeCommons(written: string, version: string | undefined, port?: string): Recognised | undefined {
  const code = written.toLowerCase()
  const number =
    version && /^\d\d$/.test(version) ? `${version[0]}.${version[1]}` : version && /^\d$/.test(version) ? `${version}.0` : version
  if (code === 'zero') return { id: 'https://creativecommons.org/publicdomain/zero/1.0/', label: 'CC0 1.0' }
  if (code === 'mark') return { id: 'https://creativecommons.org/publicdomain/mark/1.0/', label: 'Public Domain Mark 1.0' }
  const named = code.split(/[ -]+/)
  if (!named.every((part) => (elements as readonly string[]).includes(part))) return undefined
  const ordered = elements.filter((element) => named.includes(element))
  if (ordered.includes('nd') && ordered.includes('sa')) return undefined
  const name = ordered.join('-')
  const label = `CC ${name.toUpperCase()}`
  if (!number || !versions.has(number)) return { id: null, label }
  const suffix = port ? `${port}/` : ''
  return {
    id: `https://creativecommons.org/licenses/${name}/${number}/${suffix}`,
    label: `${label} ${number}${port ? ` ${port.toUpperCase()}` : ''}`,
  }
}
