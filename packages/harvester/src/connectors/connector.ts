import type { Issue, Origin, ResourceDraft, Via } from '@edufed/sdk/schemas'
import type { TSchema } from 'typebox'
import type { SourceEntry } from '../crosswalks/mapping/mapping-source.js'
import type { Fetcher } from '../fetch/fetcher.js'

/** One record of a source as the crosswalk left it, or the news that the record is gone. */
export type HarvestItem =
  | {
      type: 'record'
      identifier: string
      datestamp?: string
      metadataPrefix: string
      /** Absent when the record gave nothing usable; the issues say why and ingest quarantines it. */
      resource?: ResourceDraft
      /** Named when the record came through another aggregator. */
      origin?: Origin
      via?: Via[]
      issues: Issue[]
    }
  | { type: 'deleted'; identifier: string; datestamp?: string; issues?: Issue[] }

/** One answer of a source, byte for byte, as it is kept for replay. */
export interface RawResponse {
  url: string
  mediaType: string
  retrievedAt: string
  body: Uint8Array
}

/** JSON value that a connector needs to go on where it was; opaque outside the connector. */
export type Checkpoint = Record<string, unknown>

/** A step of a harvest: what one answer of the source held, and where to go on after it. */
export interface HarvestPage {
  items: HarvestItem[]
  raw: RawResponse[]
  /** To resume a harvest that broke off behind this page. */
  checkpoint: Checkpoint
  /** Records that the source announced for the whole run. */
  expectedRecords?: number
  /** Findings about the source rather than one record. */
  issues?: Issue[]
  /** So many records that were taken before the run was resumed come again, in this page and those behind it. */
  repeats?: number
}

/** How a harvest ended; returned by the generator when the source's list was read to its end. */
export interface HarvestEnd {
  /** State for the next incremental run, e.g. the source's responseDate. */
  next: Checkpoint
  /** True when `items` named every live record of the source, so that what was not seen is gone. */
  isFullList: boolean
}

/** What a source says about itself. */
export interface SourceDescription {
  name?: string
  /** Name in the records' ids: OAI repositoryIdentifier, else the host. */
  authority: string
  /** Format that will be harvested, and the others on offer. */
  metadataPrefix: string
  formats: string[]
  sets?: { setSpec: string; name: string }[]
  deletedRecord?: 'no' | 'transient' | 'persistent'
  issues: Issue[]
}

export interface ConnectorContext {
  fetcher: Fetcher
  signal: AbortSignal
  /** From the last page of a run that broke off. */
  checkpoint?: Checkpoint
  /** `next` of the last completed run; absent for a full run. */
  since?: Checkpoint
  /** Threads that may be used to read answers. @default 0 */
  threads?: number
  now: () => Date
}

/** A setting that cannot be used, and why. */
export interface SettingFault {
  /** JSON Pointer into the settings. */
  path: string
  message: string
  fix?: string
}

/** An item beside what it was made from, for those who write a mapping. */
export interface SourcedItem {
  item: HarvestItem
  /** The record's texts by their paths; absent where one answer is one record. */
  source?: SourceEntry[]
}

/**
 * A protocol that records can be harvested by. Each connector is a folder under `connectors/` with the same files:
 * `settings.ts`, `describe.ts`, `pages.ts`, `index.ts`, and parsers of its own.
 */
export interface Connector<Settings = unknown> {
  kind: string
  /** Title and description of each setting are shown in the console and the docs. */
  settings: TSchema
  /** Names of settings that must not be shown. */
  secrets: readonly string[]
  /** What is wrong with settings that fit their schema. */
  check?(settings: Settings): SettingFault[]
  /** Reads what the source says about itself. @throws {HarvestError} */
  describe(settings: Settings, context: Pick<ConnectorContext, 'fetcher' | 'signal'>): Promise<SourceDescription>
  /**
   * Reads the source page by page. A bad record becomes an item with issues; an exception means that the source's list could not be read on.
   * @throws {HarvestError}
   */
  pages(settings: Settings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd>
  /** Reads the items out of one kept answer again, without the source: the same bytes give the same items. */
  read(raw: RawResponse, settings: Settings): Promise<HarvestItem[]>
  /** As `read`, with what each item was made from. */
  readSourced?(raw: RawResponse, settings: Settings): Promise<SourcedItem[]>
}
