// Four successful calls in 24 hours for each account and scope, told with each of them.

import type { FastifyReply } from 'fastify'
import type { Scope } from './institutions.ts'
import { refusal } from './refusal.ts'
import { dayMs, type LinkedAccount } from './world.ts'

const limit = 4

function recent(account: LinkedAccount, scope: Scope, now: Date): Date[] {
  return (account.calls.get(scope) ?? []).filter((at) => at.getTime() > now.getTime() - dayMs)
}

function secondsLeft(calls: readonly Date[], now: Date): number {
  const [oldest = now] = calls
  return Math.ceil((oldest.getTime() + dayMs - now.getTime()) / 1000)
}

export const quotaRefusal = (seconds: number) =>
  refusal(
    429,
    'Rate limit exceeded',
    `The rate limit for this resource is ${limit}/day. Please try again in ${seconds} seconds`,
  )

/** @throws {Refusal} 429 */
export function checkQuota(account: LinkedAccount, scope: Scope, now: Date): void {
  const calls = recent(account, scope, now)
  if (calls.length >= limit) throw quotaRefusal(secondsLeft(calls, now))
}

/** Writes the call down and says what is left, in headers that are spelled as Django's environment has them. */
export function count(account: LinkedAccount, scope: Scope, now: Date, reply: FastifyReply): void {
  const calls = [...recent(account, scope, now), now]
  account.calls.set(scope, calls)
  void reply.headers({
    HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_LIMIT: String(limit),
    HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING: String(limit - calls.length),
    HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET: String(secondsLeft(calls, now)),
  })
}
