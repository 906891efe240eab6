// Enable Banking's words → ours.

import {
  ProviderError,
  type BalanceType,
  type BankProfile,
  type ConsentState,
  type PageOwner,
  type ProviderAccount,
  type ProviderBalance,
  type ProviderInstitution,
  type ProviderTransaction,
  type SessionFailure,
} from '../provider.ts'
import { accountNumbersOf } from '../reading/account-numbers.ts'
import { accountTypeOf, noCurrency, usageTold } from '../reading/accounts.ts'
import { asAmount, dayOf, isAmount, moneyOf, type WireAmount } from '../reading/amounts.ts'
import { movementOf, readerOf, type WireTransaction } from '../reading/movement.ts'
import { below, entriesOf, isFields, listOf, nonsense, type Fields, type Place } from '../reading/place.ts'
import { nameOf, textOf } from '../reading/texts.ts'
import { bankCodesOfBic } from '../../values/iban.ts'
import { isCurrency } from '../../values/money.ts'
import type { Day } from '../../values/day.ts'
import {
  asAccount,
  asRow,
  type WireAccount,
  type WireAspsp,
  type WireBalance,
  type WireRow,
  type WireSessionState,
} from './wire.ts'

const secondsPerDay = 24 * 60 * 60

/** How far back a bank serves is not told. Those that serve 90 days without the person refuse the ninetieth. */
const historyDaysUntold = 89

const psuTypes: ReadonlyMap<unknown, 'business' | 'private'> = new Map([
  ['business', 'business'],
  ['personal', 'private'],
])

/** A consent that lasts less than a day is told as one of a day: there is no smaller. */
export function institutionOf(
  aspsp: WireAspsp,
  nativeId: string,
  known: Pick<BankProfile, 'maxHistoryDays' | 'maxConsentDays'>,
): ProviderInstitution {
  const { name, country, logo } = aspsp
  const bic = typeof aspsp.bic === 'string' && /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(aspsp.bic) ? aspsp.bic : undefined
  return {
    nativeId,
    name,
    kind: 'bank',
    countries: [country],
    bankCodes: bankCodesOfBic(bic ?? ''),
    accountTypes: ['current', 'savings', 'card'],
    psuTypes: [...new Set(aspsp.psuTypes.flatMap((type) => psuTypes.get(type) ?? []))],
    maxHistoryDays: known.maxHistoryDays ?? historyDaysUntold,
    maxConsentDays: Math.max(
      1,
      Math.min(Math.floor(aspsp.maxConsentSeconds / secondsPerDay), known.maxConsentDays ?? Infinity),
    ),
    ...(bic !== undefined && { bic }),
    ...(typeof logo === 'string' && /^(https:\/\/|data:)/.test(logo) && { logo }),
  }
}

/** As whom the person goes to the bank. Books are kept of companies, so as a company's where the bank has that. */
export function psuTypeAt(aspsp: WireAspsp): 'business' | 'personal' | undefined {
  return (['business', 'personal'] as const).find((type) => aspsp.psuTypes.includes(type))
}

/** What a session has become. @throws {ProviderError} needs_person for one that waits for somebody's approval. */
export function stateOf({ status, validUntil }: WireSessionState, place: Place): ConsentState {
  switch (status) {
    case 'AUTHORIZED':
      return { state: 'usable', expiresAt: validUntil }
    case 'EXPIRED':
      return { state: 'expired' }
    case 'CANCELLED':
    case 'CLOSED':
    case 'INVALID':
    case 'REVOKED':
      return { state: 'revoked' }
    case 'PENDING_AUTHORIZATION':
    case 'RETURNED_FROM_BANK':
      throw new ProviderError('needs_person', `${place.key}: it waits for an approval at the bank`)
  }
}

type Failed = { readonly failure: SessionFailure; readonly text: string }

/**
 * Why a person came back without a code. `error` is one of OAuth's words; `description` is the bank's or Enable Banking's own and never shown: what is heard
 * in it is a person who turned back (whatever the word), one whom the bank does not let in, or one who has no right to share the accounts.
 */
export function sessionFailureOf(error: string, description: string): Failed {
  if (/cancel|abort|declin|denied/i.test(description)) return cancelled
  switch (error) {
    case 'access_denied':
      if (description.trim() === '') return cancelled
      return /account.information|contact.*bank|not.*(authori[sz]ed|entitled|permitted)/i.test(description)
        ? {
            failure: 'insufficient_rights',
            text: 'The bank does not let this person share the accounts. The bank can say which right is missing.',
          }
        : {
            failure: 'rejected_by_bank',
            text: 'The bank refused: the login failed, or a right is missing at the bank.',
          }
    case 'server_error':
    case 'temporarily_unavailable':
      return { failure: 'bank_unavailable', text: 'The bank could not complete the approval. Try again later.' }
    default:
      return { failure: 'provider_error', text: 'Enable Banking or the bank could not complete the approval.' }
  }
}

