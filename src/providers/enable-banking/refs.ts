// How we address a consent from one call to the next. An attempt has an id of its own, which the session that comes of it does not share.

import { isFields } from '../reading/place.ts'

type Kept = {
  /** What the bank wants to be told of a person who is there, as it was listed when the consent was asked for. */
  readonly psuHeaders: readonly string[]
}
export type AttemptRef = Kept & { readonly authorizationId: string }
export type SessionRef = Kept & { readonly sessionId: string }
export type Ref = AttemptRef | SessionRef

export const encodeRef = (ref: Ref): string => JSON.stringify(ref)

/** @throws {Error} for a text that `encodeRef` did not make. */
export function decodeRef(text: string): Ref {
  const ref: unknown = JSON.parse(text)
  const { authorizationId, sessionId, psuHeaders } = isFields(ref) ? ref : {}
  if (isTexts(psuHeaders)) {
    if (typeof sessionId === 'string') return { sessionId, psuHeaders }
    if (typeof authorizationId === 'string') return { authorizationId, psuHeaders }
  }
  throw new Error('not a reference to an Enable Banking consent')
}

/** @throws {Error} for what is not a session's. */
export function decodeSessionRef(text: string): SessionRef {
  const ref = decodeRef(text)
  if (!('sessionId' in ref)) throw new Error('not a reference to an Enable Banking session')
  return ref
}

const isTexts = (json: unknown): json is readonly string[] =>
  Array.isArray(json) && json.every((each) => typeof each === 'string')
