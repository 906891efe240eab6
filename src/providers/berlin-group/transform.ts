// A bank's words → ours.

import {
  ProviderError,
  type AgreementTold,
  type BankProfile,
  type ConsentState,
  type PageOwner,
  type ProviderAccount,
  type ProviderBalance,
  type ProviderTransaction,
  type ReviewReason,
  type SessionFailure,
} from '../provider.ts'
import { accountNumbersOf } from '../reading/account-numbers.ts'
import { accountTypeOf, balanceTypeOf, noCurrency, usageTold } from '../reading/accounts.ts'
import { dayOf, moneyOf } from '../reading/amounts.ts'
import { asTransaction, movementOf, readerOf, signed } from '../reading/movement.ts'
import { below, isFields, nonsense, type Place } from '../reading/place.ts'
import { nameOf } from '../reading/texts.ts'
import { addDays, parseDay, startOfLocalDay, type Day } from '../../values/day.ts'
import { isCurrency } from '../../values/money.ts'
import type {
  AgreementStatus,
  ConsentStatus,
  Endpoint,
  WireAccount,
  WireAgreement,
  WireBalance,
  WireBalances,
  WireTransactionsPage,
} from './wire.ts'

/**
 * When a consent ends: the first instant after its last day, at the bank, since `validUntil` is the bank's local day. Where a bank
 * answers with a later day than was asked for (some say 9999-12-31 for "as long as possible"), what was asked for holds.
 */
export function endOfConsent(
  validUntil: string,
  asked: { readonly validUntil: Day; readonly timeZone: string },
  place: Place,
): Date {
  const day = parseDay(validUntil)
  if (day === undefined) throw nonsense(below(place, 'validUntil'), 'a day')
  return startOfLocalDay(addDays(day < asked.validUntil ? day : asked.validUntil, 1), asked.timeZone)
}

/** What a granted consent has become. @throws {ProviderError} needs_person for one that waits for somebody's approval again. */
export function stateOf(status: ConsentStatus, expiresAt: Date, place: Place): ConsentState {
  if (status === 'valid') return { state: 'usable', expiresAt }
  if (status === 'received' || status === 'partiallyAuthorised') {
    throw new ProviderError('needs_person', `${place.key}: it waits for an approval at the bank`)
  }
  return { state: status === 'expired' ? 'expired' : 'revoked' }
}

/** What little the standard tells of a person on the bank's pages. */
type Hints = {
  readonly scaStatus: string | undefined
  readonly returnedByNok: boolean
  /** What the bank says to the person. Never shown: it may name them. */
  readonly psuMessage: string | undefined
}
type EndedStatus = Exclude<ConsentStatus, 'valid' | 'received' | 'partiallyAuthorised'>

/** Why an attempt came to nothing, in our word and in a sentence for people. */
export function sessionFailureOf(
  status: EndedStatus,
  hints: Hints,
): { readonly failure: SessionFailure; readonly text: string } {
  return {
    rejected: lacksRights(hints)
      ? {
          failure: 'insufficient_rights' as const,
          text: 'The bank does not let this person share the accounts. The bank can say which right is missing.',
        }
      : { failure: rejectionOf(hints), text: 'The approval was cancelled at the bank, or the bank refused it.' },
    expired: { failure: 'timed_out' as const, text: 'The bank had waited too long for the approval.' },
    revokedByPsu: { failure: 'cancelled_by_person' as const, text: 'The approval was withdrawn at the bank.' },
    terminatedByTpp: {
      failure: 'provider_error' as const,
      text: 'The approval was withdrawn here before it was used.',
    },
  }[status]
}

/** A guess too, and only of somebody whom the bank knew and let in. */
const lacksRights = ({ scaStatus, psuMessage = '' }: Hints): boolean =>
  (scaStatus === 'finalised' || scaStatus === 'exempted') &&
  /\brights?\b|entitled|power of attorney|rettighe|fullmakt|fuldmagt|behörighe|oikeu|valtuu|bevoegd|gemachtigd|berechtig|vollmacht|habilit|\bdroits?\b/i.test(
    psuMessage,
  )

/**
 * A guess, since the standard has no word for a person who turns back, and many banks report the authentication as `failed` either
 * way. Who went through all of it did not turn back; who left it unfinished did, and so, most often, did who comes by the address
 * for failure.
 */
function rejectionOf({ scaStatus, returnedByNok }: Hints): SessionFailure {
  if (scaStatus === 'finalised' || scaStatus === 'exempted') return 'rejected_by_bank'
  const isUnfinished = scaStatus !== undefined && scaStatus !== 'failed'
  return returnedByNok || isUnfinished ? 'cancelled_by_person' : 'rejected_by_bank'
}

