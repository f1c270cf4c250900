export { EdufedError, isEdufedError } from './errors/edufed-error.js'
