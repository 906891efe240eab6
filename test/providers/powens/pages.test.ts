import { test } from 'tap'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { createLog } from '../../../src/shared/log.ts'
import { powens as adapter } from '../../../src/providers/powens/index.ts'
import type { PageAsk, Provider, ProviderTransaction } from '../../../src/providers/provider.ts'
import { addDays, type Day } from '../../../src/values/day.ts'
import { refusalOf } from '../../support/refusal.ts'
import {
  account,
  card,
  checking,
  connected,
  connection,
  grantedRef,
  nativeId,
  now,
  scripted,
  simulated,
  type Granted,
} from './bank.ts'

const accountRef = JSON.stringify({ id: '9', isCard: false })
const ask: PageAsk = {
  nativeId,
  ref: grantedRef,
  accountRef,
  currency: 'EUR',
  from: '2026-08-23',
  to: '2026-11-21',
  isFirst: false,
  now,
}
const looked = 'GET /users/me/connections/8?expand=all_accounts'
const path = '/users/me/accounts/9/transactions'
const query = '?limit=1000&filter=date&min_date=2026-08-22&max_date=2026-11-22'
const first = `GET ${path}${query}`
const pageWith = (next: unknown) => ({ json: { transactions: [], _links: { self: { href: '/x' }, prev: null, next } } })

const askFor = (granted: Granted, at: Date, index = 0): PageAsk => ({
  ...ask,
  ref: granted.ref,
  accountRef: granted.accounts[index]?.ref ?? '',
  now: at,
})

async function readAll(provider: Provider, of: PageAsk): Promise<readonly ProviderTransaction[]> {
  const rows: ProviderTransaction[] = []
  let next: string | undefined
  do {
    const page = await provider.fetchPage({ ...of, ...(next !== undefined && { next }) })
    rows.push(...provider.readPage(page, { nativeId, currency: 'EUR' }))
    next = page.next ?? undefined
  } while (next !== undefined)
  return rows
}

test('before a page is read the connection is looked at, and the days are asked for by debit date with one to spare on each side', async (t) => {
  const powens = await scripted(t)
  powens.replies.set(looked, { json: connection })
  powens.replies.set(first, pageWith(null))
  const page = await powens.provider.fetchPage(ask)
  t.equal(page.next, null)
  t.same(powens.lines, [looked, first])
  t.same(powens.provider.readPage(page, { nativeId, currency: 'EUR' }), [])
})

test('every state in which Powens cannot look at the bank is a failure of its kind, and never an empty page', async (t) => {
  const powens = await scripted(t)
  powens.replies.set(first, pageWith(null))
  const cases: [found: object, kind: string, more?: object][] = [
    [{ state: 'SCARequired' }, 'needs_person'],
    [{ state: 'webauthRequired' }, 'needs_person'],
    [{ state: 'additionalInformationNeeded' }, 'needs_person'],
    [{ state: 'decoupled' }, 'needs_person'],
    [{ state: 'actionNeeded' }, 'needs_person'],
    [{ state: 'passwordExpired' }, 'needs_person'],
    [{ state: 'wrongpass' }, 'needs_person'],
    [{ state: 'SCARequired', expire: '2026-11-21 13:00:00' }, 'consent_gone', { ended: 'expired' }],
    [{ state: 'validating' }, 'temporary'],
    [{ state: 'websiteUnavailable' }, 'temporary'],
    [{ state: 'bug' }, 'temporary'],
    [{ state: 'rateLimiting' }, 'rate_limited', { retryAt: undefined }],
    [{ state: 'rateLimiting', next_try: '2026-11-21 12:00:00' }, 'rate_limited', { retryAt: undefined }],
    [
      { state: 'rateLimiting', next_try: '2026-11-21 18:30:00' },
      'rate_limited',
      { retryAt: new Date('2026-11-21T17:30:00Z') },
    ],
    [{ state: 'notSupported' }, 'refused'],
    [{ active: false }, 'refused'],
    [{ all_accounts: [] }, 'refused'],
    [{ all_accounts: null }, 'refused'],
    [{ all_accounts: [{ ...account, deleted: '2026-11-20 08:00:00' }] }, 'refused'],
    [{ all_accounts: [{ ...account, disabled: '2026-11-20 08:00:00' }] }, 'refused'],
    [{ all_accounts: [{ ...account, last_update: null }] }, 'temporary'],
    [{ all_accounts: [{ ...account, last_update: '2026-11-19 12:59:59' }] }, 'temporary'],
  ]
  for (const [found, kind, more = {}] of cases) {
    powens.replies.set(looked, { json: { ...connection, ...found } })
    const error = await refusalOf(powens.provider.fetchPage(ask))
    t.match(error, { kind, ...more, message: /^Powens, connection: / }, JSON.stringify(found))
  }
  t.notOk(powens.lines.includes(first))
  for (const [status, ended] of [
    [404, 'revoked'],
    [401, undefined],
  ] as const) {
    powens.replies.set(looked, { status, json: { code: 'notFound', description: 'x' } })
    t.match(await refusalOf(powens.provider.fetchPage(ask)), { kind: 'consent_gone', ended })
  }
  powens.replies.set(looked, {
    json: { ...connection, all_accounts: [{ ...account, last_update: '2026-11-19 13:00:00' }] },
  })
  t.match(await powens.provider.fetchPage(ask), { next: null }, 'read within two days')
})

