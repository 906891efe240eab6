// Powens as somebody else might have built it from its contract: its API, its webview and a bank behind, in this process, on a free port of the loopback.

import { setTimeout as sleep } from 'node:timers/promises'
import { fastify, type FastifyInstance } from 'fastify'
import type { Clock } from '../../../src/shared/clock.ts'
import { open, submit, type Page } from '../../sandbox/browser.ts'
import type { Act, Fault, Simulator } from '../simulator.ts'
import { authRoutes } from './auth-routes.ts'
import { dataRoutes } from './data-routes.ts'
import { toJson } from './exact.ts'
import { Refusal } from './refusal.ts'
import { connectorUuid } from './views.ts'
import { bodyOf, signed, type Event } from './webhooks.ts'
import { passwords, webview } from './webview.ts'
import { createWorld, type PowensAccount, type World } from './world.ts'

export type { PowensAccount } from './world.ts'

type Controls = {
  /** At the bank that the person is a customer of, or at another. */
  readonly hold: (accounts: readonly PowensAccount[], connectorUuid?: string) => Promise<void>
  readonly visit: (redirectUrl: string, act: PowensAct) => Promise<string>
  readonly config: NonNullable<Simulator['providerConfig']['powens']>
  /** Every connection is in that state from now on. */
  readonly setState: (state: string | null, more?: { readonly nextTry?: Date; readonly expire?: Date | null }) => void
  readonly setActive: (active: boolean) => void
  /** Powens reads the bank no more, and does not know why. */
  readonly pause: (paused: boolean) => void
  /** The person ends their connections at Powens. */
  readonly deleteConnections: () => void
  /** The person switches an account off there. */
  readonly disable: (key: string) => void
  readonly userCount: () => number
  readonly connectionCount: () => number
  readonly tokenCount: () => number
  /** Every request line to the API, in order. */
  readonly lines: readonly string[]
  /** Calls somebody about the first connection, signed: the status that they answer with. */
  readonly callWith: (event: Event, url: string) => Promise<number>
}

/** What may be done on Powens' own pages beside. */
type PowensAct = Act | { readonly kind: 'delete' }

export type PowensSimulator = Omit<Simulator, 'hold' | 'visit'> & Controls

const slowMs = 1_500
const client = { id: '91234567', secret: 'sandbox-secret' }
const webhookSecret = 'sandbox-webhook-secret'
const domain = 'acme-sandbox'

export async function startPowensSimulator({ clock }: { readonly clock: Clock }): Promise<PowensSimulator> {
  const world = createWorld(clock)
  const trouble: { fault: Fault | null; dataCalls: number } = { fault: null, dataCalls: 0 }
  const lines: string[] = []
  const app = fastify({ logger: false, forceCloseConnections: true })
  prepare(app, trouble, lines)
  await app.register(
    async (api) => {
      authRoutes(api, world, client)
      dataRoutes(api, world)
    },
    { prefix: '/2.0' },
  )
  webview(app, world, { domain, clientId: client.id })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const config = {
    domain,
    clientId: client.id,
    clientSecret: client.secret,
    baseUrl: `${origin}/2.0`,
    webviewUrl: `${origin}/webview`,
    webhookSecret,
  }

  return {
    providerId: 'powens',
    providerConfig: { powens: config },
    nativeId: connectorUuid,
    config,
    slowMs,
    lines,
    hold: async (accounts, uuid = connectorUuid) => world.hold(uuid, accounts),
    visit: (redirectUrl, act) => visit(world, redirectUrl, act),
    // The bank does not say so: Powens only finds that it has to ask the person again.
    endAtBank: async () => setState(world, 'SCARequired'),
    fault: async (fault) => void (trouble.fault = fault),
    dataCalls: () => trouble.dataCalls,
    close: () => app.close(),
    setState: (state, more) => setState(world, state, more),
    setActive: (active) => {
      for (const connection of world.all()) connection.active = active
    },
    pause: (paused) => world.pause(paused),
    deleteConnections: () => {
      for (const { id } of world.all()) world.endConnection(id)
    },
    disable: (key) => {
      for (const { accounts } of world.all()) {
        const account = accounts.get(key)
        if (account !== undefined) account.disabled = clock.now()
      }
    },
    userCount: () => world.userCount(),
    connectionCount: () => world.all().length,
    tokenCount: () => world.tokenCount(),
    callWith: async (event, url) => {
      const [connection] = world.all()
      const user = connection === undefined ? undefined : world.userOf(connection.userId)
      if (connection === undefined || user === undefined) throw new Error('nobody has connected')
      const by = { secret: webhookSecret, at: clock.now() }
      const call = signed(new URL(url).pathname, bodyOf(event, connection, user), by)
      return (await fetch(url, call)).status
    },
  }
}

