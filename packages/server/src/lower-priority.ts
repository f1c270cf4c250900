import { setPriority } from 'node:os'

/**
 * Lets other threads go first where there are fewer processors than work: for threads that nobody waits for.
 * Linux alone has priorities by thread; elsewhere nothing happens.
 */
export function lowerPriorityOfThread(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(10)
  } catch {
    // Some containers forbid it. It only made searches beside a harvest faster.
  }
}
