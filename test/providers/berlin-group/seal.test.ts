import { createHash, createVerify, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { test, type Test } from 'tap'
import { berlinGroup } from '../../../src/providers/berlin-group/index.ts'
import { createSeal, type SealIdentity } from '../../../src/providers/berlin-group/seal.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { seal, sealAuthority } from '../../shared/fixtures/seal.ts'
import { authority, client, server as serverIdentity } from '../../shared/fixtures/tls.ts'
import { refusalOf } from '../../support/refusal.ts'
import { nativeId, now, psu, refTo } from './bank.ts'

/** What the bank made of a request: the code that it refused it with, or nothing. */
type Judged = { readonly line: string; readonly refusal: string | undefined }

/** A bank that asks for a client certificate and for a seal, and reads both by the standard's book: it shares no line with the adapter. */
async function sealedBank(t: Test, ours: SealIdentity | null = seal) {
  const judged: Judged[] = []
  const seen: { readonly request: IncomingMessage; readonly body: string }[] = []
  const server = createServer(
    { ...serverIdentity, ca: authority, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      void text(request).then((body) => {
        const refusal = sealRefusal(request, body)
        judged.push({ line: `${request.method} ${request.url}`, refusal })
        seen.push({ request, body })
        response.setHeader('content-type', 'application/json')
        if (refusal !== undefined) {
          response.writeHead(401)
          return response.end(JSON.stringify({ tppMessages: [{ category: 'ERROR', code: refusal, text: 'no' }] }))
        }
        const isNew = request.method === 'POST'
        return response.writeHead(isNew ? 201 : 200).end(JSON.stringify(isNew ? created : consent))
      })
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}`
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await outbound.close()
  })
  let requests = 0
  const tls = { ...client, ca: authority }
  const provider = berlinGroup({
    banks: [
      {
        id: nativeId,
        name: 'Test Bank',
        countries: ['NO'],
        bankCodes: [],
        maxHistoryDays: 90,
        maxConsentDays: 180,
        baseUrl: `${origin}/psd2`,
        tls,
        ...(ours !== null && { seal: ours }),
      },
    ],
    outbound,
    newRequestId: () => `00000000-0000-7000-8000-${String((requests += 1)).padStart(12, '0')}`,
    clock: { now: () => now },
    random: () => 0,
  })
  return { origin, provider, judged, seen, outbound, tls }
}

const created = {
  consentStatus: 'received',
  consentId: 'c-1',
  _links: { scaRedirect: { href: 'https://bank.example/sca' } },
}
const consent = { consentStatus: 'valid', validUntil: '2027-05-20' }

const inOrder = ['digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'date', 'tpp-redirect-uri']

function sealRefusal({ headers }: IncomingMessage, body: string): string | undefined {
  const signature = String(headers['signature'] ?? '')
  if (signature === '') return 'SIGNATURE_MISSING'
  const certificate = new X509Certificate(Buffer.from(String(headers['tpp-signature-certificate']), 'base64'))
  if (!certificate.verify(new X509Certificate(sealAuthority).publicKey)) return 'CERTIFICATE_INVALID'
  const [, keyId = '', algorithm, names = '', base64 = ''] =
    /^keyId="([^"]*)",algorithm="([^"]*)",headers="([^"]*)",signature="([^"]*)"$/.exec(signature) ?? []
  const signed = inOrder.filter((name) => headers[name] !== undefined)
  const isWhole = decodeURIComponent(keyId) === 'SN=9FA1,CA=CN=Test QSEAL CA 1,O=Prøve\\, Tillit AS,C=NO'
  if (!isWhole || algorithm !== 'rsa-sha256' || names !== signed.join(' ')) return 'SIGNATURE_INVALID'
  if (headers['digest'] !== `SHA-256=${createHash('sha256').update(body).digest('base64')}`) return 'SIGNATURE_INVALID'
  const said = signed.map((name) => `${name}: ${String(headers[name])}`).join('\n')
  const isTrue = createVerify('RSA-SHA256').update(said).verify(certificate.publicKey, base64, 'base64')
  return isTrue ? undefined : 'SIGNATURE_INVALID'
}

const ask = {
  nativeId,
  callbackUrl: 'https://feed.example/callback/berlin-group',
  state: 's'.repeat(43),
  validDays: 180,
  psu,
  now,
}

test('every request to the bank is sealed, over TLS that knows us by our certificate', async (t) => {
  const bank = await sealedBank(t)
  await bank.provider.startConsent(ask)
  await bank.provider.consentState({ nativeId, ref: refTo('c-1') })
  await bank.provider.revokeConsent({ nativeId, ref: refTo('c-1') })
  t.strictSame(bank.judged, [
    { line: 'POST /psd2/v1/consents', refusal: undefined },
    { line: 'GET /psd2/v1/consents/c-1', refusal: undefined },
    { line: 'DELETE /psd2/v1/consents/c-1', refusal: undefined },
  ])
  const [post, get] = bank.seen.map(({ request }) => request.headers)
  t.match(post?.['signature'], 'headers="digest x-request-id date tpp-redirect-uri"')
  t.match(get?.['signature'], 'headers="digest x-request-id date"')
  t.equal(get?.['digest'], 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'the digest of nothing')
  t.equal(get?.['date'], 'Sat, 21 Nov 2026 12:00:00 GMT')
  t.match(post?.['signature'], 'keyId="SN=9FA1,CA=CN=Test%20QSEAL%20CA%201,O=Pr%C3%B8ve%5C,%20Tillit%20AS,C=NO"')
})

test('what somebody changed on the way is refused', async (t) => {
  const bank = await sealedBank(t)
  await bank.provider.startConsent(ask)
  const [sent] = bank.seen
  if (sent === undefined) throw new Error('nothing was sent')
  const { connection: _, 'content-length': __, host: ___, 'transfer-encoding': ____, ...rest } = sent.request.headers
  const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
  const again = async (change: { headers?: Record<string, string>; body?: string }) => {
    const answer = await bank.outbound.request({
      method: 'POST',
      url: `${bank.origin}/psd2/v1/consents`,
      headers: { ...headers, ...change.headers },
      body: change.body ?? sent.body,
      tls: bank.tls,
    })
    return `${answer.status} ${bank.judged.at(-1)?.refusal}`
  }
  t.equal(await again({}), '201 undefined', 'as it was, it is good')
  const body = sent.body.replace('"frequencyPerDay":4', '"frequencyPerDay":9')
  t.not(body, sent.body)
  t.equal(await again({ body }), '401 SIGNATURE_INVALID')
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`
  t.equal(await again({ body, headers: { digest } }), '401 SIGNATURE_INVALID', 'nor with a digest that fits')
  t.equal(await again({ headers: { 'tpp-redirect-uri': 'https://evil.example/' } }), '401 SIGNATURE_INVALID')
  t.equal(await again({ headers: { 'x-request-id': '00000000-0000-7000-8000-000000000099' } }), '401 SIGNATURE_INVALID')
  t.equal(await again({ headers: { date: 'Sat, 21 Nov 2026 12:00:01 GMT' } }), '401 SIGNATURE_INVALID')
})

test('a bank that does not know the seal, or misses it, refuses for good', async (t) => {
  const strict = await sealedBank(t, null)
  const missing = await refusalOf(strict.provider.consentState({ nativeId, ref: refTo('c-1') }))
  t.equal(missing.kind, 'refused')
  t.equal(missing.message, 'Test Bank, consent: the bank answered 401 SIGNATURE_MISSING')
  const stranger = await sealedBank(t, client)
  const refused = await refusalOf(stranger.provider.consentState({ nativeId, ref: refTo('c-1') }))
  t.equal(refused.kind, 'refused')
  t.match(refused.message, 'CERTIFICATE_INVALID')
})

test('headers of a corporate person are signed where a request has them', (t) => {
  const sealed = createSeal(seal)({
    headers: { 'psu-corporate-id': 'C', 'psu-id': 'P', 'x-request-id': 'R', accept: 'application/json' },
    body: '{"ø":1}',
    now,
  })
  t.match(sealed['signature'], 'headers="digest x-request-id psu-id psu-corporate-id date"')
  t.equal(sealed['digest'], `SHA-256=${createHash('sha256').update('{"ø":1}').digest('base64')}`, 'of the bytes sent')
  t.notOk('accept' in sealed || 'psu-id' in sealed, 'what the request has itself is not said twice')
  t.throws(() => createSeal({ cert: 'none', key: seal.key }))
  t.end()
})
