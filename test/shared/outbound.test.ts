import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type Test } from 'tap'
import { createLog } from '../../src/shared/log.ts'
import { createOutbound, OutboundError, type OutboundFailure } from '../../src/shared/outbound.ts'
import { authority, client, server as serverIdentity } from './fixtures/tls.ts'

type Options = Omit<Parameters<typeof createOutbound>[0], 'log'>

function outbound(t: Test, options: Options = {}) {
  const lines: string[] = []
  const made = createOutbound({
    log: createLog({ level: 'trace', destination: { write: (line) => lines.push(line) } }),
    ...options,
  })
  t.teardown(() => made.close())
  return { ...made, lines }
}

async function listening(t: Test, server: Server, scheme = 'http'): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `${scheme}://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}`
}

const serving = (t: Test, listener: RequestListener) => listening(t, createServer(listener))

async function failure(
  t: Test,
  call: Promise<unknown>,
  reason: OutboundFailure,
  answered: boolean,
): Promise<OutboundError> {
  const error = await call.then(
    () => t.fail('should have failed'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof OutboundError)) throw error
  t.equal(error.reason, reason)
  t.equal(error.answered, answered)
  return error
}

test('an answer is its status, its headers in lower case and its body as text, whatever the status', async (t) => {
  const url = await serving(t, (request, response) => {
    response.writeHead(503, { 'Retry-After': '7', 'X-Twice': ['a', 'b'] })
    response.write(`${request.method} ${request.url} ${String(request.headers['x-asked'])} æøå € `)
    request.pipe(response)
  })
  const answer = await outbound(t).request({
    method: 'POST',
    url: `${url}/p?q=1`,
    headers: { 'x-asked': 'yes' },
    body: '{"ø":1}',
  })
  t.equal(answer.status, 503)
  t.equal(answer.headers['retry-after'], '7')
  t.equal(answer.headers['x-twice'], 'a, b')
  t.equal(answer.body, 'POST /p?q=1 yes æøå € {"ø":1}')
})

