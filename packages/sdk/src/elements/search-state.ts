import { type FacetName, facetNames } from './facet-names.js'

/** What a visitor has asked for: the part of a search that stands in the page's address. */
export interface SearchState {
  q: string
  sort: 'relevance' | 'date'
  filters: Partial<Record<FacetName, string[]>>
}

export const emptySearchState: SearchState = { q: '', sort: 'relevance', filters: {} }

export function readSearchState(parameters: URLSearchParams): SearchState {
  const filters: SearchState['filters'] = {}
  for (const name of facetNames) {
    const values = parameters.getAll(name).filter((value) => value !== '')
    if (values.length > 0) filters[name] = values
  }
  return { q: parameters.get('q') ?? '', sort: parameters.get('sort') === 'date' ? 'date' : 'relevance', filters }
}

/** Writes the state into the parameters of an address and leaves all others as they are. */
export function writeSearchState(state: SearchState, parameters: URLSearchParams): URLSearchParams {
  const written = new URLSearchParams(parameters)
  for (const name of ['q', 'sort', ...facetNames]) written.delete(name)
  if (state.q !== '') written.set('q', state.q)
  if (state.sort !== 'relevance') written.set('sort', state.sort)
  for (const name of facetNames) for (const value of state.filters[name] ?? []) written.append(name, value)
  return written
}

export function toggleFilter(state: SearchState, name: FacetName, value: string): SearchState {
  const values = state.filters[name] ?? []
  const toggled = values.includes(value) ? values.filter((other) => other !== value) : [...values, value]
  const filters = { ...state.filters, [name]: toggled }
  if (toggled.length === 0) delete filters[name]
  return { ...state, filters }
}
