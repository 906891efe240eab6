// Programmes: somebody who stands before several banks and lets TPPs in for companies that have signed an agreement, once for all of its banks.

import type { Country } from './vocabulary.ts'

export type Programme = {
  readonly id: string
  readonly name: string
  readonly country: Country
  /** Of the logo. */
  readonly colour: string
  /** How long the link to the signing page works. */
  readonly linkDays: number
}

export const programmes: readonly Programme[] = [
  { id: 'norbro', name: 'Norbro', country: 'NO', colour: '#22577a', linkDays: 14 },
]
