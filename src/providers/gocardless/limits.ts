// What GoCardless says of its limits in headers. Their names are written as Django's environment has them, `HTTP_X_RATELIMIT_…`; with dashes they have been seen too.

import type { OutboundAnswer } from '../../shared/outbound.ts'
import type { CallLimit } from '../provider.ts'

type Headers = OutboundAnswer['headers']

/** How many successful calls are left for this account and resource, told with each of them: four a day. */
export function callLimitOf(headers: Headers, now: Date): CallLimit | undefined {
  const remaining = numberIn(headers, 'account-success-remaining')
  const reset = numberIn(headers, 'account-success-reset')
  if (remaining === undefined || reset === undefined || remaining < 0 || remaining > callsMax) return undefined
  return { remaining, resetsAt: after(now, reset) }
}

/** What is beyond it is no number of calls, and no column's. */
const callsMax = 100_000

/** When the limit that has just refused a call begins anew: the account's, if that is what is used up, else the general one. */
export function resetOf(headers: Headers, now: Date): Date | undefined {
  const used = ['account-success', undefined].find((limit) => numberIn(headers, nameOf(limit, 'remaining')) === 0)
  const reset = numberIn(headers, nameOf(used, 'reset'))
  return reset === undefined ? undefined : after(now, reset)
}

const nameOf = (limit: string | undefined, what: string): string => (limit === undefined ? what : `${limit}-${what}`)

/** The reset has been seen below nought: then it has been. None runs longer than a day. */
function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + Math.min(Math.max(seconds, 0), daySeconds) * 1000)
}

const daySeconds = 24 * 60 * 60

function numberIn(headers: Headers, name: string): number | undefined {
  const dashed = `x-ratelimit-${name}`
  const text = headers[`http_${dashed.replaceAll('-', '_')}`] ?? headers[dashed] ?? headers[`http-${dashed}`]
  return text !== undefined && /^-?\d{1,10}$/.test(text) ? Number(text) : undefined
}
