// Who may import what; see ARCHITECTURE.md.
const pure = '^packages/(harvester/src/(crosswalks|quality|vocabularies)|sdk/src/schemas|server/src/search/analysis)/'

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'sdk-stands-alone', severity: 'error', from: { path: '^packages/sdk/src' }, to: { path: '^packages/(harvester|server)/' } },
    { name: 'harvester-knows-no-server', severity: 'error', from: { path: '^packages/harvester/src' }, to: { path: '^packages/server/' } },
    { name: 'sdk-runs-in-browsers', severity: 'error', from: { path: '^packages/sdk/src' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'pure-folders-do-no-io',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|module)$' },
    },
    {
      name: 'modules-see-ports-only',
      severity: 'error',
      from: { path: '^packages/server/src/modules/' },
      to: { path: '^packages/server/src/(catalog/[^/]+/|search/(sqlite|elasticsearch)/|database/(sqlite|postgres)/)' },
    },
    {
      name: 'modules-meet-at-their-index',
      severity: 'error',
      from: { path: '^packages/server/src/modules/([^/]+)/' },
      to: { path: '^packages/server/src/modules/([^/]+)/', pathNot: ['^packages/server/src/modules/$1/', '/index\\.ts$'] },
    },
    {
      name: 'only-ingest-writes-records',
      severity: 'error',
      from: { path: '^packages/server/src/(modules|search|jobs)/' },
      to: { path: '^packages/server/src/catalog/sql-' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|node_modules)/' },
    enhancedResolveOptions: { conditionNames: ['@edufed/source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
}
