export { OperationService } from './operation-service.js'
export { addReindexRoutes } from './reindex-routes.js'
export { addOperationRoutes } from './routes.js'
