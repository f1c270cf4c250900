/**
 * Runs a task and renews its lease meanwhile. The task's signal is aborted when the lease is lost or the process stops.
 * A renewal that fails (the database is away) is tried again: whether the lease is lost, only the database can say.
 */
export async function whileLeased(
  task: (signal: AbortSignal) => Promise<void>,
  options: { renew: () => Promise<boolean>; renewMs: number; stopping: AbortSignal },
): Promise<void> {
  const lost = new AbortController()
  const signal = AbortSignal.any([lost.signal, options.stopping])
  let renewal: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    renewal = renewal.then(async () => {
      const isHeld = await options.renew().catch(() => true)
      if (!isHeld) lost.abort(new Error('The lease was lost to another process'))
    })
  }, options.renewMs)
  try {
    await task(signal)
  } finally {
    clearInterval(timer)
    await renewal
  }
}
