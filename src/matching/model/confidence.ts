// From where a hypothesis stands to how often such a hypothesis is right: learnt from labelled books, as its worth is. Odds alone
// overstate some kinds of evidence and understate others, so what kind it is counts too, though little: what more was told here held in books like
// those that it was learnt from, and not in others (docs/decisions/0013).

import type { Hypothesis } from './hypothesis.ts'
import { learnedPlaces } from './learned.ts'
import { unpacked, type Told } from './traits.ts'
import { bars } from './weights.ts'

/** Where a hypothesis stands, in bits. */
export type Place = {
  /** Against the other explanations of its lines, and that the books do not know them. */
  readonly own: number
  /** What other lines' claims on the same money weigh: those of lines before it, and of lines after it or of its own day. */
  readonly earlier: number
  readonly later: number
  /** Later lines claim it that say the same: what is paid twice is paid by the first. */
  readonly isPaidAgain?: boolean
}

/** Evidence beyond these bits makes a thing little more certain: what no trait tells is then as frequent. */
const likelyBits = 2
const clearBits = 4
const sureBits = 9
const placeMax = 24
/** An amount that is worth less than this is one that many entries have. */
const commonBits = 4
/** From these bits on, a sum's documents or party are known. */
const knownBits = 6

type Judged = Pick<Hypothesis, 'lines' | 'entries' | 'traits' | 'difference' | 'isPartial' | 'isByTurn'>

/** The place and the kind of evidence, in the numbers that confidence is made of. */
export function placeTraits({ own, earlier, later, isPaidAgain = false }: Place, hypothesis: Judged): Told {
  const bits = Math.max(-placeMax, Math.min(placeMax, own))
  const traits = unpacked(hypothesis.traits)
  const [settles, party, document, turn] = [
    settlesOf(hypothesis, traits),
    partyOf(traits),
    documentOf(traits),
    turnOf(traits),
  ]
  const code =
    (traits['bank-code.fits'] ?? 0) > 0 ? 'fits' : (traits['bank-code.differs'] ?? 0) < 0 ? 'differs' : 'none'
  return {
    one: 1,
    own: bits,
    clear: Math.max(0, bits - clearBits),
    [`likely, document ${document}`]: Math.max(0, Math.min(clearBits, bits - likelyBits)),
    sure: Math.max(0, bits - sureBits),
    earlier: Math.min(placeMax, earlier),
    later: Math.min(placeMax, later),
    ...(earlier + later > 0.5 && { rivalled: 1 }),
    ...(isPaidAgain && { 'paid again': 1 }),
    [`settles ${settles}`]: 1,
    [`party ${party}`]: 1,
    [`document ${document}`]: 1,
    [`turn ${turn}`]: 1,
    [`code ${code}`]: 1,
    ...('amount.exact' in traits && (traits['amount.exact'] ?? 0) < commonBits && { 'common amount': 1 }),
    [`party ${party}, document ${document}`]: 1,
    [`settles ${settles}, party ${party}`]: 1,
    [`settles ${settles}, document ${document}`]: 1,
    [`turn ${turn}, document ${document}`]: 1,
    ...(hypothesis.isByTurn === true && { 'by turn': 1, [`by turn ${turn}, document ${document}`]: 1 }),
    [`${settles}, party ${party}, document ${document}, turn ${turn}`]: 1,
    [`own, party ${party}`]: bits / 4,
    [`own, document ${document}`]: bits / 4,
    [`own, settles ${settles}`]: bits / 4,
  }
}

function settlesOf({ lines, entries, difference, isPartial }: Judged, traits: Told): string {
  if (lines.length > 1) {
    if (entries.length > 0) return 'transfer'
    if ('is bare transfer' in traits) return 'bare transfer'
    return 'cancel one of several' in traits ? 'one of several cancellations' : 'cancellation'
  }
  if (entries.length > 1) return `sum${difference === undefined ? '' : ' less'}`
  if ('by tariff' in traits) return 'tariff'
  return difference ?? (isPartial === true ? 'part' : 'exact')
}

function partyOf(traits: Told): string {
  const has = (name: string): boolean => (traits[name] ?? 0) > 0
  if ('sum party' in traits) return (traits['sum party'] ?? 0) >= knownBits ? 'known' : 'unknown'
  const account = has('counterparty-iban.equal')
  const name = has('counterparty-name.equal')
  if ((account && name) || has('counterparty.known')) return 'sure'
  if (account || name || has('own-account.equal')) return 'known'
  if (has('counterparty-name.similar') || has('counterparty-name.in-text')) return 'likely'
  return (traits['counterparty-name.differs'] ?? 0) < 0 || (traits['counterparty-iban.differs'] ?? 0) < 0
    ? 'another'
    : 'unknown'
}

function documentOf(traits: Told): string {
  const has = (name: string): boolean => (traits[name] ?? 0) > 0
  if ('sum documents' in traits) return (traits['sum documents'] ?? 0) >= knownBits ? 'named' : 'none'
  if (has('reference.equal') || has('end-to-end-id.equal') || has('document-number.named')) return 'named'
  if (has('reference.in-text') || has('document-number.number') || has('document-number.in-reference')) return 'likely'
  if (has('described-number.shared')) return 'likely'
  return ['document-number.other', 'document-number.other-bare', 'reference.differs'].some(
    (name) => (traits[name] ?? 0) < 0,
  )
    ? 'another'
    : 'none'
}

function turnOf(traits: Told): string {
  if (!('alike' in traits)) return 'alone'
  if (!('in turn' in traits)) return 'not'
  if ('in turn, clear' in traits) return 'in turn, none left out' in traits ? 'clear and whole' : 'clear'
  return 'in turn, none left out' in traits ? 'whole' : 'next'
}

/** The probability that the hypothesis is right. */
export function confidenceOf(place: Place, hypothesis: Judged): number {
  const traits = placeTraits(place, hypothesis)
  let bits = 0
  for (const name in traits) bits += (learnedPlaces[name] ?? 0) * (traits[name] ?? 0)
  return Math.min(bars.confidenceMax, 1 / (1 + 2 ** -bits))
}
