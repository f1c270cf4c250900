/** A text of a record, with the language that the record tells for it. */
export interface SourceText {
  text: string
  language?: string
}

/** A text of a record by its path, as a mapping may write it. */
export interface SourceEntry {
  path: string
  text: string
  /** A rule has read it. */
  isRead: boolean
}

/** A record as a mapping sees it, whatever it is written in. */
export interface MappingSource {
  /** The texts at a path, in the order of the record. */
  read(path: string): SourceText[]
  /** All texts of the record. */
  entries(): SourceEntry[]
}

/** More values at one path, or texts in one record, are left out. */
export const maxSourceValues = 1000
