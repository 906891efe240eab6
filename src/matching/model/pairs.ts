import type { CandidateSource } from './candidates.ts'
import type { Books } from './books.ts'
import { isKnownDocument } from './known-documents.ts'
import { isPieceOf, isShapedLike, namedBy, type Mention } from './document-numbers.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { documentKey, referenceKey } from './keys.ts'
import { isOneSlip } from './names.ts'
import { linkOf, seriesOf, spendOf, type Explanation, type Hypothesis, type Identity } from './hypothesis.ts'
import type { ReasonKey } from './reasons.ts'
import { reasonsOf, scorePair, type Scored } from './score.ts'
import { expectedOf, isBounded, settle, size, type Settlement } from './settlement.ts'
import { packed, pairTraits, worthOf, type Alike } from './traits.ts'
import { bars } from './weights.ts'

/** A line and an entry that it may settle, compared. */
export type Pair = { readonly entry: EntryFeatures; readonly settlement: Settlement; readonly scored: Scored }

/** Compares the line with an entry; undefined when its amount cannot settle it. */
export function comparePair(line: LineFeatures, entry: EntryFeatures, source: CandidateSource): Pair | undefined {
  const settlement = settle(line.line, expectedOf(entry.entry, line.line))
  return settlement === undefined ? undefined : { entry, settlement, scored: scorePair(line, entry, source) }
}

/** One line for one entry; undefined when the difference is beyond its bound. */
export function pairHypothesis(
  line: LineFeatures,
  { entry, settlement, scored }: Pair,
  source: CandidateSource,
  alike: Alike = {},
): Hypothesis | undefined {
  if (!isBounded(settlement)) return undefined
  // Half a transfer is none: the money that left is the money that arrives.
  if (entry.entry.kind === 'transfer' && settlement.kind !== 'exact') return undefined
  const traits = packed(pairTraits(line, entry, { settlement, scored, entryCount: source.entryCount, alike }))
  const identity = alike.tariffDays !== undefined ? 'party' : identityOf(scored, settlement, entry)
  return {
    lines: [line],
    entries: [entry.place],
    spends: [spendOf(settlement)],
    ...(settlement.difference !== undefined && { difference: settlement.difference.kind }),
    ...(settlement.kind === 'partial' && { isPartial: true }),
    ...(alike.among !== undefined && { series: seriesOf(entry) }),
    traits,
    bits: worthOf(traits),
    identity,
    ...(alike.isNamed === false && { isByTurn: true }),
    ...((!isTrade(entry) || scored.evidence.some(({ key }) => monthKeys.has(key))) && { isTurnSure: true }),
    ...(alike.tariffDays === undefined &&
      isIncomplete(line, entry, { settlement, identity }, source) && { isIncomplete: true }),
    isContradicted: isContradicted(line, entry, scored, source),
    isDoubted: isDoubted(scored),
    explain: explainPair(line, entry.place, source),
  }
}

/** Holds no more than where the entry stands: many explanations are kept, and few are asked for. */
function explainPair(line: LineFeatures, place: number, source: CandidateSource): () => Explanation {
  return () => {
    const entry = source.at(place)
    const pair = comparePair(line, entry, source)
    if (pair === undefined) throw new Error('a pair is explained before anything of its entry is spent')
    const { settlement, scored } = pair
    return {
      links: [linkOf(line, entry, settlement)],
      ...(settlement.difference !== undefined && { difference: settlement.difference }),
      reasons: reasonsOf(scored),
    }
  }
}

/** What says outright that another document is meant. */
const contradictions: ReadonlySet<ReasonKey> = new Set(['reference.differs', 'document-number.other'])

/** A number that is this one but for a slip is a slip, if it is no other document's, or hardly that one's. */
export function isContradicted(
  line: LineFeatures,
  entry: EntryFeatures,
  { evidence, byFamily }: Scored,
  source: CandidateSource,
): boolean {
  const { documentNumber: number, references } = entry
  const against = evidence.filter(({ key, bits }) => contradictions.has(key) && bits <= bars.contradiction)
  if (against.length === 0) return false
  const own = number === undefined ? [] : [number.whole, number.digits, number.serial]
  const isPayerSure = byFamily.party >= tellingBits
  const isSlipOf = (mention: Mention): boolean =>
    mention.forms.some((form) => own.some((each) => isSlip(form, each) || isRunInto(form, each))) &&
    (!isKnownDocument(mention, source) || (isPayerSure && isHardlyMeant(mention, line, entry, source)))
  const isOwn = (mention: Mention): boolean => (number !== undefined && isPieceOf(mention, number)) || isSlipOf(mention)
  const isBeside = (mention: Mention): boolean =>
    number !== undefined && !mention.worded && !isShapedLike(mention, number) && !isKnownDocument(mention, source)
  const isSlipped = line.mentions.some(isOwn) && line.mentions.every((each) => isOwn(each) || isBeside(each))
  const isReferenceSlipped = line.references.every(
    (reference) => source.count(referenceKey(reference)) === 0 && references.some((each) => isSlip(reference, each)),
  )
  return !against.every(({ key }) => (key === 'reference.differs' ? isReferenceSlipped : isSlipped))
}

/** Whether all documents that have the number are open, somebody else's, and of other amounts. */
function isHardlyMeant(
  { forms }: Mention,
  { line }: LineFeatures,
  { party }: EntryFeatures,
  source: CandidateSource,
): boolean {
  return forms.map(documentKey).every((key) => {
    const places = source.openWith(key, sameNumberMax)
    return (
      places.length === source.count(key) &&
      places
        .map((place) => source.at(place))
        .every((other) => other.party !== party && other.entry.openAmount !== line.amount)
    )
  })
}

