// Evidence for one pair added up.

import { signals } from '../signals/index.ts'
import type { Evidence, Family } from '../signals/signal.ts'
import type { Books } from './books.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import type { Reason } from './reasons.ts'
import { weights } from './weights.ts'

/** What the signals say of one pair. */
export type Scored = {
  /** Bits of each family of signals; 0 where none spoke. */
  readonly byFamily: Readonly<Record<Family, number>>
  readonly evidence: readonly (Evidence & { readonly signal: string; readonly family: Family })[]
}

const families: readonly Family[] = ['amount', 'time', 'document', 'party', 'text', 'account']

/** Asks every signal about the pair. */
export function scorePair(line: LineFeatures, entry: EntryFeatures, books: Books): Scored {
  const evidence: { signal: string; family: Family; bits: number; key: Evidence['key']; params: Evidence['params'] }[] =
    []
  for (const { name, family, compare } of signals) {
    const found = compare(line, entry, books)
    if (found !== null) evidence.push({ signal: name, family, bits: found.bits, key: found.key, params: found.params })
  }
  const byFamily = { amount: 0, time: 0, document: 0, party: 0, text: 0, account: 0 }
  for (const family of families) byFamily[family] = combined(evidence, family)
  return { byFamily, evidence }
}

/** What was said, as it is kept with a match. */
export function reasonsOf({ evidence }: Scored): Reason[] {
  return evidence.map(({ signal, bits, key, params }) => ({
    signal,
    strength: Math.round(bits * 10) / 10,
    key,
    params: params(),
  }))
}

/** The sum over families. */
export function bitsOf({ byFamily }: Scored): number {
  return byFamily.amount + byFamily.time + byFamily.document + byFamily.party + byFamily.text + byFamily.account
}

/**
 * What stands against any one of the entries before anything is compared: log2 of how much likelier it is that the line belongs to
 * it than that the books do not know the line.
 */
export function priorBits(books: Books): number {
  const { hasCounterpart } = weights
  return Math.log2(hasCounterpart / (1 - hasCounterpart) / Math.max(1, books.entryCount))
}

/** Signals about one thing repeat each other: the strongest on either side counts, and a share of the rest. */
function combined(evidence: readonly { readonly family: Family; readonly bits: number }[], family: Family): number {
  let [best, worst, total] = [0, 0, 0]
  for (const each of evidence) {
    if (each.family !== family) continue
    total += each.bits
    if (each.bits > best) best = each.bits
    if (each.bits < worst) worst = each.bits
  }
  return best + worst + (total - best - worst) * weights.repeated
}
