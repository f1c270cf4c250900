export { addWeb, type WebOptions } from './routes.js'
