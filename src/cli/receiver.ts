// What a product does with webhooks, in as few lines as it takes: believe nothing that is not signed, keep it, answer.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

type Told = { readonly id: string; readonly type: string }

/** Listens on loopback. What is not signed with the secret is refused, and not among what it got. */
export async function startReceiver(): Promise<{
  readonly url: string
  readonly got: readonly Told[]
  believe(secret: string): void
  close(): void
}> {
  const got: Told[] = []
  let key = Buffer.alloc(0)
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      if (!isSigned(request.headers, body, key)) return response.writeHead(401).end()
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is signed
      const event = JSON.parse(body) as Told
      // It may come twice, always under its id.
      if (!got.some(({ id }) => id === event.id)) got.push(event)
      return response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/bankfeed`,
    got,
    believe: (secret) => void (key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function isSigned(headers: IncomingHttpHeaders, body: string, key: Buffer): boolean {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = createHmac('sha256', key).update(signed).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => Buffer.from(signature.replace(/^v1,/, ''), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}
