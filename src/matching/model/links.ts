// Links that a person draws, by hand or to correct a suggestion: read, and their difference named.

import type { Entry } from '../../entries/model.ts'
import type { Transaction } from '../../transactions/model/transaction.ts'
import type { EntryId, TransactionId } from '../../values/ids.ts'
import { exponentOf, formatMoney, parseMoney, type Money } from '../../values/money.ts'
import { restsOf, type Material, type Refusal } from './decision.ts'
import { bookEntryOf, lineOf } from './input.ts'
import type { MatchLink } from './match.ts'
import { expectedOf, isBounded, settle } from './settlement.ts'
import type { Difference, DifferenceKind } from './types.ts'

/** As the API takes them: amounts that have the right form, not yet known to make sense. */
export type LinksInput = {
  readonly links: readonly {
    readonly transactionId: TransactionId
    readonly entryId: EntryId | null
    readonly amount: string
    readonly entryAmount?: string
  }[]
  readonly difference?: { readonly amount: string; readonly kind: DifferenceKind }
}

export type LinksReading =
  | { readonly kind: 'links'; readonly links: readonly MatchLink[]; readonly difference: Difference | null }
  | { readonly kind: 'wrong'; readonly errors: readonly { readonly path: string; readonly message: string }[] }
  | ({ readonly kind: 'refused' } & Refusal)

/** `material` holds every transaction and entry that the input names. Paths of errors are relative to the body. */
export function readLinks(input: LinksInput, material: Pick<Material, 'transactions' | 'entries'>): LinksReading {
  const errors: { path: string; message: string }[] = []
  const pairs = new Set<string>()
  const links = input.links.flatMap((link, index): readonly MatchLink[] => {
    const path = `/links/${index}`
    const pair = `${link.transactionId} ${link.entryId ?? ''}`
    if (pairs.has(pair))
      errors.push({ path, message: 'stands twice: one link tells what this transaction settles of this entry' })
    pairs.add(pair)
    const read = linkOf(link, path, material, errors)
    return read === undefined ? [] : [read]
  })
  if (errors.length > 0) return { kind: 'wrong', errors }
  return withDifference(links, input.difference, material)
}

function linkOf(
  { transactionId, entryId, ...input }: LinksInput['links'][number],
  path: string,
  { transactions, entries }: Pick<Material, 'transactions' | 'entries'>,
  errors: { path: string; message: string }[],
): MatchLink | undefined {
  const transaction = transactions.get(transactionId)
  const entry = entryId === null ? undefined : entries.get(entryId)
  if (transaction === undefined) return undefined
  const amount = moneyOf(input.amount, transaction.amount.currency, `${path}/amount`, errors)
  const isForeign = entry !== undefined && entry.currency !== transaction.amount.currency
  if (isForeign && input.entryAmount === undefined)
    errors.push({ path: `${path}/entryAmount`, message: `is required: the entry is in ${entry.currency}` })
  if (!isForeign && input.entryAmount !== undefined)
    errors.push({ path: `${path}/entryAmount`, message: 'is only for an entry in another currency' })
  const entryAmount =
    isForeign && input.entryAmount !== undefined
      ? moneyOf(input.entryAmount, entry.currency, `${path}/entryAmount`, errors)
      : null
  for (const [field, money] of [
    ['amount', amount],
    ['entryAmount', entryAmount],
  ] as const)
    if (money !== null && !hasDirection(money, transaction, entry))
      errors.push({
        path: `${path}/${field}`,
        message: `must have the sign of the ${entry === undefined || entry.kind === 'transfer' ? 'transaction' : 'entry'}, and not be zero`,
      })
  return { transactionId, entryId, amount, entryAmount }
}

function moneyOf(text: string, currency: string, path: string, errors: { path: string; message: string }[]): Money {
  try {
    return parseMoney(text, currency)
  } catch (error) {
    errors.push({ path, message: error instanceof RangeError ? error.message : 'must be an amount' })
    return { minor: 0n, currency }
  }
}

/** A payment settles an invoice as an invoice, also where it does so together with a credit note; half a transfer goes the way of its transaction. */
function hasDirection({ minor }: Money, transaction: Transaction, entry: Entry | undefined): boolean {
  const towards = entry === undefined || entry.kind === 'transfer' ? transaction.amount.minor : entry.amountMinor
  return minor !== 0n && minor > 0n === towards > 0n
}

