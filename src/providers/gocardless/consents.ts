// A consent, from asking to ending: an end user agreement, which says what for, and the requisition that carries the person to the bank.

import type { Clock } from '../../shared/clock.ts'
import {
  ProviderError,
  type ConsentAsk,
  type ConsentOutcome,
  type ConsentStarted,
  type ConsentState,
} from '../provider.ts'
import { isAccessLeft, readAccounts } from './accounts.ts'
import type { Client } from './client.ts'
import { isNotThere, refusalsOf } from './errors.ts'
import { readInstitution } from './institutions.ts'
import { decodeRef, encodeRef, type Ref } from './refs.ts'
import {
  agreementFor,
  failureOfReturn,
  languageOf,
  lesserAgreement,
  lifetimeOf,
  progressOf,
  stateOf,
  type Known,
  mayChooseAccounts,
} from './transform.ts'
import {
  asAgreement,
  asId,
  asLink,
  asReconfirmation,
  asRequisition,
  type WireAgreement,
  type WireAgreementAsk,
  type WireReconfirmation,
  type WireRequisition,
} from './wire.ts'

export async function startConsent(client: Client, ask: ConsentAsk, known: Known): Promise<ConsentStarted> {
  const institution = await readInstitution(client, ask.nativeId)
  const agreed = await newAgreement(client, agreementFor(institution, ask.validDays, known))
  const { id, link } = await newRequisition(client, {
    redirect: ask.callbackUrl,
    institution_id: ask.nativeId,
    agreement: agreed.id,
    reference: ask.state,
    ...(ask.language !== undefined && { user_language: languageOf(ask.language) }),
    ...(mayChooseAccounts(institution) && { account_selection: true }),
  })
  const ref: Ref = {
    requisitionId: id,
    agreementId: agreed.id,
    historyDays: agreed.ask.max_historical_days,
    reconfirms: agreed.ask.reconfirmation === true,
  }
  return { redirectUrl: link, ref: encodeRef(ref) }
}

/** For each thing that may be refused in turn: days, history, scopes, reconfirmation. */
const agreementTriesMax = 5

/** What the institution says of itself is not always what is taken from us: what is refused is taken back, and the rest asked for again. */
async function newAgreement(
  client: Client,
  wish: WireAgreementAsk,
): Promise<{ readonly id: string; readonly ask: WireAgreementAsk }> {
  let ask = wish
  for (let tries = 1; ; tries += 1) {
    const request = { method: 'POST', path: 'agreements/enduser/', what: 'new agreement', json: ask } as const
    const answer = await client.send(request)
    const lesser = mayBeLess(answer.status, tries) ? lesserAgreement(ask, refusalsOf(answer)) : undefined
    if (lesser === undefined) {
      const { json, place } = client.open(answer, request)
      return { id: asId(json, place), ask }
    }
    ask = lesser
  }
}

const mayBeLess = (status: number, tries: number): boolean =>
  (status === 400 || status === 403) && tries < agreementTriesMax

type RequisitionAsk = {
  readonly redirect: string
  readonly institution_id: string
  readonly agreement: string
  /** Told back by the callback. Each may be used once, which ours are. */
  readonly reference: string
  readonly user_language?: string
  /** The person ticks the accounts on GoCardless's page. */
  readonly account_selection?: boolean
}

/** What can be done without: a language that they do not have there, a choice of accounts that the bank does not offer after all. */
const dispensable = ['user_language', 'account_selection'] as const

async function newRequisition(
  client: Client,
  wish: RequisitionAsk,
): Promise<{ readonly id: string; readonly link: string }> {
  const request = { method: 'POST', path: 'requisitions/', what: 'new requisition', json: wish } as const
  const answer = await client.send(request)
  const refused = answer.status === 400 ? refusalsOf(answer).map(({ field }) => field) : []
  const dropped = dispensable.find((field) => wish[field] !== undefined && refused.includes(field))
  if (dropped !== undefined) {
    const { [dropped]: _, ...rest } = wish
    return newRequisition(client, rest)
  }
  const { json, place } = client.open(answer, request)
  return { id: asId(json, place), link: asLink(json, 'link', place) }
}

type CompleteAsk = { readonly ref: string; readonly query: Readonly<Record<string, string>> }

