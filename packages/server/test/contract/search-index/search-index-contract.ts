import { describe } from 'vitest'
import type { OpenTestIndex } from '../../support/search-engines.js'
import { acrossLanguagesContract } from './across-languages.js'
import { facetContract } from './facets.js'
import { fullTextContract } from './full-text.js'
import { hostileTextContract } from './hostile-text.js'
import { pagingContract } from './paging.js'
import { rebuildContract } from './rebuild.js'
import { relaxationContract } from './relaxation.js'
import { spellingContract } from './spelling.js'
import { suggestionContract } from './suggestions.js'
import { verificationContract } from './verification.js'
import { visibilityContract } from './visibility.js'
import { worksContract } from './works.js'
import { writingContract } from './writing.js'

/** What every search index must do, whatever it is built on. */
export function searchIndexContract(title: string, open: OpenTestIndex): void {
  describe(title, () => {
    writingContract(open)
    fullTextContract(open)
    acrossLanguagesContract(open)
    facetContract(open)
    pagingContract(open)
    visibilityContract(open)
    suggestionContract(open)
    spellingContract(open)
    relaxationContract(open)
    rebuildContract(open)
    hostileTextContract(open)
    verificationContract(open)
    worksContract(open)
  })
}
