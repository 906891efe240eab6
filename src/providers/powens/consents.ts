// A consent at Powens, from asking to ending: a connection to a bank, in a user that is made for it alone, so that whoever holds one consent can neither see nor
// end another. A renewal keeps the user and the connection, and with them the ids of accounts and movements, but gets a token of its own: the consent that it
// follows must not end it when it is ended itself.

import type { Clock } from '../../shared/clock.ts'
import {
  ProviderError,
  type ConsentAsk,
  type ConsentOutcome,
  type ConsentStarted,
  type ConsentState,
} from '../provider.ts'
import type { Client } from './client.ts'
import {
  afterwards,
  checkStanding,
  endConnection,
  endUser,
  readConnection,
  readConnections,
  unlessGone,
  unlessOurs,
} from './connection.ts'
import {
  decodeAttempt,
  decodeGranted,
  decodeRef,
  encodeAccountRef,
  encodeRef,
  type Attempt,
  type Granted,
  type Reconnecting,
  type User,
} from './refs.ts'
import { accountsOf, endOf, failureOfAttempt, isGranted, stateOf, type Hints } from './transform.ts'
import type { WireConnection } from './wire.ts'

export type Deps = {
  readonly client: Client
  readonly clock: Clock
  readonly domain: string
}

export async function startConsent({ client }: Deps, ask: ConsentAsk): Promise<ConsentStarted> {
  const reconnecting = ask.renews === undefined ? undefined : await reconnect(client, ask, ask.renews)
  return reconnecting ?? connect(client, ask)
}

/** Powens compares the callback's address whole and carries the state itself. */
const backTo = ({ callbackUrl, state }: ConsentAsk) => ({ redirect_uri: callbackUrl, state })

async function connect(client: Client, ask: ConsentAsk): Promise<ConsentStarted> {
  const user = await client.newUser()
  const redirectUrl = await client
    .webviewFor(user, 'connect', { ...backTo(ask), connector_uuids: ask.nativeId, max_connections: '1' })
    .catch((error: unknown) => afterwards(endUser(client, user), error))
  const { now: startedAt, validDays } = ask
  return { redirectUrl, ref: encodeRef({ kind: 'connecting', user, startedAt, validDays }) }
}

/** Undefined where there is nothing left to renew: the person connects anew. */
async function reconnect(client: Client, ask: ConsentAsk, renews: string): Promise<ConsentStarted | undefined> {
  const {
    connectionId,
    user: { id },
  } = decodeGranted(renews)
  const token = await client.anotherToken(id).catch(nothingLeft)
  if (token === undefined) return undefined
  const user = { id, token }
  const giveBack = (error: unknown) => afterwards(client.endToken(token), error)
  const found = await readConnection(client, user, connectionId).catch(nothingLeft).catch(giveBack)
  if (found === undefined) return undefined
  const redirectUrl = await client
    .webviewFor(user, 'reconnect', { ...backTo(ask), connection_id: connectionId })
    .catch(giveBack)
  const { now: startedAt, validDays } = ask
  const { expire: expiredAt, state } = found.connection
  const ref = encodeRef({
    kind: 'reconnecting',
    user,
    startedAt,
    validDays,
    connectionId,
    renews,
    expiredAt,
    wasUsable: state === null,
  })
  return { redirectUrl, ref }
}

/** The user or the connection was deleted. Were we refused for ourselves, connecting anew would be as well. */
function nothingLeft(error: unknown): undefined {
  if (error instanceof ProviderError && (error.kind === 'consent_gone' || error.kind === 'refused')) return undefined
  throw error
}

type CompleteAsk = { readonly ref: string; readonly query: Readonly<Record<string, string>>; readonly now: Date }

export async function completeConsent({ client, domain }: Deps, ask: CompleteAsk): Promise<ConsentOutcome> {
  const attempt = decodeAttempt(ask.ref)
  const hints = hintsIn(ask.query)
  const connection =
    attempt.kind === 'reconnecting'
      ? (await readConnection(client, attempt.user, attempt.connectionId)).connection
      : await connectionOf(client, attempt.user, ask.query['connection_id'])
  const isNew = attempt.kind === 'connecting' || (connection !== undefined && isRenewed(attempt, connection, hints))
  if (connection !== undefined && isGranted(connection) && isNew)
    return granted(attempt, connection, { domain, now: ask.now })
  const failure = failureOfAttempt(connection, hints)
  if (failure === undefined) return { kind: 'pending' }
  // Before it is told: should this fail, the clock asks again.
  await endAttempt(client, attempt)
  return failure
}