/** The requisition's status is the truth. What the callback says of an error counts only for an attempt that has not come to an end of its own. */
export async function completeConsent(client: Client, ask: CompleteAsk): Promise<ConsentOutcome> {
  const ref = decodeRef(ask.ref)
  const requisition = await findRequisition(client, ref)
  if (requisition === undefined)
    return { kind: 'failed', failure: 'provider_error', text: 'GoCardless does not know this approval any more.' }
  const progress = progressOf(requisition.status)
  if (progress === 'linked') return granted(client, ask.ref, requisition)
  if (progress !== 'on_its_way') return { kind: 'failed', ...progress }
  const failed = failureOfReturn(ask.query['error'])
  return failed === undefined ? { kind: 'pending' } : { kind: 'failed', ...failed }
}

async function granted(client: Client, refText: string, { accounts: ids }: WireRequisition): Promise<ConsentOutcome> {
  const ref = decodeRef(refText)
  const agreement = await findAgreement(client, ref)
  if (agreement === undefined)
    return { kind: 'failed', failure: 'provider_error', text: 'GoCardless does not know what was agreed any more.' }
  const accounts = await readAccounts(client, ids)
  if (accounts.length === 0)
    return { kind: 'failed', failure: 'insufficient_rights', text: 'The bank gave access to no account.' }
  return { kind: 'granted', ref: refText, ...lifetimeOf(agreement), accounts }
}

/** What GoCardless keeps of it, and, where that is well, what the bank says. */
export async function consentState(
  { client, clock }: { readonly client: Client; readonly clock: Clock },
  refText: string,
): Promise<ConsentState> {
  const ref = decodeRef(refText)
  const requisition = await findRequisition(client, ref)
  if (requisition === undefined) return { state: 'revoked' }
  if (requisition.status === 'EX') return { state: 'expired' }
  const progress = progressOf(requisition.status)
  if (progress === 'on_its_way')
    throw new ProviderError('needs_person', 'GoCardless, requisition: it waits for an approval at the bank')
  if (progress !== 'linked') return { state: 'revoked' }
  const agreement = await findAgreement(client, ref)
  if (agreement === undefined) return { state: 'revoked' }
  const reconfirmation = agreement.reconfirms ? await findReconfirmation(client, ref) : undefined
  const state = stateOf(agreement, reconfirmation, clock.now())
  // Until the person reconfirms, no account can be read, and none is lost.
  const isWaiting = state.state === 'usable' && state.reconfirmBy !== undefined && state.reconfirmBy <= clock.now()
  if (state.state !== 'usable' || isWaiting) return state
  return (await isAccessLeft(client, requisition.accounts)) ? state : { state: 'revoked' }
}

async function findRequisition(client: Client, ref: Ref): Promise<WireRequisition | undefined> {
  const read = await client.find({ path: requisitionPath(ref), what: 'requisition' })
  return read === undefined ? undefined : asRequisition(read.json, read.place)
}

async function findAgreement(client: Client, ref: Ref): Promise<WireAgreement | undefined> {
  const read = await client.find({ path: agreementPath(ref), what: 'agreement' })
  return read === undefined ? undefined : asAgreement(read.json, read.place)
}

/** Undefined where none has been asked for yet. */
async function findReconfirmation(client: Client, ref: Ref): Promise<WireReconfirmation | undefined> {
  const read = await client.find({ path: `${agreementPath(ref)}reconfirm/`, what: 'reconfirmation' })
  return read === undefined ? undefined : asReconfirmation(read.json, read.place)
}

/** A page of GoCardless's own, without the bank. */
export async function startReconfirmation(
  client: Client,
  ask: { readonly ref: string; readonly callbackUrl: string },
): Promise<{ readonly redirectUrl: string }> {
  const { json, place } = await client.read({
    method: 'POST',
    path: `${agreementPath(decodeRef(ask.ref))}reconfirm/`,
    what: 'new reconfirmation',
    json: { redirect: ask.callbackUrl },
  })
  return { redirectUrl: asLink(json, 'reconfirmation_url', place) }
}

/** With the requisition goes its agreement. One that is not there any more has ended too. */
export async function revokeConsent(client: Client, refText: string): Promise<'ended'> {
  const ask = { method: 'DELETE', path: requisitionPath(decodeRef(refText)), what: 'end of requisition' } as const
  const answer = await client.send(ask)
  if (!isNotThere(answer)) client.check(answer, ask)
  return 'ended'
}

const requisitionPath = ({ requisitionId }: Ref): string => `requisitions/${encodeURIComponent(requisitionId)}/`
const agreementPath = ({ agreementId }: Ref): string => `agreements/enduser/${encodeURIComponent(agreementId)}/`