test('a long history comes page by page, whole, in any process', async (t) => {
  const start: Day = '2026-08-25'
  const transactions = Array.from({ length: 2_345 }, (_, index) => ({
    id: `t${index}`,
    bookingDate: addDays(start, index % 80),
    amount: `-${index}.25`,
    currency: 'EUR',
    text: `Ligne ${index}`,
  }))
  const world = await simulated(t, [{ ...checking, transactions }])
  const granted = await connected(world)
  const of = askFor(granted, world.clock.now())
  const rows = await readAll(world.provider, of)
  t.equal(rows.length, 2_345)
  t.equal(new Set(rows.map(({ ids }) => ids.transactionId)).size, 2_345, 'ids that doubles could not tell apart')
  t.equal(
    rows.reduce((sum, { amount }) => sum + amount.minor, 0n),
    transactions.reduce((sum, _, index) => sum - BigInt(index) * 100n - 25n, 0n),
  )
  const { next } = await world.provider.fetchPage(of)
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(() => outbound.close())
  const another = adapter({ config: world.simulator.config, outbound, clock: world.clock, random: () => 0 })
  const second = await another.fetchPage({ ...of, next: next ?? '' })
  const { body } = second
  t.equal(another.readPage({ body, next: null }, { nativeId, currency: 'EUR' }).length, 1_000)
})

test('a page reads the same from the spool', async (t) => {
  const world = await simulated(t)
  const page = await world.provider.fetchPage(askFor(await connected(world), world.clock.now()))
  const owner = { nativeId, currency: 'EUR' }
  const read = world.provider.readPage(page, owner)
  t.equal(read.length, 2)
  t.same(world.provider.readPage({ body: page.body, next: null }, owner), read)
})

test('the next page is where the link says, within the API and nowhere else', async (t) => {
  const powens = await scripted(t)
  powens.replies.set(looked, { json: connection })
  const port = new URL(powens.origin).port
  const here = `${powens.baseUrl}${path}`
  const cases: [href: string, leadsTo: string | undefined][] = [
    [`${here}?limit=1000&offset=1000`, `${here}?limit=1000&offset=1000`],
    [`/2.0${path}?offset=1000`, `${here}?offset=1000`],
    ['?offset=1000', `${here}?offset=1000`],
    ['https://evil.example/2.0/users/me/accounts/9/transactions?offset=1000', undefined],
    ['//evil.example/2.0/users', undefined],
    [`http://someone:secret@127.0.0.1:${port}/2.0${path}`, undefined],
    [`http://127.0.0.1:${port}@evil.example/2.0`, undefined],
    [`https://127.0.0.1:${port}/2.0${path}`, undefined],
    [`${powens.origin}/1.0${path}`, undefined],
    [`${powens.baseUrl}/../admin`, undefined],
    [`${powens.baseUrl}/%2e%2e/admin`, undefined],
    ['file:///etc/passwd', undefined],
    ['http://', undefined],
    [`${here}${query}`, undefined],
  ]
  for (const [href, leadsTo] of cases) {
    powens.replies.set(first, pageWith({ href }))
    if (leadsTo === undefined) t.match(await refusalOf(powens.provider.fetchPage(ask)), { kind: 'nonsense' }, href)
    else t.equal((await powens.provider.fetchPage(ask)).next, leadsTo, href)
  }
  const away = { ...ask, next: 'https://evil.example/2.0/x' }
  t.match(await refusalOf(powens.provider.fetchPage(away)), { kind: 'nonsense' }, 'what was kept is checked again')
  for (const next of ['?offset=1', { href: true }, { href: '' }, {}, [], 7, true]) {
    powens.replies.set(first, pageWith(next))
    t.match(await refusalOf(powens.provider.fetchPage(ask)), { kind: 'nonsense' }, JSON.stringify(next))
  }
})

test('an answer without a list of rows is no empty page', async (t) => {
  const powens = await scripted(t)
  powens.replies.set(looked, { json: connection })
  for (const json of [{}, { transactions: null }, { transactions: {} }, [], null, 'x']) {
    powens.replies.set(first, { json })
    t.match(
      await refusalOf(powens.provider.fetchPage(ask)),
      { kind: 'nonsense', message: /^Powens, transactions: \$(\.transactions)? should be / },
      JSON.stringify(json),
    )
  }
})

