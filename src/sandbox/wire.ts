// The bank's words on the wire, spelled as NextGenPSD2 XS2A 1.3 spells them. Pure.

import type { Day } from '../values/day.ts'
import { formatMoney, parseMoney } from '../values/money.ts'
import type { Account } from './accounts.ts'
import type { BalanceType, Bank, IdManner } from './banks.ts'
import { type AccountReference, type Consent, type ConsentStatus, type Right, rights } from './consents.ts'
import type { Exchange, Movement } from './ledger/movement.ts'
import { uuidOf } from './random.ts'

export type Href = { readonly href: string }

/** A link as this bank writes them: whole, or from the root of its host. `path` begins after `/v1`. */
export function hrefOf(bank: Bank, origin: string, path: string): Href {
  return { href: `${bank.links === 'url' ? origin : ''}/${bank.id}/v1${path}` }
}

function amountOf(bank: Bank, minor: bigint, currency: string) {
  const amount = formatMoney({ minor, currency })
  return { currency, amount: bank.amounts === 'short' ? amount.replace(/\.?0+$/, '') : amount }
}

export function referenceTo({ iban, maskedPan, currency }: Account): AccountReference {
  return { ...(iban === undefined ? {} : { iban }), ...(maskedPan === undefined ? {} : { maskedPan }), currency }
}

export function consentOnWire(
  bank: Bank,
  origin: string,
  consent: Consent,
  status: ConsentStatus,
  accounts: readonly Account[],
) {
  return {
    access: consent.authorisation.finalisedAt === null ? consent.asked : grantedAccess(consent, accounts),
    recurringIndicator: consent.recurring,
    validUntil: consent.validUntil,
    frequencyPerDay: consent.frequencyPerDay,
    lastActionDate: consent.lastActionDate,
    consentStatus: status,
    ...(status === 'valid' ? { _links: accountLinks(bank, origin) } : {}),
  }
}

function accountLinks(bank: Bank, origin: string): Readonly<Record<string, Href>> {
  const card = bank.cards === 'card-accounts' ? { 'card-account': hrefOf(bank, origin, '/card-accounts') } : {}
  return { account: hrefOf(bank, origin, '/accounts'), ...card }
}

function grantedAccess(
  consent: Consent,
  accounts: readonly Account[],
): Partial<Record<Right, readonly AccountReference[]>> {
  const withRight = (right: Right) => accounts.filter(({ id }) => consent.granted[id]?.includes(right)).map(referenceTo)
  return Object.fromEntries(
    rights.map((right) => [right, withRight(right)] as const).filter(([, list]) => list.length > 0),
  )
}

/** An account among the accounts, or among the card accounts where the bank has those apart. */
export function accountOnWire(bank: Bank, account: Account, resourceId: string, links: Readonly<Record<string, Href>>) {
  const isCard = account.maskedPan !== undefined
  return {
    resourceId,
    ...referenceTo(account),
    ownerName: account.owner,
    name: account.name,
    product: account.name,
    ...(isCard && bank.cards === 'card-accounts' ? {} : { cashAccountType: cashAccountType(account), bic: bank.bic }),
    status: 'enabled',
    usage: account.usage,
    _links: links,
  }
}

/** ISO 20022 external cash account types. */
function cashAccountType({ role }: Account): string {
  return role === 'card' ? 'CARD' : role === 'savings' || role === 'private-savings' ? 'SVGS' : 'CACC'
}

export function balanceOnWire(
  bank: Bank,
  balanceType: BalanceType,
  minor: bigint,
  currency: string,
  referenceDate?: Day,
) {
  return {
    balanceType,
    balanceAmount: amountOf(bank, minor, currency),
    ...(referenceDate === undefined ? {} : { referenceDate }),
  }
}

/** What a row is written from, beside the movement itself. */
export type Row = {
  readonly bank: Bank
  readonly account: Account
  readonly status: 'booked' | 'pending'
  readonly ids: RowIds
  /** The booked balance after it, where the bank tells. */
  readonly balanceAfter?: bigint
}

