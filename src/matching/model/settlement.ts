// How an amount that moved settles an amount that is open: exactly, but for a difference that has a name and a bound, in part,
// or not at all. Every number here is a bound on what may be called by that name.

import { exponentOf } from '../../values/money.ts'
import type { BookEntry, Difference, Line } from './types.ts'

export type Settlement = {
  readonly kind: 'exact' | 'discount' | 'rounding' | 'fee' | 'fx' | 'overpayment' | 'partial'
  /** What is settled of the entry, in its currency, with its sign (for a transfer with the line's). */
  readonly settled: bigint
  /** The same in the line's currency. */
  readonly amount: bigint
  /** The line's amount less `amount`, where they differ. */
  readonly difference?: Difference
}

/** What an amount may settle: an entry, or several of one party as a sum. Signed as the line sees it. */
export type Expected = {
  readonly open: bigint
  readonly currency: string
  /** What is expected instead when the cash discount is taken. */
  readonly discounted?: { readonly open: bigint; readonly isInTime: boolean }
}

/** A fee is a bank's, or several banks', for one payment: at most this much in minor units, and 5 % of what is open. */
const feeMax: ReadonlyMap<string, bigint> = new Map([
  ['EUR', 4_000n],
  ['GBP', 3_500n],
  ['USD', 4_500n],
  ['CHF', 4_000n],
  ['DKK', 30_000n],
  ['NOK', 40_000n],
  ['SEK', 40_000n],
])
const feeShareMax = 20n
/** Who collects for others keeps at most 5 %, however much it is. */
const payoutFeeShareMax = 20n
/** Sweden, Norway and Denmark round to whole and half crowns, the euro countries that round do it to five cents. */
const roundingMax: ReadonlyMap<string, bigint> = new Map([
  ['SEK', 50n],
  ['NOK', 50n],
  ['DKK', 25n],
])
const roundingMaxElsewhere = 2n
/** An exchange difference is what a day or a bank's margin makes of a rate: at most 2 % of what the bank says, 3 % of the tenant's. */
const fxShareMax = 50n
const ratesShareMax = 33n
/** What is paid too much is a slip, not another payment: at most 10 %. */
const overpaymentShareMax = 10n

/**
 * How the line would settle what is expected; undefined when it cannot: other direction, other currency without the bank's exchange,
 * or a difference that has no name.
 */
export function settle(line: Line, expected: Expected): Settlement | undefined {
  if (expected.open === 0n || line.amount === 0n || expected.open > 0n !== line.amount > 0n) return undefined
  return line.currency === expected.currency ? settleAlike(line, expected) : settleExchanged(line, expected)
}

/** What the entry expects of a line of this direction, on this day. */
export function expectedOf(entry: BookEntry, line: Line): Expected {
  const open = entry.kind === 'transfer' && line.amount < 0n ? -entry.openAmount : entry.openAmount
  const reduced = discounted(entry)
  if (reduced === undefined) return { open, currency: entry.currency }
  return { open, currency: entry.currency, discounted: { open: reduced, isInTime: isInTime(entry, line) } }
}

/** What is expected of the entry when the cash discount is taken, rounded half away from zero. */
export function discounted(entry: BookEntry): bigint | undefined {
  if (entry.cashDiscount === undefined) return undefined
  return entry.openAmount - divide(entry.openAmount * BigInt(entry.cashDiscount.basisPoints), 10_000n)
}

function isInTime(entry: BookEntry, line: Line): boolean {
  const paid = line.valueDate !== undefined && line.valueDate < line.bookingDate ? line.valueDate : line.bookingDate
  return entry.cashDiscount !== undefined && paid <= entry.cashDiscount.until
}

