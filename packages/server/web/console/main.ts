import { ConformityReport } from './conformity-report.js'
import { EdufedConsole } from './edufed-console.js'
import { HarvestReport } from './harvest-report.js'
import { IndexPanel } from './index-panel.js'
import { SourceForm } from './source-form.js'

customElements.define('edufed-source-form', SourceForm)
customElements.define('edufed-conformity-report', ConformityReport)
customElements.define('edufed-harvest-report', HarvestReport)
customElements.define('edufed-index-panel', IndexPanel)
customElements.define('edufed-console', EdufedConsole)
