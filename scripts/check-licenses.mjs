// Refuses a dependency whose licence an MIT-licensed product may not ship. Reads what `pnpm licenses list --prod --json` prints.
const allowed = [
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'BSD', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'Zlib', 'WTFPL'],
  ...['CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'Python-2.0'],
]
// MIT by their README, though their package.json does not say so.
const licensedInReadme = ['combine-errors']

let text = ''
for await (const chunk of process.stdin) text += chunk
const byLicense = JSON.parse(text.slice(text.indexOf('{')))

const refused = Object.entries(byLicense).filter(([license, packages]) => {
  if (packages.every(({ name }) => licensedInReadme.includes(name))) return false
  const choices = license.replace(/[()]/g, '').split(/ OR /)
  return !choices.some((choice) => choice.split(' AND ').every((part) => allowed.includes(part.trim())))
})
console.log(`${Object.values(byLicense).flat().length} packages under ${Object.keys(byLicense).length} licences`)
for (const [license, packages] of refused) console.error(`Not allowed: ${license}: ${packages.map(({ name }) => name).join(', ')}`)
process.exit(refused.length > 0 ? 1 : 0)
