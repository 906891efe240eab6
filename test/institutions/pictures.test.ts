// Banks' pictures: fetched by us and shown from our own address, so that nobody else learns who is about to give which permission.

import { t as file, test, type Test } from 'tap'
import { keepPictures } from '../../src/institutions/keep-pictures.ts'
import { pictureBytesMax, pictureIn } from '../../src/institutions/model.ts'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { parseNetwork } from '../../src/shared/addresses.ts'
import { visit } from '../consents/journey.ts'
import { fakeClock } from '../support/clock.ts'
import { runSql } from '../support/database.ts'
import { serve } from '../support/loopback.ts'
import { startService, type Service } from '../support/service.ts'
import { bank, listing } from './listing.ts'

const bytes = {
  png: Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1'),
  jpeg: Buffer.from('\xff\xd8\xff\xe0 and so on', 'latin1'),
  gif: Buffer.from('GIF89a and so on', 'latin1'),
  webp: Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1'),
}

test('a picture is what begins as one, whatever is said of it; what may hold a program is none', (t) => {
  for (const [kind, picture] of Object.entries(bytes)) t.equal(pictureIn(picture)?.mediaType, `image/${kind}`)
  for (const none of [
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?><svg/>',
    '<!doctype html>',
    '{}',
    'GIF88a',
    'RIFF....WAVE',
    ' \x89PNG\r\n\x1a\n',
    '\x89PNG\n\x1a\n',
  ])
    t.equal(pictureIn(Buffer.from(none, 'latin1')), undefined, none)
  t.ok(pictureIn(Buffer.concat([bytes.png], pictureBytesMax)), 'as large as may be')
  t.equal(pictureIn(Buffer.concat([bytes.png], pictureBytesMax + 1)), undefined, 'a byte more')
  t.end()
})

const loopback = parseNetwork('127.0.0.0/8')
const clock = fakeClock('2026-11-21T09:00:00Z')
const reaching = (networks: 'loopback' | 'public') =>
  startService(file, { clock, receivers: { networks: networks === 'loopback' && loopback !== null ? [loopback] : [] } })
const service = await reaching('loopback')

/** A host of pictures, and what it was asked for since it was last looked at. */
async function host(
  t: Test,
  answers: Readonly<Record<string, { status?: number; type?: string; body?: Buffer; location?: string }>>,
) {
  const asked: string[] = []
  const origin = await serve(t, ({ url = '' }, response) => {
    asked.push(url)
    const { status = 200, type = 'image/png', body, location } = answers[url] ?? { status: 404 }
    response.writeHead(status, { 'content-type': type, ...(location !== undefined && { location }) })
    response.end(body)
  })
  return { origin, asked: () => asked.splice(0).toSorted() }
}

/** The catalogue has these banks, by native id, with their logos at these addresses; a provider would have to say https. */
async function offered({ deps, ownerUrl }: Service, logos: Readonly<Record<string, string>>): Promise<void> {
  const banks = Object.keys(logos).map((id) => bank(id, `Bank ${id}`, { logo: 'https://logos.example/a.png' }))
  await refreshInstitutions({ ...deps, providers: new Map([['powens', listing('powens', () => banks)]]) })
  for (const [id, url] of Object.entries(logos))
    await runSql(ownerUrl, `update institutions set logo = '${url}' where institution_id = 'powens.${id}'`)
}

const picture = (id: string) => service.inject({ method: 'GET', url: `/connect/pictures/powens.${id}` })

