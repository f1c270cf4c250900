import { EdufedSearch } from './edufed-search.js'

export { EdufedSearch }

if (!customElements.get('edufed-search')) customElements.define('edufed-search', EdufedSearch)

declare global {
  interface HTMLElementTagNameMap {
    'edufed-search': EdufedSearch
  }
}
