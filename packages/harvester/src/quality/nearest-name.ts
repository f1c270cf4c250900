/** The name most like a misspelt one; undefined when none is near enough to be meant. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  const written = [...name.toLowerCase()]
  // Of a short name at least one letter must be right.
  let bestDistance = Math.min(Math.max(2, Math.floor(written.length / 3)), written.length - 1) + 1
  for (const candidate of names) {
    const isBeginning = written.length > 2 && candidate.toLowerCase().startsWith(name.toLowerCase())
    const distance = isBeginning ? 1 : editDistance(written, [...candidate.toLowerCase()])
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

function editDistance(a: readonly string[], b: readonly string[]): number {
  // Names are short: whatever is longer is no misspelling of them.
  if (a.length > 200 || Math.abs(a.length - b.length) > 20) return Number.POSITIVE_INFINITY
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current[j] = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution)
    }
    previous = current
  }
  return previous[b.length] ?? Number.POSITIVE_INFINITY
}
