import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server of which nobody learns when it leads nowhere any more: what is sent is accepted, and nothing comes back. */
export type Wire = {
  /** The server, by this way. */
  readonly url: string
  /** What is open stays open, and is never answered again. What is opened then is. */
  silence(): void
} & AsyncDisposable

export async function wireTo(serverUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Socket>()
  const wire = createServer((client) => {
    const server = connect(Number(port), hostname)
    for (const side of [client, server])
      open.add(side.on('error', () => undefined).once('close', () => open.delete(side)))
    client.pipe(server).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(wire, 'listening')
  const address = wire.address()
  const url = new URL(serverUrl)
  if (address !== null && typeof address === 'object') url.port = String(address.port)
  return {
    url: url.href,
    silence() {
      for (const side of open) side.unpipe().resume()
    },
    async [Symbol.asyncDispose]() {
      for (const side of open) side.destroy()
      await new Promise((closed) => wire.close(closed))
    },
  }
}
