/** Which part of a list. */
export interface ListQuery {
  /** Items a page. */
  limit?: number
  /** The cursor of the previous page. */
  cursor?: string
}