test('pictures are fetched once, kept, and shown on the page from our own address; what is none is not', async (t) => {
  const { origin, asked } = await host(t, {
    '/a.png': { body: bytes.png },
    '/b': { body: bytes.webp, type: 'text/html' },
    '/svg': { body: Buffer.from('<svg/>'), type: 'image/svg+xml' },
    '/large': { body: Buffer.concat([bytes.png], pictureBytesMax + 1) },
    '/down': { status: 503, body: bytes.png },
    '/moved': { status: 302, location: '/a.png' },
    '/empty': {},
  })
  const paths = {
    a: '/a.png',
    b: '/b',
    c: '/svg',
    d: '/large',
    e: '/down',
    f: '/moved',
    g: '/empty',
    h: '/none',
    i: '/i',
    j: '/j',
  }
  await offered(service, Object.fromEntries(Object.entries(paths).map(([id, path]) => [id, `${origin}${path}`])))
  await Promise.all([keepPictures(service.deps), keepPictures(service.deps)])
  t.strictSame(asked(), Object.values(paths).toSorted(), 'each once, though two processes asked at once')

  const kept = await picture('a')
  t.match(kept, {
    statusCode: 200,
    headers: {
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=86400',
    },
  })
  t.ok(kept.rawPayload.equals(bytes.png))
  t.equal((await picture('b')).headers['content-type'], 'image/webp', 'by what it is')
  for (const id of ['c', 'd', 'e', 'f', 'g', 'h', 'i', 'unknown', '..%2f..'])
    t.equal((await picture(id)).statusCode, 404, id)
  t.equal((await picture('%00')).statusCode, 400)

  const call = service.client('acme')
  await call('PUT', '/v1/tenant', {
    name: 'Acme',
    redirectUrls: ['https://acme.example/'],
    defaultRedirectUrl: 'https://acme.example/',
  })
  await call('PUT', '/v1/companies/nordlys', { name: 'Nordlys', country: 'NO' })
  const any = await call('POST', '/v1/companies/nordlys/consent-sessions', {})
  await visit(service, any.body.url, { step: 'agree' })
  const { text } = await visit(service, `${any.body.url}?step=bank`)
  t.match(text, /<img class="logo" src="\/connect\/pictures\/powens\.a" alt=""/)
  t.equal(text.match(/<img /g)?.length, 2, 'the others stand there with their initials')
  const named = await call('POST', '/v1/companies/nordlys/consent-sessions', { institutionId: 'powens.b' })
  t.match((await visit(service, named.body.url)).text, /src="\/connect\/pictures\/powens\.b"/)
  t.strictSame(asked(), [], 'showing asks nobody')
})

test('a kept one is looked at again after thirty days, a missing one after three, another address at once', async (t) => {
  const answers: Record<string, { status?: number; body?: Buffer }> = {
    '/kept': { body: bytes.png },
    '/later': { status: 404 },
    '/other': { body: bytes.gif },
  }
  const { origin, asked } = await host(t, answers)
  await offered(service, { kept: `${origin}/kept`, later: `${origin}/later` })
  const rounds = async (days: number) => {
    clock.advance({ days })
    await keepPictures(service.deps)
    return asked()
  }
  t.strictSame(await rounds(0), ['/kept', '/later'])
  t.strictSame(await rounds(3), [])
  answers['/later'] = { body: bytes.jpeg }
  t.strictSame(await rounds(1), ['/later'])
  t.equal((await picture('later')).headers['content-type'], 'image/jpeg')
  answers['/kept'] = { status: 500 }
  t.strictSame(await rounds(27), ['/kept'])
  t.ok((await picture('kept')).rawPayload.equals(bytes.png), 'what cannot be had any more is shown on')
  await offered(service, { kept: `${origin}/other`, later: `${origin}/later` })
  t.strictSame(await rounds(0), ['/other'])
  t.ok((await picture('kept')).rawPayload.equals(bytes.gif))
})

test('no address within our own network is asked, whatever a provider says', async (t) => {
  const guarded = await reaching('public')
  const { origin, asked } = await host(t, { '/a.png': { body: bytes.png } })
  const { port } = new URL(origin)
  await offered(guarded, {
    a: `${origin}/a.png`,
    b: `http://localhost:${port}/a.png`,
    c: `http://[::ffff:127.0.0.1]:${port}/a.png`,
  })
  await keepPictures(guarded.deps)
  t.strictSame(asked(), [])
})
