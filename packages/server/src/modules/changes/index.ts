export { ChangesService } from './changes-service.js'
export { addChangeRoutes } from './routes.js'
