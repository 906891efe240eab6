import { test } from 'tap'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, errorOf, nativeId, now, psu, sessionRef } from './api.ts'

const ask = {
  nativeId,
  ref: sessionRef(),
  accountRef: 'u-1',
  currency: 'EUR',
  from: '2026-11-01',
  to: '2026-11-21',
  isFirst: false,
  now,
} as const
const question = 'GET /accounts/u-1/transactions?date_from=2026-11-01&date_to=2026-11-21&transaction_status=BOOK'

test('pages follow one another by their keys, the question staying the same', async (t) => {
  const api = await anApi(t)
  const key = 'eyJ+/w==.db15'
  const second = `${question}&continuation_key=eyJ%2B%2Fw%3D%3D.db15`
  api.replies.set(question, { json: { transactions: [], continuation_key: key } })
  api.replies.set(second, { json: { transactions: [], continuation_key: null } })
  const first = await api.provider.fetchPage(ask)
  t.ok(first.next, 'an empty page is not the last')
  t.same(api.provider.readPage(first, { nativeId, currency: 'EUR' }), [])

  const other = await anApi(t, api)
  const later = { ...ask, to: '2026-11-22', isFirst: true, next: first.next ?? '' } as const
  const last = await other.provider.fetchPage(later)
  t.equal(last.next, null)
  t.same(api.lines, [question, second], 'in another process, and on another day')
})

test('a last page has no key, however that is told', async (t) => {
  const { provider, replies } = await anApi(t)
  for (const json of [
    { transactions: [] },
    { transactions: [], continuation_key: null },
    { transactions: [], continuation_key: '' },
  ]) {
    replies.set(question, { json })
    t.equal((await provider.fetchPage(ask)).next, null)
  }
})

test('pages that lead nowhere are nonsense', async (t) => {
  const { provider, replies } = await anApi(t)
  const cases: [object, RegExp][] = [
    [{ body: '<!doctype html>' }, /Enable Banking, transactions: the answer is not JSON/],
    [{ json: [] }, /transactions: \$ should be an object/],
    [{ json: {} }, /\$\.transactions should be a list/],
    [{ json: { transactions: [], continuation_key: 7 } }, /\$\.continuation_key should be a text/],
  ]
  for (const [said, message] of cases) {
    replies.set(question, said)
    t.match(await refusalOf(provider.fetchPage(ask)), { kind: 'nonsense', message })
  }
  const again = { json: { transactions: [], continuation_key: 'k' } }
  replies.set(question, again)
  replies.set(`${question}&continuation_key=k`, again)
  const { next } = await provider.fetchPage(ask)
  t.match(await refusalOf(provider.fetchPage({ ...ask, next: next ?? '' })), {
    kind: 'nonsense',
    message: /followed by another page than itself/,
  })
})

test('the first fetch under a consent asks for what banks otherwise refuse', async (t) => {
  const api = await anApi(t)
  for (const isFirst of [true, false]) {
    await refusalOf(api.provider.fetchPage({ ...ask, isFirst }))
    t.equal(api.lines.at(-1)?.includes('&strategy=longest'), isFirst)
  }
})

test('of the person all is told that the bank wants, or nothing', async (t) => {
  const { provider, replies, asked } = await anApi(t)
  replies.set(question, { json: { transactions: [] } })
  const told = async (psuHeaders: readonly string[], person?: typeof psu) => {
    await provider.fetchPage({ ...ask, ref: sessionRef(psuHeaders), ...(person !== undefined && { psu: person }) })
    const { headers } = asked(question)
    return [headers['psu-ip-address'], headers['psu-user-agent']]
  }
  const both = ['192.0.2.7', 'Mozilla/5.0 (test)']
  const nothing = [undefined, undefined]
  t.same(await told([], psu), both)
  t.same(await told(['psu-ip-address'], psu), both)
  t.same(await told(['psu-user-agent', 'psu-ip-address'], psu), both)
  t.same(await told(['psu-ip-address', 'psu-accept-language'], psu), nothing)
  t.same(await told(['psu-ip-address']), nothing)
  t.same(await told([], { ...psu, userAgent: `Bjørn\n${'x'.repeat(600)}` }), ['192.0.2.7', `Bj?rn?${'x'.repeat(506)}`])
})

test('a bank that wants to be told more than it listed is told nothing', async (t) => {
  const { provider, replies, asked, lines } = await anApi(t)
  for (const code of ['PSU_HEADER_NOT_PROVIDED', 'PSU_HEADER_INVALID']) {
    lines.length = 0
    replies.set(question, [errorOf(422, code), { json: { transactions: [] } }])
    t.equal((await provider.fetchPage({ ...ask, psu })).next, null)
    t.equal(lines.length, 2)
    t.notOk('psu-ip-address' in asked(question).headers)
  }
  replies.set(question, errorOf(422, 'PSU_HEADER_NOT_PROVIDED'))
  t.match(await refusalOf(provider.fetchPage(ask)), { kind: 'refused' })
})

test('a bank that no longer serves the first days says so, and one that had enough says until when', async (t) => {
  const { provider, replies } = await anApi(t)
  replies.set(question, errorOf(422, 'WRONG_TRANSACTIONS_PERIOD'))
  t.match(await refusalOf(provider.fetchPage(ask)), { kind: 'refused', tooFarBack: true })
  replies.set(question, errorOf(429, 'ASPSP_RATE_LIMIT_EXCEEDED', { 'retry-after': '3600' }))
  t.match(await refusalOf(provider.fetchPage(ask)), {
    kind: 'rate_limited',
    retryAt: '2026-11-21T13:00:00Z',
    message: 'Enable Banking, transactions: answered 429 ASPSP_RATE_LIMIT_EXCEEDED',
  })
})
