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
  readonly evidence: readonly Said[]
}

/** One signal's evidence. `share` is how much of it counts: what repeats stronger evidence of its family counts less. */
export type Said = Evidence & { readonly signal: string; readonly family: Family; readonly share: number }

const families: readonly Family[] = ['amount', 'time', 'period', 'document', 'party', 'text', 'account', 'code']

/** Asks every signal about the pair. */
export function scorePair(line: LineFeatures, entry: EntryFeatures, books: Books): Scored {
  const evidence: { -readonly [Field in keyof Said]: Said[Field] }[] = []
  for (const { name, family, compare } of signals) {
    const found = compare(line, entry, books)
    if (found !== null)
      evidence.push({ signal: name, family, share: 1, bits: found.bits, key: found.key, params: found.params })
  }
  const byFamily = { amount: 0, time: 0, period: 0, document: 0, party: 0, text: 0, account: 0, code: 0 }
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

/** Signals about one thing repeat each other: the strongest on either side counts, and a share of the rest. */
function combined(
  evidence: readonly { readonly family: Family; readonly bits: number; share: number }[],
  family: Family,
): number {
  let [best, worst] = [0, 0]
  for (const each of evidence) {
    if (each.family !== family) continue
    if (each.bits > best) best = each.bits
    if (each.bits < worst) worst = each.bits
  }
  let total = 0
  for (const each of evidence) {
    if (each.family !== family) continue
    each.share = each.bits === best || each.bits === worst ? 1 : weights.repeated
    total += each.bits * each.share
  }
  return total
}
