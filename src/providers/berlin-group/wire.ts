// What a bank sends, spelled as NextGenPSD2 XS2A 1.3 spells it. What we cannot do without is checked here, as it arrives. The rest
// is `unknown`, so that whoever reads it has to look first; fields that we never read are not named.

import { ProviderError } from '../provider.ts'
import { asAmount, type WireAmount } from '../reading/amounts.ts'
import { asFields, asList, asText, below, nonsense, type Place } from '../reading/place.ts'

const consentStatuses = [
  'received',
  'partiallyAuthorised',
  'valid',
  'rejected',
  'revokedByPsu',
  'expired',
  'terminatedByTpp',
] as const
export type ConsentStatus = (typeof consentStatuses)[number]

export type WireConsent = { readonly consentStatus: ConsentStatus; readonly validUntil: string }

export type WireConsentCreated = {
  readonly consentId: string
  /** Where the person's browser goes; absent when the bank wants to authorise in another way than by redirect. */
  readonly scaRedirect: string | undefined
  /** Where the state of that authorisation can be read. */
  readonly scaStatus: string | undefined
}

export type WireAccount = {
  readonly resourceId: string
  readonly currency: string
  readonly iban?: unknown
  readonly bban?: unknown
  readonly pan?: unknown
  readonly maskedPan?: unknown
  readonly other?: unknown
  readonly name?: unknown
  readonly displayName?: unknown
  readonly product?: unknown
  readonly ownerName?: unknown
  readonly cashAccountType?: unknown
  readonly usage?: unknown
  readonly status?: unknown
  /** Where it stands in the answer. */
  readonly place: Place
}

export type WireBalance = {
  readonly balanceAmount: WireAmount
  readonly balanceType: string
  readonly referenceDate?: unknown
  readonly creditLimitIncluded?: unknown
}

export type WireBalances = {
  readonly balances: readonly WireBalance[]
  /** A card account that quotes debits positive, and what is owed as well (`debitAccounting`). */
  readonly debitsArePositive: boolean
}

export type WireTransactionsPage = {
  /** Under which name the movements stand. */
  readonly report: 'transactions' | 'cardTransactions'
  /** The account that the page is of. */
  readonly account: unknown
  readonly booked: readonly unknown[]
  readonly debitsArePositive: boolean
  /** The next page; absent on the last. */
  readonly next: string | undefined
}

export function asConsentCreated(json: unknown, place: Place): WireConsentCreated {
  const { consentId, _links } = asFields(json, place)
  const links = below(place, '_links')
  return {
    consentId: asHeader(consentId, below(place, 'consentId')),
    scaRedirect: hrefOf(_links, 'scaRedirect', links),
    scaStatus: hrefOf(_links, 'scaStatus', links),
  }
}

export function asConsentStatus(json: unknown, place: Place): ConsentStatus {
  const { consentStatus } = asFields(json, place)
  const status = consentStatuses.find((known) => known === consentStatus)
  if (status === undefined) throw nonsense(below(place, 'consentStatus'), `one of ${consentStatuses.join(', ')}`)
  return status
}

export function asConsent(json: unknown, place: Place): WireConsent {
  const { validUntil } = asFields(json, place)
  return { consentStatus: asConsentStatus(json, place), validUntil: asText(validUntil, below(place, 'validUntil')) }
}

/** What the bank has to say to the person, in whatever language; undefined where it says nothing. */
export function psuMessageIn(json: unknown, place: Place): string | undefined {
  const { psuMessage } = asFields(json, place)
  return typeof psuMessage === 'string' ? psuMessage.slice(0, 500) : undefined
}

/** How far an authorisation has come. Banks add words of their own to the standard's. */
export function asScaStatus(json: unknown, place: Place): string {
  const { scaStatus } = asFields(json, place)
  return asText(scaStatus, below(place, 'scaStatus'))
}

const agreementStatuses = [
  'awaitingSignature',
  'underReview',
  'approved',
  'rejected',
  'declined',
  'linkExpired',
  'withdrawnByTpp',
  'terminated',
] as const
export type AgreementStatus = (typeof agreementStatuses)[number]

/** A company's agreement with a programme: no standard has it, so this is the programme's own spelling. */
export type WireAgreement = {
  readonly agreementId: string
  readonly agreementStatus: AgreementStatus
  readonly lastStatusChange: unknown
  readonly reviewReasons: readonly { readonly code: string; readonly text: unknown }[]
  readonly signing: string | undefined
  readonly signingValidUntil: unknown
}

