import { configVariables, type ServerConfig } from '../config.js'

/** Every variable with the value that is in force, secrets hidden; what the environment did not set is marked as default. */
export function toConfigText(config: ServerConfig, environment: Readonly<Record<string, string | undefined>>): string {
  const values = config as unknown as Record<string, unknown>
  return configVariables
    .map(({ key, env }) => {
      const value = values[key]
      const text = value === undefined ? '' : Array.isArray(value) ? value.join(',') : String(value)
      return `${env}=${text}${environment[env]?.trim() ? '' : '  # default'}`
    })
    .join('\n')
}
