import type { Problem } from '@edufed/sdk/schemas'
import type { TaskFailure } from './harvest-messages.js'

/** Why a harvest ended before its end, as it stands in the harvest's document. */
export function toHarvestProblem(failure: TaskFailure): Problem {
  const message = failure.code === 'EDUFED_INTERNAL' ? 'Something went wrong in the server while the harvest ran' : failure.message
  const fix = failure.fix ?? 'The log of the server has the cause'
  return {
    type: `/problems/${failure.code}`,
    title: message,
    status: 502,
    detail: `${message.replace(/[.]$/, '')}. ${fix}.`.replace(/\.\.$/, '.'),
    code: failure.code,
  }
}