export function asAgreement(json: unknown, place: Place): WireAgreement {
  const { agreementId, agreementStatus, lastStatusChange, reviewReasons, signingValidUntil, _links } = asFields(
    json,
    place,
  )
  const status = agreementStatuses.find((known) => known === agreementStatus)
  if (status === undefined) throw nonsense(below(place, 'agreementStatus'), `one of ${agreementStatuses.join(', ')}`)
  const reasons = below(place, 'reviewReasons')
  return {
    agreementId: asHeader(agreementId, below(place, 'agreementId')),
    agreementStatus: status,
    lastStatusChange,
    reviewReasons: asList(reviewReasons ?? [], reasons).map((reason, index) => {
      const { code, text } = asFields(reason, below(reasons, index))
      return { code: asText(code, below(below(reasons, index), 'code')), text }
    }),
    signing: hrefOf(_links, 'signing', below(place, '_links')),
    signingValidUntil,
  }
}

/** Accounts have their endpoints, and card accounts theirs beside them, which banks need not have. */
export type Endpoint = 'accounts' | 'card-accounts'

/** Under which names their answers hold what was asked for. */
const namesAt = {
  accounts: { list: 'accounts', details: 'account' },
  'card-accounts': { list: 'cardAccounts', details: 'cardAccount' },
} as const satisfies Record<Endpoint, unknown>

export function asAccountList(json: unknown, place: Place, endpoint: Endpoint): readonly WireAccount[] {
  const name = namesAt[endpoint].list
  const list = below(place, name)
  return asList(asFields(json, place)[name], list).map((account, index) =>
    asAccount(account, below(list, index), endpoint),
  )
}

/** An account as it was listed, with what its details add. */
export function asAccountDetails(listed: WireAccount, json: unknown, place: Place, endpoint: Endpoint): WireAccount {
  const name = namesAt[endpoint].details
  const details = asFields(asFields(json, place)[name], below(place, name))
  return asAccount({ ...listed, ...details }, below(place, name), endpoint)
}

/** A card account needs no type: where it stands says it. */
function asAccount(json: unknown, place: Place, endpoint: Endpoint): WireAccount {
  const account = asFields(json, place)
  const { resourceId, currency } = account
  return {
    ...(endpoint === 'card-accounts' ? { cashAccountType: 'CARD' } : {}),
    ...account,
    resourceId: asText(resourceId, below(place, 'resourceId')),
    currency: asText(currency, below(place, 'currency')),
    place,
  }
}

export function asBalances(json: unknown, place: Place): WireBalances {
  const { balances, debitAccounting } = asFields(json, place)
  const list = below(place, 'balances')
  return {
    balances: asList(balances, list).map((balance, index) => asBalance(balance, below(list, index))),
    debitsArePositive: debitAccounting === true,
  }
}

function asBalance(json: unknown, place: Place): WireBalance {
  const balance = asFields(json, place)
  const { balanceAmount, balanceType } = balance
  return {
    ...balance,
    balanceAmount: asAmount(balanceAmount, below(place, 'balanceAmount')),
    balanceType: asText(balanceType, below(place, 'balanceType')),
  }
}

/**
 * The spec demands `booked` even when it is empty: an answer without it says nothing, and nothing must not pass for no movements.
 * @throws {ProviderError} refused, from a bank that only offers a report to download.
 */
export function asTransactionsPage(json: unknown, place: Place): WireTransactionsPage {
  const answer = asFields(json, place)
  const { account, debitAccounting, _links: links } = answer
  const report = answer['cardTransactions'] === undefined ? 'transactions' : 'cardTransactions'
  if (answer[report] === undefined && hrefOf(links, 'download', below(place, '_links')) !== undefined) {
    throw new ProviderError('refused', `${place.key}: offered as a download only`)
  }
  const within = below(place, report)
  const { booked, _links } = asFields(answer[report], within)
  return {
    report,
    account,
    booked: asList(booked, below(within, 'booked')),
    debitsArePositive: debitAccounting === true,
    next: hrefOf(_links, 'next', below(within, '_links')),
  }
}

/** A link that is there but cannot be read is nonsense: a next page overlooked would be lost. */
function hrefOf(links: unknown, name: string, place: Place): string | undefined {
  if (links === undefined || links === null) return undefined
  const link = asFields(links, place)[name]
  if (link === undefined || link === null) return undefined
  const { href } = asFields(link, below(place, name))
  return asText(href, below(below(place, name), 'href'))
}

/** The consent's id travels in a header, where only printable ASCII may stand. */
function asHeader(json: unknown, place: Place): string {
  const text = asText(json, place)
  if (!/^[\x21-\x7e]+$/.test(text)) throw nonsense(place, 'printable ASCII')
  return text
}