const cancelled: Failed = { failure: 'cancelled_by_person', text: 'The approval was cancelled at the bank.' }

/** Those that can be read and asked for. @throws {ProviderError} nonsense where none can be read */
export function accountsOf(json: unknown, place: Place): readonly ProviderAccount[] {
  return entriesOf(json, place, (account, at) => accountOf(asAccount(account, at)), 1).filter(
    (account) => account !== undefined,
  )
}

/** Undefined for an account that cannot be asked for. */
function accountOf(account: WireAccount): ProviderAccount | undefined {
  const { uid, currency, place } = account
  if (uid === undefined) return undefined
  const numbers = accountNumbersOf(numbersTold(account.account_id, account.all_account_ids))
  const stableHash = textOf(account.identification_hash, hashLengthMax)
  if (Object.keys(numbers).length === 0 && stableHash === undefined) throw nonsense(place, 'an account with a number')
  if (!isCurrency(currency) && currency !== noCurrency) throw nonsense(below(place, 'currency'), 'a currency')
  const owner = nameOf(account.name)
  return {
    ref: uid,
    name: nameOf(account.details) ?? nameOf(account.product) ?? 'Account',
    type: accountTypeOf(account.cash_account_type, numbers),
    currency,
    ...numbers,
    ...(stableHash !== undefined && { stableHash }),
    ...(owner !== undefined && { owner }),
    ...usageTold(account.usage),
  }
}

const hashLengthMax = 500

/**
 * By which numbers an account is known, from its `{ iban, other }` and the list of further ones. Of the schemes, those of accounts and cards count: the others
 * number persons and companies, and a masked IBAN could be several accounts'.
 */
function numbersTold(account: unknown, further: unknown): { iban: unknown; bban: unknown; pan: unknown } {
  const { iban, other } = isFields(account) ? account : {}
  const told = [other, ...listOf(further)].filter(isFields)
  const numberIn = (scheme: string) => told.find((each) => each['scheme_name'] === scheme)?.['identification']
  return {
    iban: iban ?? numberIn('IBAN'),
    bban: numberIn('BBAN') ?? numberIn('BGNR') ?? numberIn('PGNR'),
    pan: numberIn('CPAN'),
  }
}

/**
 * PRCD, the close of the period before, is a close of the day that it is dated. CLAV and the other available ones have credit lines in them, and so may the
 * ones that tell nothing of what they count.
 */
const balanceTypes: ReadonlyMap<string, BalanceType> = new Map([
  ['CLBD', 'closing_booked'],
  ['PRCD', 'closing_booked'],
  ['ITBD', 'interim_booked'],
  ['OPBD', 'opening_booked'],
  ['ITAV', 'interim_available'],
  ['XPCD', 'expected'],
])

/** Those in that currency. */
export function balancesOf(told: readonly WireBalance[], currency: string, place: Place): readonly ProviderBalance[] {
  const list = below(place, 'balances')
  return told.flatMap(({ balance_amount: amount, balance_type: type, reference_date }, index) => {
    if (amount.currency !== currency) return []
    const referenceDate = dayOf(reference_date)
    return {
      type: balanceTypes.get(type) ?? ('other' as const),
      amount: moneyOf(amount, below(below(list, index), 'balance_amount')),
      ...(referenceDate !== undefined && { referenceDate }),
    }
  })
}

/** Every booked movement of a page, in the bank's order. */
export function movementsOf(
  rows: readonly unknown[],
  account: PageOwner,
  profile: BankProfile,
  place: Place,
): readonly ProviderTransaction[] {
  const reader = readerOf({ iban: undefined, ...account, profile })
  const list = below(place, 'transactions')
  return rows.flatMap((json, index) => {
    const at = below(list, index)
    const row = asRow(json, at)
    return row.status === 'BOOK' ? movementOf(wordedAsStandard(row, at), reader, at) : []
  })
}

