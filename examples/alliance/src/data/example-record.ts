/** What one platform knows of one resource, before any protocol: one line of a data set. */
export interface ExampleRecord {
  id: string
  title: string
  /** Titles by BCP 47 tag, when there are several. */
  titles?: Record<string, string>
  language: string
  description?: string
  subject?: string[]
  stage?: string
  grade?: string[]
  edition?: string
  volume?: string
  type?: string
  keywords?: string[]
  creator?: string
  publisher?: string
  url: string
  license?: string
  dateCreated?: string
  dateModified?: string
  encodingFormat?: string
  contentSize?: number
  isPartOf?: string
  /** The id of the record that this one translates. */
  translationOf?: string
}

/** The three platforms' holdings. */
export interface AllianceData {
  /** Records of the national platform; absent when `nationalFiles` serves the platform's own files. */
  national: ExampleRecord[]
  /** Folder with the national platform's raw files, to be served as they are. */
  nationalFiles?: string
  /** Records of the province by set. */
  provincial: Record<string, ExampleRecord[]>
  /** Records that the province had and took back. */
  withdrawn: string[]
  /** Rows of the school's table. */
  schoolTable: ExampleRecord[]
  /** What the school's own portal pushes. */
  schoolPush: ExampleRecord[]
}
