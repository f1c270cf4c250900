import { isHarvestError } from '../errors.js'

/** An error for the terminal: what happened, and what to do about it. */
export function toErrorText(error: Error): string {
  return `${error.message}\n${isHarvestError(error) ? `${error.fix}\n` : ''}`
}
