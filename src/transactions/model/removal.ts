// That a row is missing from an answer says little: banks answer half, answer nothing, and answer late. What it takes to believe
// that a bank has withdrawn a movement is decided here, for a complete run over its whole window.

import type { HeldTransaction } from './sides.ts'

/** What the balance proof of this run says with the missing ones counted in, and with them left out. */
export type RemovalProof = { readonly kept: ProofVerdict; readonly removed: ProofVerdict }
type ProofVerdict = 'verified' | 'unverifiable' | 'mismatch'

export type RemovalVerdict = {
  readonly removed: readonly HeldTransaction[]
  /** Kept, with how many complete runs in a row have now lacked each. */
  readonly kept: readonly { readonly held: HeldTransaction; readonly missed: number }[]
  /**
   * Why two runs are not believed of this run's missing ones:
   * - `empty_answer`     the bank showed nothing where we hold something
   * - `too_many`         more at once than banks withdraw: it takes more runs
   * - `balance_disagrees` the bank's own balance has them still
   */
  readonly quarantine: 'empty_answer' | 'too_many' | 'balance_disagrees' | null
}

/** Beyond as many as this and this share of what is held, missing rows are a fault before they are withdrawals. */
const withdrawnMax = 5
const withdrawnShareMax = 0.05

/** Runs in a row that must lack a row, this one included; of many, as many as a bank may be asked unattended in a day, and so longer than most faults last. */
const runsNeeded = 2
const runsNeededOfMany = 4

/**
 * Removed is what is missing while the balances agree only without it, or what two complete runs in a row have lacked; four, where a suspicious mass is missing.
 * An empty answer and a balance that still has them count for nothing by themselves: not as one of the runs either.
 * `shownCount` is how many rows the bank showed for the window, `heldCount` how many live ones were held in it before the run.
 */
export function decideRemovals(run: {
  readonly missing: readonly HeldTransaction[]
  readonly shownCount: number
  readonly heldCount: number
  readonly proof: RemovalProof
}): RemovalVerdict {
  const { missing, proof } = run
  if (missing.length === 0) return { removed: [], kept: [], quarantine: null }
  if (proof.removed === 'verified' && proof.kept === 'mismatch') return { removed: missing, kept: [], quarantine: null }

  const quarantine = quarantineOf(run)
  const isCounted = quarantine === null || quarantine === 'too_many'
  const needed = quarantine === 'too_many' ? runsNeededOfMany : runsNeeded
  const counted = missing.map((held) => ({ held, missed: held.missed + (isCounted ? 1 : 0) }))
  const isBelieved = ({ missed }: { readonly missed: number }) => isCounted && missed >= needed
  return {
    removed: counted.filter(isBelieved).map(({ held }) => held),
    kept: counted.filter((each) => !isBelieved(each)),
    quarantine,
  }
}

function quarantineOf({
  missing,
  shownCount,
  heldCount,
  proof,
}: Parameters<typeof decideRemovals>[0]): RemovalVerdict['quarantine'] {
  if (shownCount === 0) return 'empty_answer'
  if (proof.kept === 'verified' && proof.removed === 'mismatch') return 'balance_disagrees'
  // Not the second of two equals: a bank that has shown everything twice and stops takes as many away, and the movements are still there.
  const movements = missing.filter(({ occurrence }) => occurrence === 1).length
  if (movements > withdrawnMax && movements > heldCount * withdrawnShareMax) return 'too_many'
  return null
}
