// Two movements of one account that cancel each other: a payment that came back. They touch nothing in the books, and what the
// payment was for is still open.

import type { LineFeatures } from './features.ts'
import type { Hypothesis } from './hypothesis.ts'
import { lineHypothesis, lineReason, type LinesNear, type LinesOf } from './line-pairs.ts'
import { likenessOf, type Name } from './names.ts'
import { remembered } from './remembered.ts'
import { size } from './settlement.ts'
import type { Reason, ReasonKey } from './reasons.ts'
import { weights } from './weights.ts'

const daysMax = 45
/** With a fee it is not exact, so the days and the fee have to be few: at most 10 %. */
const feeDaysMax = 20
const feeShareMax = 10n

/** What has to stand there of a name for it to be told of, in letters and as a share of it. */
const payerLettersMin = 6
const payerShareMin = 0.6
/** What both texts of a purchase and its return have to have in common: the bank's word for it and the shop's name. */
const shopWordsMin = 2

/** A number that two texts share by chance is shorter, with the letters in front of it or without. */
const numberDigitsMin = 3
const numberLengthMin = 4
const dayMilliseconds = 86_400_000

/** Lines of which it is kept how well entries explain them. */
const explainedMax = 100_000

/** A line that an entry explains this well (a credit note paid out) is no mere return. */
const ownExplanationBits = 3

type Given = {
  readonly lines: readonly LineFeatures[]
  readonly linesOf: LinesOf
  readonly linesNear: LinesNear
  readonly explained: (line: LineFeatures) => Explained
}

/** A line's best explanation by entries: its bits, 0 without one; the first of them where a document names it, and who that is with. */
type Explained = { readonly bits: number; readonly place?: number; readonly party?: Name }

/** Every payment with every line that may be its return. */
export function cancellationHypotheses({ lines, linesOf, linesNear, ...given }: Given): Hypothesis[] {
  const explained = remembered(explainedMax, given.explained)
  const pairs = lines.flatMap((paid) => {
    const { connectionId, currency, amount } = paid.line
    if (amount === 0n) return []
    return linesOf({ connectionId, currency, amount: -amount, from: paid.day, to: paid.day + daysMax })
      .filter((back) => isAfter(back, paid))
      .map((back) => [paid, back] as const)
  })
  const paymentsOf = Map.groupBy(pairs, ([, back]) => back)
  const isOneOfSeveral = (paid: LineFeatures, back: LineFeatures): boolean => {
    const { place } = explained(paid)
    return (paymentsOf.get(back) ?? []).some(
      ([other]) =>
        other !== paid &&
        (place === undefined || place !== explained(other).place) &&
        !shareReference(paid, back) &&
        shareParty(paid, other),
    )
  }
  const lastOf = new Map([...paymentsOf].map(([back, payments]) => [back, lastByPlace(payments, explained)]))
  const exact = pairs
    .filter(([paid, back]) => {
      const { place } = explained(paid)
      return place === undefined || lastOf.get(back)?.get(place) === paid
    })
    .flatMap(([paid, back]) => cancellation(paid, back, { explained, isOneOfSeveral }) ?? [])
  const known = new Set(exact.flatMap((hypothesis) => hypothesis.lines))
  const withFee = lines
    .filter((back) => !known.has(back) && isReturn(back))
    .flatMap((back) => paymentsBefore(back, linesNear).flatMap((paid) => cancellation(paid, back, { explained }) ?? []))
  return [...exact, ...withFee]
}

/** What came back may come back less the bank's fee, or be taken back with it. */
function paymentsBefore(back: LineFeatures, linesNear: LinesNear): LineFeatures[] {
  const { connectionId, currency, amount } = back.line
  return Array.from({ length: feeDaysMax + 1 }, (_, days) =>
    linesNear({ connectionId, currency, day: back.day - days }),
  ).flatMap((lines) =>
    lines.filter(({ line }) => {
      const fee = -amount - line.amount
      return line.amount > 0n !== amount > 0n && fee !== 0n && size(fee) * feeShareMax <= size(amount)
    }),
  )
}

