import { test } from 'tap'
import type { PageAsk } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import { aBank, nativeId, now, psu, refTo } from './bank.ts'
import { transactions } from './fixtures.ts'

const ask: PageAsk = {
  isFirst: false,
  nativeId,
  ref: refTo('c-1'),
  accountRef: 'accounts/r-1',
  currency: 'NOK',
  from: '2026-08-23',
  to: '2026-11-20',
  now,
}
const path = '/psd2/v1/accounts/r-1/transactions'
const query = '?bookingStatus=booked&dateFrom=2026-08-23&dateTo=2026-11-20'
const first = `GET ${path}${query}`

const pageWith = (next: unknown) => ({
  json: { transactions: { booked: [], _links: { account: { href: '/x' }, next } } },
})

test('booked transactions are asked for by their booking days, and kept as they came', async (t) => {
  const bank = await aBank(t)
  const body = `${JSON.stringify(transactions)}\n`
  bank.replies.set(first, { body })
  t.same(await bank.provider.fetchPage(ask), { body, next: null })
  t.match(bank.asked(first).headers, { 'consent-id': 'c-1', accept: 'application/json' })
  for (const header of ['psu-ip-address', 'psu-user-agent'])
    t.notOk(header in bank.asked(first).headers, `no ${header}: nobody is there`)
  await bank.provider.fetchPage({ ...ask, psu })
  t.match(bank.asked(first).headers, { 'psu-ip-address': '192.0.2.7', 'psu-user-agent': 'Mozilla/5.0 (test)' })
})

test('what the bank says of its own limit comes with the page and with the balances', async (t) => {
  const bank = await aBank(t)
  const headers = { 'X-RateLimit-Remaining': '2', 'X-RateLimit-Reset': '3600' }
  const limit = { remaining: 2, resetsAt: new Date(now.getTime() + 3_600_000) }
  bank.replies.set(first, { ...pageWith(undefined), headers })
  bank.replies.set('GET /psd2/v1/accounts/r-1/balances', { json: { balances: [] }, headers })
  t.match(await bank.provider.fetchPage(ask), { limit })
  t.same(await bank.provider.fetchBalances(ask), { balances: [], limit })
})

test('the next page is where the link says: a URL, a path, or relative to the page, and never away from the bank', async (t) => {
  const bank = await aBank(t)
  const port = new URL(bank.origin).port
  const here = `${bank.origin}${path}`
  const cases: [href: string, leadsTo: string | undefined][] = [
    [`${here}?page=2`, `${here}?page=2`],
    [`${path}?page=2`, `${here}?page=2`],
    ['/v1/accounts/r-1/transactions?page=2', `${here}?page=2`],
    ['?page=2', `${here}?page=2`],
    ['transactions?page=2', `${here}?page=2`],
    [`${here}?q=https://evil.example/`, `${here}?q=https://evil.example/`],
    ['https://evil.example/psd2/v1/accounts/r-1/transactions?page=2', undefined],
    ['//evil.example/psd2/v1/accounts', undefined],
    ['/\\evil.example/psd2/v1/accounts', undefined],
    [`http://127.0.0.1:${port}@evil.example/psd2/v1`, undefined],
    [`http://someone:secret@127.0.0.1:${port}${path}?page=2`, undefined],
    [`http://someone@127.0.0.1:${port}${path}?page=2`, undefined],
    [`http://127.0.0.1.evil.example:${port}${path}`, undefined],
    [`http://localhost:${port}${path}`, undefined],
    [`http://127.0.0.1:1${path}`, undefined],
    [`https://127.0.0.1:${port}${path}`, undefined],
    [`${bank.origin}/psd2/../admin`, undefined],
    [`${bank.origin}/psd2/%2e%2e/admin`, undefined],
    [`${bank.origin}/psd2evil/v1`, undefined],
    ['../../../../../../admin', undefined],
    ['file:///etc/passwd', undefined],
    ['http://169.254.169.254/latest/meta-data', undefined],
    ['http://', undefined],
  ]
  for (const [href, leadsTo] of cases) {
    bank.replies.set(first, pageWith({ href }))
    if (leadsTo === undefined) t.match(await refusalOf(bank.provider.fetchPage(ask)), { kind: 'nonsense' }, href)
    else t.equal((await bank.provider.fetchPage(ask)).next, leadsTo, href)
  }
})

test('a page is followed by what it said, and what was kept of it is checked again', async (t) => {
  const bank = await aBank(t)
  bank.replies.set(`GET ${path}?page=2`, pageWith({ href: '?page=3' }))
  const second = { ...ask, next: `${bank.origin}${path}?page=2` }
  t.equal((await bank.provider.fetchPage(second)).next, `${bank.origin}${path}?page=3`)
  t.equal((await refusalOf(bank.provider.fetchPage({ ...ask, next: 'https://evil.example/psd2/v1' }))).kind, 'nonsense')
})

test('a page that is followed by itself is nonsense', async (t) => {
  const bank = await aBank(t)
  bank.replies.set(first, pageWith({ href: `${path}${query}` }))
  t.match(await refusalOf(bank.provider.fetchPage(ask)), { kind: 'nonsense', message: /followed by another page/ })
})

test('a next link that cannot be read is nonsense: overlooked, it would lose the rest', async (t) => {
  const bank = await aBank(t)
  for (const next of ['?page=2', { href: 2 }, { href: '' }, {}, [], 7, true]) {
    bank.replies.set(first, pageWith(next))
    t.equal((await refusalOf(bank.provider.fetchPage(ask))).kind, 'nonsense', JSON.stringify(next))
  }
  for (const links of ['?page=2', [], 7]) {
    bank.replies.set(first, { json: { transactions: { booked: [], _links: links } } })
    t.equal((await refusalOf(bank.provider.fetchPage(ask))).kind, 'nonsense', JSON.stringify(links))
  }
  for (const links of [undefined, null, {}, { next: null }]) {
    bank.replies.set(first, { json: { transactions: { booked: [], _links: links } } })
    t.equal((await bank.provider.fetchPage(ask)).next, null, 'the last page')
  }
})

test('an answer without a list of booked rows is no empty page', async (t) => {
  const bank = await aBank(t)
  const cases: [unknown, string][] = [
    [{}, '$.transactions should be an object'],
    [{ transactions: null }, '$.transactions should be an object'],
    [{ transactions: [] }, '$.transactions should be an object'],
    [{ transactions: { _links: {} } }, '$.transactions.booked should be a list'],
    [{ transactions: { booked: {} } }, '$.transactions.booked should be a list'],
    [{ cardTransactions: {} }, '$.cardTransactions.booked should be a list'],
    [[], '$ should be an object'],
    [null, '$ should be an object'],
    ['booked', '$ should be an object'],
  ]
  for (const [json, wrong] of cases) {
    bank.replies.set(first, { json })
    t.match(await refusalOf(bank.provider.fetchPage(ask)), {
      kind: 'nonsense',
      message: `Test Bank, transactions: ${wrong}`,
    })
  }
  bank.replies.set(first, { json: { _links: { download: { href: '/download' } } } })
  t.match(await refusalOf(bank.provider.fetchPage(ask)), {
    kind: 'refused',
    message: 'Test Bank, transactions: offered as a download only',
  })
})
