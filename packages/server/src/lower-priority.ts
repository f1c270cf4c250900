import { setPriority } from 'node:os'

/**
 * Lets other threads go first where there are fewer processors than work. Linux alone has priorities by thread; elsewhere nothing happens.
 *
 * @param niceness - From 1 to 19: 19 for threads that nobody waits for, less where somebody may.
 */
export function lowerPriorityOfThread(niceness: number): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(niceness)
  } catch {
    // Some containers forbid it. It only made searches beside a harvest faster.
  }
}
