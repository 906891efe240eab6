import { test } from 'tap'
import type { ProviderAccount } from '../../../src/providers/provider.ts'
import { card, drift } from '../../simulators/gocardless/people.ts'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, aSimulator, granted, nativeId, now, refTo, started, type FakeApi } from './api.ts'

const accepted = { created: '2026-11-21T10:00:00Z', accepted: '2026-11-21T10:00:00Z', access_valid_for_days: 90 }
const metadata = {
  status: 'READY',
  institution_id: 'FJORDBANKEN_FJORNO22',
  iban: 'NO9386011117947',
  owner_name: 'Fjellheim Bygg AS',
}
const details = {
  resourceId: 'R1',
  iban: 'NO9386011117947',
  currency: 'NOK',
  ownerName: 'Fjellheim Bygg AS',
  name: 'Drift',
}

type Told = { readonly metadata?: object; readonly details?: object; readonly balances?: object }

/** What one account comes to, by what the API says of it. */
async function accountOf(api: FakeApi, told: Told): Promise<ProviderAccount | undefined> {
  tell(api, ['a-1'], told)
  const outcome = await complete(api)
  return outcome.kind === 'granted' ? outcome.accounts[0] : undefined
}

function tell({ replies }: FakeApi, ids: readonly string[], told: Told): void {
  replies.set('GET requisitions/r-1/', { json: { status: 'LN', accounts: ids } })
  replies.set('GET agreements/enduser/eua-1/', { json: accepted })
  for (const id of ids) {
    replies.set(`GET accounts/${id}/`, { json: told.metadata ?? metadata })
    replies.set(`GET accounts/${id}/details/`, { json: { account: told.details ?? details } })
    replies.set(`GET accounts/${id}/balances/`, { json: { balances: told.balances ?? [] } })
  }
}

const complete = ({ provider }: FakeApi) => provider.completeConsent({ nativeId, ref: refTo('r-1'), query: {}, now })

test('an account is told by its details, and by its metadata where they are silent', async (t) => {
  const api = await anApi(t)
  t.same(await accountOf(api, {}), {
    ref: 'a-1',
    name: 'Drift',
    type: 'current',
    currency: 'NOK',
    iban: 'NO9386011117947',
    owner: 'Fjellheim Bygg AS',
  })
  t.same(
    api.lines.filter((line) => line.includes('accounts')),
    ['GET accounts/a-1/', 'GET accounts/a-1/details/'],
  )
  const bare = { currency: 'NOK' }
  const cases: [string, Told, Record<string, unknown>][] = [
    [
      'bare details',
      { details: bare, metadata: { ...metadata, name: 'Brukskonto' } },
      { name: 'Brukskonto', iban: 'NO9386011117947', owner: 'Fjellheim Bygg AS' },
    ],
    [
      'a name of the person’s own',
      { details: { ...details, displayName: 'Husleie', product: 'P' } },
      { name: 'Husleie' },
    ],
    ['only a product', { details: { ...details, name: '', product: 'Sparekonto' } }, { name: 'Sparekonto' }],
    ['no name at all', { details: { ...details, name: undefined } }, { name: 'Account' }],
    ['a business', { details: { ...details, usage: 'ORGA' } }, { usage: 'business' }],
    ['a person', { details: { ...details, usage: 'PRIV' } }, { usage: 'private' }],
    ['savings', { details: { ...details, cashAccountType: 'SVGS' } }, { type: 'savings' }],
    ['a loan', { details: { ...details, cashAccountType: 'LOAN' } }, { type: 'loan' }],
    [
      'a card',
      { details: { currency: 'NOK', cashAccountType: 'CARD', maskedPan: '525412******3241' }, metadata: {} },
      { type: 'card', maskedPan: '525412******3241', iban: undefined, stableHash: undefined },
    ],
    [
      'a card number where the IBAN should be',
      { details: { currency: 'EUR' }, metadata: { ...metadata, iban: '3742******12345' } },
      { type: 'card', maskedPan: '3742******12345', iban: undefined },
    ],
    [
      'a British number',
      { details: { currency: 'GBP', scan: '20000055779911' }, metadata: {} },
      { bban: '20000055779911' },
    ],
    ['a domestic number', { details: { currency: 'NOK', bban: '86011117947' }, metadata: {} }, { bban: '86011117947' }],
    [
      'no number (PayPal)',
      { details: { currency: 'EUR', resourceId: 'P-1' }, metadata: { ...metadata, iban: '' } },
      { type: 'current', stableHash: 'FJORDBANKEN_FJORNO22/P-1', iban: undefined },
    ],
    ['no number and no name at the bank', { details: { currency: 'EUR' }, metadata: {} }, { stableHash: '/a-1' }],
    ['a number makes no hash', {}, { stableHash: undefined }],
  ]
  for (const [name, told, expected] of cases) {
    const fields = new Map<string, unknown>(Object.entries((await accountOf(api, told)) ?? {}))
    for (const [field, value] of Object.entries(expected)) t.same(fields.get(field), value, `${name}: ${field}`)
  }
})

