// GoCardless's words → ours. Pure.

import type {
  BankProfile,
  ConsentState,
  PageOwner,
  ProviderAccount,
  ProviderBalance,
  ProviderInstitution,
  ProviderTransaction,
  SessionFailure,
} from '../provider.ts'
import { accountNumbersOf } from '../reading/account-numbers.ts'
import { accountTypeOf, balanceTypeOf, noCurrency, usageTold } from '../reading/accounts.ts'
import { dayOf, moneyOf } from '../reading/amounts.ts'
import { asTransaction, movementOf, readerOf } from '../reading/movement.ts'
import { below, type Place } from '../reading/place.ts'
import { idOf, nameOf, textOf } from '../reading/texts.ts'
import { bankCodesOfBic } from '../../values/iban.ts'
import { isCurrency } from '../../values/money.ts'
import type {
  RequisitionStatus,
  WireAccount,
  WireAgreement,
  WireAgreementAsk,
  WireBalance,
  WireDetails,
  WireInstitution,
  WireReconfirmation,
  WireRefusal,
} from './wire.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What the API falls back to wherever it is told no number of days, and what every bank grants. */
const regularDays = 90

/** The most that an agreement may ask for. */
const historyDaysMax = 730

/** What is known of a bank against what it says of itself. */
export type Known = Pick<BankProfile, 'maxHistoryDays' | 'maxConsentDays'>

/** An institution whose id we could not address is left out. */
export function institutionsOf(
  list: readonly WireInstitution[],
  known: (id: string) => Known,
): readonly ProviderInstitution[] {
  const addressable = list.filter(({ id }) => /^[A-Za-z0-9._~-]{1,64}$/.test(id))
  // Some have been listed twice.
  return [
    ...new Map(
      addressable.map((institution) => [institution.id, institutionOf(institution, known(institution.id))]),
    ).values(),
  ]
}

function institutionOf(told: WireInstitution, known: Known): ProviderInstitution {
  const features = featuresOf(told)
  const bic = textOf(told.bic, 11)
  const logo = textOf(told.logo, 2_000)
  return {
    nativeId: told.id,
    name: nameOf(told.name) ?? told.id,
    kind: 'bank',
    countries: told.countries.map((country) => country.toUpperCase()),
    bankCodes: bankCodesOfBic(bic ?? ''),
    accountTypes:
      features === undefined || features.has('card_accounts') ? ['current', 'savings', 'card'] : ['current', 'savings'],
    psuTypes: psuTypesOf(features),
    maxHistoryDays: historyDaysOf(told, known),
    maxConsentDays: consentDaysOf(told, known),
    ...(bic === undefined ? {} : { bic }),
    ...(logo !== undefined && /^(https:|data:)/i.test(logo) ? { logo } : {}),
  }
}

type Features = ReadonlySet<unknown>

/** Whether the person can choose among the accounts on GoCardless's page; elsewhere the bank's own decides. */
export const mayChooseAccounts = (told: WireInstitution): boolean => featuresOf(told)?.has('account_selection') === true

/** Undefined where the API does not tell: its list leaves them out at times. */
function featuresOf({ supported_features: features }: WireInstitution): Features | undefined {
  return Array.isArray(features) ? new Set(features) : undefined
}

function psuTypesOf(features: Features | undefined): readonly ('business' | 'private')[] {
  const isForBusiness = features?.has('business_accounts') === true || features?.has('corporate_accounts') === true
  const isForPrivate = features?.has('private_accounts') === true
  if (isForBusiness === isForPrivate) return ['business', 'private']
  return isForBusiness ? ['business'] : ['private']
}

/**
 * A bank with a separate consent for continuous history gives long history once, and no access after it, to who asks for both; so no more is asked there than
 * what continuous access includes.
 */
function historyDaysOf(told: WireInstitution, { maxHistoryDays = historyDaysMax }: Known): number {
  const days = Math.min(daysOf(told.transaction_total_days) ?? regularDays, maxHistoryDays, historyDaysMax)
  return featuresOf(told)?.has('separate_continuous_history_consent') === true ? Math.min(days, regularDays) : days
}

