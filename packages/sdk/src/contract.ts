// Made from src/schemas by `pnpm --filter @edufed/sdk run contract`; do not edit.

export type ConformityPart = 'protocol' | 'records' | 'identifiers' | 'datestamps' | 'deletions' | 'links'

export type FacetName =
  | 'subject'
  | 'stage'
  | 'grade'
  | 'edition'
  | 'volume'
  | 'type'
  | 'language'
  | 'level'
  | 'source'
  | 'region'
  | 'license'

export type HarvestState = 'queued' | 'running' | 'completed' | 'partial' | 'failed' | 'cancelled'

export type PushOutcome = 'created' | 'updated' | 'unchanged' | 'deleted' | 'quarantined'

export interface Agent {
  type: 'Person' | 'Organization'
  name: LanguageMap
  /** URI, e.g. an ORCID iD */
  id?: string
  /** What the agent did, in the source's word, e.g. illustrator */
  role?: string
  affiliation?: LanguageMap
}

export interface ApiKey {
  /** What the key is for */
  name: string
  scopes: ApiKeyScope[]
  /** A key of a member may touch only that member’s sources */
  memberId?: string
  /** Only these sources */
  sourceIds?: string[]
  /** Largest file that this key may upload */
  maxUploadBytes?: number
  expiresAt?: string
  id: string
  /** First characters of the key, to tell keys apart */
  prefix: string
  createdAt: string
  lastUsedAt?: string
  revokedAt?: string
}

export interface ApiKeyInput {
  /** What the key is for */
  name: string
  scopes: ApiKeyScope[]
  /** A key of a member may touch only that member’s sources */
  memberId?: string
  /** Only these sources */
  sourceIds?: string[]
  /** Largest file that this key may upload */
  maxUploadBytes?: number
  expiresAt?: string
}

export interface ApiKeyList {
  keys: ApiKey[]
  cursor?: string
}

export type ApiKeyScope = 'admin' | 'read' | 'sources:read' | 'sources:write' | 'harvests:run' | 'records:write' | 'uploads:write'

export interface Change {
  /** Opaque position; hand it back as `after` */
  cursor: string
  /** The resource */
  id: string
  kind: 'created' | 'updated' | 'deleted'
  version: number
  at: string
  resource?: LearningResource
}

export interface ChangeList {
  changes: Change[]
  /** Position behind the last change of this page; valid also when the page is empty */
  cursor: string
  hasMore: boolean
}

export interface ChangeQuery {
  /** Cursor; absent = from the beginning */
  after?: string
  limit?: number
  /** Send each resource as it is now */
  include?: 'resource'
}

export interface Concept {
  /** URI of the concept */
  id: string
  /** Short code within its vocabulary; the value of search filters */
  notation?: string
  prefLabel: LanguageMap
  /** URI of the vocabulary */
  inScheme?: string
}

export interface Conformity {
  sourceId: string
  harvestId: string
  at: string
  /** Sum of the points of the parts */
  score: number
  parts: {
    part: ConformityPart
    points: number
    /** Points without findings */
    of: number
    /** This harvest could not tell; it is as it was before */
    isCarried?: boolean
    findings: ConformityFinding[]
  }[]
  /** Scores after earlier harvests and this one, newest first */
  history: {
    harvestId: string
    at: string
    score: number
  }[]
}

export interface ConformityFinding {
  code: string
  /** error: the record is quarantined; warning: a value was dropped or doubted; info: worth knowing */
  severity: 'info' | 'warning' | 'error'
  /** What is wrong and what to do, in one sentence */
  message: string
  count: number
  samples: string[]
}

export interface CreatedApiKey {
  /** What the key is for */
  name: string
  scopes: ApiKeyScope[]
  /** A key of a member may touch only that member’s sources */
  memberId?: string
  /** Only these sources */
  sourceIds?: string[]
  /** Largest file that this key may upload */
  maxUploadBytes?: number
  expiresAt?: string
  id: string
  /** First characters of the key, to tell keys apart */
  prefix: string
  createdAt: string
  lastUsedAt?: string
  revokedAt?: string
  /** edufed_… */
  key: string
}

