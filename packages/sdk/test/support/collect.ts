/** Everything that an iterable gives, and the error that ended it, if one did. */
export async function collect<T>(items: AsyncIterable<T>, limit = Number.POSITIVE_INFINITY): Promise<{ items: T[]; error?: unknown }> {
  const collected: T[] = []
  try {
    for await (const item of items) {
      collected.push(item)
      if (collected.length >= limit) break
    }
  } catch (error) {
    return { items: collected, error }
  }
  return { items: collected }
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('The promise was expected to reject')
}
