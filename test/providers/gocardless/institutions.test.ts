import { test } from 'tap'
import { agreementFor, institutionsOf, type Known } from '../../../src/providers/gocardless/transform.ts'
import { defaultProfile } from '../../../src/providers/provider.ts'
import { answerTo } from '../../../src/providers/reading/place.ts'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, aSimulator } from './api.ts'

const line = 'GET institutions/'
const bank = {
  id: 'FJORDBANKEN_FJORNO22',
  name: 'Fjordbanken',
  bic: 'FJORNO22',
  transaction_total_days: '730',
  max_access_valid_for_days: '180',
  countries: ['no'],
  logo: 'https://cdn.example/fjord.png',
}

test('every country’s institutions are asked for at once', async (t) => {
  const { provider, replies, lines } = await anApi(t)
  replies.set(line, { json: [bank] })
  t.same(await provider.listInstitutions(), [
    {
      nativeId: 'FJORDBANKEN_FJORNO22',
      name: 'Fjordbanken',
      kind: 'bank',
      countries: ['NO'],
      bankCodes: [],
      accountTypes: ['current', 'savings', 'card'],
      psuTypes: ['business', 'private'],
      maxHistoryDays: 730,
      maxConsentDays: 180,
      bic: 'FJORNO22',
      logo: 'https://cdn.example/fjord.png',
    },
  ])
  t.same(lines, [line])
})

test('what an institution leaves out is what every bank has, and what it says twice counts once', async (t) => {
  const { provider, replies } = await anApi(t)
  const cases: [string, object, Record<string, unknown>][] = [
    [
      'no limits',
      { transaction_total_days: undefined, max_access_valid_for_days: undefined },
      { maxHistoryDays: 90, maxConsentDays: 90 },
    ],
    [
      'limits that are none',
      { transaction_total_days: '', max_access_valid_for_days: 'long' },
      { maxHistoryDays: 90, maxConsentDays: 90 },
    ],
    [
      'limits as numbers',
      { transaction_total_days: 558, max_access_valid_for_days: 90 },
      { maxHistoryDays: 558, maxConsentDays: 90 },
    ],
    ['more history than may be agreed', { transaction_total_days: '1095' }, { maxHistoryDays: 730 }],
    ['a BIC that tells the bank code', { bic: 'NWBKGB2L' }, { bankCodes: ['GBNWBK'] }],
    ['no BIC and no logo', { bic: null, logo: '' }, { bic: undefined, logo: undefined }],
    ['a logo that is no address', { logo: 'javascript:alert(1)' }, { logo: undefined }],
    [
      'private only',
      { supported_features: ['private_accounts'] },
      { psuTypes: ['private'], accountTypes: ['current', 'savings'] },
    ],
    [
      'business only',
      { supported_features: ['business_accounts', 'card_accounts'] },
      { psuTypes: ['business'], accountTypes: ['current', 'savings', 'card'] },
    ],
    ['corporate', { supported_features: ['corporate_accounts'] }, { psuTypes: ['business'] }],
    ['both', { supported_features: ['private_accounts', 'business_accounts'] }, { psuTypes: ['business', 'private'] }],
    ['features of another kind', { supported_features: ['payments'] }, { psuTypes: ['business', 'private'] }],
    ['long history once only', { supported_features: ['separate_continuous_history_consent'] }, { maxHistoryDays: 90 }],
    [
      'reconfirmation in the UK',
      { countries: ['GB'], max_access_valid_for_days: '90', max_access_valid_for_days_reconfirmation: '730' },
      { maxConsentDays: 730 },
    ],
    [
      'reconfirmation elsewhere',
      { max_access_valid_for_days: '90', max_access_valid_for_days_reconfirmation: '730' },
      { maxConsentDays: 90 },
    ],
  ]
  replies.set(line, { json: [bank, bank] })
  t.equal((await provider.listInstitutions()).length, 1)
  for (const [name, more, expected] of cases) {
    replies.set(line, { json: [{ ...bank, ...more }] })
    const fields = new Map<string, unknown>(Object.entries((await provider.listInstitutions())[0] ?? {}))
    for (const [field, value] of Object.entries(expected)) t.same(fields.get(field), value, `${name}: ${field}`)
  }
})

