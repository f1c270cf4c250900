/**
 * How good the order of the first hits is, from 0 to 1: discounted gain of the grades as they came (2^grade − 1, halved by depth
 * logarithmically) by that of the best order there is. 1 when nothing is relevant.
 *
 * @see {@link https://doi.org/10.1145/1102351.1102363}
 */
export function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>, depth = 10): number {
  const ideal = gainOf([...grades.values()].sort((a, b) => b - a).slice(0, depth))
  return ideal === 0 ? 1 : gainOf(found.slice(0, depth).map((id) => grades.get(id) ?? 0)) / ideal
}

/** The share of what answers the question (grade 2 and 3) among the first hits; of more than `depth` such resources `depth` count. */
export function recall(found: readonly string[], grades: ReadonlyMap<string, number>, depth = 50): number {
  const isWanted = (id: string) => (grades.get(id) ?? 0) >= 2
  const wanted = [...grades.keys()].filter(isWanted).length
  return wanted === 0 ? 1 : found.slice(0, depth).filter(isWanted).length / Math.min(depth, wanted)
}

/** The share of the first hits that two engines have in common; 1 when both have none. */
export function overlap(one: readonly string[], other: readonly string[], depth = 10): number {
  const first = new Set(one.slice(0, depth))
  const second = other.slice(0, depth)
  const longer = Math.max(first.size, second.length)
  return longer === 0 ? 1 : second.filter((id) => first.has(id)).length / longer
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function gainOf(grades: readonly number[]): number {
  return grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0)
}
