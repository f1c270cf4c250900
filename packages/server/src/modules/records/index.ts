export { RecordsService } from './records-service.js'
export { addRecordRoutes } from './routes.js'
export type { KnownSource, SourceDirectory } from './source-directory.js'
