/** 0 when the list was read to its end, 3 when only in part. */
export const exitCodes = { completed: 0, partial: 3, failed: 3, cancelled: 3, paused: 3 } as const
export const usageError = 2
