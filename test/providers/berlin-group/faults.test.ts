// A bank that is slow, broken or hostile, at every call that we make of it.

import type { ServerResponse } from 'node:http'
import { test } from 'tap'
import type { ProviderErrorKind } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import type { Asked } from '../../support/scripted.ts'
import { aBank, errorOf, nativeId, now, psu, refTo, type FakeBank } from './bank.ts'
import { accountList, consent } from './fixtures.ts'

const consentRef = { nativeId, ref: refTo('c-1') }
const accountRef = { ...consentRef, accountRef: 'accounts/r-1', currency: 'NOK' }

type Call = {
  readonly name: string
  readonly line: string
  readonly isGet: boolean
  readonly by: (bank: FakeBank) => Promise<unknown>
}

const completed = ({ provider }: FakeBank) => provider.completeConsent({ ...consentRef, query: {}, psu, now })

const calls: readonly Call[] = [
  {
    name: 'starting a consent',
    line: 'POST /psd2/v1/consents',
    isGet: false,
    by: ({ provider }) =>
      provider.startConsent({
        nativeId,
        callbackUrl: 'https://bankfeed.example/callback',
        state: 's',
        validDays: 90,
        psu,
        now,
      }),
  },
  { name: 'the status of a consent', line: 'GET /psd2/v1/consents/c-1/status', isGet: true, by: completed },
  { name: 'a consent on completion', line: 'GET /psd2/v1/consents/c-1', isGet: true, by: completed },
  { name: 'accounts', line: 'GET /psd2/v1/accounts', isGet: true, by: completed },
  {
    name: 'a consent',
    line: 'GET /psd2/v1/consents/c-1',
    isGet: true,
    by: ({ provider }) => provider.consentState(consentRef),
  },
  {
    name: 'balances',
    line: 'GET /psd2/v1/accounts/r-1/balances',
    isGet: true,
    by: ({ provider }) => provider.fetchBalances({ ...accountRef, now }),
  },
  {
    name: 'transactions',
    line: 'GET /psd2/v1/accounts/r-1/transactions?bookingStatus=booked&dateFrom=2026-11-01&dateTo=2026-11-20',
    isGet: true,
    by: ({ provider }) =>
      provider.fetchPage({ ...accountRef, from: '2026-11-01', to: '2026-11-20', isFirst: false, now }),
  },
]

/** All goes well but for one call. */
function otherwiseFine(bank: FakeBank): void {
  bank.replies.set('GET /psd2/v1/consents/c-1/status', { json: { consentStatus: 'valid' } })
  bank.replies.set('GET /psd2/v1/consents/c-1', { json: consent })
  bank.replies.set('GET /psd2/v1/accounts', { json: accountList })
}

type Fault = readonly [name: string, fault: Parameters<FakeBank['replies']['set']>[1], kind: ProviderErrorKind]

const html = {
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Kari Nordmann, we are closed</body></html>',
}

const faults: readonly Fault[] = [
  ['a maintenance page with 200', html, 'nonsense'],
  ['a maintenance page with 503', { ...html, status: 503 }, 'temporary'],
  ['nothing', { body: '' }, 'nonsense'],
  ['half a JSON text', { body: '{"consentStatus":"val' }, 'nonsense'],
  ['null', { json: null }, 'nonsense'],
  ['a list', { json: [] }, 'nonsense'],
  ['a text', { json: 'valid' }, 'nonsense'],
  ['an empty object', { json: {} }, 'nonsense'],
  ['an error body with 200', { ...errorOf(200, 'CONSENT_EXPIRED') }, 'nonsense'],
  ['a redirect', { status: 302, headers: { location: '/psd2/v1/elsewhere' } }, 'nonsense'],
  ['a permanent redirect', { status: 308, headers: { location: 'http://127.0.0.1:1/' } }, 'nonsense'],
  ['an overloaded gateway', { status: 504 }, 'temporary'],
  ['too many requests', { status: 429, headers: { 'retry-after': '60' } }, 'rate_limited'],
  ['a connection that breaks', (_: Asked, response: ServerResponse) => void response.destroy(), 'temporary'],
]

for (const { name, line, isGet, by } of calls) {
  test(`${name}: every fault is of a kind, without what the bank said`, async (t) => {
    const bank = await aBank(t)
    for (const [fault, reply, kind] of faults) {
      otherwiseFine(bank)
      bank.replies.set(line, reply)
      const error = await refusalOf(by(bank))
      t.equal(error.kind, kind, fault)
      t.match(error.message, /^Test Bank, [a-z ]+: /)
      t.notMatch(`${error.stack} ${String(error.cause)}`, /Kari/, fault)
    }
    t.notOk(bank.lines.includes('GET /psd2/v1/elsewhere'), 'and no redirect is followed')
  })

  test(`${name}: ${isGet ? 'asked once more' : 'not asked again'} when the connection broke before an answer`, async (t) => {
    const bank = await aBank(t)
    otherwiseFine(bank)
    bank.replies.set(line, (_, response) => void response.destroy())
    await refusalOf(by(bank))
    t.equal(bank.lines.filter((asked) => asked === line).length, isGet ? 2 : 1)
  })
}

