// Agreements of companies with the programme that some banks are reached through. The standard knows of none: this is the interface of the programme that
// the sandbox has, with the manners of the standard; another programme with another interface is a provider of its own.

import { ProviderError, type Agreements } from '../provider.ts'
import { below, nonsense } from '../reading/place.ts'
import type { Client } from './client.ts'
import { isWebAddress } from './consents.ts'
import { decodeAgreementRef, encodeAgreementRef } from './refs.ts'
import { agreementToldOf, instantOf } from './transform.ts'
import { asAgreement } from './wire.ts'

/** `programmes`: by their ids. */
export function agreementsWith(programmes: ReadonlyMap<string, Client>): Agreements {
  function clientOf(programme: string): Client {
    const client = programmes.get(programme)
    if (client === undefined) throw new ProviderError('refused', `no programme ${programme} is configured`)
    return client
  }
  return {
    async start({ programme, key, company, signatory, returnUrl }) {
      const client = clientOf(programme)
      const { organisationNumber, ...organisation } = company
      const { json, place } = await client.read({
        method: 'POST',
        url: client.url('agreements'),
        what: 'new agreement',
        json: {
          externalId: key,
          organisation: {
            ...organisation,
            ...(organisationNumber !== undefined && { registrationNumber: organisationNumber }),
          },
          signatory,
          returnUri: returnUrl,
        },
      })
      const { agreementId, signing = '', signingValidUntil } = asAgreement(json, place)
      if (!isWebAddress(signing)) throw nonsense(below(place, '_links'), 'with a web address to sign at')
      const linkEndsAt = instantOf(signingValidUntil)
      if (linkEndsAt === undefined) throw nonsense(below(place, 'signingValidUntil'), 'an instant')
      return { ref: encodeAgreementRef(agreementId), signingUrl: signing, linkEndsAt }
    },

    async state({ programme, ref }) {
      const client = clientOf(programme)
      const read = await client.find({ url: urlOf(client, ref), what: 'agreement' })
      return read === undefined ? { state: 'ended', reasons: [] } : agreementToldOf(asAgreement(read.json, read.place))
    },

    async end({ programme, ref }) {
      const client = clientOf(programme)
      await client.send({ method: 'DELETE', url: urlOf(client, ref), what: 'end of agreement', mayBeGone: true })
    },
  }
}

const urlOf = (client: Client, ref: string): URL =>
  client.url(`agreements/${encodeURIComponent(decodeAgreementRef(ref))}`)