export function transactionOnWire(movement: Movement, { bank, account, status, ids, balanceAfter }: Row) {
  const { amount, counterparty, reference, endToEndId, bookingDate } = movement
  const text = bank.references === 'text' ? [movement.text, reference].filter(Boolean).join(' ') : movement.text
  const accountOfOther = counterparty?.iban === undefined ? undefined : { iban: counterparty.iban }
  return {
    ...ids,
    ...(endToEndId === undefined ? {} : { endToEndId }),
    ...(status === 'booked' ? { bookingDate } : {}),
    valueDate: movement.valueDate,
    transactionAmount: amountOf(bank, amount, account.currency),
    ...(movement.exchange === undefined
      ? {}
      : { currencyExchange: exchangeOf(movement.exchange.currency, movement.exchange.rate, account, bookingDate) }),
    ...(counterparty === undefined
      ? {}
      : amount < 0n
        ? { creditorName: counterparty.name }
        : { debtorName: counterparty.name }),
    ...(accountOfOther === undefined
      ? {}
      : amount < 0n
        ? { creditorAccount: accountOfOther }
        : { debtorAccount: accountOfOther }),
    ...(movement.exchange === undefined ? {} : { additionalInformation: exchangedText(movement.exchange) }),
    ...(text === undefined || text === '' ? {} : { remittanceInformationUnstructured: text }),
    ...(reference === undefined || bank.references === 'text'
      ? {}
      : { remittanceInformationStructured: { reference } }),
    bankTransactionCode: movement.code,
    ...(balanceAfter === undefined
      ? {}
      : { balanceAfterTransaction: balanceOnWire(bank, 'interimBooked', balanceAfter, account.currency) }),
  }
}

/** A row of a card account where the bank has those apart. */
export function cardTransactionOnWire(movement: Movement, { bank, account, status, ids }: Row) {
  return {
    ...(ids.transactionId === undefined ? {} : { cardTransactionId: ids.transactionId }),
    transactionDate: movement.valueDate,
    ...(status === 'booked' ? { bookingDate: movement.bookingDate } : {}),
    transactionAmount: amountOf(bank, movement.amount, account.currency),
    ...(account.maskedPan === undefined ? {} : { maskedPAN: account.maskedPan }),
    transactionDetails: movement.counterparty?.name ?? movement.text ?? '',
    invoiced: movement.amount > 0n,
    proprietaryBankTransactionCode: movement.code,
  }
}

/** The specification has a place for the rate and none for what was paid: banks write it where there is room. */
function exchangedText({ currency, amount, rate }: Exchange): string {
  return `${currency} ${formatMoney({ minor: amount, currency })} @ ${rate}`
}

/** `rate` units of the account's currency for one of `currency`. */
function exchangeOf(currency: string, rate: string, account: Account, day: Day) {
  return [
    {
      sourceCurrency: currency,
      exchangeRate: rate,
      unitCurrency: currency,
      targetCurrency: account.currency,
      quotationDate: day,
    },
  ]
}

export type RowIds = { readonly transactionId?: string; readonly entryReference?: string }

type RowContext = {
  readonly seed: string
  readonly accountId: string
  readonly consentId: string
  readonly status: 'booked' | 'pending'
  /** Where the row stands among those of its day. */
  readonly place: number
  /** A word that no other list of transactions has. */
  readonly list: string
}

/** The ids of a row: the bank's, unless control gave the movement its own. */
export function idsOf(manner: IdManner, movement: Movement, context: RowContext): RowIds {
  const given = manners[manner](movement, context)
  const { transactionId = given.transactionId, entryReference = given.entryReference } = movement
  return {
    ...(typeof transactionId === 'string' ? { transactionId } : {}),
    ...(typeof entryReference === 'string' ? { entryReference } : {}),
  }
}

const manners: Readonly<Record<IdManner, (movement: Movement, context: RowContext) => RowIds>> = {
  stable(movement, context) {
    const transactionId = ownId(movement, context)
    return { transactionId, entryReference: dated(movement, transactionId) }
  },
  entry_reference: (movement, context) => ({ entryReference: dated(movement, ownId(movement, context)) }),
  per_consent: (movement, context) => ({ transactionId: ownId(movement, context, context.consentId) }),
  positional: ({ bookingDate }, { place }) => ({ entryReference: `${bookingDate}.${place}` }),
  none: () => ({}),
  random: (movement, context) => ({ transactionId: ownId(movement, context, context.list) }),
  reused: (_movement, { place }) => ({ transactionId: String(9_990 + (place % 10)) }),
  constant: () => ({ transactionId: 'NOTPROVIDED' }),
  blank: () => ({ transactionId: ' ', entryReference: '' }),
}

/** A movement that is pending goes by another id than when it is booked. */
function ownId({ key }: Movement, { seed, accountId, status }: RowContext, ...more: string[]): string {
  return uuidOf(seed, accountId, key, status, ...more)
}

function dated({ bookingDate }: Movement, id: string): string {
  return bookingDate.replaceAll('-', '') + id.slice(-12)
}

/** The amount that control has put the bank's balances off by. */
export function offBy(balanceOff: string | undefined, currency: string): bigint {
  return balanceOff === undefined ? 0n : parseMoney(balanceOff, currency).minor
}