function withDifference(
  links: readonly MatchLink[],
  given: LinksInput['difference'],
  material: Pick<Material, 'transactions' | 'entries'>,
): LinksReading {
  const alone = unanswered(links)
  if (alone !== undefined) return doesNotAddUp(`What is linked to no entry has to cancel itself out; ${alone} is left.`)
  const [rest, another] = [...restsOf({ links }, material.transactions)].map(([currency, minor]) => ({
    minor,
    currency,
  }))
  if (rest === undefined)
    return given === undefined
      ? { kind: 'links', links, difference: null }
      : doesNotAddUp('The links add up without a difference.')
  const text = `The transactions are ${formatMoney(rest)} ${rest.currency} more than the links.`
  if (another !== undefined || new Set(links.map(({ amount }) => amount.currency)).size > 1) return doesNotAddUp(text)
  const kind = given?.kind ?? nameOf(rest, links, material)
  if (kind === undefined) return doesNotAddUp(`${text} Link as much as is settled, or name the difference.`)
  if (given !== undefined && !isGiven(rest, given.amount))
    return doesNotAddUp(`${text} The difference says ${given.amount}.`)
  if (given !== undefined && !isBelievable(rest, kind, links))
    return doesNotAddUp(`${text} That is too much, or the wrong way, for a ${kind}.`)
  return { kind: 'links', links, difference: { minor: rest.minor, kind } }
}

const doesNotAddUp = (text: string): LinksReading => ({ kind: 'refused', code: 'match_does_not_add_up', text })

/** What the links without an entry leave over. */
function unanswered(links: readonly MatchLink[]): string | undefined {
  for (const [currency, those] of Map.groupBy(
    links.filter(({ entryId }) => entryId === null),
    ({ amount }) => amount.currency,
  )) {
    const minor = sumOf(those)
    if (minor !== 0n) return `${formatMoney({ minor, currency })} ${currency}`
  }
  return undefined
}

/** The name that matching itself would give the difference, if it is within the bounds of one. */
function nameOf(
  rest: Money,
  links: readonly MatchLink[],
  { transactions, entries }: Pick<Material, 'transactions' | 'entries'>,
): DifferenceKind | undefined {
  const transaction = transactions.get(links[0]?.transactionId ?? '')
  if (transaction === undefined) return undefined
  const open = sumOf(links)
  const discounted = links.reduce((total, { entryId, amount }) => {
    const entry = entryId === null ? undefined : entries.get(entryId)
    const reduced = entry && expectedOf(bookEntryOf(entry, amount.minor), lineOf(transaction)).discounted
    return total + (reduced?.isInTime === true ? reduced.open : amount.minor)
  }, 0n)
  const settlement = settle(
    { ...lineOf(transaction), amount: open + rest.minor },
    { open, currency: rest.currency, ...(discounted !== open && { discounted: { open: discounted, isInTime: true } }) },
  )
  return settlement !== undefined && isBounded(settlement) ? settlement.difference?.kind : undefined
}

function isGiven({ minor, currency }: Money, text: string): boolean {
  try {
    return parseMoney(text, currency).minor === minor
  } catch {
    return false
  }
}

/** A person may call more by a name than matching would: up to one part in so many of what is settled. Beyond, it is another payment or a slip. */
const believedShares = { fee: 5n, discount: 5n, fx: 10n, overpayment: 2n } as const

function isBelievable({ minor, currency }: Money, kind: DifferenceKind, links: readonly MatchLink[]): boolean {
  if (kind === 'rounding') return size(minor) <= 10n ** BigInt(exponentOf(currency))
  const total = sumOf(links)
  const settled = links
    .map(({ amount }) => size(amount.minor))
    .reduce((most, each) => (each > most ? each : most), size(total))
  if (size(minor) * believedShares[kind] > settled) return false
  switch (kind) {
    case 'fee':
      // From what arrives and on top of what leaves: the company has less.
      return minor < 0n
    case 'discount':
      return minor < 0n === total > 0n
    case 'overpayment':
      return minor > 0n === total > 0n
    case 'fx':
      return true
  }
}

const sumOf = (links: readonly MatchLink[]): bigint => links.reduce((total, { amount }) => total + amount.minor, 0n)

const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor)
