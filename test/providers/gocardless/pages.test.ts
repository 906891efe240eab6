import { test } from 'tap'
import type { PageAsk } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, aSimulator, granted, nativeId, now, psu, refTo } from './api.ts'

const ask: PageAsk = {
  isFirst: false,
  nativeId,
  ref: refTo('r-1'),
  accountRef: 'a-1',
  currency: 'NOK',
  from: '2026-08-24',
  to: '2026-11-21',
  now,
}
const line = 'GET accounts/a-1/transactions/?date_from=2026-08-24&date_to=2026-11-21'
const booked = { transactions: { booked: [] } }

const headers = (remaining: string, reset: string) => ({
  HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING: remaining,
  HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET: reset,
  HTTP_X_RATELIMIT_REMAINING: '299',
  HTTP_X_RATELIMIT_RESET: '60',
})

test('all days come as one page, kept as it came, with the quota that is left', async (t) => {
  const { provider, replies, lines } = await anApi(t)
  const body = `${JSON.stringify({ ...booked, last_updated: 'x' })}\n`
  replies.set(line, { body })
  t.same(await provider.fetchPage(ask), { body, next: null })
  await provider.fetchPage({ ...ask, psu })
  t.same(lines, [line, line], 'the API takes nothing of the person')
  const spellings = [
    'HTTP_X_RATELIMIT_ACCOUNT_SUCCESS',
    'X-RateLimit-Account-Success',
    'HTTP-X-RateLimit-Account-Success',
  ]
  for (const spelling of spellings) {
    const dash = spelling.includes('_') ? '_' : '-'
    replies.set(line, { body, headers: { [`${spelling}${dash}Remaining`]: '0', [`${spelling}${dash}Reset`]: '7200' } })
    const { limit } = await provider.fetchPage(ask)
    t.same(limit, { remaining: 0, resetsAt: new Date('2026-11-21T14:00:00Z') }, spelling)
  }
  replies.set(line, { body, headers: headers('0', '-17') })
  t.same((await provider.fetchPage(ask)).limit, { remaining: 0, resetsAt: now }, 'it has been')
  replies.set(line, { body, headers: headers('1', '999999999') })
  t.same((await provider.fetchPage(ask)).limit, { remaining: 1, resetsAt: new Date('2026-11-22T12:00:00Z') })
  for (const [remaining, reset] of [
    ['-1', '10'],
    ['', '10'],
    ['2', 'soon'],
    ['many', '10'],
  ] as const) {
    replies.set(line, { body, headers: headers(remaining, reset) })
    t.equal((await provider.fetchPage(ask)).limit, undefined, `${remaining} ${reset}`)
  }
})

test('a day that has not begun at GoCardless is not asked for', async (t) => {
  const { provider, replies, lines } = await anApi(t)
  replies.set('GET accounts/a-1/transactions/?date_from=2026-11-20&date_to=2026-11-20', { json: booked })
  // In Oslo it is the 21st already.
  const late = { ...ask, from: '2026-11-20', now: new Date('2026-11-20T23:30:00Z') } as const
  await provider.fetchPage(late)
  await provider.fetchPage({ ...late, from: '2026-11-21' })
  t.equal(lines.length, 2)
})

const at = (from: string) => `GET accounts/a-1/transactions/?date_from=${from}&date_to=2026-11-21`

test('what is further back than was agreed is refused here, since there it would be left out in silence', async (t) => {
  const { provider, replies, lines } = await anApi(t)
  // One day more than ninety: where the company's day has not begun yet, ninety days ago is a day earlier.
  replies.set(at('2026-08-22'), { json: booked })
  await provider.fetchPage({ ...ask, from: '2026-08-22' })
  t.match(await refusalOf(provider.fetchPage({ ...ask, from: '2026-08-21' })), { kind: 'refused', tooFarBack: true })
  t.equal(lines.length, 1)
  replies.set(at('2024-11-21'), { json: booked })
  await provider.fetchPage({ ...ask, from: '2024-11-21', ref: refTo('r-1', { historyDays: 730 }) })
})