export interface FacetCount {
  value: string
  /** In the language of the interface */
  label: string
  count: number
  parent?: FacetParent
}

export interface FacetParent {
  /** The facet that it is a value of: that of a grade is a stage */
  facet: FacetName
  value: string
  label: string
}

export interface FacetQuery {
  /** A part of the label of a value, in any language, or the beginning of its code; without it all */
  find?: string
  /** The words of the search */
  q?: string
  /** BCP 47 tag of the interface: language of labels */
  lang?: string
  limit?: number
  subject?: string[]
  stage?: string[]
  grade?: string[]
  edition?: string[]
  volume?: string[]
  type?: string[]
  language?: string[]
  level?: string[]
  source?: string[]
  region?: string[]
  license?: string[]
}

export interface FacetValues {
  /** How many values were found; more than are answered when there are more than `limit` */
  total: number
  values: FacetCount[]
}

export interface FieldProblem {
  /** JSON Pointer into the body, or the name of the parameter */
  path: string
  message: string
  fix?: string
}

export interface Harvest {
  id: string
  sourceId: string
  /** completed: the list was read to its end; partial: it stopped in between, and what was taken is kept */
  state: HarvestState
  /** replay: the present crosswalk over the answers that were kept; the source was not asked */
  mode: 'full' | 'incremental' | 'replay'
  /** Of a replay: the counts say what it would change; nothing was written */
  isDryRun?: boolean
  trigger: 'manual' | 'schedule'
  createdAt: string
  startedAt?: string
  finishedAt?: string
  /** When it goes on: it waits for the hours in which the source may be asked */
  pausedUntil?: string
  counts: HarvestCounts
  pages: number
  bytes: number
  /** What the source announced, e.g. completeListSize */
  expectedRecords?: number
  /** How many of the records that were taken have a field, by its name; `records` counts all that are not deleted */
  coverage?: Record<string, number>
  issues: IssueSummary[]
  error?: Problem
}

export interface HarvestCounts {
  /** Records that the source gave */
  taken: number
  created: number
  updated: number
  unchanged: number
  deleted: number
  /** Held back with a reason, e.g. without title; see issues */
  quarantined: number
  /** Given a second time, because the source made a run that was resumed begin its list again; not in `taken` */
  repeated?: number
}

export interface HarvestInput {
  mode?: 'full' | 'incremental'
}

export interface HarvestList {
  harvests: Harvest[]
  cursor?: string
}

export interface Highlight {
  /** BCP 47 tag of the text that matched */
  language: string
  fragments: HighlightFragment[]
}

export interface HighlightFragment {
  text: string
  isMatch: boolean
}

export interface HitSource {
  id: string
  name: string
  level: PlatformLevel
  region?: string
  /** The identifier of the record at that source */
  identifier: string
}

export interface Interpretation {
  /** Words that name a value of a facet: resources that have it stand higher, as if filtered softly */
  recognised: {
    facet: FacetName
    /** Value of the facet, to filter by */
    value: string
    /** Label of the value in the language of the interface */
    label: string
    /** The words as they were typed */
    text: string
  }[]
  /** What was probably meant */
  didYouMean?: string
  /** Nothing was found for q: total, hits, facets and cursor are those of didYouMean */
  isCorrected?: boolean
  /** Nothing answers all words of q: total, hits, facets and cursor are those of searchedFor, which lacks these words */
  leftOut?: LeftOutWords[]
  /** With leftOut: q without the words that were left out */
  searchedFor?: string
}

