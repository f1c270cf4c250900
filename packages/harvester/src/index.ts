export type {
  Checkpoint,
  Connector,
  ConnectorContext,
  HarvestEnd,
  HarvestItem,
  HarvestPage,
  RawResponse,
  SettingFault,
  SourceDescription,
  SourcedItem,
} from './connectors/connector.js'
export { type Hours, readHours } from './connectors/hours.js'
export { connectors, findConnector } from './connectors/index.js'
export { assertSettings } from './connectors/settings-check.js'
export { defineMapping } from './crosswalks/mapping/define-mapping.js'
export type { FieldRules, Mapping, MappingPart, MappingRule, VocabularyTable } from './crosswalks/mapping/mapping.js'
export type { SourceEntry } from './crosswalks/mapping/mapping-source.js'
export { type ResourceField, resourceFields } from './crosswalks/resource-fields.js'
export { HarvestError, type HarvestErrorCode, harvestErrors, isHarvestError } from './errors.js'
export { createFetcher, type FetcherOptions } from './fetch/create-fetcher.js'
export type { Fetcher, FetchOptions, FetchResponse } from './fetch/fetcher.js'
export { nearestName } from './quality/nearest-name.js'
export { type Coverage, CoverageCounter } from './run/coverage.js'
export type { HarvestOptions, HarvestProgress, HarvestReport, HarvestSource } from './run/harvest.js'
export { createNdjsonSink, type NdjsonSinkOptions } from './run/ndjson-sink.js'
export type { RecordSink } from './run/record-sink.js'
export { type ReplayedAnswer, replay } from './run/replay.js'
export { harvest } from './run/run-harvest.js'
export { type ValueCount, ValueCounter } from './run/value-counter.js'
