import { EdufedError } from '@edufed/sdk'

/** What stops a harvest, and what its owner or operator can do about it. Codes are API. */
export const harvestErrors = {
  EDUFED_FETCH_REFUSED_ADDRESS: {
    message: 'The address {url} leads to {address}, which is not a public address',
    fix: 'Allow the network with EDUFED_ALLOW_NETWORKS (or --allow-network) if the platform really is there',
  },
} as const satisfies Record<string, { message: string; fix: string }>

export type HarvestErrorCode = keyof typeof harvestErrors

/** An exception that ends a run: the transport or the protocol failed. A bad record is never one. */
export class HarvestError extends EdufedError {
  override readonly name = 'HarvestError'
  readonly fix: string

  constructor(code: HarvestErrorCode, values: Record<string, string | number> = {}, options: { cause?: unknown } = {}) {
    const { message, fix } = harvestErrors[code]
    super(code, fill(message, values), { ...options, details: values })
    this.fix = fill(fix, values)
  }
}

function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
