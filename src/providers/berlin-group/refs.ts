// How we address a consent from one call to the next: what the bank calls it, and what we shall want to know of it later.

import { parseDay, type Day } from '../../values/day.ts'
import { isFields } from '../reading/place.ts'

export type Ref = {
  readonly consentId: string
  /** What was asked for, so that a bank's "as long as possible" (9999-12-31) is no promise to us. */
  readonly validUntil: Day
  /** Where the bank tells how far the authorisation has come. */
  readonly scaStatusUrl?: string
}

export const encodeRef = (ref: Ref): string => JSON.stringify(ref)

/** @throws {Error} for a text that `encodeRef` did not make. */
export function decodeRef(text: string): Ref {
  const ref: unknown = JSON.parse(text)
  const { consentId, validUntil, scaStatusUrl } = isFields(ref) ? ref : {}
  const day = typeof validUntil === 'string' ? parseDay(validUntil) : undefined
  if (typeof consentId !== 'string' || day === undefined) throw new Error('not a reference to a Berlin Group consent')
  return { consentId, validUntil: day, ...(typeof scaStatusUrl === 'string' ? { scaStatusUrl } : {}) }
}

/** An agreement is known by what its programme calls it. */
export const encodeAgreementRef = (agreementId: string): string => JSON.stringify({ agreementId })

/** @throws {Error} for a text that `encodeAgreementRef` did not make. */
export function decodeAgreementRef(text: string): string {
  const ref: unknown = JSON.parse(text)
  const { agreementId } = isFields(ref) ? ref : {}
  if (typeof agreementId !== 'string') throw new Error('not a reference to an agreement')
  return agreementId
}
