import { audience } from './audience.js'
import { edition } from './edition.js'
import { grade } from './grade.js'
import { language } from './language.js'
import { license } from './license.js'
import { region } from './region.js'
import { stage } from './stage.js'
import { subject } from './subject.js'
import { type } from './type.js'
import type { Vocabulary, VocabularyName } from './vocabulary.js'
import { volume } from './volume.js'

/** All vocabularies by name. */
export const vocabularies: Readonly<Record<VocabularyName, Vocabulary>> = {
  subject,
  stage,
  grade,
  edition,
  volume,
  type,
  audience,
  language,
  license,
  region,
}
