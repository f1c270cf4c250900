/// <reference path="./opencc-js.d.ts" />
import hongKongVariants from 'opencc-js/dict/HKVariantsRev'
import traditionalCharacters from 'opencc-js/dict/TSCharacters'
import taiwanVariants from 'opencc-js/dict/TWVariantsRev'

/**
 * The simplified form of one Chinese character.
 *
 * Character by character on purpose: index and query fold the same way whatever stands around, and positions stay as they are.
 * Ambiguous characters (乾 in 乾隆) fold to their commonest form on both sides, so they still find each other.
 */
export function simplify(character: string): string {
  return simplified.get(character) ?? character
}

/** Also a rare variant of 幺, but nearly always what 什么 and 怎么 are written with today. */
const keptAsItIs = '么'

const simplified = readTable(traditionalCharacters)

for (const [variant, standard] of [...readTable(taiwanVariants), ...readTable(hongKongVariants)]) {
  const target = simplified.get(standard) ?? standard
  if (!simplified.has(variant) && target !== variant && !simplified.has(target)) simplified.set(variant, target)
}
for (const [from, to] of simplified) {
  const further = simplified.get(to)
  if (further === from) simplified.delete(from)
  else if (further) simplified.set(from, further)
}

/** Rows are `character target[ target…]`, joined by `|`; the first target is the commonest. */
function readTable(table: string): Map<string, string> {
  const entries = new Map<string, string>()
  for (const row of table.split('|')) {
    const [from, to] = row.split(' ')
    if (from && to && from !== to && from !== keptAsItIs) entries.set(from, to)
  }
  return entries
}