export interface Issue {
  /** Stable code, e.g. title.missing */
  code: string
  /** JSON Pointer into the resource, or the name of the source field */
  path: string
  /** One sentence that the source's owner can act on */
  message: string
  /** error: the record is quarantined; warning: a value was dropped or doubted; info: worth knowing */
  severity: 'info' | 'warning' | 'error'
  /** The value of the source that the finding is about */
  value?: string
  /** Further values of the same field that it is about */
  otherValues?: string[]
}

export interface IssueSummary {
  code: string
  /** error: the record is quarantined; warning: a value was dropped or doubted; info: worth knowing */
  severity: 'info' | 'warning' | 'error'
  count: number
  /** The message of the first one */
  message: string
  samples: string[]
  /** The values of the source that are meant, the most frequent first, for issues about values */
  values?: {
    value: string
    count: number
  }[]
}

/** A text by BCP 47 language tag, e.g. {"zh-Hans": "数学", "ug-Arab": "ماتېماتىكا"} */
export type LanguageMap = Record<string, string>

export interface LearningResource {
  /** urn:edufed:<authority>:<identifier>, the same at every hop */
  id: string
  type: string[]
  name: LanguageMap
  alternateName?: LanguageMap[]
  description?: LanguageMap
  /** Further identifiers: isbn, doi, handle, uuid, uri … */
  identifier?: {
    scheme: string
    value: string
  }[]
  inLanguage: string[]
  keywords?: {
    /** BCP 47 tag with script, e.g. ug-Arab; und = unknown */
    language?: string
    value: string
  }[]
  /** School subjects (学科) */
  about?: Concept[]
  /** Stages (学段) and grades (年级); inScheme tells which */
  educationalLevel?: Concept[]
  textbookEdition?: Concept
  volume?: Concept
  /** e.g. 2022 for the curriculum standards of 2022 */
  curriculumVersion?: string
  /** Position in a textbook's tree, from the root */
  chapterPath?: Concept[]
  learningResourceType?: Concept[]
  audience?: Concept[]
  /** e.g. 6-8 */
  typicalAgeRange?: string
  /** ISO 8601 duration */
  timeRequired?: string
  /** active, expositive or mixed */
  interactivityType?: string
  /** very easy, easy, medium, difficult or very difficult */
  difficulty?: string
  creator?: Agent[]
  contributor?: Agent[]
  publisher?: Agent[]
  provider?: Agent
  /** http or https URL */
  url?: string
  encoding?: MediaObject[]
  /** http or https URL */
  thumbnailUrl?: string
  /** ISO 8601 date or date-time */
  dateCreated?: string
  /** ISO 8601 date or date-time */
  datePublished?: string
  /** ISO 8601 date or date-time */
  dateModified?: string
  license?: License
  conditionsOfAccess?: string
  isAccessibleForFree?: boolean
  usageScope: VisibilityScope
  isPartOf?: ResourceReference[]
  hasPart?: ResourceReference[]
  isBasedOn?: ResourceReference[]
  translationOfWork?: ResourceReference
  /** The source's own words for coded fields (about, educationalLevel, textbookEdition …), kept beside the codes */
  sourceValues?: Record<string, string[]>
  review: Review
  status: 'active' | 'withdrawn' | 'deleted'
  statusReason?: string
  /** Counts the changes of meaning of this resource on this node */
  version: number
  /** SHA-256 of the meaning-bearing fields */
  contentHash: string
  firstSeen: string
  /** When its meaning last changed on this node */
  lastSeen: string
  provenance: Provenance
  quality: Issue[]
}

export interface LeftOutWords {
  /** The words as they were typed */
  text: string
  /** The facet that they name a value of */
  facet?: FacetName
  /** Value of the facet: a filter by it makes the words count */
  value?: string
  /** Label of the value in the language of the interface */
  label?: string
  /** q with these words in quotation marks: what is quoted is never left out. Absent for values of facets */
  demanded?: string
}

