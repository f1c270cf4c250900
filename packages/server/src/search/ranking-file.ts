import { nearestName } from '@edufed/harvester'
import { defaultRankingWeights, type RankingWeights } from './ranking.js'
import type { SearchLogger } from './search-logger.js'
import { type WatchedFile, watchFile } from './watched-file.js'

const highestWeight = 100

/**
 * What the signs of relevance are worth, as an operator keeps it in a file of JSON: `{"freshness": 1}`. Signs that it does not name keep
 * their weight. Read again when it changes; a file with a fault changes nothing.
 *
 * @param path - Absent: the weights that come with the program.
 */
export function openRankingFile(path: string | undefined, { logger }: { logger: SearchLogger }): WatchedFile<RankingWeights> {
  if (path === undefined) return { current: async () => defaultRankingWeights }
  return watchFile(path, { name: 'ranking file', initial: defaultRankingWeights, read: readRankingWeights, logger })
}

/** @throws {Error} that names what is wrong, for the operator. */
export function readRankingWeights(text: string): RankingWeights {
  const given: unknown = JSON.parse(text)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Error('it is not an object of weights by sign')
  for (const [sign, weight] of Object.entries(given)) {
    if (!Object.hasOwn(defaultRankingWeights, sign)) {
      const near = nearestName(sign, Object.keys(defaultRankingWeights))
      throw new Error(
        `there is no sign ${sign}${near ? `; did you mean ${near}?` : `; there are ${Object.keys(defaultRankingWeights).join(', ')}`}`,
      )
    }
    if (typeof weight !== 'number' || !(weight >= 0 && weight <= highestWeight))
      throw new Error(`the weight of ${sign} is not a number from 0 to ${highestWeight}`)
  }
  return { ...defaultRankingWeights, ...given }
}
