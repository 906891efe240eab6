import { test } from 'tap'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, aSimulator, newToken, refTo, started, tokens } from './api.ts'

const refresh = 'POST token/refresh/'
const institutions = 'GET institutions/'
const some = { json: [{ id: 'A', name: 'A Bank', countries: ['NO'], logo: '' }] }
const invalid = {
  status: 401,
  json: { summary: 'Invalid token', detail: 'Token is invalid or expired', status_code: 401 },
}

test('one token serves everybody who asks at once, and for a day', async (t) => {
  const { provider, replies, allAsked, sent, clock } = await anApi(t)
  replies.set(institutions, some)
  await Promise.all([provider.listInstitutions(), provider.listInstitutions(), provider.listInstitutions()])
  t.same(
    allAsked(institutions).map(({ headers }) => headers.authorization),
    Array.from({ length: 3 }, () => 'Bearer token-1'),
  )
  t.same(sent(newToken)[0], { secret_id: 'an-id', secret_key: 'a-key' })
  clock.advance({ hours: 23, minutes: 54 })
  await provider.listInstitutions()
  t.equal(allAsked(newToken).length, 1)
})

test('it is refreshed a while before it ends, for as long as that is possible', async (t) => {
  const { provider, replies, asked, allAsked, sent, clock } = await anApi(t)
  replies.set(institutions, some)
  replies.set(refresh, ({ times }) => ({ json: { access: `fresh-${times + 1}`, access_expires: 86_400 } }))
  await provider.listInstitutions()
  clock.advance({ hours: 23, minutes: 56 })
  await Promise.all([provider.listInstitutions(), provider.listInstitutions()])
  t.same(sent(refresh), [{ refresh: 'refresh-token-1' }])
  t.equal(asked(institutions).headers.authorization, 'Bearer fresh-1')
  for (let days = 2; days <= 28; days += 1) {
    clock.advance({ days: 1 })
    await provider.listInstitutions()
  }
  t.equal(allAsked(refresh).length, 28)
  t.equal(allAsked(newToken).length, 1)
  clock.advance({ days: 2 })
  await provider.listInstitutions()
  t.equal(allAsked(newToken).length, 2, 'after thirty days the secrets are shown again')
})

test('a refresh that is refused leads to a new token, and one that fails is told', async (t) => {
  const { provider, replies, asked, clock } = await anApi(t)
  replies.set(institutions, some)
  replies.set(refresh, invalid)
  await provider.listInstitutions()
  clock.advance({ days: 1 })
  replies.set(newToken, tokens('token-2'))
  await provider.listInstitutions()
  t.equal(asked(institutions).headers.authorization, 'Bearer token-2')
  clock.advance({ days: 1 })
  replies.set(refresh, { status: 503 })
  t.match(await refusalOf(provider.listInstitutions()), {
    kind: 'temporary',
    message: /^GoCardless, refreshed token: /,
  })
})

test('a token that is not taken is replaced, and the call made once more', async (t) => {
  const { provider, replies, allAsked } = await anApi(t)
  replies.set(newToken, ({ times }) => tokens(`token-${times + 1}`))
  replies.set(institutions, ({ headers }) => (headers.authorization === 'Bearer token-2' ? some : invalid))
  t.equal((await provider.listInstitutions()).length, 1)
  t.same(
    allAsked(institutions).map(({ headers }) => headers.authorization),
    ['Bearer token-1', 'Bearer token-2'],
  )
  replies.set(institutions, invalid)
  t.match(await refusalOf(provider.listInstitutions()), {
    kind: 'temporary',
    message: 'GoCardless, institutions: answered 401, the access token was not taken',
  })
  t.equal(allAsked(institutions).length, 4, 'once more, and not for ever')
})

test('calls that fail together share the next token', async (t) => {
  const { provider, replies, allAsked } = await anApi(t)
  replies.set(newToken, ({ times }) => tokens(`token-${times + 1}`))
  replies.set(institutions, some)
  await provider.listInstitutions()
  replies.set(institutions, ({ headers }) => (headers.authorization === 'Bearer token-1' ? invalid : some))
  await Promise.all(Array.from({ length: 5 }, () => provider.listInstitutions()))
  t.ok(allAsked(newToken).length <= 3, `${allAsked(newToken).length} tokens for five calls`)
})

test('secrets that are wrong are refused, with what to do', async (t) => {
  const { provider, replies } = await anApi(t)
  const failed = 'No active account found with the given credentials'
  replies.set(newToken, { status: 401, json: { summary: 'Authentication failed', detail: failed, status_code: 401 } })
  t.match(await refusalOf(provider.listInstitutions()), {
    kind: 'refused',
    message:
      'GoCardless, new token: answered 401, check the secret id and the secret key, which are made in the GoCardless portal',
  })
  replies.set(newToken, tokens('token-1'))
  replies.set(institutions, some)
  t.equal((await provider.listInstitutions()).length, 1, 'and once they are right, all is well')
})

test('a token that is none is nonsense', async (t) => {
  const { provider, replies } = await anApi(t)
  const good = tokens('a').json
  const bad = [
    {},
    [],
    { ...good, access: '' },
    { ...good, access: 'two\nlines' },
    { ...good, access_expires: '86400' },
    { ...good, access_expires: 0 },
    { ...good, refresh: undefined },
    { ...good, refresh_expires: -1 },
  ]
  for (const json of bad) {
    replies.set(newToken, { json })
    const { kind, message } = await refusalOf(provider.revokeConsent({ nativeId: 'A', ref: refTo('r-1') }))
    t.equal(kind, 'nonsense', JSON.stringify(json))
    t.notMatch(message, /two/)
  }
})

test('at the simulator tokens end by the clock, and before their time', async (t) => {
  const simulated = await aSimulator(t)
  await started(simulated)
  simulated.clock.advance({ days: 1 })
  await started(simulated)
  simulated.simulator.endTokens()
  await started(simulated)
  const paths = simulated.simulator.answers.map(({ path, status }) => `${path} ${status}`)
  t.equal(paths.filter((path) => path === '/api/v2/token/new/ 200').length, 2)
  t.equal(paths.filter((path) => path === '/api/v2/token/refresh/ 200').length, 1)
})
