export interface AnswerOptions {
  /** Format of the records, which an answer need not name. */
  metadataPrefix: string
  /** A larger record is reported instead of read. */
  maxRecordChars?: number
}
