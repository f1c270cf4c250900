export type { KnownSource, SourceDirectory } from './source-directory.js'
