// How we address a consent from one call to the next: what GoCardless calls it, and what was agreed in it.

import { isFields } from '../reading/place.ts'

export type Ref = {
  /** GoCardless's word for an attempt, and for the consent that comes of it. */
  readonly requisitionId: string
  readonly agreementId: string
  /** How many days of history were agreed. GoCardless leaves out what is older without a word, so we have to know. */
  readonly historyDays: number
  /** The person has to reconfirm it every 90 days (UK). */
  readonly reconfirms: boolean
}

export const encodeRef = (ref: Ref): string => JSON.stringify(ref)

/** @throws {Error} for a text that `encodeRef` did not make. */
export function decodeRef(text: string): Ref {
  const ref: unknown = JSON.parse(text)
  const { requisitionId, agreementId, historyDays, reconfirms } = isFields(ref) ? ref : {}
  if (
    typeof requisitionId !== 'string' ||
    typeof agreementId !== 'string' ||
    typeof historyDays !== 'number' ||
    typeof reconfirms !== 'boolean'
  )
    throw new Error('not a reference to a GoCardless requisition')
  return { requisitionId, agreementId, historyDays, reconfirms }
}
