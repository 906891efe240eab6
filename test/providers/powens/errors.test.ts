// Powens that is slow, broken or hostile, and every code that it has for it.

import type { ServerResponse } from 'node:http'
import { test } from 'tap'
import type { ProviderErrorKind } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import type { Asked, Reply } from '../../support/scripted.ts'
import {
  attemptRef,
  callbackUrl,
  connection,
  grantedRef,
  nativeId,
  now,
  psu,
  scripted,
  simulated,
  connected,
  type FakePowens,
} from './bank.ts'

const accountRef = JSON.stringify({ id: '9', isCard: false })
const of = { nativeId, ref: grantedRef, accountRef, currency: 'EUR', now }
const balances = 'GET /users/me/accounts/9'

test('every code is of a kind, and of a code that is not known the status tells', async (t) => {
  const powens = await scripted(t)
  const cases: [status: number, code: string, ProviderErrorKind][] = [
    [400, 'noAccount', 'refused'],
    [409, 'noAccount', 'refused'],
    [400, 'wrongpass', 'needs_person'],
    [400, 'wrongPass', 'needs_person'],
    [503, 'websiteUnavailable', 'temporary'],
    [400, 'websiteUnavailable', 'temporary'],
    [429, 'tooManySync', 'rate_limited'],
    [400, 'tooManySync', 'rate_limited'],
    [409, 'connectionLocked', 'temporary'],
    [400, 'bankMessage', 'needs_person'],
    [400, 'actionNeeded', 'needs_person'],
    [500, 'bug', 'temporary'],
    [400, 'notSupported', 'refused'],
    [400, 'config', 'refused'],
    [500, 'keymanager', 'temporary'],
    [400, 'dataError', 'temporary'],
    [403, 'forbidden', 'refused'],
    [400, 'invalidValue', 'refused'],
    [400, 'missingParameter', 'refused'],
    [405, 'methodNotAllowed', 'refused'],
    [401, 'unauthorized', 'consent_gone'],
    [401, 'forbidden', 'consent_gone'],
    [429, 'bug', 'rate_limited'],
    [503, 'forbidden', 'temporary'],
    [400, 'a new one', 'refused'],
    [500, 'a new one', 'temporary'],
    [502, 'constructor', 'temporary'],
    [404, 'notFound', 'refused'],
  ]
  for (const [status, code, kind] of cases) {
    const description = 'Kari Nordmann may not'
    powens.replies.set(balances, { status, json: { code, description, message: description, request_id: '1' } })
    const error = await refusalOf(powens.provider.fetchBalances(of))
    t.equal(error.kind, kind, `${status} ${code}`)
    t.match(error.message, new RegExp(`^Powens, balances: answered ${status}( \\w+)?$`))
    t.notMatch(`${error.stack} ${String(error.cause)}`, /Kari|user-token/)
  }
})

test('when to ask again is told where Powens says so', async (t) => {
  const powens = await scripted(t)
  powens.replies.set(balances, { status: 429, headers: { 'retry-after': '3600' } })
  t.match(await refusalOf(powens.provider.fetchBalances(of)), { retryAt: '2026-11-21T13:00:00Z' })
})

type Call = readonly [name: string, line: string, by: (powens: FakePowens) => Promise<unknown>]
const looked = 'GET /users/me/connections/8?expand=all_accounts'
const page = `GET /users/me/accounts/9/transactions?limit=1000&filter=date&min_date=2026-10-31&max_date=2026-11-22`
const calls: readonly Call[] = [
  [
    'starting a consent',
    'POST /auth/init',
    ({ provider }) => provider.startConsent({ nativeId, callbackUrl, state: 's', validDays: 90, psu, now }),
  ],
  [
    'what became of an attempt',
    'GET /users/me/connections?expand=all_accounts',
    ({ provider }) => provider.completeConsent({ nativeId, ref: attemptRef, query: {}, now }),
  ],
  ['a consent', looked, ({ provider }) => provider.consentState({ nativeId, ref: grantedRef })],
  ['balances', balances, ({ provider }) => provider.fetchBalances(of)],
  [
    'transactions',
    page,
    ({ provider }) => provider.fetchPage({ ...of, from: '2026-11-01', to: '2026-11-21', isFirst: false }),
  ],
  ['connectors', 'GET /connectors?expand=countries', ({ provider }) => provider.listInstitutions()],
]

const html = { headers: { 'content-type': 'text/html' }, body: '<html>Kari Nordmann, nous sommes fermés</html>' }
const faults: readonly (readonly [string, Reply, ProviderErrorKind])[] = [
  ['a maintenance page with 200', html, 'nonsense'],
  ['a maintenance page with 503', { ...html, status: 503 }, 'temporary'],
  ['nothing', { body: '' }, 'nonsense'],
  ['half a JSON text', { body: '{"id":' }, 'nonsense'],
  ['null', { json: null }, 'nonsense'],
  ['a list', { json: [] }, 'nonsense'],
  ['an empty object', { json: {} }, 'nonsense'],
  ['an error body with 200', { json: { code: 'bug', description: 'x' } }, 'nonsense'],
  ['a redirect', { status: 302, headers: { location: '/2.0/elsewhere' } }, 'nonsense'],
  ['an overloaded gateway', { status: 504 }, 'temporary'],
  ['too many requests', { status: 429 }, 'rate_limited'],
  ['a connection that breaks', (_: Asked, response: ServerResponse) => void response.destroy(), 'temporary'],
]

for (const [name, line, by] of calls)
  test(`${name}: every fault is of a kind, without what was said`, async (t) => {
    const powens = await scripted(t)
    for (const [fault, reply, kind] of faults) {
      powens.replies.set(looked, { json: { ...connection } })
      powens.replies.set(line, reply)
      const error = await refusalOf(by(powens))
      t.equal(error.kind, kind, fault)
      t.match(error.message, /^Powens, [a-z ]+: /)
      t.notMatch(`${error.stack} ${String(error.cause)}`, /Kari|user-token|hush/, fault)
    }
    t.notOk(powens.lines.includes('GET /elsewhere'))
  })

test('what the simulated Powens meets us with is of the same kinds', async (t) => {
  const world = await simulated(t)
  const granted = await connected(world)
  const account = { ...of, ref: granted.ref, accountRef: granted.accounts[0]?.ref ?? '', now: world.clock.now() }
  const both = [
    () => world.provider.fetchPage({ ...account, from: '2026-11-01', to: '2026-11-21', isFirst: false }),
    () => world.provider.fetchBalances(account),
  ]
  const kinds = { maintenance: 'temporary', garbage: 'nonsense', quota: 'rate_limited' } as const
  for (const fault of ['maintenance', 'garbage', 'quota'] as const) {
    await world.simulator.fault(fault)
    for (const call of both) t.equal((await refusalOf(call())).kind, kinds[fault], fault)
  }
  await world.simulator.fault('slow')
  const startedAt = performance.now()
  for (const call of both) await call()
  t.ok(performance.now() - startedAt > 2 * world.simulator.slowMs - 50)
  await world.simulator.fault(null)
  await world.simulator.endAtBank()
  t.match(await refusalOf(both[0]!()), { kind: 'needs_person' })
})
