import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** A server of the test's own on a free loopback port, closed with the test. Answers its origin. */
export async function serve(
  t: { teardown(undo: () => Promise<unknown>): void },
  listener: RequestListener,
): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}`
}
