import type { ConsentId } from '../../values/ids.ts'
import type { Projection } from './projection.ts'

/** A call of our own API that may be made and mends nothing: somebody has to want it. */
export type Offer = {
  readonly action: 'revoke'
  readonly method: 'DELETE'
  readonly href: string
  readonly text: string
}

/** What is switched off here goes on being listed by the bank, until its consent is ended there too. */
export function offersOf({ status, consentIds }: Pick<Projection, 'status' | 'consentIds'>): readonly Offer[] {
  return status === 'deactivated' ? consentIds.map(revoke) : []
}

const revoke = (id: ConsentId): Offer => ({
  action: 'revoke',
  method: 'DELETE',
  href: `/v1/consents/${id}`,
  text: 'Ends the consent at the bank too, for every account that it covers.',
})