test('an answer without a list of booked rows is no empty page', async (t) => {
  const { provider, replies } = await anApi(t)
  const cases: [unknown, string][] = [
    [{}, '$.transactions should be an object'],
    [{ transactions: [] }, '$.transactions should be an object'],
    [{ transactions: { pending: [] } }, '$.transactions.booked should be a list'],
    [{ transactions: { booked: null } }, '$.transactions.booked should be a list'],
    [[], '$ should be an object'],
  ]
  for (const [json, wrong] of cases) {
    replies.set(line, { json })
    t.match(await refusalOf(provider.fetchPage(ask)), {
      kind: 'nonsense',
      message: `GoCardless, transactions: ${wrong}`,
    })
    const page = { body: JSON.stringify(json), next: null }
    t.throws(() => provider.readPage(page, ask), { message: `GoCardless, transactions: ${wrong}` })
  }
  for (const body of ['<!doctype html><title>Just a moment</title>', '', '{"transactions":{"booked":[']) {
    replies.set(line, { body })
    t.match(await refusalOf(provider.fetchPage(ask)), {
      kind: 'nonsense',
      message: 'GoCardless, transactions: the answer is not JSON',
    })
  }
})

const money = (minor: bigint) => ({ minor, currency: 'NOK' })

test('a page reads the same in the process that fetched it and in another', async (t) => {
  const simulated = await aSimulator(t)
  const { consent, outcome } = await granted(simulated)
  const [account] = outcome.accounts
  const fetched = await simulated.provider.fetchPage({ ...ask, ...consent, accountRef: account?.ref ?? '' })
  const owner = { nativeId, currency: 'NOK', iban: account?.iban ?? '' }
  const rows = simulated.provider.readPage(fetched, owner)
  t.match(rows, [
    {
      ids: { transactionId: 'T-3' },
      bookingDate: '2026-11-21',
      amount: money(-9_900n),
      remittanceInformation: 'Gebyr',
    },
    {
      bookingDate: '2026-11-19',
      valueDate: '2026-11-20',
      amount: money(500_000n),
      counterparty: { name: 'Kari Testperson' },
    },
    {
      bookingDate: '2026-11-18',
      amount: money(-125_000n),
      counterparty: { name: 'Betong AS', iban: 'NO5586011859226' },
      remittanceInformation: 'Faktura 4711',
    },
  ])
  t.equal(rows.length, 3, 'what is not booked is left out, and so are other days')
  t.ok(rows.every(({ ids }) => /^[0-9a-f]{32}$/.test(ids.internalId ?? '')))
  t.same((await anApi(t)).provider.readPage({ body: fetched.body, next: null }, owner), rows)
  t.match(fetched.limit, { remaining: 3 })
})

test('the daily quota is told before it is used up, and until when it lasts after', async (t) => {
  const simulated = await aSimulator(t)
  const { provider, clock, simulator } = simulated
  const { consent, outcome } = await granted(simulated)
  const from = '2026-11-01'
  const fetch = () =>
    provider.fetchPage({ ...ask, ...consent, from, accountRef: outcome.accounts[0]?.ref ?? '', now: clock.now() })
  for (const remaining of [3, 2, 1, 0]) {
    const { limit } = await fetch()
    t.same(limit, { remaining, resetsAt: new Date('2026-11-22T12:00:00Z') })
    clock.advance({ minutes: 10 })
  }
  t.match(await refusalOf(fetch()), { kind: 'rate_limited', retryAt: '2026-11-22T12:00:00Z' })
  t.equal(simulator.dataCalls(), 5)
})

test('what becomes of a consent shows when it is read with', async (t) => {
  const simulated = await aSimulator(t)
  const { provider, clock, simulator } = simulated
  const { consent, outcome } = await granted(simulated)
  const fetch = () =>
    provider.fetchPage({ ...ask, ...consent, from: '2026-11-21', accountRef: outcome.accounts[0]?.ref ?? '' })
  const faults = { maintenance: 'temporary', garbage: 'nonsense', quota: 'rate_limited' } as const
  for (const [fault, kind] of Object.entries(faults)) {
    await simulator.fault(fault === 'maintenance' || fault === 'garbage' || fault === 'quota' ? fault : null)
    t.equal((await refusalOf(fetch())).kind, kind, fault)
  }
  await simulator.fault(null)
  await simulator.endAtBank()
  t.match(await refusalOf(fetch()), { kind: 'consent_gone', ended: undefined })

  const second = await granted(simulated)
  const read = () =>
    provider.fetchBalances({
      ...second.consent,
      accountRef: second.outcome.accounts[0]?.ref ?? '',
      currency: 'NOK',
      now,
    })
  await simulator.hold([])
  t.match(await refusalOf(read()), {
    kind: 'refused',
    message: 'GoCardless, balances: answered 401, the account is closed',
  })
  clock.advance({ days: 180 })
  t.match(await refusalOf(read()), { kind: 'consent_gone', ended: 'expired' })
  await provider.revokeConsent(second.consent)
  t.match(await refusalOf(read()), { kind: 'consent_gone', ended: undefined })
})
