import { generateKeyPairSync, verify } from 'node:crypto'
import { test } from 'tap'
import { createTokens } from '../../../src/providers/enable-banking/token.ts'
import { fakeClock } from '../../support/clock.ts'
import { applicationId, keys, now, privateKey } from './api.ts'

const seconds = now.getTime() / 1000

const json = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))

function partsOf(token: string) {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const isGenuine = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    keys.publicKey,
    Buffer.from(signature, 'base64url'),
  )
  return { header: json(header), claims: json(claims), isGenuine }
}

test('a token says who we are, for an hour, and is signed', async (t) => {
  const token = createTokens({ clock: fakeClock(now) }, { applicationId, privateKey })
  t.same(partsOf(token()), {
    header: { typ: 'JWT', alg: 'RS256', kid: applicationId },
    claims: { iss: 'enablebanking.com', aud: 'api.enablebanking.com', iat: seconds - 300, exp: seconds + 3600 },
    isGenuine: true,
  })
})

test('it is used again until shortly before it ends, and not by a clock that was put back', async (t) => {
  const clock = fakeClock(now)
  const token = createTokens({ clock }, { applicationId, privateKey })
  const first = token()
  clock.advance({ minutes: 49, seconds: 59 })
  t.equal(token(), first)
  clock.advance({ seconds: 1 })
  const second = token()
  t.not(second, first)
  clock.set(now)
  t.not(token(), second)
})

test('a key that is none is found out at once, and not told', async (t) => {
  const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  for (const key of ['', 'secret', privateKey.slice(0, 200), other]) {
    t.throws(() => createTokens({ clock: fakeClock(now) }, { applicationId, privateKey: key }), {
      message: 'the private key of the Enable Banking application is not an RSA key in PEM',
      cause: undefined,
    })
  }
})
