// Refuses a dependency whose licence an MIT-licensed product may not ship.
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

const checker = createRequire(import.meta.url)('license-checker-rseidelsohn')
const allowed = ['MIT', 'MIT-0', 'MIT*', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'BSD*', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'Python-2.0', 'Zlib', 'WTFPL']

let checked = 0
const refused = []
for (const place of ['packages/sdk', 'packages/harvester', 'packages/server']) {
  const packages = await promisify(checker.init)({ start: new URL(`../${place}`, import.meta.url).pathname, production: true, excludePrivatePackages: true })
  for (const [name, { licenses }] of Object.entries(packages)) {
    checked++
    const choices = String(licenses).replace(/[()]/g, '').split(/ OR /)
    const isAllowed = choices.some((choice) => choice.split(/ AND |,/).every((licence) => allowed.includes(licence.trim())))
    if (!isAllowed) refused.push(`${name}: ${licenses}`)
  }
}
console.log(`${checked} packages checked`)
if (refused.length > 0) {
  console.error(`Not allowed:\n${refused.join('\n')}`)
  process.exit(1)
}
