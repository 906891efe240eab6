// A consent that follows another of the same person keeps its user and its connection at Powens, and with them the ids of accounts and movements; it gets a token
// of its own, so that ending the former one ends no more than that. What the person is led to is what they come for: as long as the access has long to run,
// the page where accounts are ticked and unticked (`/manage`), and from when a renewal is due the bank's login (`/reconnect`), where nobody is asked for accounts.

import { ProviderError, type ConsentAsk, type ConsentOutcome, type ConsentStarted } from '../provider.ts'
import type { Client } from './client.ts'
import { afterwards, checkStanding, endUserWithout, readConnection, unlessGone } from './connection.ts'
import { decodeGranted, encodeRef, type Managing, type Reconnecting } from './refs.ts'
import { endOf, type Hints } from './transform.ts'
import type { WireConnection } from './wire.ts'

/** Renewals are asked for from then on (`renewFrom` of a consent); who comes earlier has come for the accounts. */
const renewalDays = 30

const dayMs = 86_400_000

/** Undefined where there is nothing left to follow: the person connects anew. */
export async function follow(
  client: Client,
  ask: ConsentAsk,
  { renews, back }: { readonly renews: string; readonly back: Readonly<Record<string, string>> },
): Promise<ConsentStarted | undefined> {
  const { connectionId, until, user: former } = decodeGranted(renews)
  const token = await client.anotherToken(former.id).catch(nothingLeft)
  if (token === undefined) return undefined
  const user = { id: former.id, token }
  const giveBack = (error: unknown) => afterwards(client.endToken(token), error)
  const found = await readConnection(client, user, connectionId).catch(nothingLeft).catch(giveBack)
  if (found === undefined) return undefined
  const { connection } = found
  const following = {
    user,
    startedAt: ask.now,
    validDays: ask.validDays,
    connectionId,
    renews,
    expiredAt: connection.expire,
  }
  const isManaged = hasLongToRun(connection, { until, now: ask.now })
  const redirectUrl = await client
    .webviewFor(user, isManaged ? 'manage' : 'reconnect', { ...back, connection_id: connectionId })
    .catch(giveBack)
  const ref = isManaged
    ? encodeRef({ kind: 'managing', ...following, until, chosen: chosenOf(connection) })
    : encodeRef({ kind: 'reconnecting', ...following, wasUsable: connection.state === null })
  return { redirectUrl, ref }
}

/** The user or the connection was deleted. Were we refused for ourselves, connecting anew would be as well. */
function nothingLeft(error: unknown): undefined {
  if (error instanceof ProviderError && (error.kind === 'consent_gone' || error.kind === 'refused')) return undefined
  throw error
}

/** And is well: whoever the bank wants something of has to log in there. */
function hasLongToRun(connection: WireConnection, times: { readonly until: Date; readonly now: Date }): boolean {
  const left = endOf(connection, times).getTime() - times.now.getTime()
  return connection.state === null && connection.isActive && left > renewalDays * dayMs
}

const chosenOf = ({ accounts }: WireConnection): readonly string[] =>
  accounts.filter(({ isChosen }) => isChosen).map(({ id }) => id)

/** The connection that is followed; undefined where it is no longer there. @throws {ProviderError} */
export async function followed(
  client: Client,
  { user, connectionId }: Reconnecting | Managing,
): Promise<WireConnection | undefined> {
  try {
    return (await readConnection(client, user, connectionId)).connection
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'consent_gone') throw error
    if (error.ended === undefined) await checkStanding(client, user)
    return undefined
  }
}

/**
 * The person ended the connection instead, or somebody did meanwhile: with it ends the consent that was to be followed, and nothing of it stays behind. Should
 * there be a connection all the same, no more than the attempt ends.
 */
export async function endedInstead(
  client: Client,
  attempt: Reconnecting | Managing,
  { isDeleted }: Hints,
): Promise<ConsentOutcome> {
  const { user } = attempt
  await endUserWithout(client, user)
    .then((isEnded) => (isEnded ? undefined : client.endToken(user.token)))
    .catch(unlessGone)
  const told = isDeleted
    ? ({ failure: 'cancelled_by_person', text: 'The connection to the bank was ended instead.' } as const)
    : ({ failure: 'rejected_by_bank', text: 'The connection to the bank is no longer there.' } as const)
  return { kind: 'failed', ...told, ended: attempt.renews }
}

/** Whether anything has come of it: else the connection is no more than it was before. */
export function isFollowed(attempt: Reconnecting | Managing, connection: WireConnection, hints: Hints): boolean {
  if (isExtended(attempt, connection)) return true
  return attempt.kind === 'managing'
    ? isChosenAnew(attempt, connection) || cameBack(hints)
    : isRenewed(attempt, connection, hints)
}

/** The person has been at the bank: the access lasts longer than before. */
export function isExtended({ expiredAt }: Reconnecting | Managing, { expire }: WireConnection): boolean {
  return expire !== null && (expiredAt === null || expire > expiredAt)
}

/**
 * Or it works again. Where it did all along and nothing shows, who comes back with the connection has renewed it as far as the bank would have it; it then lasts
 * as long as Powens says.
 */
function isRenewed({ wasUsable }: Reconnecting, { state }: WireConnection, hints: Hints): boolean {
  return state === null && (!wasUsable || cameBack(hints))
}

/** An account that the bank no longer lists is nobody's choice, nor one that it lists newly: those are off until somebody ticks them. */
const isChosenAnew = ({ chosen }: Managing, { accounts }: WireConnection): boolean =>
  accounts.some(({ id, isChosen }) => isChosen !== chosen.includes(id))

const cameBack = ({ error, hasConnection }: Hints): boolean => error === undefined && hasConnection
