// A consent, which is called a session here, from asking to ending.

import { setTimeout as sleep } from 'node:timers/promises'
import {
  ProviderError,
  type ConsentAsk,
  type ConsentOutcome,
  type ConsentStarted,
  type ConsentState,
} from '../provider.ts'
import type { Client } from './client.ts'
import type { ErrorCode } from './errors.ts'
import type { Exchanges } from './exchanges.ts'
import type { Catalogue } from './institutions.ts'
import { decodeRef, encodeRef, type AttemptRef } from './refs.ts'
import { accountsOf, psuTypeAt, sessionFailureOf, stateOf } from './transform.ts'
import { asAuthorization, asSession, asSessionId, asSessionState, type WireSession } from './wire.ts'

export type Consents = {
  readonly client: Client
  readonly catalogue: Catalogue
  readonly exchanges: Exchanges
  /** How long another process is given to write down what came of a code that we find spent. */
  readonly patienceMs: number
}

const dayMs = 24 * 60 * 60 * 1000
/** Whose clock is ahead would ask for longer than the bank allows, which is refused. */
const clockSkewMs = 5 * 60 * 1000

export async function startConsent({ client, catalogue }: Consents, ask: ConsentAsk): Promise<ConsentStarted> {
  const aspsp = await catalogue.find(ask.nativeId)
  const { name, country, psuHeaders } = aspsp
  const validMs = Math.min(ask.validDays * dayMs, aspsp.maxConsentSeconds * 1000 - clockSkewMs)
  const language = /^([a-z]{2})(-|$)/i.exec(ask.language ?? '')?.[1]?.toLowerCase()
  const { json, place } = await client.read({
    method: 'POST',
    url: client.url('auth'),
    what: 'new authorisation',
    json: {
      // Without a list of accounts: the person chooses, at the bank.
      access: { valid_until: new Date(ask.now.getTime() + validMs).toISOString(), balances: true, transactions: true },
      aspsp: { name, country },
      state: ask.state,
      redirect_url: ask.callbackUrl,
      psu_type: psuTypeAt(aspsp),
      ...(language !== undefined && { language }),
    },
  })
  const { url, authorizationId } = asAuthorization(json, place)
  return { redirectUrl: url, ref: encodeRef({ authorizationId, psuHeaders }) }
}

type CompleteAsk = { readonly ref: string; readonly query: Readonly<Record<string, string>>; readonly now: Date }

/**
 * Who comes back with a code has approved, if the code is good for a session. Without one nobody can be asked what became of an attempt, so the word that the
 * person brings back is taken for it, and without that too it is still open.
 */
export async function completeConsent(consents: Consents, { ref, query, now }: CompleteAsk): Promise<ConsentOutcome> {
  const attempt = decodeRef(ref)
  if (!('authorizationId' in attempt)) throw new Error('not a reference to an attempt')
  const { exchanges } = consents
  const code = query['code'] || exchanges.codeOf(attempt.authorizationId)
  if (code !== undefined)
    return exchanges.once(attempt.authorizationId, code, () => exchange(consents, attempt, { code, now }))
  const { error, error_description: description = '' } = query
  return error === undefined ? { kind: 'pending' } : { kind: 'failed', ...sessionFailureOf(error, description) }
}

/** Codes that were no good to begin with, or no longer are. */
const spent = [
  'ALREADY_AUTHORIZED',
  'EXPIRED_AUTHORIZATION_CODE',
  'WRONG_AUTHORIZATION_CODE',
] as const satisfies readonly ErrorCode[]

async function exchange(
  { client, patienceMs }: Consents,
  { psuHeaders }: AttemptRef,
  { code, now }: { readonly code: string; readonly now: Date },
): Promise<ConsentOutcome> {
  const url = client.url('sessions')
  const answer = await client.read({ method: 'POST', url, what: 'new session', json: { code }, answers: spent })
  if (answer.code === undefined) {
    const ref = encodeRef({ sessionId: asSessionId(answer.json, answer.place), psuHeaders })
    try {
      return granted(ref, asSession(answer.json, answer.place), now)
    } catch (error) {
      // Nothing else tells its id: it would stand there, and nobody would know of it.
      await revokeConsent({ client }, ref).catch(unlessOurs)
      throw error
    }
  }
  if (answer.code === 'EXPIRED_AUTHORIZATION_CODE')
    return { kind: 'failed', failure: 'timed_out', text: 'The approval was not used in time. Please authorise again.' }
  // Another process may have the session at this moment, since the person reloaded the page: whoever writes down first is right. If it died instead, the session's
  // id died with it, and nothing but the exchange tells it.
  if (answer.code === 'ALREADY_AUTHORIZED') await sleep(patienceMs)
  return {
    kind: 'failed',
    failure: 'provider_error',
    text: 'The bank approved, but the approval could not be used. Please authorise again.',
  }
}

function granted(ref: string, { accounts, accountsPlace, validUntil }: WireSession, now: Date): ConsentOutcome {
  return {
    kind: 'granted',
    ref,
    validFrom: now,
    expiresAt: validUntil,
    accounts: accountsOf(accounts, accountsPlace),
  }
}

function unlessOurs(error: unknown): void {
  if (!(error instanceof ProviderError)) throw error
}

export async function consentState({ client }: Consents, refText: string): Promise<ConsentState> {
  const ref = decodeRef(refText)
  if (!('sessionId' in ref)) throw new ProviderError('needs_person', 'Enable Banking: nobody has approved yet')
  try {
    const { json, place } = await client.read({ url: client.url(pathOf(ref)), what: 'session' })
    return stateOf(asSessionState(json, place), place)
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'consent_gone') return { state: error.ended ?? 'revoked' }
    throw error
  }
}

/** A session that is gone already has ended too. An attempt that nobody exchanges the code of comes to nothing by itself, and there is no way to call it off. */
export async function revokeConsent({ client }: Pick<Consents, 'client'>, refText: string): Promise<'ended'> {
  const ref = decodeRef(refText)
  if (!('sessionId' in ref)) return 'ended'
  try {
    await client.send({ method: 'DELETE', url: client.url(pathOf(ref)), what: 'end of session' })
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'consent_gone') throw error
  }
  return 'ended'
}

const pathOf = ({ sessionId }: { readonly sessionId: string }): string => `sessions/${encodeURIComponent(sessionId)}`