function consentDaysOf(told: WireInstitution, { maxConsentDays }: Known): number {
  const days = daysOf(told.max_access_valid_for_days) ?? regularDays
  const reconfirmed = mayReconfirm(told) ? (daysOf(told.max_access_valid_for_days_reconfirmation) ?? days) : days
  return Math.min(Math.max(days, reconfirmed), maxConsentDays ?? Number.POSITIVE_INFINITY)
}

/** Only in the UK, where a consent may last longer than 90 days if the person reconfirms it before they are over. */
function mayReconfirm(told: WireInstitution): boolean {
  if (!told.countries.some(isBritish)) return false
  return (
    daysOf(told.max_access_valid_for_days_reconfirmation) !== undefined ||
    featuresOf(told)?.has('reconfirmation_of_consent') === true ||
    told.countries.every(isBritish)
  )
}

const isBritish = (country: string): boolean => country.toUpperCase() === 'GB'

/** The API writes numbers of days as texts. */
function daysOf(json: unknown): number | undefined {
  const days = typeof json === 'number' || typeof json === 'string' ? Number(json) : Number.NaN
  return Number.isInteger(days) && days > 0 && days <= 3_650 ? days : undefined
}

/** What we should like the person to agree to: all that the institution gives. */
export function agreementFor(told: WireInstitution, validDays: number, known: Known): WireAgreementAsk {
  const days = Math.max(1, Math.min(validDays, consentDaysOf(told, known)))
  return {
    institution_id: told.id,
    max_historical_days: historyDaysOf(told, known),
    access_valid_for_days: days,
    access_scope: ['balances', 'details', 'transactions'],
    ...(days > regularDays && mayReconfirm(told) && { reconfirmation: true }),
  }
}

/** The same, less what was refused; undefined where nothing can be taken back. Without transactions there is no sense in it. */
export function lesserAgreement(ask: WireAgreementAsk, refusals: readonly WireRefusal[]): WireAgreementAsk | undefined {
  const about = (field: string) => refusals.find((refusal) => refusal.field === field)
  const { reconfirmation, ...rest } = ask
  const isReconfirmationRefused = refusals.some(
    ({ field, summary, detail }) => field === 'reconfirmation' || /enable reconfirmation/i.test(`${summary} ${detail}`),
  )
  const scopes = refusals.filter(
    ({ field, summary }) => field === 'access_scope' || (field === undefined && /access scope/i.test(summary)),
  )
  const history = about('max_historical_days')
  const valid = about('access_valid_for_days')
  const historyDays = history === undefined ? ask.max_historical_days : boundIn(history, ask.max_historical_days)
  const validDays =
    valid !== undefined
      ? boundIn(valid, ask.access_valid_for_days)
      : isReconfirmationRefused
        ? Math.min(ask.access_valid_for_days, regularDays)
        : ask.access_valid_for_days
  const lesser = {
    ...rest,
    max_historical_days: historyDays,
    access_valid_for_days: validDays,
    access_scope: scopes.reduce(scopeAfter, ask.access_scope),
    ...(reconfirmation === true && !isReconfirmationRefused && validDays > regularDays && { reconfirmation }),
  }
  const isLess = JSON.stringify(lesser) !== JSON.stringify(ask)
  return isLess && lesser.access_scope.includes('transactions') ? lesser : undefined
}

/** The greatest that would have been taken, where that is said (`… and <= 180`, `… (90)`) and is less; else what every bank grants. */
function boundIn({ detail }: WireRefusal, asked: number): number {
  const [, bound] = /(?:<=\s*|\()(\d{1,4})\)?\.?\s*$/.exec(detail) ?? []
  const days = Number(bound)
  return days > 0 && days < asked ? days : Math.min(asked, regularDays)
}

