// The named steps of a sync at which a worker can be killed, and what a worker that knows them is told.

/** The transactions of a sync, in their order. There is a page for each page, and a decision and a block for each block of days. */
export type UnitName = 'preparation' | 'page' | 'balances' | 'decision' | 'block' | 'end'

/**
 * How far a transaction is: all that the work wrote; the feed's numbers taken and the rows for it on their way; the feed written; the events too, so that the
 * commit is next; the commit on its way, its answer never read; committed. The end finishes the lease in the same commit as everything else.
 */
export type Phase = 'written' | 'telling' | 'told' | 'announced' | 'sent' | 'committed'

export type Step = 'claimed' | 'page received' | 'balances received' | `${UnitName} ${Phase}`

export type Place = {
  readonly step: Step
  /** The first of its kind, the second … */
  readonly nth: number
  /** Killed there; or stopped there as a paused machine is, woken when its work is done by another, and killed then. */
  readonly how: 'SIGKILL' | 'SIGSTOP'
}

const killed = (step: Step, nth = 1): Place => ({ step, nth, how: 'SIGKILL' })
const stopped = (step: Step, nth = 1): Place => ({ step, nth, how: 'SIGSTOP' })

/** A block announces no event: the end does, once. */
const blockPhases = ['written', 'telling', 'told', 'sent', 'committed'] as const

/** Every step of a sync with at least four pages and one block. (It is stopped outside of transactions only: within one it would keep its locks.) */
export const places: readonly Place[] = [
  killed('claimed'),
  killed('preparation written'),
  killed('preparation sent'),
  killed('preparation committed'),
  killed('page received'),
  killed('page written', 2),
  killed('page sent', 3),
  ...[1, 2, 3, 4].map((nth) => killed('page committed', nth)),
  killed('balances written'),
  killed('balances committed'),
  killed('balances received'),
  killed('decision committed'),
  ...blockPhases.map((phase) => killed(`block ${phase}`)),
  killed('end written'),
  killed('end announced'),
  killed('end sent'),
  killed('end committed'),
  stopped('page received', 2),
  stopped('decision committed'),
  stopped('block committed'),
]

/** Those of a sync of two blocks that one of a single block does not have. */
export const placesOfSecondBlock: readonly Place[] = [
  killed('decision committed', 2),
  ...blockPhases.map((phase) => killed(`block ${phase}`, 2)),
  stopped('decision committed', 2),
]

/** Mistakes that a worker makes on demand, so that it is seen that they are found. */
export type Mistake =
  /** What the run and its connection are complete through is committed before the rows are. */
  | 'watermark_first'
  /** Whoever has lost the lease goes on all the same. */
  | 'no_fence'

/** What a worker is told; it answers each with `done`. `work`: claim what is due, and end at the place. `rest`: claim no more, and be done with what is claimed. */
export type Order =
  { readonly kind: 'work'; readonly place: Place | null; readonly mistake: Mistake | null } | { readonly kind: 'rest' }

export type Answer = { readonly kind: 'ready' | 'done' } | { readonly kind: 'stopping' }

export const nameOf = ({ step, nth, how }: Place): string =>
  `${how === 'SIGSTOP' ? 'asleep at' : 'at'} ${step}${nth > 1 ? ` ${nth}` : ''}`