test('what is no institution, or has an id that we could not address, is left out; a list of such, or of none, is nonsense', async (t) => {
  const { provider, replies } = await anApi(t)
  replies.set(line, { json: [{ ...bank, id: 'a b' }, { ...bank, id: 'x'.repeat(65) }, bank] })
  t.equal((await provider.listInstitutions()).length, 1)
  replies.set(line, { json: [bank, { ...bank, id: 7 }, { ...bank, id: 'OTHER_BANK' }] })
  t.equal((await provider.listInstitutions()).length, 2, 'an odd one does not cost the others')
  const cases: [unknown, string][] = [
    [{}, '$ should be a list'],
    [[], '$ should be a list of at least one institution'],
    [['x'], '$[0] should be an object'],
    [[bank, { ...bank, id: 7 }, 'x'], '$[1].id should be a text'],
    [[{ ...bank, name: '' }], '$[0].name should be a text'],
    [[{ ...bank, countries: 'NO' }], '$[0].countries should be a list'],
    [[{ ...bank, countries: [1] }], '$[0].countries[0] should be a text'],
  ]
  for (const [json, wrong] of cases) {
    replies.set(line, { json })
    t.match(await refusalOf(provider.listInstitutions()), {
      kind: 'nonsense',
      message: `GoCardless, institutions: ${wrong}`,
    })
  }
  replies.set(line, { body: '<html></html>' })
  t.match(await refusalOf(provider.listInstitutions()), {
    kind: 'nonsense',
    message: 'GoCardless, institutions: the answer is not JSON',
  })
})

test('the sandbox bank is listed where that is wanted', async (t) => {
  const { provider, replies } = await anApi(t, { withSandbox: true })
  replies.set(line, { json: [bank] })
  replies.set('GET institutions/SANDBOXFINANCE_SFIN0000/', {
    json: { ...bank, id: 'SANDBOXFINANCE_SFIN0000', countries: ['XX'] },
  })
  t.same(
    (await provider.listInstitutions()).map(({ nativeId }) => nativeId),
    ['FJORDBANKEN_FJORNO22', 'SANDBOXFINANCE_SFIN0000'],
  )
})

test('the simulator’s banks are listed, each with its limits', async (t) => {
  const { provider } = await aSimulator(t)
  const listed = await provider.listInstitutions()
  t.same(
    listed.map(({ nativeId, maxHistoryDays, maxConsentDays }) => [nativeId, maxHistoryDays, maxConsentDays]),
    [
      ['FJORDBANKEN_FJORNO22', 730, 180],
      ['THAMESBANK_THAMGB2L', 730, 730],
      ['ALBIONBANK_ALBNGB2L', 90, 90],
      ['MERCIABANK_MERCGB2L', 90, 90],
      ['HANSEBANK_HANSDEHH', 558, 180],
      ['PODLASIE_PODLPLPW', 730, 180],
      ['SAVINGSONLY_SAVODEFF', 730, 180],
      ['TERSEBANK_TERSBEBB', 90, 90],
      ['QUIETBANK_QUIENL2A', 730, 180],
    ],
  )
})

test('what is known of a bank against what it says counts', async (t) => {
  const told = { ...bank, max_access_valid_for_days_reconfirmation: '730', countries: ['GB'], place: answerTo('x') }
  const days = (known: Known) =>
    institutionsOf([told], () => known).map(({ maxHistoryDays, maxConsentDays }) => [maxHistoryDays, maxConsentDays])
  t.same(days({}), [[730, 730]])
  t.same(days({ maxHistoryDays: 89, maxConsentDays: 120 }), [[89, 120]])
  t.same(days({ maxHistoryDays: 800, maxConsentDays: 800 }), [[730, 730]], 'never more than it says')
  t.match(agreementFor(told, 180, { maxHistoryDays: 89, maxConsentDays: 120 }), {
    max_historical_days: 89,
    access_valid_for_days: 120,
  })
})

test('a bank that nobody has studied has the default profile', async (t) => {
  const { provider } = await anApi(t)
  t.same(provider.profileOf('nobody-knows'), defaultProfile)
  t.match(provider.profileOf('BELFIUS_GKCCBEBB'), { stableId: 'internalId' })
  t.equal(provider.id, 'gocardless')
  t.same(provider.capabilities, { revoke: 'provider', balances: true })
})