test('a bank that falls silent is given up, and asked again another time', async (t) => {
  const bank = await aBank(t, { outbound: { headersTimeoutMs: 40, bodyTimeoutMs: 40 } })
  const line = 'GET /psd2/v1/accounts/r-1/balances'
  for (const silence of [() => undefined, (_: Asked, response: ServerResponse) => void response.write('{')]) {
    bank.replies.set(line, silence)
    t.match(await refusalOf(bank.provider.fetchBalances({ ...accountRef, now })), {
      kind: 'temporary',
      message: /no answer in time$/,
    })
  }
  t.same(bank.lines, [line, line], 'each time once')
})

test('what is larger than anything a bank has to say is not read', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('GET /psd2/v1/accounts/r-1/balances', {
    body: JSON.stringify({ balances: [], padding: 'x'.repeat(9 * 1024 * 1024) }),
  })
  t.match(await refusalOf(bank.provider.fetchBalances({ ...accountRef, now })), {
    kind: 'nonsense',
    message: /^Test Bank, balances: GET 127\.0\.0\.1:\d+: the answer is larger than we read$/,
  })
})

test('a page of transactions may be larger than any other answer', async (t) => {
  const bank = await aBank(t)
  const line = 'GET /psd2/v1/accounts/r-1/transactions?bookingStatus=booked&dateFrom=2026-11-01&dateTo=2026-11-20'
  const body = JSON.stringify({ transactions: { booked: [{ padding: 'x'.repeat(9 * 1024 * 1024) }], _links: {} } })
  bank.replies.set(line, { body })
  const page = await bank.provider.fetchPage({
    ...accountRef,
    from: '2026-11-01',
    to: '2026-11-20',
    isFirst: false,
    now,
  })
  t.equal(page.body, body)
})

const balance = (more: object) => ({
  balances: [{ balanceType: 'expected', balanceAmount: { amount: '1', currency: 'NOK' }, ...more }],
})
const balancesOf = ({ provider }: FakeBank) => provider.fetchBalances({ ...accountRef, now })

test('answers of a wrong shape are nonsense, told by the place of what is wrong', async (t) => {
  const bank = await aBank(t)
  const status = 'GET /psd2/v1/consents/c-1/status'
  const { validUntil: _, ...endless } = consent
  const [first] = accountList.accounts
  const account = (more: object) => ({ accounts: [first, { ...first, ...more }] })
  const balances = 'GET /psd2/v1/accounts/r-1/balances'
  const created = 'POST /psd2/v1/consents'
  const start = calls[0]?.by ?? completed
  const cases: [line: string, json: unknown, by: Call['by'], wrong: string][] = [
    [created, { consentId: 7 }, start, '$.consentId should be a text'],
    [created, { consentId: '' }, start, '$.consentId should be a text'],
    [
      created,
      { consentId: 'c', _links: { scaRedirect: 'https://bank.example/' } },
      start,
      '$._links.scaRedirect should be an object',
    ],
    [
      created,
      { consentId: 'c', _links: { scaRedirect: { href: 7 } } },
      start,
      '$._links.scaRedirect.href should be a text',
    ],
    [
      status,
      { consentStatus: 'VALID' },
      completed,
      '$.consentStatus should be one of received, partiallyAuthorised, valid, rejected, revokedByPsu, expired, terminatedByTpp',
    ],
    ['GET /psd2/v1/consents/c-1', endless, completed, '$.validUntil should be a text'],
    ['GET /psd2/v1/consents/c-1', { ...consent, validUntil: '2027-02-30' }, completed, '$.validUntil should be a day'],
    ['GET /psd2/v1/accounts', { accounts: {} }, completed, '$.accounts should be a list'],
    ['GET /psd2/v1/accounts', { accounts: [null] }, completed, '$.accounts[0] should be an object'],
    [
      'GET /psd2/v1/accounts',
      account({ resourceId: undefined }),
      completed,
      '$.accounts[1].resourceId should be a text',
    ],
    [
      'GET /psd2/v1/accounts',
      account({ resourceId: '\ud800' }),
      completed,
      '$.accounts[1].resourceId should be a text',
    ],
    ['GET /psd2/v1/accounts', account({ currency: undefined }), completed, '$.accounts[1].currency should be a text'],
    [
      'GET /psd2/v1/accounts',
      account({ currency: 'kroner' }),
      completed,
      '$.accounts[1].currency should be a currency',
    ],
    [
      'GET /psd2/v1/accounts',
      account({ iban: undefined }),
      completed,
      '$.accounts[1] should be an account with a number',
    ],
    [
      balances,
      { balances: [{ debitAccounting: true }] },
      balancesOf,
      '$.balances[0].balanceAmount should be an object',
    ],
    [
      balances,
      balance({ balanceAmount: { amount: true, currency: 'NOK' } }),
      balancesOf,
      '$.balances[0].balanceAmount.amount should be a text',
    ],
    [
      balances,
      balance({ balanceAmount: { amount: 'much', currency: 'NOK' } }),
      balancesOf,
      '$.balances[0].balanceAmount.amount should be a decimal number that its currency can hold',
    ],
    [balances, balance({ balanceType: undefined }), balancesOf, '$.balances[0].balanceType should be a text'],
  ]
  for (const [line, json, by, wrong] of cases) {
    otherwiseFine(bank)
    bank.replies.set(line, { json })
    const error = await refusalOf(by(bank))
    t.equal(error.kind, 'nonsense', wrong)
    t.equal(error.message.replace(/^Test Bank, [a-z ]+: /, ''), wrong)
  }
})
