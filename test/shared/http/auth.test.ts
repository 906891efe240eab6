import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { t as file, test, type Test } from 'tap'
import { buildApp } from '../../../src/app.ts'
import type { TrustedIssuer } from '../../../src/shared/http/auth.ts'
import { createMetrics } from '../../../src/shared/metrics.ts'
import { scopes } from '../../../src/shared/http/operation.ts'
import { operationsOf, urlOf } from '../../contract/operations.ts'
import { serve } from '../../support/loopback.ts'
import { startService, type Service } from '../../support/service.ts'

const issuer = 'https://login.example'
const audience = 'bankfeed'
const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()

const base64url = (text: string | Buffer): string => Buffer.from(text).toString('base64url')
type Signer = (input: Buffer) => Buffer
const es256 =
  (key: KeyObject): Signer =>
  (input) =>
    sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' })
const hmac =
  (hash: string, secret: string | Buffer): Signer =>
  (input) =>
    createHmac(hash, secret).update(input).digest()

/** A compact JWS of any two texts, so that what is no JSON can be signed too. */
function jws(header: string, payload: string, signer: Signer): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${base64url(signer(Buffer.from(input)))}`
}

const now = new Date('2026-11-21T09:00:00Z')
const nowS = now.getTime() / 1000
const good = {
  iss: issuer,
  aud: audience,
  sub: 'user-1',
  tenant: 'acme',
  scope: scopes.join(' '),
  iat: nowS,
  exp: nowS + 3_600,
}
/** Ours but for these claims; one that is undefined is left out. */
const claiming = (claims: Record<string, unknown>): string =>
  jws('{"alg":"ES256","typ":"JWT"}', JSON.stringify({ ...good, ...claims }), es256(ours.privateKey))
/** Our claims under another header. */
const headed = (header: Record<string, unknown>, signer: Signer = es256(ours.privateKey)): string =>
  jws(JSON.stringify(header), JSON.stringify(good), signer)
const token = claiming({})
const [header64 = '', payload64 = '', signature64 = ''] = token.split('.')
const der: Signer = (input) => sign('sha256', input, ours.privateKey)
const nothing: Signer = () => Buffer.alloc(0)

function hostileTokens(attackersUrl: string): Readonly<Record<string, string>> {
  return {
    'alg none without a signature': headed({ alg: 'none' }, nothing),
    'alg None': headed({ alg: 'None' }, nothing),
    'alg none with a signature of ours': `${base64url('{"alg":"none"}')}.${payload64}.${signature64}`,
    'HS256 with our public key as the secret': headed({ alg: 'HS256' }, hmac('sha256', pem(ours.publicKey))),
    'HS256 with our public key, trimmed': headed({ alg: 'HS256' }, hmac('sha256', pem(ours.publicKey).trim())),
    'HS256 with our public key in DER': headed(
      { alg: 'HS256' },
      hmac('sha256', ours.publicKey.export({ type: 'spki', format: 'der' })),
    ),
    'HS256 with an empty secret': headed({ alg: 'HS256' }, hmac('sha256', '')),
    HS384: headed({ alg: 'HS384' }, hmac('sha384', pem(ours.publicKey))),
    HS512: headed({ alg: 'HS512' }, hmac('sha512', pem(ours.publicKey))),
    'an HMAC called ES256': headed({ alg: 'ES256' }, hmac('sha256', pem(ours.publicKey))),
    'somebody else’s key': headed({ alg: 'ES256' }, es256(theirs.privateKey)),
    ES384: headed({ alg: 'ES384' }, (input) =>
      sign('sha384', input, { key: p384.privateKey, dsaEncoding: 'ieee-p1363' }),
    ),
    'RS256 where the key is a curve': headed({ alg: 'RS256' }, (input) => sign('sha256', input, rsa.privateKey)),
    'ES256 with the alg RS256': headed({ alg: 'RS256' }),
    'no alg': headed({ typ: 'JWT' }),
    'alg that is no text': headed({ alg: 256 }),
    'alg in a list': headed({ alg: ['ES256'] }),
    'alg in lower case': headed({ alg: 'es256' }),
    'a signature in DER': headed({ alg: 'ES256' }, der),
    'a signature of zeros': headed({ alg: 'ES256' }, () => Buffer.alloc(64)),
    'no signature': `${header64}.${payload64}.`,
    'a cut signature': token.slice(0, -4),
    'a signature with one bit changed': token.slice(0, -2) + (token.endsWith('A') ? 'BA' : 'AA'),
    'a signature with padding': `${token}==`,
    'the signature of other claims': `${header64}.${base64url(JSON.stringify({ ...good, tenant: 'rival' }))}.${signature64}`,
    'two parts': `${header64}.${payload64}`,
    'four parts': `${token}.${signature64}`,
    'five parts': `${token}.${payload64}.${signature64}`,
    'one part': header64,
    dots: '..',
    'not base64url': `${token.slice(0, 10)}!${token.slice(11)}`,
    'a header that is no JSON': jws('{"alg":', JSON.stringify(good), es256(ours.privateKey)),
    'a header that is a list': jws('["ES256"]', JSON.stringify(good), es256(ours.privateKey)),
    'claims that are no JSON': jws('{"alg":"ES256"}', 'tenant=acme', es256(ours.privateKey)),
    'claims that are a list': jws('{"alg":"ES256"}', JSON.stringify([good]), es256(ours.privateKey)),
    'claims that are null': jws('{"alg":"ES256"}', 'null', es256(ours.privateKey)),
    'claims within a claim': jws(
      '{"alg":"ES256"}',
      JSON.stringify({ ...good, tenant: 7, payload: good }),
      es256(ours.privateKey),
    ),
    'kid that is a path, its file the secret': headed(
      { alg: 'HS256', kid: '../../../../dev/null' },
      hmac('sha256', ''),
    ),
    'kid that is SQL': headed({ alg: 'HS256', kid: "x' union select 'secret' --" }, hmac('sha256', 'secret')),
    'jku to the attacker’s keys': headed({ alg: 'ES256', kid: '1', jku: attackersUrl }, es256(theirs.privateKey)),
    'x5u to the attacker’s certificate': headed({ alg: 'ES256', x5u: attackersUrl }, es256(theirs.privateKey)),
    'jwk of the attacker': headed(
      { alg: 'ES256', jwk: theirs.publicKey.export({ format: 'jwk' }) },
      es256(theirs.privateKey),
    ),
    'an extension that must be understood': headed({ alg: 'ES256', crit: ['exp'], exp: 0 }),
    'an unencoded payload': headed({ alg: 'ES256', crit: ['b64'], b64: false }),
    'typ of a proof of possession': headed({ alg: 'ES256', typ: 'dpop+jwt' }),
    'typ of a logout token': headed({ alg: 'ES256', typ: 'logout+jwt' }),
    'typ that is no text': headed({ alg: 'ES256', typ: { JWT: true } }),
    'no iss': claiming({ iss: undefined }),
    'no aud': claiming({ aud: undefined }),
    'no exp': claiming({ exp: undefined }),
    'no iat': claiming({ iat: undefined }),
    'no tenant': claiming({ tenant: undefined }),
    'another iss': claiming({ iss: 'https://evil.example' }),
    'an iss that begins as ours': claiming({ iss: `${issuer}.evil.example` }),
    'iss in a list': claiming({ iss: [issuer, 'https://evil.example'] }),
    'another aud': claiming({ aud: 'bankfeed-admin' }),
    'aud in a list without ours': claiming({ aud: ['a', 'b'] }),
    'an empty list as aud': claiming({ aud: [] }),
    'aud that is an object': claiming({ aud: { [audience]: true } }),
    'just expired': claiming({ iat: nowS - 60, exp: nowS }),
    'long expired': claiming({ iat: nowS - 7_200, exp: nowS - 3_600 }),
    'exp as text': claiming({ exp: String(nowS + 60) }),
    'exp null': claiming({ exp: null }),
    'exp in the year 3e292': claiming({ exp: 1e300 }),
    'lives a second longer than a day': claiming({ exp: nowS + 86_401 }),
    'lives longer than a day, and half of it is over': claiming({ iat: nowS - 86_400, exp: nowS + 3_600 }),
    'iat in milliseconds': claiming({ iat: now.getTime() }),
    'iat in the future': claiming({ iat: nowS + 11 }),
    'iat as text': claiming({ iat: String(nowS) }),
    'nbf in the future': claiming({ nbf: nowS + 11 }),
    'nbf as text': claiming({ nbf: 'now' }),
    'tenant that is a number': claiming({ tenant: 7 }),
    'tenant in a list': claiming({ tenant: ['acme'] }),
    'tenant null': claiming({ tenant: null }),
    'tenant empty': claiming({ tenant: '' }),
    'tenant of 65 characters': claiming({ tenant: 'a'.repeat(65) }),
    'tenant with a blank': claiming({ tenant: 'ac me' }),
    'tenant with a line break': claiming({ tenant: 'acme\n' }),
    'tenant with NUL': claiming({ tenant: 'acme\0' }),
    'tenant with SQL': claiming({ tenant: "acme', true); drop table tenants; --" }),
    'tenant with a path': claiming({ tenant: '../rival' }),
    'tenant of another alphabet': claiming({ tenant: 'аcme' }),
    'scope in a list': claiming({ scope: ['tenant:admin'] }),
    'scope that is an object': claiming({ scope: { 'tenant:admin': true } }),
    'sub that is a number': claiming({ sub: 1 }),
    'sub with NUL': claiming({ sub: 'user\0' }),
    'sub without end': claiming({ sub: 'u'.repeat(201) }),
    huge: claiming({ filling: 'x'.repeat(10_000) }),
    null: 'null',
  }
}

const hostileHeaders: Readonly<Record<string, string | undefined>> = {
  'no header': undefined,
  'an empty header': '',
  'Bearer alone': 'Bearer',
  'an empty bearer': 'Bearer ',
  'two spaces': `Bearer  ${token}`,
  'a tab': `Bearer\t${token}`,
  'two tokens': `Bearer ${token} ${token}`,
  'a list of tokens': `Bearer ${token}, Bearer ${token}`,
  Basic: `Basic ${base64url('acme:secret')}`,
  'Basic with a token': `Basic ${token}`,
  'another scheme': `Token ${token}`,
  'no scheme': token,
}

/** A server that an attacker would like to be asked for keys, and how often it was. */
async function attackersServer(t: Test): Promise<{ url: string; asked: () => number }> {
  let asked = 0
  const origin = await serve(t, (_, response) => {
    asked += 1
    response.end(JSON.stringify({ keys: [{ ...theirs.publicKey.export({ format: 'jwk' }), kid: '1' }] }))
  })
  return { url: `${origin}/keys`, asked: () => asked }
}

const service = await startService(file, { now: now.toISOString() })
const operations = operationsOf(service.app.swagger())

async function appTrusting(publicKey: TrustedIssuer['publicKey'], t: Pick<Test, 'teardown'>): Promise<Service['app']> {
  const deps = { ...service.deps, metrics: createMetrics() }
  const app = await buildApp(deps, { ...service.options, trusted: { issuer, audience, publicKey } })
  await app.ready()
  t.teardown(() => app.close())
  return app
}

const app = await appTrusting(pem(ours.publicKey), file)
const get = (authorization: string | undefined, to = app) =>
  service.inject({ url: '/v1/companies', headers: authorization === undefined ? {} : { authorization } }, to)

test('one of ours opens the door, however its scheme is spelled', async (t) => {
  t.equal((await get(`Bearer ${token}`)).statusCode, 200)
  t.equal((await get(`bearer ${token}`)).statusCode, 200)
  t.equal((await get(`Bearer ${headed({ alg: 'ES256' })}`)).statusCode, 200, 'without a typ')
  t.equal((await get(`Bearer ${headed({ alg: 'ES256', typ: 'at+jwt' })}`)).statusCode, 200, 'RFC 9068')
  t.equal((await get(`Bearer ${claiming({ aud: ['other', audience] })}`)).statusCode, 200, 'for several audiences')
  t.equal((await get(`Bearer ${claiming({ sub: undefined })}`)).statusCode, 200, 'of nobody in particular')
  t.equal((await get(`Bearer ${claiming({ iat: nowS + 9, nbf: nowS + 9 })}`)).statusCode, 200, 'of a clock 9 s ahead')
  t.equal((await get(`Bearer ${claiming({ exp: nowS + 86_400 })}`)).statusCode, 200, 'for just a day')
})

test('everything else is refused alike: 401, without saying why', async (t) => {
  const attacker = await attackersServer(t)
  const headers = {
    ...hostileHeaders,
    ...Object.fromEntries(Object.entries(hostileTokens(attacker.url)).map(([name, text]) => [name, `Bearer ${text}`])),
  }
  t.ok(Object.keys(headers).length >= 40)
  for (const [name, authorization] of Object.entries(headers)) {
    const answer = await get(authorization)
    const { statusCode, headers: answered } = answer
    const { requestId, ...problem } = answer.json<Record<string, unknown>>()
    t.same(
      { statusCode, type: answered['content-type'], challenge: answered['www-authenticate'], problem },
      {
        statusCode: 401,
        type: 'application/problem+json',
        challenge: 'Bearer',
        problem: {
          type: '/docs#problem-unauthenticated',
          title: 'Not authenticated',
          status: 401,
          code: 'unauthenticated',
          detail: 'A valid bearer token is needed.',
        },
      },
      name,
    )
    t.type(requestId, 'string')
  }
  t.equal(attacker.asked(), 0, 'and nobody was asked for keys')
})

test('a token that was good is refused once it has expired, though it was seen before', async (t) => {
  const short = `Bearer ${claiming({ exp: nowS + 60 })}`
  t.equal((await get(short)).statusCode, 200)
  service.clock.advance({ seconds: 60 })
  t.equal((await get(short)).statusCode, 401)
  service.clock.set(now)
})

test('EdDSA and RS256 keys are trusted as well, each for its own algorithm', async (t) => {
  const ed25519 = generateKeyPairSync('ed25519')
  const edApp = await appTrusting(pem(ed25519.publicKey), t)
  const rsaApp = await appTrusting(pem(rsa.publicKey), t)
  const signedByEd = headed({ alg: 'EdDSA' }, (input) => sign(null, input, ed25519.privateKey))
  const signedByRsa = headed({ alg: 'RS256' }, (input) => sign('sha256', input, rsa.privateKey))
  const confused = headed({ alg: 'HS256' }, hmac('sha256', pem(rsa.publicKey)))
  const weak = headed({ alg: 'RS512' }, (input) => sign('sha512', input, rsa.privateKey))
  const cases = [
    [edApp, signedByEd, 200],
    [edApp, signedByRsa, 401],
    [edApp, token, 401],
    [rsaApp, signedByRsa, 200],
    [rsaApp, signedByEd, 401],
    [rsaApp, confused, 401],
    [rsaApp, weak, 401],
    [app, signedByEd, 401],
  ] as const
  for (const [to, text, status] of cases) t.equal((await get(`Bearer ${text}`, to)).statusCode, status)
})

test('every operation names one scope, and refuses a token that has all others', async (t) => {
  t.ok(operations.length > 0)
  for (const operation of operations) {
    t.ok((scopes as readonly string[]).includes(operation.scope), `${operation.id} names a scope`)
    const enough = [operation.scope, operation.scope.replace(/:read$/, ':write')]
    const others = scopes.filter((scope) => !enough.includes(scope)).join(' ')
    const answer = await service.client('acme', { scope: others })(operation.method, urlOf(operation))
    t.match(answer, { status: 403, body: { code: 'insufficient_scope' } }, operation.id)
  }
})

test('its scope alone is enough, and :write includes :read', async (t) => {
  for (const operation of operations)
    for (const scope of [operation.scope, operation.scope.replace(/:read$/, ':write')]) {
      const { status } = await service.client('acme', { scope })(operation.method, urlOf(operation))
      t.notOk([401, 403].includes(status), `${operation.id} with ${scope}: ${status}`)
    }
})

test('a token without a scope, or with unknown ones, may do nothing', async (t) => {
  for (const scope of ['', 'companies', 'companies:*', 'COMPANIES:READ', 'companies:read,companies:write'])
    t.equal((await service.client('acme', { scope })('GET', '/v1/companies')).status, 403, scope)
})