test('what the bank has withdrawn is no longer shown, and what it shows again is', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const granted = await connected(world)
  const of = askFor(granted, clock.now())
  const before = await readAll(provider, of)
  clock.advance({ hours: 1 })
  await simulator.hold([{ ...checking, transactions: checking.transactions.slice(1) }, card])
  t.same(await readAll(provider, of), before.slice(0, 1))
  await simulator.hold([checking, card])
  t.same(await readAll(provider, of), before, 'under the same id')
})

test('the first day on which anything has changed is told, withdrawals too, by the clock in Paris', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const granted = await connected(world)
  const [checkingRef = '', cardRef = ''] = granted.accounts.map(({ ref }) => ref)
  const firstChange = (since: Date, of = checkingRef) =>
    provider.firstChange?.({ nativeId, ref: granted.ref, accountRef: of, currency: 'EUR', since, now: clock.now() })
  const connectedAt = clock.now()
  t.equal(await firstChange(new Date(connectedAt.getTime() - 1)), '2026-11-18')
  clock.advance({ hours: 5 })
  const since = clock.now()
  t.equal(await firstChange(since), null)
  clock.advance({ hours: 4 })
  const [a, b] = checking.transactions
  await simulator.hold([{ ...checking, transactions: [a!] }, card])
  t.equal(await firstChange(since), '2026-11-20', 'withdrawn')
  await simulator.hold([{ ...checking, transactions: [{ ...a!, text: 'corrected' }, b!] }, card])
  t.equal(await firstChange(since), '2026-11-18', 'corrected')
  t.equal(await firstChange(since, cardRef), null, 'of that account alone')
  clock.advance({ hours: 2 })
  t.equal(await firstChange(clock.now()), null)
})

test('what is still to come has changed nothing yet, and changes are read to their last page', async (t) => {
  const powens = await scripted(t)
  const since = new Date('2026-10-25T01:30:00Z')
  const row = { id: 1, id_account: 9, date: '2026-11-02', type: 'transfer', coming: false, active: true, deleted: null }
  const line = `GET ${path}?limit=1000&last_update=2026-10-25+02%3A30%3A00&all=`
  const changed = { ...ask, since }
  powens.replies.set(line, {
    json: { transactions: [{ ...row, coming: true, date: '2026-10-01' }], _links: { next: { href: '?page=2' } } },
  })
  powens.replies.set(`GET ${path}?page=2`, { json: { transactions: [row, { ...row, id: 2, date: '2026-11-01' }] } })
  t.equal(await powens.provider.firstChange?.(changed), '2026-11-01')
  powens.replies.set(`GET ${path}?page=2`, {
    json: { transactions: [{ ...row, coming: true, deleted: '2026-11-01 10:00:00', date: '2026-10-02' }] },
  })
  t.equal(await powens.provider.firstChange?.(changed), '2026-10-02', 'but for what was withdrawn')
  powens.replies.set(`GET ${path}?page=2`, { json: { transactions: [], _links: { next: { href: '?page=2' } } } })
  const endless = powens.provider.firstChange?.(changed)
  t.match(await refusalOf(Promise.resolve(endless)), { kind: 'nonsense', message: /at most 100 pages/ })
})

const told = (minor: bigint, type = 'interim_booked', referenceDate = '2026-11-21') => ({
  balances: [{ type, amount: { minor, currency: 'EUR' }, referenceDate }],
})

test('the balance is told with its decimals and its day, and proves nothing for a card or a loan', async (t) => {
  const powens = await scripted(t)
  const line = 'GET /users/me/accounts/9'
  const balance = (more: object, body?: string) => {
    powens.replies.set(line, body === undefined ? { json: { ...account, ...more } } : { body })
    return powens.provider.fetchBalances(ask)
  }
  t.same(await balance({}), told(1_050n))
  t.same(
    await balance({}, JSON.stringify({ ...account, balance: 'X' }).replace('"X"', '90071992547409.93')),
    told(9_007_199_254_740_993n),
    'beyond what a double holds',
  )
  t.same(await balance({ last_update: '2026-11-20 23:59:59' }), told(1_050n, 'interim_booked', '2026-11-20'))
  t.same(await balance({ type: 'savings' }), told(1_050n))
  t.same(await balance({ type: 'card', balance: -40 }), told(-4_000n, 'other'))
  t.same(await balance({ type: 'loan', balance: -90000 }), told(-9_000_000n, 'other'))
  for (const more of [{ balance: null }, { currency: null }, { currency: { id: 'USD' } }, { last_update: null }])
    t.same(await balance(more), { balances: [] }, JSON.stringify(more))
  t.match(await refusalOf(balance({ balance: 10.555 })), { kind: 'nonsense', message: /\$\.balance\.amount/ })
  t.match(await refusalOf(balance({ currency: { id: 'Euro' } })), { kind: 'nonsense', message: /\$\.currency\.id/ })
})
