import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { test, type Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { createMetrics } from '../../src/shared/metrics.ts'
import { remoteKeys } from '../../src/shared/jwks.ts'
import { createLog } from '../../src/shared/log.ts'
import { createOutbound } from '../../src/shared/outbound.ts'
import { fakeClock } from '../support/clock.ts'
import { serve } from '../support/loopback.ts'
import { signToken, startService } from '../support/service.ts'

const newKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return { kid, privateKey, pem, jwk: { ...publicKey.export({ format: 'jwk' }), kid } }
}

/** An issuer whose document is what the test says it is, and that counts how often it was asked. */
async function issuer(t: Test, keys: readonly (object | null)[]) {
  const state = { keys, status: 200, asked: 0 }
  const origin = await serve(t, (_, response) => {
    state.asked += 1
    response.writeHead(state.status).end(JSON.stringify({ keys: state.keys }))
  })
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(() => outbound.close())
  const clock = fakeClock('2026-11-21T09:00:00Z')
  return { state, clock, find: remoteKeys({ url: `${origin}/jwks`, outbound, clock }) }
}

test('a key is found by its id, and the document is asked for once, whoever asks meanwhile', async (t) => {
  const [one, two] = [newKey('1'), newKey('2')]
  const { state, find } = await issuer(t, [one.jwk, two.jwk])
  t.same(await Promise.all([find('1'), find('2'), find('1')]), [one.pem, two.pem, one.pem])
  t.equal(await find('2'), two.pem)
  t.equal(state.asked, 1)
})

test('the document is read anew after ten minutes: a key that was withdrawn no longer counts', async (t) => {
  const [old, next] = [newKey('old'), newKey('next')]
  const { state, clock, find } = await issuer(t, [old.jwk])
  await find('old')
  state.keys = [next.jwk]
  clock.advance({ minutes: 10 })
  t.equal(await find('old'), old.pem)
  clock.advance({ ms: 1 })
  await t.rejects(find('old'), { message: /does not publish/ })
  t.equal(await find('next'), next.pem)
  t.equal(state.asked, 2)
})

test('a new key is found when it is first used; ids that nobody has ask no more often than every 30 seconds', async (t) => {
  const [old, next] = [newKey('old'), newKey('next')]
  const { state, clock, find } = await issuer(t, [old.jwk])
  await find('old')
  state.keys = [old.jwk, next.jwk]
  for (let second = 0; second < 30; second += 1) {
    clock.advance({ seconds: 1 })
    await t.rejects(find(`stranger ${second}`))
  }
  t.equal(state.asked, 1)
  clock.advance({ ms: 1 })
  t.equal(await find('next'), next.pem)
  t.equal(state.asked, 2)
})

test('only keys that can sign tokens count, and one that cannot be read spoils no other', async (t) => {
  const ours = newKey('ours')
  const { find } = await issuer(t, [
    { kty: 'oct', kid: 'secret', k: randomBytes(32).toString('base64url') },
    { ...newKey('sealing').jwk, use: 'enc' },
    { kty: 'EC', crv: 'P-999', kid: 'unknown', x: 'AA', y: 'AA' },
    { ...newKey('nameless').jwk, kid: undefined },
    null,
    ours.jwk,
  ])
  for (const kid of ['secret', 'sealing', 'unknown', 'nameless', undefined]) await t.rejects(find(kid), String(kid))
  t.equal(await find('ours'), ours.pem)
})

test('while the issuer is away, the keys that are known serve on', async (t) => {
  const key = newKey('1')
  const { state, clock, find } = await issuer(t, [key.jwk])
  await find('1')
  state.status = 500
  clock.advance({ minutes: 11 })
  t.equal(await find('1'), key.pem)
  await t.rejects(find('2'), 'what is not known is asked for no sooner than in 30 seconds')
  t.equal(state.asked, 2)
})

test('tokens are checked with the key that they name; that it cannot be had is no fault of theirs', async (t) => {
  const [trusted, stranger] = [newKey('1'), newKey('2')]
  const { state, clock, find } = await issuer(t, [trusted.jwk])
  const service = await startService(t)
  const deps = { ...service.deps, metrics: createMetrics() }
  const trust = { issuer: 'issuer', audience: 'bankfeed', publicKey: find }
  const app = await buildApp(deps, { ...service.options, trusted: trust })
  t.teardown(() => app.close())
  const iat = service.clock.now().getTime() / 1000
  const claims = { iss: 'issuer', aud: 'bankfeed', tenant: 'acme', scope: 'companies:read', iat, exp: iat + 60 }
  const get = async ({ privateKey }: typeof trusted, header: Record<string, unknown>) => {
    const authorization = `Bearer ${signToken(privateKey, claims, { alg: 'ES256', ...header })}`
    return (await service.inject({ url: '/v1/companies', headers: { authorization } }, app)).statusCode
  }
  state.status = 503
  t.equal(await get(trusted, { kid: '1' }), 503, 'nothing is known yet')
  state.status = 200
  clock.advance({ minutes: 1 })
  t.equal(await get(trusted, { kid: '1' }), 200)
  t.equal(await get(stranger, { kid: '1' }), 401, 'signed with another key')
  t.equal(await get(stranger, { kid: '2' }), 401, 'a key that is not published')
  t.equal(await get(trusted, {}), 401, 'names none')
  t.equal(await get(trusted, { kid: 1 }), 401, 'names none as text')
  state.keys = [trusted.jwk, stranger.jwk]
  clock.advance({ minutes: 1 })
  t.equal(await get(stranger, { kid: '2' }), 200, 'once it is published')
})
