/** The items of all pages of a list, each page fetched when its first item is asked for. */
export async function* iteratePages<Page extends { cursor?: string }, Item>(
  readPage: (cursor: string | undefined) => Promise<Page>,
  toItems: (page: Page) => readonly Item[],
  cursor?: string,
): AsyncGenerator<Item, void, undefined> {
  do {
    const page = await readPage(cursor)
    yield* toItems(page)
    cursor = page.cursor
  } while (cursor !== undefined)
}
