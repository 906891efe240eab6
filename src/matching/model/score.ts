// Evidence for one pair added up.

import { signals } from '../signals/index.ts'
import type { Family } from '../signals/signal.ts'
import type { Books } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import type { Reason } from './reasons.ts'
import { weights } from './weights.ts'

/** What the signals say of one pair. */
export type Scored = {
  /** Bits of each family of signals; 0 where none spoke. */
  readonly byFamily: Readonly<Record<Family, number>>
  readonly reasons: readonly Reason[]
}

/** Asks every signal about the pair. */
export function scorePair(line: LineFeatures, entry: EntryFeatures, books: Books): Scored {
  const reasons: Reason[] = []
  const found: Record<Family, number[]> = { amount: [], time: [], document: [], party: [], text: [], account: [] }
  for (const { name, family, compare } of signals) {
    const evidence = compare(line, entry, books)
    if (evidence === null) continue
    found[family].push(evidence.bits)
    reasons.push({
      signal: name,
      strength: Math.round(evidence.bits * 10) / 10,
      key: evidence.key,
      params: evidence.params,
    })
  }
  return {
    byFamily: {
      amount: combined(found.amount),
      time: combined(found.time),
      document: combined(found.document),
      party: combined(found.party),
      text: combined(found.text),
      account: combined(found.account),
    },
    reasons,
  }
}

/** The sum over families. */
export function bitsOf({ byFamily }: Scored): number {
  return byFamily.amount + byFamily.time + byFamily.document + byFamily.party + byFamily.text + byFamily.account
}

/**
 * What stands against any one of the open entries before anything is compared: log2 of how much likelier it is that the line
 * belongs to it than that the books do not know the line.
 */
export function priorBits(books: Books): number {
  const { hasCounterpart } = weights
  return Math.log2(hasCounterpart / (1 - hasCounterpart) / Math.max(1, books.openCount))
}

/** Signals about one thing repeat each other: the strongest on either side counts, and a share of the rest. */
function combined(bits: readonly number[]): number {
  if (bits.length < 2) return bits[0] ?? 0
  const best = Math.max(0, ...bits)
  const worst = Math.min(0, ...bits)
  const rest = bits.reduce((total, each) => total + each, 0) - best - worst
  return best + worst + rest * weights.repeated
}
