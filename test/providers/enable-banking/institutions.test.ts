import { test } from 'tap'
import { nativeIdOf } from '../../../src/providers/enable-banking/native-ids.ts'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, aspsps, listLine, now, psu } from './api.ts'

test('a native id is made of country and name, and of two banks never the same', async (t) => {
  const cases: [country: string, name: string, id: string | RegExp][] = [
    ['SE', 'Handelsbanken', 'SE-Handelsbanken'],
    ['FI', 'Handelsbanken', 'FI-Handelsbanken'],
    ['FI', 'S-Pankki', 'FI-S-Pankki'],
    ['FI', 'OP Corporate Gold Card', 'FI-OP_Corporate_Gold_Card'],
    ['FI', 'bunq', 'FI-bunq'],
    ['FI', 'Säästöpankki', /^FI-Saastopankki~[\da-f]{8}$/],
    ['FI', 'Saastopankki', 'FI-Saastopankki'],
    ['FI', 'Saästöpankki', /^FI-Saastopankki~[\da-f]{8}$/],
    ['DK', 'Bank_A', /^DK-Banka~[\da-f]{8}$/],
    ['DK', 'Bank A', 'DK-Bank_A'],
    ['DK', 'Bank  A', /^DK-Bank_A~[\da-f]{8}$/],
    ['DK', 'Bank A ', /^DK-Bank_A~[\da-f]{8}$/],
    ['DE', 'Sparkasse (Köln/Bonn) & Söhne', /^DE-Sparkasse_Kolnbonn_Sohne~[\da-f]{8}$/],
    ['GR', 'Τράπεζα', /^GR-~[\da-f]{8}$/],
    ['ES', 'B'.repeat(61), `ES-${'B'.repeat(61)}`],
    ['ES', 'B'.repeat(62), /^ES-Bb{50}~[\da-f]{8}$/],
    ['ES', 'Ñ'.repeat(300), /^ES-Nn{50}~[\da-f]{8}$/],
  ]
  const ids = cases.map(([country, name]) => nativeIdOf({ country, name }))
  for (const [at, [country, name, expected]] of cases.entries()) {
    const id = ids[at] ?? ''
    if (typeof expected === 'string') t.equal(id, expected)
    else t.match(id, expected)
    t.match(id, /^[A-Za-z0-9._~-]{1,64}$/)
    t.equal(nativeIdOf({ country, name }), id, 'the same again')
  }
  t.equal(new Set(ids).size, ids.length)
})

test('every bank that lets somebody in is listed in our words', async (t) => {
  const { provider, replies } = await anApi(t)
  replies.set(listLine, { json: { aspsps } })
  const listed = await provider.listInstitutions()
  t.same(listed[0], {
    nativeId: 'FI-S-Pankki',
    name: 'S-Pankki',
    kind: 'bank',
    countries: ['FI'],
    bankCodes: [],
    accountTypes: ['current', 'savings', 'card'],
    psuTypes: ['private', 'business'],
    maxHistoryDays: 89,
    maxConsentDays: 90,
    bic: 'SBANFIHH',
    logo: 'https://enablebanking.com/brands/FI/S-Pankki/',
  })
  t.same(
    listed.map(({ nativeId, psuTypes, maxConsentDays }) => [nativeId.replace(/~.*/, '~'), psuTypes, maxConsentDays]),
    [
      ['FI-S-Pankki', ['private', 'business'], 90],
      ['FI-DNB', ['private', 'business'], 180],
      ['FI-Saastopankki~', ['private'], 90],
      ['FI-Aktia', ['private', 'business'], 1],
    ],
  )
  replies.set(listLine, { json: { aspsps: [{ ...aspsps[0], country: 'NL', bic: 'POLDNL2A' }] } })
  t.strictSame((await provider.listInstitutions())[0]?.bankCodes, ['NLPOLD'], 'as the IBANs there begin')
  t.notOk(listed[2] && ('bic' in listed[2] || 'logo' in listed[2]), 'nothing that a page should not load')
})

test('a list that is none is nonsense, and where', async (t) => {
  const { provider, replies } = await anApi(t)
  const [bank] = aspsps
  replies.set(listLine, { json: { aspsps: [...aspsps, {}, null, { ...bank, name: 'A\ud800' }] } })
  t.equal((await provider.listInstitutions()).length, 4, 'an odd one does not cost the others')
  const cases: [unknown, RegExp][] = [
    [{}, /\$\.aspsps should be a list/],
    [{ aspsps: [bank, {}, {}] }, /\$\.aspsps\[1\]\.country should be a country/],
    [{ aspsps: [{ ...bank, name: '' }] }, /\$\.aspsps\[0\]\.name should be a text/],
    [
      { aspsps: [{ ...bank, maximum_consent_validity: '180' }] },
      /maximum_consent_validity should be a number of seconds/,
    ],
    [{ aspsps: [{ ...bank, maximum_consent_validity: 0 }] }, /maximum_consent_validity should be a number of seconds/],
    [{ aspsps: [{ ...bank, required_psu_headers: [1] }] }, /required_psu_headers\[0\] should be a text/],
  ]
  for (const [json, message] of cases) {
    replies.set(listLine, { json })
    t.match(await refusalOf(provider.listInstitutions()), { kind: 'nonsense', message })
  }
  replies.set(listLine, { body: '<html>' })
  t.match(await refusalOf(provider.listInstitutions()), {
    kind: 'nonsense',
    message: /Enable Banking, banks: .* not JSON/,
  })
})

test('the list is asked for once an hour to find a bank in, and again for one that it has not', async (t) => {
  const { provider, replies, lines, clock } = await anApi(t)
  replies.set(listLine, { json: { aspsps } })
  replies.set('POST /auth', { json: { url: 'https://enablebanking.example/ais', authorization_id: 'a-1' } })
  const start = (nativeId: string) =>
    provider.startConsent({ nativeId, callbackUrl: 'https://a.example/', state: 's', validDays: 90, psu, now })
  const lists = () => lines.filter((line) => line === listLine).length
  await start('FI-S-Pankki')
  await start('FI-DNB')
  t.equal(lists(), 1)
  t.match(await refusalOf(start('FI-Nobody')), { kind: 'refused', message: 'Enable Banking lists no bank FI-Nobody' })
  t.equal(lists(), 2)
  clock.advance({ hours: 1 })
  await start('FI-DNB')
  t.equal(lists(), 3)
})
