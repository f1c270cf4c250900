#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

// A long list leaves garbage behind at a steady rate: it is collected early, so that the memory does not grow to several times of what is in use.
setFlagsFromString('--heap-growing-percent=20')
setFlagsFromString('--semi-space-growth-factor=1')
const { run } = await import('./command.js')

process.exitCode = await run(process.argv)
