import { createHash, randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 192 bits need 33 digits to the base of 62. */
const digits = 33

/** A new API key: `edufed_` and 192 random bits. */
export function createApiKeySecret(): string {
  let rest = BigInt(`0x${randomBytes(24).toString('hex')}`)
  let text = ''
  for (let index = 0; index < digits; index += 1) {
    text = alphabet[Number(rest % 62n)] + text
    rest /= 62n
  }
  return `edufed_${text}`
}

/** What is kept of a key. */
export function digestApiKey(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