test('a redirect is an answer and is not followed', async (t) => {
  const seen: (string | undefined)[] = []
  const url = await serving(t, (request, response) => {
    seen.push(request.url)
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  const answer = await outbound(t).request({ method: 'GET', url: `${url}/here` })
  t.equal(answer.status, 302)
  t.same(seen, ['/here'])
})

test('an answer that is too large is given up while it still comes', async (t) => {
  const { promise: hungUp, resolve } = Promise.withResolvers<void>()
  const url = await serving(t, (_, response) => {
    const flood = setInterval(() => response.write(Buffer.alloc(64 * 1024)), 1)
    response.on('close', () => {
      clearInterval(flood)
      resolve()
    })
  })
  await failure(t, outbound(t).request({ method: 'GET', url, bodyBytesMax: 1024 * 1024 }), 'too_large', true)
  await hungUp
})

test('an answer of exactly the largest size is read', async (t) => {
  const url = await serving(t, (_, response) => response.end('12345'))
  const { request } = outbound(t)
  t.equal((await request({ method: 'GET', url, bodyBytesMax: 5 })).body, '12345')
  await failure(t, request({ method: 'GET', url, bodyBytesMax: 4 }), 'too_large', true)
})

test('silence before the headers ends in a timeout', async (t) => {
  const url = await serving(t, () => {})
  await failure(t, outbound(t, { headersTimeoutMs: 50 }).request({ method: 'GET', url }), 'timeout', false)
})

test('silence within the body ends in a timeout', async (t) => {
  const url = await serving(t, (_, response) => response.write('{'))
  await failure(t, outbound(t, { bodyTimeoutMs: 50 }).request({ method: 'GET', url }), 'timeout', true)
})

test('a body that drips for ever ends at the deadline', async (t) => {
  const url = await serving(t, (_, response) => {
    const drip = setInterval(() => response.write('.'), 10)
    response.on('close', () => clearInterval(drip))
  })
  const started = performance.now()
  await failure(t, outbound(t).request({ method: 'GET', url, deadlineMs: 150 }), 'timeout', true)
  t.ok(performance.now() - started < 2_000)
})

test('nobody there is a failed connection that was not answered', async (t) => {
  const server = createServer()
  const url = await listening(t, server)
  server.close()
  await once(server, 'close')
  await failure(t, outbound(t).request({ method: 'GET', url }), 'connection', false)
})

test('a connection that breaks tells whether an answer had begun', async (t) => {
  const url = await serving(t, (request, response) => {
    if (request.url === '/before') return response.destroy()
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    return setTimeout(() => response.destroy(), 20)
  })
  const { request } = outbound(t)
  await failure(t, request({ method: 'GET', url: `${url}/before` }), 'connection', false)
  await failure(t, request({ method: 'GET', url: `${url}/within` }), 'connection', true)
})

test('the caller can give up', async (t) => {
  const url = await serving(t, () => {})
  const { request } = outbound(t)
  const soon = new AbortController()
  setTimeout(() => soon.abort(), 20)
  await failure(t, request({ method: 'GET', url, signal: soon.signal }), 'aborted', false)
  await failure(t, request({ method: 'GET', url, signal: AbortSignal.abort() }), 'aborted', false)
})

test('an impossible header is a mistake of ours and not the failure of a connection', async (t) => {
  const url = await serving(t, (_, response) => response.end())
  await t.rejects(outbound(t).request({ method: 'GET', url, headers: { 'x-asked': 'line\nbreak' } }), {
    name: 'InvalidArgumentError',
  })
})

test('calls one after another share their connections', async (t) => {
  let connections = 0
  const server = createServer((_, response) => response.end('ok'))
  server.on('connection', () => (connections += 1))
  const url = await listening(t, server)
  const { request } = outbound(t)
  for (let n = 0; n < 20; n += 1) await request({ method: 'GET', url })
  // A second one where a call comes while the socket of the last is still being handed back.
  t.ok(connections <= 2, `${connections} connections`)
})

test('closing waits for the calls under way', async (t) => {
  const url = await serving(t, (_, response) => setTimeout(() => response.end('done'), 50))
  const { request, close } = createOutbound({ log: createLog({ level: 'silent' }) })
  const call = request({ method: 'GET', url })
  await sleep(10)
  await close()
  t.equal((await call).body, 'done')
})

test('a client certificate is shown to who asks for one, and its authority is the only one trusted', async (t) => {
  const server = createTlsServer(
    { ...serverIdentity, ca: authority, requestCert: true, rejectUnauthorized: true },
    (_, response) => response.end('known'),
  )
  const url = await listening(t, server, 'https')
  const { request } = outbound(t)
  t.equal((await request({ method: 'GET', url, tls: { ...client, ca: authority } })).body, 'known')
  await failure(t, request({ method: 'GET', url }), 'connection', false)
})

test('nothing that was said is logged, nor shown in a failure: neither path, query, headers nor bodies', async (t) => {
  const secret = 'canary'
  const url = await serving(t, (request, response) => {
    if (request.url?.includes('broken') === true) return response.destroy()
    return response.writeHead(200, { 'x-secret': secret }).end(secret)
  })
  const { request, lines } = outbound(t)
  const ask = { method: 'POST' as const, headers: { authorization: secret }, body: secret }
  await request({ ...ask, url: `${url}/${secret}?token=${secret}` })
  const error = await failure(
    t,
    request({ ...ask, url: `${url}/broken/${secret}?token=${secret}` }),
    'connection',
    false,
  )
  t.equal(lines.length, 2)
  t.match(lines[0], /"status":200/)
  t.match(lines[1], /"reason":"connection"/)
  t.notMatch(lines.join('') + error.message + String(error.cause), /canary/)
})