function hintsIn(query: CompleteAsk['query']): Hints {
  const { error, connection_id: id, connection_ids: ids } = query
  return { error, hasConnection: id !== undefined || ids !== undefined }
}

/** The one connection of a user who was made for it. Should there be more, what the callback names is one of them, or is not believed. */
async function connectionOf(
  client: Client,
  user: User,
  hinted: string | undefined,
): Promise<WireConnection | undefined> {
  const connections = await readConnections(client, user)
  return connections.find(({ id }) => id === hinted) ?? connections.find(isGranted) ?? connections.at(-1)
}

/**
 * Whether the person has been at the bank: the access lasts longer than before, or works again. Where it did all along and nothing shows, who comes back with the
 * connection has renewed it as far as the bank would have it; it then lasts as long as Powens says.
 */
function isRenewed({ expiredAt, wasUsable }: Reconnecting, { expire, state }: WireConnection, hints: Hints): boolean {
  if (expire !== null && (expiredAt === null || expire > expiredAt)) return true
  if (state !== null) return false
  return !wasUsable || (hints.error === undefined && hints.hasConnection)
}

/** From the moment that the person was sent off, which is the latest that can be known for certain, so that asking again tells the same. */
function granted(
  attempt: Attempt,
  connection: WireConnection,
  { domain, now }: { readonly domain: string; readonly now: Date },
): ConsentOutcome {
  const { startedAt, user, validDays } = attempt
  const renews = attempt.kind === 'reconnecting' ? attempt.renews : undefined
  const until = new Date(startedAt.getTime() + validDays * dayMs)
  const ref: Granted = {
    kind: 'granted',
    user,
    connectionId: connection.id,
    until,
    ...(renews !== undefined && { formerToken: decodeGranted(renews).user.token }),
  }
  return {
    kind: 'granted',
    ref: encodeRef(ref),
    validFrom: startedAt,
    hintsAbout: user.id,
    // It is the same connection: who ended the consent before would end this one.
    ...(renews !== undefined && { renewed: renews }),
    expiresAt: endOf(connection, { until, now }),
    accounts: accountsOf(connection, domain).map(({ id, isCard, account }) => ({
      ...account,
      ref: encodeAccountRef({ id, isCard }),
    })),
  }
}

const dayMs = 86_400_000

export async function consentState({ client, clock }: Deps, refText: string): Promise<ConsentState> {
  const ref = decodeGranted(refText)
  try {
    const { connection, place } = await readConnection(client, ref.user, ref.connectionId)
    await endFormerToken(client, ref)
    return stateOf(connection, { until: ref.until, now: clock.now() }, place)
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'consent_gone') throw error
    if (error.ended === undefined) await checkStanding(client, ref.user)
    return { state: 'revoked' }
  }
}

/** Ends what the consent stands for; of a renewal that came to nothing no more than its own token, since the consent before it may live on. */
export async function revokeConsent({ client }: Deps, refText: string): Promise<'ended'> {
  const ref = decodeRef(refText)
  await (ref.kind === 'granted' ? endConnection(client, ref) : endAttempt(client, ref)).catch(unlessGone)
  return 'ended'
}

async function endAttempt(client: Client, attempt: Attempt): Promise<void> {
  if (attempt.kind === 'connecting') await endUser(client, attempt.user)
  else await client.endToken(attempt.user.token)
}

/**
 * Once a renewed consent is in use, the token of the one before it is void: whoever ends that one later must not end this. It stood until now because what
 * was granted might not have been kept. No call fails for want of this.
 */
export async function endFormerToken(client: Client, { formerToken }: Granted): Promise<void> {
  if (formerToken !== undefined) await client.endToken(formerToken).catch(unlessOurs)
}
