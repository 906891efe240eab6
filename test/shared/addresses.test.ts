// Where a stranger's URL may lead: never to what is inside. A canary stands on loopback, and every connection that reaches it counts.

import { once } from 'node:events'
import { createServer } from 'node:net'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { t as file, test } from 'tap'
import { mayReachPublic, parseNetwork, type Resolve } from '../../src/shared/addresses.ts'
import { createLog } from '../../src/shared/log.ts'
import { createReceivers, OutboundError } from '../../src/shared/outbound.ts'
import { serve } from '../support/loopback.ts'

const log = createLog({ level: 'silent' })
let reached = 0
const canary = createServer((socket) => {
  reached += 1
  socket.destroy()
})
canary.listen(0, '::')
await once(canary, 'listening')
file.teardown(() => new Promise((closed) => canary.close(closed)))
const address = canary.address()
const port = address !== null && typeof address === 'object' ? address.port : 0

/** What a name leads to, from one look-up to the next; the last stays. */
function resolver(...answers: readonly (readonly string[])[]): Resolve & { readonly asked: string[] } {
  const asked: string[] = []
  const resolve: Resolve = (name, _, callback) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? []
    asked.push(name)
    callback(
      null,
      answer.map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 })),
    )
  }
  return Object.assign(resolve, { asked })
}

async function reasonOf(url: string, resolve?: Resolve, networks: readonly string[] = []): Promise<string> {
  const receivers = createReceivers({
    log,
    networks: networks.flatMap((network) => parseNetwork(network) ?? []),
    deadlineMs: 3_000,
    ...(resolve && { resolve }),
  })
  try {
    const { status } = await receivers.outbound.request({ method: 'POST', url, body: '{}', readsBody: false })
    return String(status)
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return error.reason
  } finally {
    await receivers.outbound.close()
  }
}

const forms = {
  loopback: '127.0.0.1',
  short: '127.1',
  decimal: '2130706433',
  octal: '0177.0.0.1',
  hexadecimal: '0x7f.0x0.0x0.0x1',
  'hexadecimal in one': '0x7f000001',
  'another of loopback': '127.8.8.8',
  nowhere: '0.0.0.0',
  'with a dot at its end': '127.0.0.1.',
  'full width': '１２７．０．０．１',
  'percent-encoded': '%31%32%37.0.0.1',
  'IPv6 loopback': '[::1]',
  'IPv6 nowhere': '[::]',
  'IPv4 in IPv6': '[::ffff:127.0.0.1]',
  'the same in hexadecimal': '[::ffff:7f00:1]',
  'the old way': '[::127.0.0.1]',
  'IPv6 at length': '[0000:0000:0000:0000:0000:0000:0000:0001]',
  NAT64: '[64:ff9b::7f00:1]',
  '6to4': '[2002:7f00:1::]',
  'a name of this machine': 'localhost',
  'the same with a dot': 'localhost.',
  'a name under it': 'any.localhost',
}

test('no form of an inner address is connected to, by http or https', async (t) => {
  for (const [form, host] of Object.entries(forms))
    for (const scheme of ['http', 'https'])
      t.match(await reasonOf(`${scheme}://${host}:${port}/`), /^(address|connection)$/, `${scheme}: ${form}`)
  t.equal(reached, 0)
})

test('a name that leads inside is refused: at once, after it led outside, or by one of its addresses', async (t) => {
  const url = `https://rebound.example:${port}/`
  t.equal(await reasonOf(url, resolver(['127.0.0.1'])), 'address')
  t.equal(await reasonOf(url, resolver(['::1'])), 'address')
  t.equal(await reasonOf(url, resolver(['::ffff:127.0.0.1'])), 'address')
  t.equal(await reasonOf(url, resolver(['93.184.216.34', '127.0.0.1'])), 'address')
  t.equal(await reasonOf(url, resolver(['127.0.0.1', '93.184.216.34'])), 'address')
  t.equal(await reasonOf(url, resolver([])), 'address', 'that leads nowhere')
  // Whoever looked first, and then let the client look again, would be led from the first answer to the second.
  const rebinding = resolver(['192.0.2.1'], ['127.0.0.1'])
  t.equal(await reasonOf(url, rebinding), 'address')
  t.equal(rebinding.asked.length, 1, 'it is looked up once for each connection')
  t.equal(reached, 0)
})

test('of what the operator has named, plain HTTP too is reached, and nothing beside it', async (t) => {
  const url = await serve(t, (_, response) => response.writeHead(204).end())
  t.equal(await reasonOf(url, undefined, ['127.0.0.1/32']), '204')
  t.equal(await reasonOf(url.replace('127.0.0.1', 'books.example'), resolver(['127.0.0.1']), ['127.0.0.0/8']), '204')
  t.equal(await reasonOf(url.replace('127.0.0.1', '[::ffff:127.0.0.1]'), undefined, ['127.0.0.0/8']), '204')
  t.equal(await reasonOf(url.replace('127.0.0.1', '127.0.0.2'), undefined, ['127.0.0.1/32']), 'address')
  t.equal(await reasonOf(`http://[::1]:${port}/`, undefined, ['127.0.0.0/8']), 'address')
  t.equal(
    await reasonOf('http://books.example/', resolver(['93.184.216.34']), ['127.0.0.0/8']),
    'address',
    'in the open',
  )
  t.equal(reached, 0)
})

test('every kind of address that is not public is refused, and public ones are not', (t) => {
  const mayReach = mayReachPublic([])
  const secure = { isSecure: true }
  const inner =
    '10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 100.127.255.255 169.254.169.254 0.1.2.3 127.255.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.88.99.1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 2001:db8::1 2001::1 ::ffff:10.0.0.1 ::ffff:0:10.0.0.1 64:ff9b:1::1 2001:20::1 3fff::1 5f00::1 4000::1 fd00:ec2::254 nonsense 1.2.3.4.5 1.2.3.4/8'
  for (const one of ['', ...inner.split(' ')]) t.notOk(mayReach(one, secure), one)
  for (const one of [
    '1.1.1.1',
    '93.184.216.34',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '::ffff:1.1.1.1',
  ]) {
    t.ok(mayReach(one, secure), one)
    t.notOk(mayReach(one, { isSecure: false }), `${one} in the open`)
  }
  t.end()
})

test('an IPv4 address is judged the same however IPv6 writes it', (t) => {
  const mayReach = mayReachPublic([])
  const secure = { isSecure: true }
  fc.assert(
    fc.property(fc.ipV4(), (plain) => {
      const mapped = ipaddr.IPv4.parse(plain).toIPv4MappedAddress()
      return (
        mayReach(plain, secure) === mayReach(mapped.toString(), secure) &&
        mayReach(plain, secure) === mayReach(mapped.toNormalizedString(), secure)
      )
    }),
  )
  t.end()
})

test('a network that is none is told', (t) => {
  for (const text of ['', '10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'localhost', '10.0.0.0/x'])
    t.equal(parseNetwork(text), null, text)
  t.ok(parseNetwork('10.0.0.0/8'))
  t.ok(parseNetwork('fd00::/8'))
  t.end()
})