export interface License {
  id: string | null
  /** Short name, e.g. CC BY 4.0 */
  label?: string
  /** The source's own words */
  raw: string
}

export interface MediaObject {
  /** http or https URL */
  contentUrl: string
  /** Media type, e.g. application/pdf */
  encodingFormat?: string
  /** Bytes */
  contentSize?: number
  sha256?: string
  /** ISO 8601 duration */
  duration?: string
  /** Pixels */
  height?: number
  name?: string
  requiresLogin?: boolean
}

export interface Member {
  id: string
  name: string
  level: PlatformLevel
  /** GB/T 2260 division */
  region?: string
  contact?: string
  createdAt: string
  updatedAt: string
}

export interface MemberInput {
  id?: string
  name: string
  level: PlatformLevel
  /** GB/T 2260 division */
  region?: string
  contact?: string
}

export interface MemberList {
  members: Member[]
  cursor?: string
}

export interface MemberPatch {
  name?: string
  level?: PlatformLevel
  region?: string | null
  contact?: string | null
}

export interface Origin {
  /** The repository's own name: OAI repositoryIdentifier, host, or registered name */
  authority: string
  identifier: string
}

export type PlatformLevel = 'national' | 'provincial' | 'prefecture' | 'county' | 'school' | 'vendor' | 'international'

export interface Problem {
  /** Address of the documentation of this code */
  type: string
  title: string
  status: number
  /** What happened and what to do */
  detail: string
  /** Stable code, EDUFED_… */
  code: string
  /** Path of the request */
  instance?: string
  requestId?: string
  errors?: FieldProblem[]
}

export interface Provenance {
  sourceId: string
  sourceIdentifier: string
  sourceDatestamp?: string
  /** Format it came in, e.g. oai_dc, lom, smartedu, table, edufed */
  metadataPrefix: string
  origin: Origin
  via: Via[]
  level: PlatformLevel
  /** GB/T 2260 division, e.g. 140000 */
  region?: string
}

export interface PushRecord {
  /** The identifier of the record at the source */
  identifier: string
  datestamp?: string
  resource?: ResourceDraft
  isDeleted?: boolean
  via?: Via[]
}

export interface PushResult {
  identifier: string
  /** quarantined: held back, see issues */
  outcome: PushOutcome
  /** id of the resource, absent when the record has no identity */
  id?: string
  version?: number
  issues: Issue[]
}

export interface QuarantineList {
  records: {
    identifier: string
    datestamp?: string
    metadataPrefix: string
    harvestId?: string
    resource?: ResourceDraft
    issues: Issue[]
  }[]
  cursor?: string
}

export interface RankingReason {
  /** Name of the sign of relevance, e.g. phraseInTitle */
  sign: string
  worth: number
  /** The reason in a sentence, in the language of the interface */
  text: string
}

export interface ReplayInput {
  /** Begin with the answers of this harvest; with the last completed full one when absent */
  harvestId?: string
  /** Only count what would change */
  isDryRun?: boolean
}

