import { test } from 'tap'
import { callLimitOf, createHttp, kindOfStatus, parseJson, retryAtOf } from '../../src/providers/http.ts'
import { ProviderError, type ProviderErrorKind } from '../../src/providers/provider.ts'
import { OutboundError, type Outbound, type OutboundAnswer, type OutboundFailure } from '../../src/shared/outbound.ts'

const answer: OutboundAnswer = { status: 200, headers: {}, body: '{}' }
const broken = (reason: OutboundFailure, answered = false) =>
  new OutboundError(reason, 'GET bank.test: it broke', { answered })

/** Answers in turn; counts how often it was asked. */
function outboundOf(...turns: (OutboundAnswer | Error)[]) {
  const asked: number[] = []
  const outbound: Pick<Outbound, 'request'> = {
    request: async () => {
      const turn = turns[asked.length]
      asked.push(performance.now())
      if (turn === undefined) throw new Error('asked too often')
      if (turn instanceof Error) throw turn
      return turn
    },
  }
  return { http: createHttp({ outbound, random: () => 0 }), asked }
}

const get = { method: 'GET', url: 'https://bank.test/v1/accounts/secret-id', what: 'Some Bank, transactions' } as const

test('a GET that nobody heard is asked once more, a moment later', async (t) => {
  const { http, asked } = outboundOf(broken('connection'), answer)
  t.equal(await http(get), answer)
  const [first = 0, second = 0] = asked
  t.ok(second - first >= 95, `after ${second - first} ms`)
})

test('and not a third time', async (t) => {
  const { http, asked } = outboundOf(broken('connection'), broken('connection'), answer)
  await t.rejects(http(get), { name: 'ProviderError', kind: 'temporary' })
  t.equal(asked.length, 2)
})

test('what a bank may have counted or carried out is not asked again', async (t) => {
  const cases = [
    ['a GET whose answer broke off', get, broken('connection', true)],
    ['a GET that timed out', get, broken('timeout')],
    ['a POST', { ...get, method: 'POST' }, broken('connection')],
    ['a DELETE', { ...get, method: 'DELETE' }, broken('connection')],
  ] as const
  for (const [name, ask, error] of cases) {
    const { http, asked } = outboundOf(error, answer)
    t.match(await http(ask).catch((thrown: unknown) => thrown), { kind: 'temporary' }, name)
    t.equal(asked.length, 1, name)
  }
})

test('failures of the client become failures of the provider, told without the URL', async (t) => {
  const kinds: Record<OutboundFailure, ProviderErrorKind> = {
    timeout: 'temporary',
    connection: 'temporary',
    address: 'temporary',
    aborted: 'temporary',
    too_large: 'nonsense',
  }
  for (const reason of ['timeout', 'connection', 'address', 'aborted', 'too_large'] as const) {
    const cause = broken(reason, true)
    const error: unknown = await outboundOf(cause)
      .http(get)
      .catch((thrown: unknown) => thrown)
    t.ok(error instanceof ProviderError)
    t.match(error, { kind: kinds[reason], message: 'Some Bank, transactions: GET bank.test: it broke', cause })
  }
})

test('a mistake of ours stays one', async (t) => {
  await t.rejects(outboundOf(new TypeError('invalid header')).http(get), { name: 'TypeError' })
})

test('what is not JSON is nonsense, and is not quoted', async (t) => {
  t.same(parseJson('{"a":[1]}', 'Some Bank'), { a: [1] })
  for (const body of ['', '<html>Kari Nordmann</html>', '{"name":"Kari Nordmann"', '{"a":1} Kari', '\ufeff?']) {
    try {
      parseJson(body, 'Some Bank')
      t.fail(body)
    } catch (error) {
      t.match(error, { kind: 'nonsense', message: 'Some Bank: the answer is not JSON' })
      t.notMatch(error instanceof Error ? `${error.stack} ${String(error.cause)}` : '', /Kari/)
    }
  }
})

test('a status alone tells a kind', async (t) => {
  const kinds: [number, ProviderErrorKind][] = [
    [301, 'nonsense'],
    [302, 'nonsense'],
    [307, 'nonsense'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [405, 'refused'],
    [408, 'temporary'],
    [425, 'temporary'],
    [429, 'rate_limited'],
    [500, 'temporary'],
    // Not Implemented will not be implemented in an hour.
    [501, 'refused'],
    [502, 'temporary'],
    [503, 'temporary'],
    [504, 'temporary'],
  ]
  for (const [status, kind] of kinds) t.equal(kindOfStatus(status), kind, String(status))
})

test('Retry-After is seconds or a date, from now to a day ahead', async (t) => {
  const now = new Date('2026-11-21T12:00:00Z')
  const cases: [string | undefined, string | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['0', '2026-11-21T12:00:00.000Z'],
    [' 90 ', '2026-11-21T12:01:30.000Z'],
    ['99999999999999999999999999', '2026-11-22T12:00:00.000Z'],
    ['Sat, 21 Nov 2026 13:30:00 GMT', '2026-11-21T13:30:00.000Z'],
    ['Sat, 21 Nov 2026 11:30:00 GMT', '2026-11-21T12:00:00.000Z'],
    ['Mon, 21 Nov 2036 11:30:00 GMT', '2026-11-22T12:00:00.000Z'],
  ]
  for (const [header, expected] of cases) {
    const at = retryAtOf(header === undefined ? {} : { 'retry-after': header }, now)
    t.equal(at?.toISOString(), expected, String(header))
  }
})

test('what a bank says of its own limit is read where it can be', (t) => {
  const now = new Date('2026-11-21T12:00:00Z')
  const cases: readonly [Record<string, string>, string | null][] = [
    [{ 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '3600' }, '3 until 2026-11-21T13:00:00.000Z'],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '60' }, '0 until 2026-11-21T12:01:00.000Z'],
    [{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '1795269600' }, '1 until 2026-11-21T14:00:00.000Z'],
    [{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '999999' }, '1 until 2026-11-22T12:00:00.000Z'],
    [{ 'x-ratelimit-remaining': '3' }, null],
    [{ 'x-ratelimit-reset': '3' }, null],
    [{ 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '60' }, null],
    [{ 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': '60' }, null],
    [{ 'x-ratelimit-remaining': '9999999999', 'x-ratelimit-reset': '60' }, null],
    [{ 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '-5' }, null],
    [{}, null],
  ]
  for (const [headers, expected] of cases) {
    const limit = callLimitOf(headers, now)
    t.equal(
      limit === undefined ? null : `${limit.remaining} until ${limit.resetsAt.toISOString()}`,
      expected,
      JSON.stringify(headers),
    )
  }
  t.end()
})
