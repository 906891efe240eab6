import type { Books } from './candidates.ts'
import { isPieceOf, namedBy } from './document-numbers.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { linkOf, type Hypothesis, type Identity } from './hypothesis.ts'
import type { ReasonKey } from './reasons.ts'
import { bitsOf, priorBits, scorePair, type Scored } from './score.ts'
import { weights } from './weights.ts'
import { expectedOf, isBounded, settle, type Settlement } from './settlement.ts'

/** A line and an entry that it may settle, compared. */
export type Pair = { readonly entry: EntryFeatures; readonly settlement: Settlement; readonly scored: Scored }

/** Compares the line with an entry; undefined when its amount cannot settle it. */
export function comparePair(line: LineFeatures, entry: EntryFeatures, books: Books): Pair | undefined {
  const settlement = settle(line.line, expectedOf(entry.entry, line.line))
  return settlement === undefined ? undefined : { entry, settlement, scored: scorePair(line, entry, books) }
}

/** One line for one entry; undefined when the difference is beyond its bound. */
export function pairHypothesis(
  line: LineFeatures,
  { entry, settlement, scored }: Pair,
  books: Books,
): Hypothesis | undefined {
  if (!isBounded(settlement)) return undefined
  // Half a transfer is none: the money that left is the money that arrives.
  if (entry.entry.kind === 'transfer' && settlement.kind !== 'exact') return undefined
  return {
    lines: [line],
    entries: [entry],
    links: [linkOf(line, entry, settlement)],
    ...(settlement.difference !== undefined && { difference: settlement.difference }),
    bits: priorBits(books) + bitsOf(scored) + (entry.hasTwoHalves ? weights.transfer.halfMissing : 0),
    reasons: scored.reasons,
    identity: isIncomplete(line, entry, settlement) ? 'none' : identityOf(scored, settlement),
  }
}

/**
 * Whether there is more to it than this line and this entry: the other half of a transfer, which may come tomorrow; or other
 * documents that the line names, when its amount is not just this one's.
 */
function isIncomplete(line: LineFeatures, entry: EntryFeatures, { kind }: Settlement): boolean {
  return entry.hasTwoHalves || (kind !== 'exact' && namesOthers(line, entry))
}

function namesOthers({ mentions }: LineFeatures, { documentNumber: number }: EntryFeatures): boolean {
  if (number === undefined) return false
  return mentions.some(
    (mention) => mention.worded && namedBy(mention, number) === undefined && !isPieceOf(mention, number),
  )
}

/** What says which entry is meant, whatever the amount. */
const documentKeys: ReadonlySet<ReasonKey> = new Set([
  'reference.equal',
  'reference.in-text',
  'end-to-end-id.equal',
  'document-number.named',
])
/** What says who paid, or a number that may be a coincidence: enough with the exact amount. */
const partyKeys: ReadonlySet<ReasonKey> = new Set([
  'counterparty-iban.equal',
  'counterparty-name.equal',
  'counterparty-name.in-text',
  'document-number.number',
  'document-number.in-reference',
  'own-account.equal',
])
/** A reference that many entries share, or a number of two digits, says little. */
const tellingBits = 9

function identityOf({ reasons, byFamily }: Scored, { kind }: Settlement): Identity {
  if (reasons.some(({ key, strength }) => documentKeys.has(key) && strength >= tellingBits)) return 'document'
  // Who names another document pays another one, whatever amount both happen to have.
  const isWhole = (kind === 'exact' || kind === 'discount') && byFamily.document >= 0
  return isWhole && reasons.some(({ key, strength }) => partyKeys.has(key) && strength > 0) ? 'party' : 'none'
}
