// How we address a consent from one call to the next. Each lives in a user of its own at Powens, which only its token opens: a ref is a secret, and is kept encrypted.

import { isFields, type Fields } from '../reading/place.ts'

/** The user that a consent lives in, and the token that opens it. */
export type User = { readonly id: string; readonly token: string }

type Attempted = {
  readonly user: User
  /** When the person was sent off: what comes of it runs from then, at the latest. */
  readonly startedAt: Date
  readonly validDays: number
}

/** A user made for the attempt: whatever is found in it came of it. */
export type Connecting = Attempted & { readonly kind: 'connecting' }

/** A connection that goes on in place, with a token of its own. */
type Following = Attempted & {
  readonly connectionId: string
  /** The consent that is followed, by the ref that it has been given. */
  readonly renews: string
  /** When the access ended before, if Powens knew: a later end shows that it was renewed. */
  readonly expiredAt: Date | null
}

/** It is given another term. */
export type Reconnecting = Following & {
  readonly kind: 'reconnecting'
  /** Before: that it is again shows a renewal, too. */
  readonly wasUsable: boolean
}

/** Its accounts are chosen anew, and its term goes on. */
export type Managing = Following & {
  readonly kind: 'managing'
  /** How long the consent that is followed may last at most. */
  readonly until: Date
  /** The accounts that were chosen before. */
  readonly chosen: readonly string[]
}

export type Attempt = Connecting | Reconnecting | Managing

export type Granted = {
  readonly kind: 'granted'
  readonly user: User
  readonly connectionId: string
  /** It lasts no longer, whatever Powens says later. */
  readonly until: Date
  /** Of the consent that it followed: void once this one is used. */
  readonly formerToken?: string
}

export type Ref = Attempt | Granted

export const encodeRef = (ref: Ref): string => JSON.stringify(ref)

/** @throws {Error} for a text that `encodeRef` did not make. */
export function decodeRef(text: string): Ref {
  const ref: unknown = JSON.parse(text)
  if (!isFields(ref)) throw notOurs()
  const user = userOf(ref['user'])
  switch (ref['kind']) {
    case 'granted':
      return {
        kind: 'granted',
        user,
        connectionId: textOf(ref, 'connectionId'),
        until: instantOf(ref['until']),
        ...(ref['formerToken'] !== undefined && { formerToken: textOf(ref, 'formerToken') }),
      }
    case 'connecting':
      return { kind: 'connecting', user, ...attemptedOf(ref) }
    case 'reconnecting':
      return { kind: 'reconnecting', user, ...followingOf(ref), wasUsable: ref['wasUsable'] === true }
    case 'managing':
      return { kind: 'managing', user, ...followingOf(ref), until: instantOf(ref['until']), chosen: chosenIn(ref) }
    default:
      throw notOurs()
  }
}

/** @throws {Error} for anything but a consent that was granted. */
export function decodeGranted(text: string): Granted {
  const ref = decodeRef(text)
  if (ref.kind !== 'granted') throw notOurs()
  return ref
}

/** @throws {Error} for anything but an attempt. */
export function decodeAttempt(text: string): Attempt {
  const ref = decodeRef(text)
  if (ref.kind === 'granted') throw notOurs()
  return ref
}

/** An account, and what is to be known of it when its pages are read. */
export type AccountRef = { readonly id: string; readonly isCard: boolean }

export const encodeAccountRef = (ref: AccountRef): string => JSON.stringify(ref)

/** @throws {Error} for a text that `encodeAccountRef` did not make. */
export function decodeAccountRef(text: string): AccountRef {
  const ref: unknown = JSON.parse(text)
  if (!isFields(ref)) throw notOurs()
  return { id: textOf(ref, 'id'), isCard: ref['isCard'] === true }
}

const notOurs = (): Error => new Error('not a reference to a consent at Powens')

function userOf(json: unknown): User {
  if (!isFields(json)) throw notOurs()
  return { id: textOf(json, 'id'), token: textOf(json, 'token') }
}

function attemptedOf(ref: Fields): Pick<Attempted, 'startedAt' | 'validDays'> {
  const { validDays } = ref
  if (typeof validDays !== 'number') throw notOurs()
  return { startedAt: instantOf(ref['startedAt']), validDays }
}

function followingOf(ref: Fields): Omit<Following, 'user'> {
  return {
    ...attemptedOf(ref),
    connectionId: textOf(ref, 'connectionId'),
    renews: textOf(ref, 'renews'),
    expiredAt: ref['expiredAt'] === null ? null : instantOf(ref['expiredAt']),
  }
}

function chosenIn({ chosen }: Fields): readonly string[] {
  if (!Array.isArray(chosen)) throw notOurs()
  return chosen.map(String)
}

function textOf(fields: Fields, name: string): string {
  const text = fields[name]
  if (typeof text !== 'string' || text === '') throw notOurs()
  return text
}

function instantOf(json: unknown): Date {
  const instant = new Date(typeof json === 'string' ? json : Number.NaN)
  if (Number.isNaN(instant.getTime())) throw notOurs()
  return instant
}