function cancellation(
  paid: LineFeatures,
  back: LineFeatures,
  {
    explained,
    isOneOfSeveral,
  }: Pick<Given, 'explained'> & { readonly isOneOfSeveral?: (paid: LineFeatures, back: LineFeatures) => boolean },
): Hypothesis | undefined {
  const reasons = reasonsFor(paid, back, () => explained(paid).party)
  const says = (key: ReasonKey): boolean => reasons.some((each) => each.key === key)
  const areStrangers =
    (paid.account !== undefined && back.account !== undefined && paid.account !== back.account) ||
    (paid.name !== undefined && back.name !== undefined && !isOneName(paid.name, back.name))
  const isExact = paid.line.amount === -back.line.amount
  const isKnown =
    says('cancel.same-reference') || says('cancel.same-party') || (isExact && says('cancel.return') && !areStrangers)
  if (!isKnown || (!says('cancel.same-reference') && nameOthers(paid, back))) return undefined
  // What says that a line pays an invoice says as much that it is the payment of it that bounced.
  const shared = explained(back).bits < ownExplanationBits ? explained(paid).bits : 0
  const isAmongSeveral = isOneOfSeveral?.(paid, back) === true
  const hypothesis = lineHypothesis(
    [paid, back],
    {
      'is cancellation': 1,
      'cancel shared': shared,
      ...(!isExact && { 'cancel with fee': 1 }),
      ...(isAmongSeveral && { 'cancel one of several': 1 }),
    },
    reasons,
  )
  return isAmongSeveral ? { ...hypothesis, isDoubted: true } : hypothesis
}

/** Of payments that one document names, the last: the first settles it, so that is the one that is paid back. */
function lastByPlace(
  payments: readonly (readonly [paid: LineFeatures, back: LineFeatures])[],
  explained: Given['explained'],
): ReadonlyMap<number, LineFeatures> {
  const last = new Map<number, LineFeatures>()
  for (const [paid] of payments) {
    const { place } = explained(paid)
    const known = place === undefined ? undefined : last.get(place)
    if (place !== undefined && (known === undefined || isLater(paid, known))) last.set(place, paid)
  }
  return last
}

/** In the order in which lines are settled. */
const isLater = (one: LineFeatures, other: LineFeatures): boolean =>
  one.day > other.day || (one.day === other.day && one.line.id > other.line.id)

/** Of two on one day, the one that is called a return is the later; else it is the one that the company pays. */
function isAfter(back: LineFeatures, paid: LineFeatures): boolean {
  const days = back.day - paid.day
  if (days !== 0) return days > 0 && days <= daysMax
  return isReturn(back) === isReturn(paid) ? back.line.amount < 0n : isReturn(back)
}

function reasonsFor(paid: LineFeatures, back: LineFeatures, payerOf: () => Name | undefined): Reason[] {
  const days = back.day - paid.day
  const { within, sameReference, sameParty, isReturn: returned } = weights.cancel
  const near = within.find(({ upTo }) => days <= upTo)?.bits ?? 0
  return [
    lineReason('cancellation', 'cancel.opposite', near, { days }),
    ...(shareReference(paid, back) ? [lineReason('cancellation', 'cancel.same-reference', sameReference)] : []),
    ...(shareParty(paid, back) || isToldOf(payerOf, back)
      ? [lineReason('cancellation', 'cancel.same-party', sameParty)]
      : []),
    ...(isReturn(back) ? [lineReason('cancellation', 'cancel.return', returned)] : []),
  ]
}

function shareReference(paid: LineFeatures, back: LineFeatures): boolean {
  if (paid.endToEndId !== undefined && paid.endToEndId === back.endToEndId) return true
  const told = new Set(numbersOf(back))
  return numbersOf(paid).some((number) => told.has(number))
}

