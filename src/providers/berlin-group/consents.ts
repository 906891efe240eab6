// A consent at a bank, from asking to ending.

import { addDays, localDay } from '../../values/day.ts'
import {
  ProviderError,
  type ConsentAsk,
  type ConsentOutcome,
  type ConsentStarted,
  type ConsentState,
  type Psu,
} from '../provider.ts'
import { readAccounts } from './accounts.ts'
import type { Client } from './client.ts'
import { decodeAgreementRef, decodeRef, encodeRef, type Ref } from './refs.ts'
import { endOfConsent, sessionFailureOf, stateOf } from './transform.ts'
import { nonsense } from '../reading/place.ts'
import { asConsent, asConsentCreated, asConsentStatus, asScaStatus, psuMessageIn } from './wire.ts'

export type Bank = {
  readonly client: Client
  readonly maxConsentDays: number
  /** Where its days begin: the standard's dates are local to the bank. */
  readonly timeZone: string
}

/** Fetches without the person in a day: RTS art. 36(5), and the most that the standard foresees. */
const frequencyPerDay = 4

/** Added to the callback for the address of failure. It is only a hint for words: anybody can type it. */
const nokParameter = 'outcome'
const nok = 'nok'

export async function startConsent({ client, ...bank }: Bank, ask: ConsentAsk): Promise<ConsentStarted> {
  const validUntil = addDays(localDay(ask.now, bank.timeZone), Math.min(ask.validDays, bank.maxConsentDays))
  const okUrl = new URL(ask.callbackUrl)
  okUrl.searchParams.set('state', ask.state)
  const nokUrl = new URL(okUrl)
  nokUrl.searchParams.set(nokParameter, nok)
  const url = client.url('consents')
  const { json, place } = await client.read({
    method: 'POST',
    url,
    what: 'new consent',
    psu: ask.psu,
    language: ask.language,
    headers: {
      'tpp-redirect-preferred': 'true',
      'tpp-redirect-uri': okUrl.href,
      'tpp-nok-redirect-uri': nokUrl.href,
      'tpp-explicit-authorisation-preferred': 'false',
      ...(ask.agreement !== undefined && { 'agreement-id': decodeAgreementRef(ask.agreement) }),
    },
    json: {
      // Empty lists leave the choice of accounts to the person, at the bank.
      access: { accounts: [], balances: [], transactions: [] },
      recurringIndicator: true,
      validUntil,
      frequencyPerDay,
      combinedServiceIndicator: false,
    },
  })
  const { consentId, scaRedirect, scaStatus } = asConsentCreated(json, place)
  if (scaRedirect === undefined) throw new ProviderError('refused', `${place.key}: the bank offers no redirect`)
  if (!isWebAddress(scaRedirect)) throw nonsense(place, 'a consent with a web address to redirect to')
  const scaStatusUrl =
    scaStatus === undefined ? {} : { scaStatusUrl: client.follow(scaStatus, { from: url, what: 'new consent' }).href }
  return { redirectUrl: scaRedirect, ref: encodeRef({ consentId, validUntil, ...scaStatusUrl }) }
}

/** What a browser may be sent to: not a path, and no `javascript:`. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}

type CompleteAsk = {
  readonly ref: string
  readonly query: Readonly<Record<string, string>>
  readonly psu?: Psu
  readonly now: Date
}

export async function completeConsent(bank: Bank, ask: CompleteAsk): Promise<ConsentOutcome> {
  const ref = decodeRef(ask.ref)
  const url = bank.client.url(`${pathOf(ref)}/status`)
  const { json, place } = await bank.client.read({ url, what: 'consent status', psu: ask.psu })
  const status = asConsentStatus(json, place)
  if (status === 'received' || status === 'partiallyAuthorised') return { kind: 'pending' }
  if (status === 'valid') return granted(bank, ref, ask)
  const scaStatus = status === 'rejected' ? await scaStatusOf(bank.client, ref) : undefined
  const returnedByNok = ask.query[nokParameter] === nok
  const psuMessage = psuMessageIn(json, place)
  return { kind: 'failed', ...sessionFailureOf(status, { scaStatus, returnedByNok, psuMessage }) }
}

/** The bank tells days only, so a consent counts from the moment that we find it valid. */
async function granted(bank: Bank, ref: Ref, ask: CompleteAsk): Promise<ConsentOutcome> {
  const consent = await readConsent(bank, ref, ask.psu)
  // It ended between our two questions; the next asking of its status says how.
  if (consent.state !== 'usable') return { kind: 'pending' }
  const accounts = await readAccounts(bank.client, { consentId: ref.consentId, psu: ask.psu })
  return { kind: 'granted', ref: ask.ref, validFrom: ask.now, expiresAt: consent.expiresAt, accounts }
}

/** A hint, so its absence is no failure. */
async function scaStatusOf(client: Client, ref: Ref): Promise<string | undefined> {
  if (ref.scaStatusUrl === undefined) return undefined
  try {
    const { json, place } = await client.read({ url: new URL(ref.scaStatusUrl), what: 'authorisation status' })
    return asScaStatus(json, place)
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}

export async function consentState(bank: Bank, refText: string): Promise<ConsentState> {
  try {
    return await readConsent(bank, decodeRef(refText))
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'consent_gone') return { state: error.ended ?? 'revoked' }
    throw error
  }
}

async function readConsent(bank: Bank, ref: Ref, psu?: Psu): Promise<ConsentState> {
  const { json, place } = await bank.client.read({ url: bank.client.url(pathOf(ref)), what: 'consent', psu })
  const { consentStatus, validUntil } = asConsent(json, place)
  return stateOf(
    consentStatus,
    endOfConsent(validUntil, { validUntil: ref.validUntil, timeZone: bank.timeZone }, place),
    place,
  )
}

/** A consent that the bank no longer knows has ended too. */
export async function revokeConsent({ client }: Bank, refText: string): Promise<'ended'> {
  try {
    await client.send({
      method: 'DELETE',
      url: client.url(pathOf(decodeRef(refText))),
      what: 'end of consent',
      mayBeGone: true,
    })
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'consent_gone') throw error
  }
  return 'ended'
}

const pathOf = ({ consentId }: Ref): string => `consents/${encodeURIComponent(consentId)}`
