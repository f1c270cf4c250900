import { serveConnection } from './serve-connection.js'

serveConnection()
