import type { Connector } from '@edufed/harvester'
import type { FieldProblem } from '@edufed/sdk/schemas'
import { Compile, type Validator } from 'typebox/compile'
import { ServerError } from '../../errors.js'

/** Stands for a secret wherever settings are shown; sent back, it means "as it was". */
export const redactedText = '[redacted]'

const validators = new WeakMap<Connector, Validator>()

/**
 * Settings that the connector's own schema accepts.
 *
 * @throws {ServerError} `EDUFED_REQUEST_INVALID` with one entry in `errors` for each wrong setting.
 */
export function assertSettings(connector: Connector, settings: Record<string, unknown>): void {
  let validator = validators.get(connector)
  if (!validator) {
    validator = Compile(connector.settings)
    validators.set(connector, validator)
  }
  const errors = validator.Check(settings) ? checkFurther(connector, settings) : validator.Errors(settings).map(toFieldProblem)
  const unique = [...new Map(errors.map((error) => [`${error.path} ${error.message}`, error])).values()]
  if (unique.length === 0) return
  const names = [...new Set(unique.map((error) => error.path))].join(', ')
  throw new ServerError('EDUFED_REQUEST_INVALID', `The connector ${connector.kind} does not accept these settings: see ${names}`, {
    errors: unique,
  })
}

/** The settings with every secret replaced by {@link redactedText}. */
export function redactSettings(settings: Record<string, unknown>, secrets: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, secrets.includes(name) ? redactedText : value]))
}

/** New settings with the stored value wherever a secret came back redacted. */
export function restoreSecrets(
  settings: Record<string, unknown>,
  stored: Record<string, unknown>,
  secrets: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      value === redactedText && secrets.includes(name) && name in stored ? stored[name] : value,
    ]),
  )
}

/** What the connector finds wrong with settings that fit its schema, such as a mapping. */
function checkFurther(connector: Connector, settings: Record<string, unknown>): FieldProblem[] {
  return (connector.check?.(settings) ?? []).map(({ path, ...fault }) => ({ path: `/settings${path}`, ...fault }))
}

type SchemaError = ReturnType<Validator['Errors']>[number]

function toFieldProblem(error: SchemaError): FieldProblem {
  const base = `/settings${error.instancePath}`
  if (error.keyword === 'required') {
    const [name] = error.params.requiredProperties
    return { path: `${base}/${name}`, message: 'is missing', fix: `Give the setting ${name}` }
  }
  if (error.keyword === 'additionalProperties') {
    const [name] = error.params.additionalProperties
    return { path: `${base}/${name}`, message: 'is not a setting of this connector', fix: 'Remove it or correct its name' }
  }
  return { path: base, message: error.message }
}
