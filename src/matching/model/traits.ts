// What is told of a hypothesis in numbers, and how much each of them is worth. The signals say in bits what each piece of evidence
// would be worth by itself; how far they can be believed beside each other was learnt from labelled books (`learned.ts`).

import type { EntryFeatures, LineFeatures } from './features.ts'
import { learned } from './learned.ts'
import type { Scored } from './score.ts'
import type { Settlement } from './settlement.ts'
import { weights } from './weights.ts'

/** Numbers by name; what is not told is 0. Names that are not known are worth nothing. */
export type Told = Readonly<Record<string, number>>

/** The same packed, as many are held: the number of each name and its value, one after the other. */
export type Traits = readonly number[]

const numbers = new Map<string, number>()
const names: string[] = []

function numberOf(name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, names.length)
  return names.push(name) - 1
}

export function packed(told: Told): Traits {
  const traits: number[] = []
  for (const name in told) traits.push(numberOf(name), told[name] ?? 0)
  return traits
}

export function unpacked(traits: Traits): Told {
  const told: Record<string, number> = {}
  for (let at = 0; at < traits.length; at += 2) told[names[traits[at] ?? 0] ?? ''] = traits[at + 1] ?? 0
  return told
}

/** What no labelled books show, as nobody refuses anything in them: worth what was judged. */
const judged: Readonly<Record<string, number>> = { 'counterparty.known-not': 1 }

/** Log2 of how much likelier the hypothesis is than that the books do not know the line. */
export function worthOf(traits: Traits): number {
  let bits = 0
  for (let at = 0; at < traits.length; at += 2) {
    const name = names[traits[at] ?? 0] ?? ''
    bits += (learned[name] ?? judged[name] ?? 0) * (traits[at + 1] ?? 0)
  }
  return bits
}

/**
 * From here on, more of the same evidence is told apart: it seldom is worth as much again. In large books it begins at a share of what tells one entry from
 * all others, as both grow with the books.
 */
const muchParty = { atLeast: 8, share: 0.7 }
const muchDocument = { atLeast: 10, share: 0.9 }

const collectedDaysMax = 4

type Compared = {
  readonly settlement: Settlement
  readonly scored: Scored
  readonly entryCount: number
  readonly alike: Alike
}

/**
 * How the entry stands among the party's others of the same amount, where there are any: rent, subscriptions. `tariffDays`: what is
 * missing is to the cent what this processor keeps, and how usual it is, in bits, that it pays out after so many days.
 */
export type Alike = {
  readonly tariffDays?: number
  readonly among?: number
  /** A document tells it from the others. */
  readonly isNamed?: boolean
  readonly isNearest?: boolean
  readonly isOldest?: boolean
}

export function pairTraits(
  line: LineFeatures,
  entry: EntryFeatures,
  { settlement, scored, entryCount, alike }: Compared,
): Told {
  const { kind } = settlement
  const { byFamily } = scored
  const isWhole = kind === 'exact' || kind === 'discount'
  const traits: Record<string, number> = {
    ...among(entryCount),
    [`is ${kind}`]: 1,
    [`of ${groupOf(entry)}`]: 1,
  }
  for (const { key, bits, share } of scored.evidence) traits[key] = (traits[key] ?? 0) + bits * share
  const telling = Math.log2(entryCount + weights.othersAssumed)
  const beyond = (bits: number, { atLeast, share }: typeof muchParty) => bits - Math.max(atLeast, share * telling)
  const [party, document] = [beyond(byFamily.party, muchParty), beyond(byFamily.document, muchDocument)]
  if (party > 0) traits['much party'] = party
  if (document > 0) traits['much document'] = document
  if (isWhole && byFamily.party >= 3) traits['whole and party'] = 1
  if (isWhole && byFamily.document >= 6) traits['whole and document'] = 1
  if (isWhole && byFamily.party >= 3 && byFamily.document >= 6) traits['whole, party and document'] = 1
  if (!isWhole && byFamily.document >= 6) traits['part and document'] = 1
  if (!isWhole && byFamily.party >= 3) traits['part and party'] = 1
  if (byFamily.party < 0 && byFamily.document <= 0) traits['stranger'] = 1
  if (kind === 'partial' && entry.entry.openAmount !== entry.entry.amount) traits['partly paid'] = 1
  if (isWhole && line.isCollected === true && isWhenDue(line, entry)) traits['collected when due'] = 1
  if (kind === 'fee' && line.line.isPayout === true) traits['payout fee'] = 1
  if (alike.tariffDays !== undefined) {
    traits['by tariff'] = 1
    traits['tariff.days'] = alike.tariffDays
  }
  if (alike.among !== undefined) {
    traits['alike'] = 1
    traits['alike many'] = Math.log2(alike.among)
    if (alike.isNamed === true) traits['alike named'] = 1
    if (alike.isNearest === true) traits['alike nearest'] = 1
    if (alike.isOldest === true) traits['alike oldest'] = 1
    if (alike.isNearest === true && alike.isOldest === true) traits['alike nearest and oldest'] = 1
  }
  if (entry.hasTwoHalves) traits['half missing'] = 1
  return traits
}

/** On the day, or when banks work again. */
function isWhenDue({ valueDay }: LineFeatures, { entry, expectedDay }: EntryFeatures): boolean {
  if (entry.dueDate === undefined || expectedDay === undefined) return false
  return valueDay >= expectedDay && valueDay <= expectedDay + collectedDaysMax
}

/** The larger the books, the less likely is any one entry. */
export function among(entryCount: number): Told {
  return { any: 1, books: -Math.log2(entryCount + weights.othersAssumed) }
}

function groupOf({ entry: { kind } }: EntryFeatures): string {
  if (kind.startsWith('sales_')) return 'sales'
  return kind.startsWith('purchase_') ? 'purchases' : kind
}