function balance(balanceType: string, amount: string, more: object = {}): object {
  return { balanceAmount: { amount, currency: 'NOK' }, balanceType, ...more }
}

const balanceIn = (currency: string): object => balance('expected', '', { balanceAmount: { amount: '1.00', currency } })

test('a currency that the details leave out is that of the balances, if they have one', async (t) => {
  const api = await anApi(t)
  const { currency: _, ...silent } = details
  const cases: [object, string][] = [
    [[balanceIn('SEK'), balanceIn('SEK')], 'SEK'],
    [[balanceIn('SEK'), balanceIn('EUR')], 'XXX'],
    [[], 'XXX'],
    [[balanceIn('string')], 'XXX'],
    [{}, 'XXX'],
  ]
  for (const [balances, currency] of cases)
    t.equal((await accountOf(api, { details: silent, balances }))?.currency, currency, JSON.stringify(balances))
  t.equal(
    (
      await accountOf(api, {
        details: { ...silent, currency: 'XXX' },
        balances: [balanceIn('DKK')],
      })
    )?.currency,
    'DKK',
  )
  api.lines.length = 0
  await accountOf(api, {})
  t.notOk(
    api.lines.some((line) => line.includes('balances')),
    'one that is told is not asked for',
  )
})

const refusal = (status: number, more: object) => ({ status, json: { summary: 'x', detail: 'y', ...more } })

test('one account that is broken does not cost the others', async (t) => {
  const api = await anApi(t)
  const left = async (line: string, reply: object) => {
    tell(api, ['a-1', 'a-2'], {})
    api.replies.set(line, reply)
    const outcome = await complete(api)
    return outcome.kind === 'granted' ? outcome.accounts.map(({ ref }) => ref) : outcome
  }
  const broken: [string, object][] = [
    ['GET accounts/a-1/', { status: 404 }],
    ['GET accounts/a-1/', refusal(403, {})],
    ['GET accounts/a-1/', { json: { ...metadata, status: 'SUSPENDED' } }],
    ['GET accounts/a-1/', { json: { ...metadata, status: 'EXPIRED' } }],
    ['GET accounts/a-1/', { json: [] }],
    ['GET accounts/a-1/details/', refusal(401, { type: 'AccessExpiredError' })],
    ['GET accounts/a-1/details/', refusal(401, { type: 'AccountInactiveError' })],
    ['GET accounts/a-1/details/', refusal(403, { type: 'AccountAccessForbidden' })],
    ['GET accounts/a-1/details/', refusal(404, { summary: 'Account ID x not found' })],
    ['GET accounts/a-1/details/', refusal(409, { summary: 'Account suspended' })],
    ['GET accounts/a-1/details/', { json: { account: { ...details, status: 'deleted' } } }],
    ['GET accounts/a-1/details/', { json: {} }],
  ]
  for (const [line, reply] of broken) t.same(await left(line, reply), ['a-2'], JSON.stringify([line, reply]))
  const half: [string, object][] = [
    ['GET accounts/a-1/details/', refusal(403, { type: 'AccountResourceUnavailable' })],
    ['GET accounts/a-1/details/', refusal(403, { summary: 'End User Agreement (EUA) access scope error' })],
    ['GET accounts/a-1/details/', refusal(429, { type: 'RateLimitError' })],
    ['GET accounts/a-1/details/', refusal(503, { type: 'ServiceError' })],
    ['GET accounts/a-1/details/', { status: 409, json: { id: 'a-1', status: 'PROCESSING' } }],
  ]
  for (const [line, reply] of half) t.same(await left(line, reply), ['a-1', 'a-2'], 'still known by its number')
})

test('where no account can be read, their failure is told; and a bank that is down is waited for', async (t) => {
  const api = await anApi(t)
  tell(api, ['a-1', 'a-2'], {})
  const fail = (id: string, status: number, type: string) =>
    api.replies.set(`GET accounts/${id}/details/`, { status, json: { summary: 'x', detail: '', type } })
  fail('a-1', 503, 'ServiceError')
  fail('a-2', 503, 'ServiceError')
  t.equal((await refusalOf(complete(api))).kind, 'temporary')
  fail('a-1', 401, 'AccessExpiredError')
  t.equal((await refusalOf(complete(api))).kind, 'temporary')
  fail('a-2', 401, 'AccessExpiredError')
  t.equal((await refusalOf(complete(api))).kind, 'consent_gone')
  fail('a-1', 429, 'RateLimitError')
  fail('a-2', 429, 'RateLimitError')
  t.match(
    await complete(api),
    { kind: 'granted', accounts: [{ iban: 'NO9386011117947' }] },
    'a day is too long to wait',
  )
  tell(api, [], {})
  t.match(await complete(api), { kind: 'failed', failure: 'insufficient_rights' })
})

test('as long as GoCardless cannot tell one of the accounts, none is left out for it', async (t) => {
  const api = await anApi(t)
  for (const [reply, kind] of [
    [refusal(429, { summary: 'Rate limit exceeded' }), 'rate_limited'],
    [{ status: 502, body: '<html>' }, 'temporary'],
  ] as const) {
    tell(api, ['a-1', 'a-2'], {})
    api.replies.set('GET accounts/a-1/', reply)
    t.equal((await refusalOf(complete(api))).kind, kind)
  }
})

