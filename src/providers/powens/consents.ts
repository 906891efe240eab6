// A consent at Powens, from asking to ending: a connection to a bank, in a user that is made for it alone, so that whoever holds one consent can neither see nor
// end another. One that follows another is in `following.ts`.

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
import { endedInstead, follow, followed, isExtended, isFollowed } from './following.ts'
import {
  decodeAttempt,
  decodeGranted,
  decodeRef,
  encodeAccountRef,
  encodeRef,
  type Attempt,
  type Granted,
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
  const { renews } = ask
  const following = renews === undefined ? undefined : await follow(client, ask, { renews, back: backTo(ask) })
  return following ?? connect(client, ask)
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

type CompleteAsk = { readonly ref: string; readonly query: Readonly<Record<string, string>>; readonly now: Date }

export async function completeConsent({ client, domain }: Deps, ask: CompleteAsk): Promise<ConsentOutcome> {
  const attempt = decodeAttempt(ask.ref)
  const hints = hintsIn(ask.query)
  const connection =
    attempt.kind === 'connecting'
      ? await connectionOf(client, attempt.user, ask.query['connection_id'])
      : await followed(client, attempt)
  if (connection === undefined && attempt.kind !== 'connecting') return endedInstead(client, attempt, hints)
  if (connection !== undefined && isGranted(connection) && cameOf(attempt, connection, hints))
    return granted(attempt, connection, { domain, now: ask.now })
  const failure = failureOfAttempt(connection, hints)
  if (failure === undefined) return { kind: 'pending' }
  // Before it is told: should this fail, the clock asks again.
  await endAttempt(client, attempt)
  return failure
}

function hintsIn(query: CompleteAsk['query']): Hints {
  const { error, connection_id: id, connection_ids: ids } = query
  const isDeleted = query['connection_deleted'] === 'true'
  return { error, isDeleted, hasConnection: !isDeleted && (id !== undefined || ids !== undefined) }
}

/** Whether the connection is what the attempt led to. What is found in a user who was made for it came of it. */
const cameOf = (attempt: Attempt, connection: WireConnection, hints: Hints): boolean =>
  attempt.kind === 'connecting' || isFollowed(attempt, connection, hints)

/** The one connection of a user who was made for it. Should there be more, what the callback names is one of them, or is not believed. */
async function connectionOf(
  client: Client,
  user: User,
  hinted: string | undefined,
): Promise<WireConnection | undefined> {
  const connections = await readConnections(client, user)
  return connections.find(({ id }) => id === hinted) ?? connections.find(isGranted) ?? connections.at(-1)
}

/** From the moment that the person was sent off, which is the latest that can be known for certain, so that asking again tells the same. */
function granted(
  attempt: Attempt,
  connection: WireConnection,
  { domain, now }: { readonly domain: string; readonly now: Date },
): ConsentOutcome {
  const { startedAt, user } = attempt
  const renews = attempt.kind === 'connecting' ? undefined : attempt.renews
  const until = untilOf(attempt, connection)
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

/** How long it may last at most. Who has only chosen accounts has been given no new term. */
function untilOf(attempt: Attempt, connection: WireConnection): Date {
  if (attempt.kind === 'managing' && !isExtended(attempt, connection)) return attempt.until
  return new Date(attempt.startedAt.getTime() + attempt.validDays * dayMs)
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
