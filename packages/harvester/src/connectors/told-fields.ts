import type { ResourceDraft } from '@edufed/sdk/schemas'

/** The names of the fields that say something, separated by spaces. */
export function tellFields(resource: ResourceDraft | undefined): string {
  let fields = ''
  for (const [field, value] of Object.entries(resource ?? {})) {
    if (field !== 'type' && field !== 'sourceValues' && isTold(value)) fields += fields === '' ? field : ` ${field}`
  }
  return fields
}

function isTold(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (Array.isArray(value)) return value.some((entry) => entry !== 'und')
  return typeof value !== 'object' || Object.keys(value).length > 0
}