test('of a thousand accounts no more than a few are asked for at once', async (t) => {
  const api = await anApi(t)
  const ids = Array.from({ length: 1_000 }, (_, index) => `a-${index}`)
  tell(api, ids, {})
  const outcome = await complete(api)
  t.equal(outcome.kind === 'granted' && outcome.accounts.length, 1_000)
  const { lines } = api
  t.ok(lines.indexOf('GET accounts/a-500/') > lines.indexOf('GET accounts/a-400/details/'))
})

test('at the simulator one account is broken, and the other is there', async (t) => {
  const simulated = await aSimulator(t)
  const { settings } = simulated.simulator
  for (const trouble of ['AccountAccessForbidden', 'suspended'] as const) {
    settings.troubles.set('kort', { trouble, scopes: ['details'] })
    t.match((await granted(simulated)).outcome.accounts, [{ iban: drift.iban }], trouble)
    t.equal((await granted(simulated)).outcome.accounts.length, 1)
  }
  for (const trouble of [
    'AccountResourceUnavailable',
    'ConnectionError',
    'UnknownRequestError',
    'AccountStateError',
  ] as const) {
    settings.troubles.set('kort', { trouble, scopes: ['details'] })
    const { accounts } = (await granted(simulated)).outcome
    t.match(accounts, [{ iban: drift.iban }, { maskedPan: card.maskedPan, type: 'card', currency: 'NOK' }], trouble)
  }
  settings.troubles.clear()
  settings.omits = ['currency', 'ownerName', 'name']
  t.match((await granted(simulated)).outcome.accounts, [
    { currency: 'NOK', owner: drift.owner, name: 'Current account' },
  ])
})

test('a person chooses which accounts; ids are new with each approval', async (t) => {
  const simulated = await aSimulator(t)
  const refsOf = async () => {
    const { redirectUrl, ...attempt } = await started(simulated)
    await simulated.simulator.visit(redirectUrl, { kind: 'approve', only: ['drift'] })
    const outcome = await simulated.provider.completeConsent({ ...attempt, query: {}, now })
    return outcome.kind === 'granted' ? outcome.accounts.map(({ ref }) => ref) : []
  }
  const [first, second] = [await refsOf(), await refsOf()]
  t.same([first.length, second.length], [1, 1])
  t.notSame(first, second)
})

const balancesLine = 'GET accounts/a-1/balances/'
const ofAccount = { nativeId, ref: refTo('r-1'), accountRef: 'a-1', currency: 'NOK', now }

const money = (minor: bigint) => ({ minor, currency: 'NOK' })

test('balances are those in the currency of the account, with the quota that is left', async (t) => {
  const { provider, replies } = await anApi(t)
  const balances = [
    balance('closingBooked', '1250.00', { referenceDate: '2026-11-20' }),
    balance('interimBooked', '1249.5'),
    balance('openingBooked', '-0.01'),
    balance('interimAvailable', '9.00', { creditLimitIncluded: false }),
    balance('interimAvailable', '10009.00', { creditLimitIncluded: true }),
    balance('expected', '1'),
    balance('closingAvailable', '1.00'),
    balance('information', '1.00', { referenceDate: 'soon' }),
    { balanceAmount: { amount: '7.00', currency: 'EUR' }, balanceType: 'interimBooked' },
  ]
  const headers = { HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING: '3', HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET: '3600' }
  replies.set(balancesLine, { json: { balances }, headers })
  t.same(await provider.fetchBalances(ofAccount), {
    balances: [
      { type: 'closing_booked', amount: money(125_000n), referenceDate: '2026-11-20' },
      { type: 'interim_booked', amount: money(124_950n) },
      { type: 'opening_booked', amount: money(-1n) },
      { type: 'interim_available', amount: money(900n) },
      { type: 'other', amount: money(1_000_900n) },
      { type: 'expected', amount: money(100n) },
      { type: 'other', amount: money(100n) },
      { type: 'other', amount: money(100n) },
    ],
    limit: { remaining: 3, resetsAt: new Date('2026-11-21T13:00:00Z') },
  })
  for (const remaining of ['-1', '9999999999', '1e3', '']) {
    const odd = { ...headers, HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING: remaining }
    replies.set(balancesLine, { json: { balances }, headers: odd })
    t.equal((await provider.fetchBalances(ofAccount)).limit, undefined, remaining)
  }
  const wrong: [unknown, string][] = [
    [{}, '$.balances should be a list'],
    [{ balances: [{}] }, '$.balances[0].balanceAmount should be an object'],
    [
      { balances: [balance('expected', '1,00')] },
      '$.balances[0].balanceAmount.amount should be a decimal number that its currency can hold',
    ],
  ]
  for (const [json, message] of wrong) {
    replies.set(balancesLine, { json })
    t.match(await refusalOf(provider.fetchBalances(ofAccount)), {
      kind: 'nonsense',
      message: `GoCardless, balances: ${message}`,
    })
  }
})
