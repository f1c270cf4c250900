import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { HarvestError } from '../errors.js'
import type { Connector } from './connector.js'

const validators = new WeakMap<TSchema, Validator>()

/** @throws {HarvestError} `EDUFED_SETTINGS_INVALID` that names the first setting that is wrong. */
export function assertSettings(connector: Connector, settings: Record<string, unknown>): void {
  let validator = validators.get(connector.settings)
  if (!validator) {
    validator = Compile(connector.settings)
    validators.set(connector.settings, validator)
  }
  if (validator.Check(settings)) {
    const [fault, ...others] = connector.check?.(settings) ?? []
    if (!fault) return
    const reason = others.length > 0 ? `${fault.message} (and ${others.length} more)` : fault.message
    throw new HarvestError('EDUFED_SETTINGS_INVALID', { path: fault.path.slice(1), reason })
  }
  const [error] = validator.Errors(settings)
  const path = error?.instancePath.slice(1) || 'settings'
  throw new HarvestError('EDUFED_SETTINGS_INVALID', { path, reason: error?.message ?? 'it does not fit the schema' })
}
