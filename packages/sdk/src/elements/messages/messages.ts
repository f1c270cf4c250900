import type { FacetName } from '../../contract.js'

/** Every text of the elements. `{count}` and such are filled in by {@link fill}. */
export interface Messages {
  search: string
  searchLabel: string
  placeholder: string
  suggestions: string
  filters: string
  clearFilters: string
  removeFilter: string
  results: string
  oneResult: string
  noResults: string
  noResultsHelp: string
  didYouMean: string
  searchedInstead: string
  leftOut: string
  demand: string
  searchOnlyFor: string
  recognised: string
  filterBy: string
  more: string
  sort: string
  sortRelevance: string
  sortDate: string
  loading: string
  unavailable: string
  failed: string
  retry: string
  showAll: string
  showFirst: string
  findValue: string
  valuesFound: string
  noValue: string
  heldBy: string
  alsoIn: string
  explain: string
  facets: Record<FacetName, string>
}