/** "… supported by the institution are ['transactions']. …" leaves these; "required together: […]" and "mandatory […]" ask for more. */
function scopeAfter(scope: readonly string[], { detail }: WireRefusal): readonly string[] {
  const [, list = ''] = /\[([^\]]*)\]/.exec(detail) ?? []
  const named = [...list.matchAll(/'([a-z]{1,20})'/g)].flatMap(([, name]) => name ?? [])
  if (/supported by the institution are/i.test(detail)) return scope.filter((name) => named.includes(name))
  return [...new Set([...scope, ...(/required together|mandatory/i.test(detail) ? named : [])])]
}

/** A two-letter language, in capitals as their examples have it. Both written Norwegians are one to them. */
export function languageOf(tag: string): string {
  const [language = ''] = tag.toUpperCase().split('-', 1)
  return language === 'NB' || language === 'NN' ? 'NO' : language
}

type Failed = { readonly failure: SessionFailure; readonly text: string }
type EndedStatus = Extract<RequisitionStatus, 'RJ' | 'ER' | 'SU' | 'EX'>

const failuresOfStatuses: Readonly<Record<EndedStatus, Failed>> = {
  RJ: { failure: 'rejected_by_bank', text: 'The bank refused the approval.' },
  ER: { failure: 'provider_error', text: 'GoCardless could not complete the approval.' },
  SU: { failure: 'provider_error', text: 'GoCardless has suspended the approval.' },
  EX: { failure: 'timed_out', text: 'The approval has expired.' },
}

/** What became of a requisition, by its status alone. */
export function progressOf(status: RequisitionStatus): 'linked' | 'on_its_way' | Failed {
  switch (status) {
    case 'LN':
      return 'linked'
    case 'CR':
    case 'ID':
    case 'GC':
    case 'UA':
    case 'SA':
    case 'GA':
      return 'on_its_way'
    case 'RJ':
    case 'ER':
    case 'SU':
    case 'EX':
      return failuresOfStatuses[status]
  }
}

/**
 * Why a person came back from an attempt that has not ended: the status of one that was called off stays where it was. A link that was used before
 * (`RequisitionLinkReused`) says nothing of what came of it, and neither does a word that we do not know.
 */
export function failureOfReturn(error: string | undefined): Failed | undefined {
  return error !== undefined && Object.hasOwn(failuresOfReturn, error) ? failuresOfReturn[error] : undefined
}

const failedAtGoCardless: Failed = { failure: 'provider_error', text: 'GoCardless failed during the approval.' }

const failuresOfReturn: Readonly<Record<string, Failed>> = {
  UserCancelledSession: { failure: 'cancelled_by_person', text: 'The approval was cancelled.' },
  UserSessionRejected: failuresOfStatuses.RJ,
  SSNVerificationFailed: failuresOfStatuses.RJ,
  InstitutionTechnicalError: { failure: 'bank_unavailable', text: 'The bank failed during the approval.' },
  GoCardlessTechnicalError: failedAtGoCardless,
  UnknownError: failedAtGoCardless,
  CompanyRequisitionLimitReached: {
    failure: 'provider_error',
    text: 'The GoCardless account has reached the limit of its approvals.',
  },
}

/** How long an agreement lasts. The API tells no end. */
export function lifetimeOf(agreement: WireAgreement): {
  readonly validFrom: Date
  readonly expiresAt: Date
  readonly reconfirmBy?: Date
} {
  const { since, validDays } = agreement
  const expiresAt = new Date(since.getTime() + validDays * dayMs)
  return { validFrom: since, expiresAt, ...(agreement.reconfirms && { reconfirmBy: reconfirmBy(since, expiresAt) }) }
}

/** FCA PS21/19: the person says every 90 days that it may go on. */
function reconfirmBy(last: Date, expiresAt: Date): Date {
  return new Date(Math.min(last.getTime() + regularDays * dayMs, expiresAt.getTime()))
}

