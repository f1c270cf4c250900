export { addSearchRoutes } from './routes.js'
export { SearchService } from './search-service.js'
