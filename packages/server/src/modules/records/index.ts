export { RecordsService } from './records-service.js'
export { addRecordRoutes } from './routes.js'
export type { SourceDirectory } from './source-directory.js'