/** In NextGenPSD2's words. `transaction_id` is left out: it may be another each time. */
function wordedAsStandard(row: WireRow, place: Place): WireTransaction {
  const transactionAmount = signedAmountOf(row, place)
  return {
    transactionAmount,
    entryReference: row.entry_reference,
    bookingDate: bookingDayOf(row, place),
    valueDate: row.value_date,
    creditorName: nameIn(row.creditor),
    creditorAccount: numbersTold(row.creditor_account, row.creditor_account_additional_identification),
    debtorName: nameIn(row.debtor),
    debtorAccount: numbersTold(row.debtor_account, row.debtor_account_additional_identification),
    remittanceInformationUnstructuredArray: row.remittance_information,
    remittanceInformationStructured: referenceOf(row),
    additionalInformation: furtherTextOf(row),
    bankTransactionCode: codeOf(row.bank_transaction_code),
    currencyExchange: exchangeOf(row.exchange_rate, transactionAmount.currency),
    balanceAfterTransaction: { balanceAmount: row.balance_after_transaction },
  }
}

/** ING leaves the name empty and tells it as an address of one line. With anything else beside it, that is a place. */
function nameIn(party: unknown): unknown {
  const { name, postal_address: address }: Fields = isFields(party) ? party : {}
  if (nameOf(name) !== undefined || !isFields(address)) return name
  const { address_line: lines, ...others } = address
  const hasOthers = Object.values(others).some((part) => part !== null && part !== undefined && part !== '')
  return Array.isArray(lines) && lines.length === 1 && !hasOthers ? lines[0] : name
}

/** Amounts come without a sign, and a word for the direction: one whose sign says something else could mean either. */
function signedAmountOf(row: WireRow, place: Place): WireAmount {
  const at = below(place, 'transaction_amount')
  const { amount, currency } = asAmount(row.transaction_amount, at)
  const isOut = row.credit_debit_indicator === 'DBIT'
  const unsigned = isOut ? amount.replace(/^-/, '') : amount
  if (!/^\d/.test(unsigned)) throw nonsense(below(at, 'amount'), 'a decimal number without a sign')
  const signed = { amount: isOut ? `-${unsigned}` : unsigned, currency }
  moneyOf(signed, at)
  return signed
}

/** The first day that is told. */
function bookingDayOf(row: WireRow, place: Place): Day {
  const names = ['booking_date', 'transaction_date', 'value_date'] as const
  const name = names.find((each) => row[each] !== undefined && row[each] !== null && row[each] !== '') ?? 'booking_date'
  const day = dayOf(row[name])
  if (day === undefined) throw nonsense(below(place, name), 'a day')
  return day
}

/** A mandate's id (SDDM) stands in the same field, and is the same every month: it refers to no invoice. What else stands there is declared to be a reference. */
const referenceOf = ({ reference_number: reference, reference_number_schema: schema }: WireRow): unknown =>
  schema === 'SDDM' || typeof reference !== 'string' ? undefined : { reference }

/** For a row without remittance: what kind of movement the bank calls it, else the person's own note, which may change. */
function furtherTextOf(row: WireRow): unknown {
  const description = isFields(row.bank_transaction_code) ? row.bank_transaction_code['description'] : undefined
  return [description, row.note].find((text) => typeof text === 'string' && text.trim() !== '')
}

/** Families that ISO 20022 has under payments (PMNT) and under no other domain. */
// prettier-ignore
const paymentFamilies: ReadonlySet<string> = new Set([
  'CCRD', 'CNTR', 'ICCN', 'ICDT', 'ICHQ', 'IDDT', 'IRCT', 'MCRD', 'RCCN', 'RCDT', 'RCHQ', 'RDDT', 'RRCT',
])

/** Told as family and sub-family without the domain, as all three in one or two parts, or as something of the bank's own, which reads as no code. */
function codeOf(json: unknown): string | undefined {
  if (!isFields(json)) return undefined
  const code = [json['code'], json['sub_code']].filter((part) => typeof part === 'string' && part !== '').join('-')
  return paymentFamilies.has(code.slice(0, 4)) && code.length === 9 ? `PMNT-${code}` : code
}

/** Only where it is told what the rate is per unit of: else it could be read either way. */
function exchangeOf(json: unknown, currency: string): unknown {
  const { unit_currency, exchange_rate, instructed_amount } = isFields(json) ? json : {}
  const instructed =
    isAmount(instructed_amount) && instructed_amount.currency !== currency ? instructed_amount : undefined
  const other = instructed?.currency ?? unit_currency
  if (unit_currency !== currency && unit_currency !== other) return undefined
  return {
    sourceCurrency: other,
    targetCurrency: currency,
    unitCurrency: unit_currency,
    exchangeRate: exchange_rate,
    instructedAmount: instructed,
  }
}