/** The number and a date behind it, where the blank was lost. */
function isRunInto(form: string, own: string): boolean {
  return own.length > slippedLengthMin && form.startsWith(own) && /^(\d{6}|\d{8})$/.test(form.slice(own.length))
}

function isSlip(form: string, own: string): boolean {
  const [short, long] = form.length <= own.length ? [form, own] : [own, form]
  return short.length >= slippedLengthMin && isOneSlip(short, long)
}

function isDoubted({ evidence }: Scored): boolean {
  return evidence.some(({ bits }) => bits <= bars.contradiction)
}

/**
 * Whether there is more to it than this line and this entry: the other half of a transfer, which may come tomorrow; or, when its
 * amount is not just this one's, other documents or days that the line names, or others that are open.
 */
function isIncomplete(
  line: LineFeatures,
  entry: EntryFeatures,
  { settlement: { kind }, identity }: { readonly settlement: Settlement; readonly identity: Identity },
  source: CandidateSource,
): boolean {
  if (entry.hasTwoHalves) return true
  // What is left when the discount is taken is as exact as the whole.
  if (kind === 'exact' || kind === 'discount') return false
  if (kind === 'fee' && line.isPayoutOfDays === true) return true
  return (
    namesOthers(line, entry, source) ||
    (kind === 'overpayment' && identity === 'document' && owesMore(line, entry, source))
  )
}

/** What is too much for this entry may be for another of the same party, if it is a fair part of that. */
function owesMore(
  { line, day }: LineFeatures,
  { party, place, entry }: EntryFeatures,
  source: CandidateSource,
): boolean {
  if (party === undefined || isRoundedUp(line.amount, entry.openAmount)) return false
  const over = size(line.amount) - size(entry.openAmount)
  const others = source.openOf(party, { currency: entry.currency, day, max: othersMax })
  return others.some((other) => other.place !== place && size(other.entry.openAmount) <= over * partMin)
}

/** A whole number of units for one that is not, and hardly more. */
function isRoundedUp(paid: bigint, open: bigint): boolean {
  const over = size(paid) - size(open)
  return paid % wholeUnit === 0n && open % wholeUnit !== 0n && over > 0n && over < roundedMax
}

function namesOthers({ mentions }: LineFeatures, entry: EntryFeatures, books: Books): boolean {
  const { documentNumber: number, references } = entry
  if (number === undefined) return false
  return mentions.some(
    (mention) =>
      namedBy(mention, number) === undefined &&
      !isPieceOf(mention, number) &&
      !mention.forms.some((form) => references.includes(form)) &&
      (mention.worded
        ? isShapedLike(mention, number) || isKnownDocument(mention, books)
        : mayBeDocument(mention, books)),
  )
}

/** Whether some document has the number, if perhaps by chance. */
function mayBeDocument({ forms }: Mention, books: Books): boolean {
  return forms.some((form) => form.length >= numberLengthMin && books.count(documentKey(form)) > 0)
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
  'counterparty.known',
  'document-number.number',
  'described-number.shared',
  'document-number.in-reference',
  'own-account.equal',
])
const monthKeys: ReadonlySet<ReasonKey> = new Set(['period.described', 'period.issued', 'period.due'])
/** Of these, the numbers. */
const numberKeys: ReadonlySet<ReasonKey> = new Set([
  'document-number.number',
  'document-number.in-reference',
  'described-number.shared',
])
const numberLengthMin = 3
/** Of a currency with cents; and what people round up by. */
const wholeUnit = 100n
const roundedMax = 1_000n
/** Who pays a part of one more pays at least one in so many of it; and of how many others that is asked. */
const partMin = 5n
const othersMax = 24
/** Documents that have one number: those that are looked at. */
const sameNumberMax = 8
/** A shorter number is another one with any digit changed. */
const slippedLengthMin = 4
/** A reference that many entries share, or a number of two digits, says little. */
const tellingBits = 9
/** A name that is like the other side's; or the other side itself, where the amount is not quite the entry's. */
const likelyBits = 3

function identityOf({ evidence, byFamily }: Scored, { kind }: Settlement, { entry }: EntryFeatures): Identity {
  if (evidence.some(({ key, bits }) => documentKeys.has(key) && bits >= tellingBits)) return 'document'
  // Who names another document pays another one, whatever amount both happen to have.
  const isWhole = (kind === 'exact' || kind === 'discount') && byFamily.document >= 0
  if (isWhole && evidence.some(({ key, bits }) => partyKeys.has(key) && bits > 0)) return 'party'
  const isWithSomebody = isTrade({ entry }) || entry.kind === 'transfer'
  const isTakings = kind === 'fee' && entry.kind === 'ledger_posting'
  if ((isWhole && !isWithSomebody) || isTakings) return 'kind'
  const isNumbered = evidence.some(({ key, bits }) => numberKeys.has(key) && bits >= likelyBits)
  return isNumbered || (kind !== 'partial' && byFamily.party >= likelyBits) ? 'likely' : 'none'
}

/** Who is sent an invoice chooses when to pay it. */
function isTrade({ entry: { kind } }: Pick<EntryFeatures, 'entry'>): boolean {
  return kind.startsWith('sales_') || kind.startsWith('purchase_')
}
