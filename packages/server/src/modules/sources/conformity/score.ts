import type { Conformity, ConformityFinding, ConformityPart, Harvest, IssueSummary } from '@edufed/sdk/schemas'

export type PartResult = Conformity['parts'][number]

/** What one run and a few questions to the source have shown. */
export interface ConformityFacts {
  harvest: Pick<Harvest, 'state' | 'mode' | 'counts' | 'issues' | 'coverage' | 'error'>
  isFullList: boolean
  /** Identifiers that are gone while the same content came under new ones. */
  reminted: readonly string[]
  /** Records that the full list lacked. */
  lacking: number
  /** What the source says of its deletions; undefined when its protocol has no word for it. */
  deletedRecord?: 'no' | 'transient' | 'persistent'
  /** The source's settings were changed since the run before, so that changed content says nothing of its datestamps. */
  isResettled: boolean
  links: { checked: number; broken: readonly { url: string; reason: string }[] }
}

/** Points of each part when nothing is wrong; 100 in all. */
export const fullPoints: Record<ConformityPart, number> = {
  protocol: 30,
  records: 25,
  identifiers: 15,
  datestamps: 10,
  deletions: 10,
  links: 10,
}

export const silentChangeCode = 'datestamp.unchanged'
const protocolCodes = /^(source|list|xml|page|sitemap|robots|charset|http|identifier\.(duplicate|repeated)$|datestamp\.invalid$)/
const ownCodes = /^(deletion\.|replay\.)/

/**
 * Judges a source. A part loses its points by the share of records that are at fault: all of them when every fourth record is.
 * A finding about the source itself costs 15 (error) or 5 (warning) of the points for the protocol; notes cost nothing.
 *
 * @param before - Parts of the judgement before; what this run cannot tell (an increment knows little of the whole) is taken from there.
 */
export function judge(facts: ConformityFacts, before: readonly PartResult[] = []): PartResult[] {
  const { harvest, isFullList } = facts
  const told = harvest.issues.filter(({ code }) => !ownCodes.test(code) && code !== silentChangeCode)
  const records = Math.max(1, harvest.coverage?.records ?? harvest.counts.taken)
  const protocol = told.filter(({ code }) => protocolCodes.test(code)).map(toFinding)
  if (harvest.error)
    protocol.unshift({ code: harvest.error.code, severity: 'error', message: harvest.error.detail ?? '', count: 1, samples: [] })
  const isRead = harvest.state === 'completed' || harvest.counts.taken > 0
  // The first run over a part of a source (a set, a period) is all that will ever be seen of it.
  const isWhole = isRead && (isFullList || harvest.mode === 'full' || before.length === 0)
  const recordFindings = told.filter(({ code }) => !protocolCodes.test(code))
  const faulty = recordFindings.reduce((sum, { severity, count }) => sum + weights[severity] * count, 0)
  const parts: (PartResult | undefined)[] = [
    toPart('protocol', protocolCost(protocol, harvest.state), protocol),
    isWhole ? toPart('records', shareCost('records', faulty, records), recordFindings.map(toFinding)) : undefined,
    isFullList ? judgeIdentifiers(facts, records) : undefined,
    isWhole && !facts.isResettled ? judgeDatestamps(harvest.issues, records) : undefined,
    isFullList ? judgeDeletions(facts) : undefined,
    facts.links.checked > 0 && isRead ? judgeLinks(facts.links) : undefined,
  ]
  return (Object.keys(fullPoints) as ConformityPart[]).map((part, index) => parts[index] ?? carry(part, before, isRead))
}

const weights = { error: 1, warning: 0.4, info: 0 }

function judgeIdentifiers({ reminted }: ConformityFacts, records: number): PartResult {
  if (reminted.length === 0) return toPart('identifiers', 0, [])
  const message = `${reminted.length} records came back with the same content under another identifier: keep the identifier of a record for good, or every bookmark and every copy at other nodes is lost`
  const finding: ConformityFinding = {
    code: 'identifier.reminted',
    severity: 'error',
    message,
    count: reminted.length,
    samples: reminted.slice(0, 10),
  }
  return toPart('identifiers', shareCost('identifiers', reminted.length, records), [finding])
}

function judgeDatestamps(issues: readonly IssueSummary[], records: number): PartResult {
  const silent = issues.find(({ code }) => code === silentChangeCode)
  if (!silent) return toPart('datestamps', 0, [])
  const message = `${silent.count} records changed while their datestamp stayed: set the datestamp anew with each change, or harvesters that ask for changes miss them`
  const finding: ConformityFinding = { ...silent, severity: 'error', message }
  return toPart('datestamps', shareCost('datestamps', silent.count, records), [finding])
}

function judgeDeletions({ deletedRecord, lacking }: ConformityFacts): PartResult {
  if (deletedRecord !== undefined && deletedRecord !== 'no' && lacking > 0) {
    const message = `${lacking} records vanished from the list without being marked as deleted, although Identify promises deletedRecord=${deletedRecord}: list them with status="deleted", or promise "no"`
    return toPart('deletions', 10, [{ code: 'deletion.silent', severity: 'error', message, count: lacking, samples: [] }])
  }
  if (deletedRecord === 'no') {
    const message =
      'The source does not tell which records are deleted, so its whole list must be read each time: mark deleted records and set deletedRecord to persistent'
    return toPart('deletions', 3, [{ code: 'deletion.untold', severity: 'warning', message, count: 1, samples: [] }])
  }
  return toPart('deletions', 0, [])
}

function judgeLinks({ checked, broken }: ConformityFacts['links']): PartResult {
  if (broken.length === 0) return toPart('links', 0, [])
  const message = `${broken.length} of ${checked} addresses that were tried do not open (first: ${broken[0]!.reason}): correct them in the records, or mark the records as deleted`
  const samples = broken.slice(0, 10).map(({ url }) => url)
  const finding: ConformityFinding = { code: 'link.broken', severity: 'error', message, count: broken.length, samples }
  return toPart('links', shareCost('links', broken.length, checked), [finding])
}

function protocolCost(findings: readonly ConformityFinding[], state: Harvest['state']): number {
  if (state === 'failed') return fullPoints.protocol
  return findings.reduce((sum, { severity }) => sum + (severity === 'error' ? 15 : severity === 'warning' ? 5 : 0), 0)
}

/** Nothing for no fault, at least one point for any, all points from a quarter on. */
function shareCost(part: ConformityPart, faulty: number, all: number): number {
  return faulty === 0 ? 0 : Math.max(1, Math.round(fullPoints[part] * Math.min(1, (4 * faulty) / all)))
}

function toPart(part: ConformityPart, cost: number, findings: ConformityFinding[]): PartResult {
  return { part, points: Math.max(0, fullPoints[part] - cost), of: fullPoints[part], findings }
}

/** Of a source that could never be read nothing good is known. */
function carry(part: ConformityPart, before: readonly PartResult[], isRead: boolean): PartResult {
  return { ...(before.find((known) => known.part === part) ?? toPart(part, isRead ? 0 : fullPoints[part], [])), isCarried: true }
}

function toFinding({ code, severity, count, message, samples }: IssueSummary): ConformityFinding {
  return { code, severity, count, message, samples }
}
