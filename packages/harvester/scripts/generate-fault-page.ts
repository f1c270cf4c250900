// Writes docs/reference/harvest-faults.md: harvests the test repository once for each of its faults.
import { writeFile } from 'node:fs/promises'
import { harvestFaults, toFaultPage } from '../test/support/fault-table.js'

await writeFile(new URL('../../../docs/reference/harvest-faults.md', import.meta.url), toFaultPage(await harvestFaults()))