/** How a company's agreement stands. A reason that we do not know is one all the same. */
export function agreementToldOf({ agreementStatus, lastStatusChange, reviewReasons }: WireAgreement): AgreementTold {
  const since = instantOf(lastStatusChange)
  return {
    state: agreementStates[agreementStatus],
    reasons: reviewReasons.map(({ code, text }) => ({
      code: reviewReasonsByCode[code] ?? 'other',
      ...(typeof text === 'string' && text.trim() !== '' && { text: text.trim().slice(0, 500) }),
    })),
    ...(since !== undefined && { since }),
  }
}

const agreementStates: Readonly<Record<AgreementStatus, AgreementTold['state']>> = {
  awaitingSignature: 'to_sign',
  underReview: 'in_review',
  approved: 'approved',
  rejected: 'refused',
  declined: 'declined',
  linkExpired: 'expired',
  withdrawnByTpp: 'ended',
  terminated: 'ended',
}

const reviewReasonsByCode: Readonly<Record<string, ReviewReason | undefined>> = {
  RANDOM_CHECK: 'random_check',
  NEWLY_ESTABLISHED: 'newly_founded',
  PEP: 'politically_exposed_person',
  FINANCING: 'financing',
  PAYMENT_COUNTRIES: 'countries',
  INDUSTRY: 'industry',
  RELATED_PERSONS: 'people',
}

/** Undefined for what is no instant. */
export function instantOf(json: unknown): Date | undefined {
  const at = typeof json === 'string' ? Date.parse(json) : Number.NaN
  return Number.isNaN(at) ? undefined : new Date(at)
}

/** Which listed accounts there are to read: not closed ones, nor the sum of accounts that are listed themselves (their movements would come twice). */
export function isReadable(account: WireAccount, list: readonly WireAccount[]): boolean {
  if (account.status === 'deleted') return false
  return (
    account.currency !== noCurrency || !list.some((part) => part.iban === account.iban && part.currency !== noCurrency)
  )
}

/** Whether a list tells too little of an account: its details then tell what it is, and whose. */
export function isThin(account: WireAccount): boolean {
  return (
    account.cashAccountType === undefined ||
    account.ownerName === undefined ||
    Object.keys(accountNumbersOf(account)).length === 0
  )
}

/** The account is addressed by its endpoint and its id there, `accounts/3dc3d5b3`, ready to stand in a URL. */
export function accountOf(account: WireAccount, endpoint: Endpoint): ProviderAccount {
  const { place } = account
  const numbers = accountNumbersOf(account)
  if (Object.keys(numbers).length === 0) throw nonsense(place, 'an account with a number')
  if (!isCurrency(account.currency) && account.currency !== noCurrency)
    throw nonsense(below(place, 'currency'), 'a currency')
  const name = nameOf(account.displayName) ?? nameOf(account.name) ?? nameOf(account.product)
  const owner = nameOf(account.ownerName)
  return {
    ref: `${endpoint}/${encodeURIComponent(account.resourceId)}`,
    name: name ?? 'Account',
    type: accountTypeOf(account.cashAccountType, numbers),
    currency: account.currency,
    ...numbers,
    ...(owner === undefined ? {} : { owner }),
    ...usageTold(account.usage),
  }
}

export function balancesOf(told: WireBalances, place: Place): readonly ProviderBalance[] {
  return told.balances.map((balance, index) => balanceOf(balance, told, below(below(place, 'balances'), index)))
}

function balanceOf(balance: WireBalance, told: { readonly debitsArePositive: boolean }, place: Place): ProviderBalance {
  const referenceDate = dayOf(balance.referenceDate)
  return {
    type: balanceTypeOf(balance),
    amount: signed(moneyOf(balance.balanceAmount, below(place, 'balanceAmount')), told),
    ...(referenceDate === undefined ? {} : { referenceDate }),
  }
}

/** Every booked movement of a page, in the bank's order. An entry that books a batch is one movement, as it is on the account. */
export function movementsOf(
  page: WireTransactionsPage,
  account: PageOwner,
  profile: BankProfile,
  place: Place,
): readonly ProviderTransaction[] {
  const iban = isFields(page.account) ? (page.account['iban'] ?? account.iban) : account.iban
  const reader = readerOf({ ...account, iban, debitsArePositive: page.debitsArePositive, profile })
  const booked = below(below(place, page.report), 'booked')
  return page.booked.map((json, index) => {
    const at = below(booked, index)
    return movementOf(asTransaction(json, at), reader, at)
  })
}