export interface ResourceDraft {
  /** schema.org types; LearningResource is always among them */
  type?: string[]
  name: LanguageMap
  alternateName?: LanguageMap[]
  description?: LanguageMap
  /** Further identifiers: isbn, doi, handle, uuid, uri … */
  identifier?: {
    scheme: string
    value: string
  }[]
  /** Languages of the content */
  inLanguage?: string[]
  keywords?: {
    /** BCP 47 tag with script, e.g. ug-Arab; und = unknown */
    language?: string
    value: string
  }[]
  /** School subjects (学科) */
  about?: Concept[]
  /** Stages (学段) and grades (年级); inScheme tells which */
  educationalLevel?: Concept[]
  textbookEdition?: Concept
  volume?: Concept
  /** e.g. 2022 for the curriculum standards of 2022 */
  curriculumVersion?: string
  /** Position in a textbook's tree, from the root */
  chapterPath?: Concept[]
  learningResourceType?: Concept[]
  audience?: Concept[]
  /** e.g. 6-8 */
  typicalAgeRange?: string
  /** ISO 8601 duration */
  timeRequired?: string
  /** active, expositive or mixed */
  interactivityType?: string
  /** very easy, easy, medium, difficult or very difficult */
  difficulty?: string
  creator?: Agent[]
  contributor?: Agent[]
  publisher?: Agent[]
  provider?: Agent
  /** http or https URL */
  url?: string
  encoding?: MediaObject[]
  /** http or https URL */
  thumbnailUrl?: string
  /** ISO 8601 date or date-time */
  dateCreated?: string
  /** ISO 8601 date or date-time */
  datePublished?: string
  /** ISO 8601 date or date-time */
  dateModified?: string
  license?: License
  conditionsOfAccess?: string
  isAccessibleForFree?: boolean
  usageScope?: VisibilityScope
  isPartOf?: ResourceReference[]
  hasPart?: ResourceReference[]
  isBasedOn?: ResourceReference[]
  translationOfWork?: ResourceReference
  /** The source's own words for coded fields (about, educationalLevel, textbookEdition …), kept beside the codes */
  sourceValues?: Record<string, string[]>
}

export interface ResourceReference {
  id?: string
  /** http or https URL */
  url?: string
  name?: LanguageMap
}

export interface Review {
  state: ReviewState
  history: {
    state: ReviewState
    at: string
    by?: string
    note?: string
  }[]
}

export type ReviewState = 'draft' | 'selfReviewed' | 'machineReviewed' | 'approved' | 'rejected' | 'withdrawn'

export interface Schedule {
  /** Five cron fields, e.g. 30 3 * * * */
  cron: string
  /** IANA time zone */
  timeZone: string
}

export interface SearchHit {
  id: string
  score: number
  resource: LearningResource
  highlights: {
    name?: Highlight
    description?: Highlight
  }
  sources: HitSource[]
  /** The other forms of the same work: of a work and its translations the best one is a hit */
  translations?: Translation[]
  /** With explain: the reasons, the weightiest first */
  explanation?: RankingReason[]
}

export interface SearchPage {
  /** Exact number of resources that match; hits may be fewer, since translations of one work are one hit */
  total: number
  hits: SearchHit[]
  facets: {
    subject?: FacetCount[]
    stage?: FacetCount[]
    grade?: FacetCount[]
    edition?: FacetCount[]
    volume?: FacetCount[]
    type?: FacetCount[]
    language?: FacetCount[]
    level?: FacetCount[]
    source?: FacetCount[]
    region?: FacetCount[]
    license?: FacetCount[]
  }
  /** Facets that have more values than are answered here; /api/v1/facets/{name} finds them all */
  moreValues?: FacetName[]
  interpretation?: Interpretation
  cursor?: string
}

export interface SearchQuery {
  /** Words to find, in any language */
  q?: string
  /** BCP 47 tag of the interface: language of facet labels */
  lang?: string
  /** Hits a page */
  limit?: number
  /** The cursor of the previous page */
  cursor?: string
  /** date: newest first */
  sort?: 'relevance' | 'date'
  /** Say of each hit why it stands where it stands, in the language of lang */
  explain?: boolean
  /** Facets to count, e.g. facets=subject,grade */
  facets?: FacetName[]
  subject?: string[]
  stage?: string[]
  grade?: string[]
  edition?: string[]
  volume?: string[]
  type?: string[]
  language?: string[]
  level?: string[]
  source?: string[]
  region?: string[]
  license?: string[]
}

export interface SearchUse {
  /** The words of the search */
  q: string
  /** BCP 47 tag of the interface, as in the search */
  lang?: string
}

