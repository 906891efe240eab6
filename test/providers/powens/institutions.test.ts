import { fuelUuid } from '../../simulators/powens/views.ts'
import { test } from 'tap'
import { refusalOf } from '../../support/refusal.ts'
import { connected, nativeId, attemptRef, account, connection, now, scripted, simulated } from './bank.ts'

const line = 'GET /connectors?expand=countries'
const uuid = '3fa85f64-5717-4562-b3fc-2c963f66afa6'
const connector = { id: 1, uuid, name: 'Banque', capabilities: ['bank'], hidden: false, restricted: false }

test('banks that a person may connect are institutions, and nothing else is', async (t) => {
  const { provider } = await simulated(t)
  t.same(await provider.listInstitutions(), [
    {
      nativeId: uuid,
      name: 'Banque Populaire du Nord',
      kind: 'bank',
      countries: ['FR'],
      accountTypes: ['current', 'savings', 'card', 'loan'],
      psuTypes: ['business', 'private'],
      maxHistoryDays: 90,
      maxConsentDays: 180,
      bankCodes: ['FR13507'],
    },
    {
      nativeId: '5a8e4b52-9f0a-4f0c-8b5a-0c4b5f8e1a41',
      name: 'Crédit Hors-Piste',
      kind: 'bank',
      countries: ['FR'],
      accountTypes: ['current', 'savings', 'card', 'loan'],
      psuTypes: ['business', 'private'],
      maxHistoryDays: 336,
      maxConsentDays: 180,
      bankCodes: [],
    },
    {
      nativeId: fuelUuid,
      name: 'Total GR',
      kind: 'card_programme',
      countries: ['FR'],
      accountTypes: ['fuel_card'],
      psuTypes: ['business', 'private'],
      maxHistoryDays: 90,
      maxConsentDays: 180,
      bankCodes: [],
    },
  ])
})

test('what a connector does not say is not guessed', async (t) => {
  const powens = await scripted(t)
  const cases: [more: object, expected: object | undefined][] = [
    [{}, { countries: [], bankCodes: [], maxHistoryDays: 90 }],
    [
      { countries: null, code: '30004' },
      { countries: [], bankCodes: [] },
    ],
    [{ countries: [{ id: 'FR' }, { id: 'be' }, { id: 'Spain' }, null] }, { countries: ['FR', 'BE'] }],
    [{ countries: [{ id: 'ES' }], code: '30004' }, { bankCodes: [] }],
    [{ months_to_fetch: 0 }, { maxHistoryDays: 90 }],
    [{ months_to_fetch: 24 }, { maxHistoryDays: 672 }],
    [{ hidden: null }, {}],
    [{ hidden: true }, undefined],
    [{ restricted: true }, undefined],
    [{ capabilities: ['document', 'bankwealth'] }, undefined],
    [{ uuid: 'a/b' }, undefined],
  ]
  for (const [more, expected] of cases) {
    powens.replies.set(line, { json: { connectors: [{ ...connector, ...more }] } })
    const found = await powens.provider.listInstitutions()
    if (expected === undefined) t.same(found, [], JSON.stringify(more))
    else t.match(found, [expected], JSON.stringify(more))
  }
  powens.replies.set(line, { json: { connectors: [connector, { ...connector, name: 'Again' }] } })
  t.equal((await powens.provider.listInstitutions()).length, 1, 'each once')
  for (const wrong of [{ uuid: null }, { name: '' }, { capabilities: null }]) {
    powens.replies.set(line, { json: { connectors: [{ ...connector, ...wrong }] } })
    t.match(await refusalOf(powens.provider.listInstitutions()), { kind: 'nonsense', message: /\$\.connectors\[0\]\./ })
    powens.replies.set(line, { json: { connectors: [{ ...connector, ...wrong }, connector] } })
    t.equal((await powens.provider.listInstitutions()).length, 1, 'an odd one does not cost the others')
  }
})

test('accounts are told by what they are, whose they are, and the number that they are known by', async (t) => {
  const powens = await scripted(t)
  const told = async (more: object) => {
    powens.replies.set('GET /users/me/connections?expand=all_accounts', {
      json: { connections: [{ ...connection, all_accounts: [{ ...account, ...more }] }] },
    })
    const outcome = await powens.provider.completeConsent({ nativeId, ref: attemptRef, query: {}, now })
    return outcome.kind === 'granted' ? outcome.accounts[0] : undefined
  }
  const iban = 'FR1420041010050500013M02606'
  t.same(await told({}), {
    ref: '{"id":"9","isCard":false}',
    name: 'Compte courant',
    type: 'current',
    currency: 'EUR',
    iban,
    usage: 'private',
  })
  const cases: [more: object, expected: object | undefined][] = [
    [{ type: 'joint' }, { type: 'current' }],
    [{ type: 'savings' }, { type: 'savings' }],
    [{ type: 'deposit' }, { type: 'savings' }],
    [
      { type: 'loan', iban: null, number: '0099887766' },
      { type: 'loan', bban: '0099887766' },
    ],
    [{ type: 'unknown' }, { type: 'current' }],
    [
      { type: 'unknown', iban: null },
      { type: 'current', bban: '00013M026' },
    ],
    [{ type: 'something new' }, { type: 'current', iban }],
    [{ type: 'something new', iban: null }, undefined],
    [{ type: 'lifeinsurance' }, undefined],
    [{ type: 'pea' }, undefined],
    [{ usage: 'ORGA' }, { usage: 'business' }],
    [{ usage: 'ASSO' }, { usage: 'business' }],
    [{ iban: 'FR00BAD', number: null }, { bban: 'FR00BAD' }],
    [{ iban: null, number: null }, { stableHash: 'powens/acme/9' }],
    [{ iban: null, number: '12' }, { stableHash: 'powens/acme/9' }],
    [
      { type: 'card', iban: null, number: '4970XXXXXXXX1234' },
      { type: 'card', maskedPan: '4970XXXXXXXX1234' },
    ],
    [{ type: 'card', iban: null, number: '4970 1234 5678 1234' }, { maskedPan: '497012******1234' }],
    [{ type: 'card', iban: null, number: '1234' }, { maskedPan: '1234' }],
    [{ name: ' ', original_name: 'CPT CHQ' }, { name: 'CPT CHQ' }],
    [{ name: null, original_name: null }, { name: 'Account' }],
    [{ currency: null }, { currency: 'XXX' }],
    [{ currency: { id: 'USD' } }, { currency: 'USD' }],
  ]
  for (const [more, expected] of cases) {
    const found = await told(more)
    if (expected === undefined) t.equal(found, undefined, JSON.stringify(more))
    else t.match(found, expected, JSON.stringify(more))
  }
  t.notOk((await told({ usage: 'new' }))?.usage)
  t.match(await refusalOf(told({ currency: { id: 'Euro' } })), {
    kind: 'nonsense',
    message: 'Powens, connections: $.connections[0].all_accounts[0].currency.id should be a currency',
  })
})

test('the profile trusts the id that Powens gives a row', async (t) => {
  const world = await simulated(t)
  t.match(world.provider.profileOf(nativeId), { stableId: 'transactionId', repeatsMovements: false })
  t.equal((await connected(world, { only: ['card'] })).accounts[0]?.type, 'card')
})
