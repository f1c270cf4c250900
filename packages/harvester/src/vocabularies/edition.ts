import { defineVocabulary } from './define.js'
import { publisherEditions } from './edition-publishers.js'
import { editionVariants } from './edition-variants.js'

/** Editions (版本) of textbooks: who published the series. */
export const edition = defineVocabulary('edition', '2026-1', [...publisherEditions, ...editionVariants])
