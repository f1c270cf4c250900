import { jyt0607Draft } from '../jyt-0607.js'
import type { Mapping } from './mapping.js'

/** Mappings that others can extend, by name. */
export const builtInMappings: Readonly<Record<string, Mapping>> = { 'jyt0607-draft': jyt0607Draft }
