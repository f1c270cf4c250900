export { OperationService } from './operation-service.js'
export { addOperationRoutes } from './routes.js'
