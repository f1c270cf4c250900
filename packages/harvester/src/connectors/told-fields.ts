import type { ResourceDraft } from '@edufed/sdk/schemas'

/** The names of the fields that say something, separated by spaces. */
export function tellFields(resource: ResourceDraft | undefined): string {
  let fields = ''
  for (const field in resource) {
    if (field !== 'type' && field !== 'sourceValues' && isTold(resource[field as keyof ResourceDraft]))
      fields += fields === '' ? field : ` ${field}`
  }
  return fields
}

function isTold(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (typeof value !== 'object') return true
  if (Array.isArray(value)) return value.some((entry) => entry !== 'und')
  for (const _ in value) return true
  return false
}