/** What a line has that may be a reference or a document's number. Not the year in front of one, which most texts of that year share. */
function numbersOf({ references, textReferences, mentions, day }: LineFeatures): string[] {
  const year = new Date(day * dayMilliseconds).getUTCFullYear()
  const isYear = (form: string): boolean => Math.abs(Number(/^\p{L}*(\d{4})$/u.exec(form)?.[1]) - year) <= 1
  const written = mentions
    .filter(({ digits }) => digits.length >= numberDigitsMin)
    .flatMap(({ forms }) => forms)
    .filter((form) => form.length >= numberLengthMin)
  return [...references, ...[...textReferences, ...written].filter((form) => !isYear(form))]
}

/** Each calls a document by its number, of the same length, and they are not one. */
function nameOthers(paid: LineFeatures, back: LineFeatures): boolean {
  const told = documentsOf(back)
  return documentsOf(paid).some((digits) => told.some((other) => other.length === digits.length && other !== digits))
}

/** The numbers that it calls documents. */
function documentsOf({ mentions }: LineFeatures): string[] {
  return mentions.flatMap(({ worded, digits }) => (worded && digits.length >= numberDigitsMin ? [digits] : []))
}

function shareParty(paid: LineFeatures, back: LineFeatures): boolean {
  if (paid.account !== undefined && paid.account === back.account) return true
  if (paid.name !== undefined && back.name !== undefined) return isOneName(paid.name, back.name)
  if (isSameShop(paid, back)) return true
  const [named, other] = paid.name === undefined ? [back.name, paid] : [paid.name, back]
  // One of the two has no field for it, and says it in its text.
  return named !== undefined && named.words.length > 1 && named.words.every((word) => other.words.includes(word))
}

/** A purchase by card and what came back of it: nobody is named, and both texts have the same words. */
function isSameShop(paid: LineFeatures, back: LineFeatures): boolean {
  if (paid.isPurchase !== true || paid.name !== undefined || back.name !== undefined) return false
  const [words, others] = [shopWordsOf(paid), shopWordsOf(back)]
  return words.length >= shopWordsMin && words.join() === others.join()
}

const shopWordsOf = ({ words }: LineFeatures): string[] => words.filter((word) => /^\p{L}{3,}$/u.test(word))

/** A text without a name of its own that names whose payment it was: most of that name. */
function isToldOf(payerOf: () => Name | undefined, { name, words }: LineFeatures): boolean {
  const payer = name === undefined ? payerOf() : undefined
  if (payer === undefined || payer.words.join('').length < payerLettersMin) return false
  return likenessOf(payer, { words, key: '' }, (word) => word.length).ofFirst >= payerShareMin
}

/** ISO 20022 subfamilies of returns, rejections and reversals. */
const returnCodes: ReadonlySet<string> = new Set(['RRTN', 'RPCR', 'UPDD', 'UPCT', 'PRDD', 'RRCT'])
/** How the words begin that banks print where they send no code, in the plain form of `wordsIn`. */
const returnWords =
  'RETUR RETOUR RUCKLAST RUCKUBERW RUCKZAHL RUCKGAB RUCKBUCH STORN REJET REJECT REVERS TERUGBOK TERUGBET TILBAKEF TILBAGEF TILBAGEB PALAUT HYLAT BOUNCE UNPAID AVVIS AFVIS STOPPAD STOPPET ATERBET ATERRED ATERSAN MAKUL ANNUL KANSELL RECALL IMPAYE'.split(
    ' ',
  )

/** The same words, in any order, but for what was cut off. */
function isOneName(name: Name, other: Name): boolean {
  if (name.key === other.key) return true
  const { ofFirst, ofSecond } = likenessOf(name, other, (word) => word.length)
  return Math.min(ofFirst, ofSecond) >= 0.8
}

function isReturn({ line, words }: LineFeatures): boolean {
  const subfamily = line.bankTransactionCode?.split('-').at(-1)
  if (subfamily !== undefined && returnCodes.has(subfamily)) return true
  return words.some((word) => returnWords.some((start) => word.startsWith(start)))
}