export interface Source {
  id: string
  name: string
  /** Connector: oai-pmh, smartedu, table, sitemap, package, resourcesync, feed or json-api; or push for a platform that writes by itself */
  kind: string
  settings: Record<string, unknown>
  memberId?: string
  /** Name in its records' ids; found by the first harvest when absent */
  authority?: string
  level: PlatformLevel
  /** GB/T 2260 division */
  region?: string
  defaultScope: VisibilityScope
  schedule?: Schedule
  isEnabled: boolean
  createdAt: string
  updatedAt: string
  recordCount: number
  nextHarvestAt?: string
}

export interface SourceInput {
  /** Short name in addresses; made from the name when absent */
  id?: string
  name: string
  /** Connector: oai-pmh, smartedu, table, sitemap, package, resourcesync, feed or json-api; or push for a platform that writes by itself */
  kind: string
  /** Settings of the connector, e.g. {"url": "https://…/oai"}; what each has stands in docs/reference/connectors.md */
  settings?: Record<string, unknown>
  memberId?: string
  /** Name in its records' ids; found by the first harvest when absent */
  authority?: string
  level: PlatformLevel
  /** GB/T 2260 division */
  region?: string
  defaultScope?: VisibilityScope
  schedule?: Schedule
  isEnabled?: boolean
}

export interface SourceList {
  sources: Source[]
  cursor?: string
}

export interface SourcePatch {
  name?: string
  /** Connector: oai-pmh, smartedu, table, sitemap, package, resourcesync, feed or json-api; or push for a platform that writes by itself */
  kind?: string
  /** All settings of the connector, not only the changed ones */
  settings?: Record<string, unknown>
  memberId?: string | null
  authority?: string | null
  level?: PlatformLevel
  region?: string | null
  defaultScope?: VisibilityScope
  schedule?: Schedule | null
  isEnabled?: boolean
}

export interface SourcePreview {
  name?: string
  /** Name in its records' ids */
  authority: string
  /** Format that will be harvested */
  metadataPrefix: string
  formats: string[]
  sets?: {
    setSpec: string
    name: string
  }[]
  /** no, transient or persistent */
  deletedRecord?: string
  expectedRecords?: number
  /** Findings about the source */
  issues: Issue[]
  records: {
    identifier: string
    isDeleted?: boolean
    resource?: ResourceDraft
    issues: Issue[]
  }[]
}

export interface SourcePreviewInput {
  /** Connector */
  kind: string
  settings: Record<string, unknown>
  /** Source whose stored secrets stand for settings that read `[redacted]` */
  sourceId?: string
  /** Records to show */
  limit?: number
}

export interface SuggestQuery {
  /** What the teacher has typed so far */
  q: string
  lang?: string
  limit?: number
  subject?: string[]
  stage?: string[]
  grade?: string[]
  edition?: string[]
  volume?: string[]
  type?: string[]
  language?: string[]
  level?: string[]
  source?: string[]
  region?: string[]
  license?: string[]
}

export interface Suggestions {
  suggestions: {
    text: string
    language?: string
  }[]
}

export interface Translation {
  id: string
  name: LanguageMap
  /** BCP 47 tags */
  inLanguage: string[]
  /** Its languages in the language of the interface; its name when it tells none */
  label: string
}

export interface Translations {
  translations: Translation[]
}

export interface Upload {
  id: string
  /** Bytes of the whole file */
  size: number
  /** Bytes received */
  offset: number
  filename: string
  /** Media type */
  filetype: string
  sourceId?: string
  /** Record that gets the file as an encoding */
  recordIdentifier?: string
  /** Present when the upload is finished */
  sha256?: string
  /** Where the finished file is served */
  contentUrl?: string
  createdAt: string
  finishedAt?: string
}

export interface Via {
  /** nodeId, or the base URL of an OAI-PMH aggregator */
  node: string
  /** The identifier that the record had there */
  identifier: string
  datestamp?: string
  harvestDate?: string
}

export type VisibilityScope = 'school' | 'county' | 'prefecture' | 'province' | 'alliance' | 'public'
