// How often a TPP may look while the person is away: so many times in any 24 hours, for each consent, account and resource
// (RTS (EU) 2018/389 art. 36(5)).

import type { State } from './state.ts'

const windowMs = 24 * 3_600_000

export type Call = { readonly consentId: string; readonly accountId: string; readonly resource: string }

export function isExceeded(calls: State['calls'], call: Call, limit: number, now: Date): boolean {
  return recent(calls[keyOf(call)], now).length >= limit
}

/** The calls with this one, and without those that no longer count. */
export function counted(calls: State['calls'], call: Call, now: Date): State['calls'] {
  const kept = Object.entries(calls).flatMap(([key, instants]) => {
    const rest = recent(instants, now)
    return rest.length === 0 ? [] : [[key, rest] as const]
  })
  return { ...Object.fromEntries(kept), [keyOf(call)]: [...recent(calls[keyOf(call)], now), now.getTime()] }
}

function keyOf({ consentId, accountId, resource }: Call): string {
  return `${consentId} ${accountId} ${resource}`
}

function recent(instants: readonly number[] | undefined, now: Date): readonly number[] {
  return (instants ?? []).filter((instant) => instant > now.getTime() - windowMs)
}
