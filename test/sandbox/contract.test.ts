// The other tests lean on the specification; this one sees to it that leaning on it can fail.

import { test } from 'tap'
import { theContract } from './contract.ts'

const contract = theContract()

function faults(path: string, status: number, body: unknown): readonly string[] {
  return contract?.faults({ method: 'GET', path, status, body }) ?? []
}

test(
  'an answer that is not as specified is noticed',
  { skip: contract === undefined && 'the specification is not here' },
  async (t) => {
    const status = '/v1/consents/1/status'
    t.same(faults(status, 200, { consentStatus: 'valid' }), [])
    t.match(faults(status, 200, { consentStatus: 'fine' }), [/consentStatus must be equal to one of/])
    t.match(faults(status, 200, {}), [/required property 'consentStatus'/])
    t.match(faults(status, 200, { consentStatus: 'valid', more: 1 }), [/must NOT have additional properties/])
    t.match(faults(status, 200, '{"consentSta'), [/must be object/])
    t.match(faults(status, 418, {}), [/has no 418/])
    t.match(faults('/v1/nowhere', 200, {}), [/has no \/v1\/nowhere/])
    t.same(faults('/v1/accounts', 200, { accounts: [{ currency: 'NOK' }] }), [])
    t.match(faults('/v1/accounts', 200, { accounts: [{ currency: 'NOKK' }] }), [/currency must match pattern/])
  },
)
