export type {
  Checkpoint,
  Connector,
  ConnectorContext,
  HarvestEnd,
  HarvestItem,
  HarvestPage,
  RawResponse,
  SourceDescription,
} from './connectors/connector.js'
export type { HarvestOptions, HarvestProgress, HarvestReport, HarvestSource } from './run/harvest.js'
export type { RecordSink } from './run/record-sink.js'
