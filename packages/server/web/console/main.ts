import { EdufedConsole } from './edufed-console.js'
import { SourceForm } from './source-form.js'

customElements.define('edufed-source-form', SourceForm)
customElements.define('edufed-console', EdufedConsole)
