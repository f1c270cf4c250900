const units: Record<string, number> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** Bytes of `36166745`, `2.5 MB`, `300K`; undefined for what is no size. */
export function toByteCount(text: string | undefined): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b|bytes|字节)?\s*$/i.exec(text?.replace(/,/g, '') ?? '')
  const bytes = match && Math.round(Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1))
  return bytes && Number.isSafeInteger(bytes) ? bytes : undefined
}