function setState(
  world: World,
  state: string | null,
  more: { readonly nextTry?: Date; readonly expire?: Date | null } = {},
): void {
  for (const connection of world.all()) Object.assign(connection, { state, ...more })
}

/** Errors as Powens tells them, numbers as they are, and what a test has asked for to go wrong. */
function prepare(app: FastifyInstance, trouble: { fault: Fault | null; dataCalls: number }, lines: string[]): void {
  let requests = 0
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, body),
  )
  app.setReplySerializer(toJson)
  app.setErrorHandler((error, _, reply) => {
    const refusal =
      error instanceof Refusal ? error : new Refusal(400, 'invalidValue', 'The request could not be understood')
    return reply
      .code(refusal.status)
      .headers(refusal.headers)
      .send(errorOf(refusal.code, refusal.message, (requests += 1)))
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send(errorOf('notFound', 'No such resource', (requests += 1))))
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/2.0')) lines.push(`${request.method} ${request.url.slice(4)}`)
    if (request.method !== 'GET' || !/^\/2\.0\/users\/me\/(accounts|transactions)\b/.test(request.url)) return
    trouble.dataCalls += 1
    switch (trouble.fault) {
      case 'maintenance':
        throw new Refusal(503, 'bug', 'Maintenance')
      case 'quota':
        throw new Refusal(429, 'tooManySync', 'Too many requests', { 'retry-after': '3600' })
      case 'garbage':
        return reply.type('text/html').send('<html><body>Nous revenons bientôt</body></html>')
      case 'slow':
        await sleep(slowMs)
        return
      case null:
    }
  })
}

const errorOf = (code: string, description: string, request: number) => ({
  code,
  description,
  message: null,
  request_id: String(request),
})

async function visit(world: World, redirectUrl: string, act: PowensAct): Promise<string> {
  const first = await open(redirectUrl)
  if (first.status !== 200) throw new Error(`the webview answered ${first.status}: ${first.text}`)
  if (act.kind === 'cancel') return (await submit(first, formFor(first, 'leave'), { button: 'leave' })).url
  if (act.kind === 'delete') return (await submit(first, formFor(first, 'end'), { button: 'delete' })).url
  const next = await pastLogin(first, act)
  const boxes = formFor(next, 'accounts')
  if (boxes === undefined) return next.url
  const only = act.kind === 'approve' ? act.only : undefined
  const keys = new Map(
    world.all().flatMap(({ accounts }) => [...accounts.values()].map(({ id, key }) => [String(id), key])),
  )
  const ids = boxes.fields.map(({ value }) => value)
  const ticked = only === undefined ? ids : ids.filter((id) => only.includes(keys.get(id) ?? ''))
  return (await submit(next, boxes, { ticked })).url
}

/** Who manages a connection need not log in. */
async function pastLogin(first: Page, { kind }: Act): Promise<Page> {
  const login = formFor(first, 'login')
  if (login === undefined && kind === 'approve') return first
  const password = kind === 'reject' ? passwords.withoutRights : passwords.right
  return submit(first, login, { typed: { login: 'claire', password } })
}

const formFor = (page: Page, step: string) => page.forms.find(({ action }) => action.endsWith(`/${step}`))