function settleAlike(line: Line, { open, currency, discounted: reduced }: Expected): Settlement {
  const difference = line.amount - open
  const whole = { settled: open, amount: open }
  if (difference === 0n) return { kind: 'exact', ...whole }
  const partial: Settlement = { kind: 'partial', settled: line.amount, amount: line.amount }
  const named = (kind: Difference['kind']): Settlement => ({ kind, ...whole, difference: { minor: difference, kind } })
  if (reduced !== undefined && size(line.amount - reduced.open) <= 1n) {
    // A discount taken too late is money still owed, not a fee.
    return reduced.isInTime ? named('discount') : partial
  }
  if (size(difference) <= (roundingMax.get(currency) ?? roundingMaxElsewhere)) return named('rounding')
  const isFee =
    line.isPayout === true
      ? size(difference) * payoutFeeShareMax <= size(open)
      : size(difference) <= (feeMax.get(currency) ?? 0n) && size(difference) * feeShareMax <= size(open)
  // A bank takes its fee from what arrives, and adds it to what leaves: in both cases the company has less.
  if (isFee && difference < 0n) return named('fee')
  if (size(line.amount) < size(open)) return partial
  return named('overpayment')
}

function settleExchanged(line: Line, expected: Expected): Settlement | undefined {
  const moved = inCurrencyOf(line, expected.currency)
  if (moved === undefined) return undefined
  const difference = moved - expected.open
  if (difference === 0n) return { kind: 'exact', settled: expected.open, amount: line.amount }
  const told = line.exchange?.amount
  const isTold = told !== undefined && told.currency === expected.currency
  if (isTold && expected.discounted?.isInTime === true && moved === expected.discounted.open) {
    const minor = divide(difference * line.amount, moved)
    return {
      kind: 'discount',
      settled: expected.open,
      amount: line.amount - minor,
      difference: { minor, kind: 'discount' },
    }
  }
  const shareMax = line.exchange?.currency === expected.currency ? fxShareMax : ratesShareMax
  if (size(difference) * shareMax > size(expected.open)) {
    // What the bank says to the cent may be a part; what a rate makes of it is too vague for that.
    return isTold && size(moved) < size(expected.open)
      ? { kind: 'partial', settled: moved, amount: line.amount }
      : undefined
  }
  const minor = divide(difference * line.amount, moved)
  return { kind: 'fx', settled: expected.open, amount: line.amount - minor, difference: { minor, kind: 'fx' } }
}

/** Whether a difference of this kind is small enough to be believed. */
export function isBounded({ kind, difference, amount }: Settlement): boolean {
  return (
    kind !== 'overpayment' || difference === undefined || size(difference.minor) * overpaymentShareMax <= size(amount)
  )
}

/** The line's amount in another currency: as the bank says, else as the tenant does; undefined when neither does. */
function inCurrencyOf(line: Line, currency: string): bigint | undefined {
  const { exchange } = line
  if (exchange === undefined || exchange.currency !== currency) return byRatesOf(line, currency)
  if (exchange.amount !== undefined && exchange.amount.currency === currency) {
    return line.amount < 0n ? -size(exchange.amount.minor) : size(exchange.amount.minor)
  }
  const rate = exchange.rate === undefined ? undefined : decimal(exchange.rate)
  if (rate === undefined) return byRatesOf(line, currency)
  const shift = exponentOf(currency) - exponentOf(line.currency)
  const scaled = line.amount * rate.scale * 10n ** BigInt(Math.max(0, shift))
  return divide(scaled, rate.value * 10n ** BigInt(Math.max(0, -shift)))
}

function byRatesOf({ rates, amount, currency: from }: Line, currency: string): bigint | undefined {
  const [held, wanted] = [rates?.[from], rates?.[currency]]
  if (held === undefined || wanted === undefined || !(held > 0) || !(wanted > 0)) return undefined
  const shift = 10 ** (exponentOf(currency) - exponentOf(from))
  // A rate of the day is good to a percent or two; what is lost in a float is nothing beside that.
  return BigInt(Math.round((Number(amount) / held) * wanted * shift))
}

function decimal(text: string): { value: bigint; scale: bigint } | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  const value = BigInt((match[1] ?? '') + fraction)
  return value === 0n ? undefined : { value, scale: 10n ** BigInt(fraction.length) }
}

/** The quotient rounded half away from zero. */
function divide(dividend: bigint, divisor: bigint): bigint {
  const half = size(divisor) / 2n
  const quotient = (size(dividend) + half) / size(divisor)
  return dividend < 0n === divisor < 0n ? quotient : -quotient
}

export function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
