// A connection to a bank at Powens, and the user that it is kept in: how they are read, and how they end.

import { ProviderError } from '../provider.ts'
import type { Place } from '../reading/place.ts'
import type { Client } from './client.ts'
import type { Granted, User } from './refs.ts'
import { asConnection, asConnections, type WireConnection } from './wire.ts'

/** Of a connection. */
const goneAt = [404, 410]

const expanded = 'expand=all_accounts'

export async function readConnections(client: Client, { token }: User): Promise<readonly WireConnection[]> {
  const url = client.url(`users/me/connections?${expanded}`)
  const { json, place } = await client.read({ url, what: 'connections', token })
  return asConnections(json, place)
}

/** @throws {ProviderError} consent_gone for one that was deleted */
export async function readConnection(
  client: Client,
  { token }: User,
  id: string,
): Promise<{ readonly connection: WireConnection; readonly place: Place }> {
  const url = client.url(`users/me/connections/${id}?${expanded}`)
  const { json, place } = await client.read({ url, what: 'connection', token, goneAt })
  return { connection: asConnection(json, place), place }
}

/** The user goes too, unless somebody has given it another connection. @throws {ProviderError} consent_gone for a token that opens nothing */
export async function endConnection(
  client: Client,
  { user, connectionId }: Pick<Granted, 'user' | 'connectionId'>,
): Promise<void> {
  const url = client.url(`users/me/connections/${connectionId}`)
  await client
    .send({ method: 'DELETE', url, what: 'end of a connection', token: user.token, goneAt })
    .catch((error: unknown) => {
      // Deleted already; the user may still be there.
      if (!(error instanceof ProviderError) || error.ended === undefined) throw error
    })
  await endUserWithout(client, user)
}

/** A user without a connection. Says whether it was one. */
export async function endUserWithout(client: Client, user: User): Promise<boolean> {
  const isWithout = (await readConnections(client, user)).length === 0
  if (isWithout) await endUser(client, user)
  return isWithout
}

export async function endUser(client: Client, { token }: User): Promise<void> {
  await client.send({ method: 'DELETE', url: client.url('users/me'), what: 'end of a user', token, mayBeGone: true })
}

/**
 * A void token is a consent that is over: the user was deleted, or a renewal took its place. Unless it is us whom Powens no longer knows; then every token would
 * look void, and no consent has ended. A user that is not there is an answer, too.
 * @throws {ProviderError}
 */
export async function checkStanding(client: Client, { id }: User): Promise<void> {
  await client
    .anotherToken(id)
    .then((token) => client.endToken(token))
    .catch(unlessGone)
}

/** What is gone already needs no ending. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ProviderError) || error.kind !== 'consent_gone') throw error
}

/** Nothing is to stay behind of what failed, as well as that can be done. */
export async function afterwards(cleanUp: Promise<unknown>, error: unknown): Promise<never> {
  await cleanUp.catch(unlessOurs)
  throw error
}

export function unlessOurs(error: unknown): void {
  if (!(error instanceof ProviderError)) throw error
}
