// One attempt by one person to authorise access at one institution: its states, and which may follow which.

import type { SessionFailure } from '../../providers/provider.ts'

/** In the order in which they can come. `completed`, `expired` and `withdrawn` are final; after `failed` and `cancelled` the link still works. */
export const sessionStatuses = [
  'created',
  'opened',
  'redirected',
  'completed',
  'failed',
  'cancelled',
  'expired',
  'withdrawn',
] as const

export type SessionStatus = (typeof sessionStatuses)[number]

/** What can happen to a session. `open`: the link is opened; `redirect`: the person is sent to the bank; `withdraw`: the tenant takes it back. */
export const sessionMoves = ['open', 'redirect', 'complete', 'fail', 'cancel', 'expire', 'withdraw'] as const

export type SessionMove = (typeof sessionMoves)[number]

export type SessionTransition =
  | { readonly kind: 'moved'; readonly to: SessionStatus }
  /** It is there already: the same callback again, the link opened twice. Nothing is written and nothing is announced. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused' }

/**
 * What a move makes of a session. Sending the person to the bank again from `redirected` is a move: a new attempt, with a new state. What became
 * of an attempt is only taken from `redirected`: an outcome that comes after expiry or withdrawal is refused, and a consent that the bank gave
 * all the same is to be revoked there.
 */
export function moveSession(from: SessionStatus, move: SessionMove): SessionTransition {
  const to = transitions[from][move]
  if (to === undefined) return { kind: 'refused' }
  return to === 'unchanged' ? { kind: 'unchanged' } : { kind: 'moved', to }
}

/**
 * When the tenant is told that nobody has opened a link, so that it can send it again: a day before it ends, or half-way where it lives less than two days.
 * Null where there is nothing to tell, or it has been told of this link.
 */
export function unopenedFrom(session: {
  readonly status: SessionStatus
  readonly page: 'hosted' | 'none'
  readonly linkHours: number
  readonly expiresAt: Date
  readonly unopenedAt: Date | null
}): Date | null {
  if (session.status !== 'created' || session.page === 'none' || session.unopenedAt !== null) return null
  return new Date(session.expiresAt.getTime() - Math.min(24, session.linkHours / 2) * 3_600_000)
}

/** Whether its link still leads somewhere: not after completion, withdrawal or expiry. */
export function linkWorks(
  { status, expiresAt }: { readonly status: SessionStatus; readonly expiresAt: Date },
  now: Date,
): boolean {
  return now < expiresAt && moveSession(status, 'open').kind !== 'refused'
}

/** How an attempt that came to nothing is recorded: the person's own wish is no failure. */
export function moveOfFailure(failure: SessionFailure): 'cancel' | 'fail' {
  return failure === 'cancelled_by_person' ? 'cancel' : 'fail'
}

const transitions: Readonly<Record<SessionStatus, Partial<Record<SessionMove, SessionStatus | 'unchanged'>>>> = {
  // Without our page (`page: "none"`) the link is the bank's own, and `opened` is never seen.
  created: { open: 'opened', redirect: 'redirected', expire: 'expired', withdraw: 'withdrawn' },
  opened: {
    open: 'unchanged',
    redirect: 'redirected',
    fail: 'failed',
    cancel: 'cancelled',
    expire: 'expired',
    withdraw: 'withdrawn',
  },
  redirected: {
    open: 'unchanged',
    redirect: 'redirected',
    complete: 'completed',
    fail: 'failed',
    cancel: 'cancelled',
    expire: 'expired',
    withdraw: 'withdrawn',
  },
  completed: { complete: 'unchanged' },
  // Neither expires: what became of the attempt stays said, while its link just ends.
  failed: { open: 'opened', fail: 'unchanged', withdraw: 'withdrawn' },
  cancelled: { open: 'opened', cancel: 'unchanged', withdraw: 'withdrawn' },
  expired: { expire: 'unchanged' },
  withdrawn: { withdraw: 'unchanged' },
}