/** What a linked requisition is worth now, if the bank still keeps to it. */
export function stateOf(
  agreement: WireAgreement,
  reconfirmation: WireReconfirmation | undefined,
  now: Date,
): ConsentState {
  const { validFrom, expiresAt } = lifetimeOf(agreement)
  if (expiresAt <= now) return { state: 'expired' }
  if (!agreement.reconfirms) return { state: 'usable', expiresAt }
  const accounts = reconfirmation?.accounts ?? []
  const isRejected = ({ reconfirmed, rejected }: (typeof accounts)[number]) =>
    rejected !== undefined && (reconfirmed === undefined || reconfirmed < rejected)
  if (accounts.length > 0 && accounts.every(isRejected)) return { state: 'revoked' }
  const last = Math.max(validFrom.getTime(), ...accounts.flatMap(({ reconfirmed }) => reconfirmed?.getTime() ?? []))
  return { state: 'usable', expiresAt, reconfirmBy: reconfirmBy(new Date(last), expiresAt) }
}

/** What is known of an account: its metadata, and its details where they could be read. */
export type Told = { readonly id: string; readonly metadata: WireAccount; readonly details: WireDetails }

export const currencyIn = ({ details: { currency } }: Told): string | undefined =>
  typeof currency === 'string' && isCurrency(currency) ? currency : undefined

/** The currency that all balances are in. */
export function currencyOfBalances(balances: readonly WireBalance[]): string | undefined {
  const [currency, ...others] = new Set(balances.map(({ balanceAmount }) => balanceAmount.currency))
  return currency !== undefined && others.length === 0 && isCurrency(currency) ? currency : undefined
}

export const hasNumber = (told: Told): boolean => Object.keys(numbersOf(told)).length > 0

/**
 * An account without any number (PayPal, some cards) is known again by what its bank calls it, as far as the bank keeps to that; where there is a number, a name
 * that may change would only stand in its way.
 */
export function accountOf(told: Told, currency: string | undefined): ProviderAccount {
  const { id, metadata, details } = told
  const numbers = numbersOf(told)
  const name = nameOf(details.displayName) ?? nameOf(details.name) ?? nameOf(details.product) ?? nameOf(metadata.name)
  const owner = nameOf(details.ownerName) ?? nameOf(metadata.owner_name)
  const known = [textOf(metadata.institution_id, 64) ?? '', idOf(details.resourceId) ?? id].join('/')
  return {
    ref: id,
    name: name ?? 'Account',
    type: accountTypeOf(details.cashAccountType, numbers),
    currency: currency ?? noCurrency,
    ...numbers,
    ...(Object.keys(numbers).length === 0 && { stableHash: known }),
    ...(owner !== undefined && { owner }),
    ...usageTold(details.usage),
  }
}

type Numbers = ReturnType<typeof accountNumbersOf>

/** Where details tell no number, the metadata's stands. */
function numbersOf({ metadata, details }: Told): Numbers {
  const numbers = accountNumbersOf({ ...details, bban: textOf(details.bban, 34) ?? details.scan })
  return Object.keys(numbers).length > 0 ? numbers : accountNumbersOf({ iban: metadata.iban, bban: metadata.bban })
}

export function balancesOf(balances: readonly WireBalance[], place: Place): readonly ProviderBalance[] {
  return balances.map(({ balanceAmount, balanceType, creditLimitIncluded, referenceDate }, index) => {
    const day = dayOf(referenceDate)
    return {
      type: balanceTypeOf({ balanceType, creditLimitIncluded }),
      amount: moneyOf(balanceAmount, below(below(below(place, 'balances'), index), 'balanceAmount')),
      ...(day !== undefined && { referenceDate: day }),
    }
  })
}

/** Every booked movement, in the bank's order. */
export function movementsOf(
  booked: readonly unknown[],
  account: PageOwner,
  profile: BankProfile,
  place: Place,
): readonly ProviderTransaction[] {
  const reader = readerOf({ ...account, iban: account.iban, profile })
  const list = below(below(place, 'transactions'), 'booked')
  return booked.map((json, index) => {
    const at = below(list, index)
    return movementOf(asTransaction(json, at), reader, at)
  })
}
