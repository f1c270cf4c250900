const duration = /^P(?=\d|T\d)(?:\d+(?:[.,]\d+)?[YMWD])*(?:T(?:\d+(?:[.,]\d+)?[HMS])+)?$/i

/** The ISO 8601 duration that a text is, in capital letters; undefined when it is none. */
export function toIsoDuration(text: string | undefined): string | undefined {
  const written = text?.trim()
  return written !== undefined && duration.test(written) ? written.toUpperCase() : undefined
}
