export { addWeb } from './routes.js'
