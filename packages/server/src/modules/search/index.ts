export { PopularQueries } from './popular-queries.js'
export { PopularQueryStore } from './popular-query-store.js'
export { addSearchRoutes } from './routes.js'
export { SearchService } from './search-service.js'
