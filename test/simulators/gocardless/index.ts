// GoCardless Bank Account Data v2 as somebody else might have written it: an HTTP server on loopback, with the pages that people see. world.ts says what there
// is, refusal.ts how it says no; each kind of resource has its routes.

import { fastify, type FastifyError, type FastifyInstance } from 'fastify'
import type { Clock } from '../../../src/shared/clock.ts'
import { open, submit } from '../../sandbox/browser.ts'
import type { Act, Simulator } from '../simulator.ts'
import { accountRoutes, type DataDesk } from './account-routes.ts'
import { agreementRoutes } from './agreement-routes.ts'
import { institutionRoutes } from './institution-routes.ts'
import { mainBank } from './institutions.ts'
import { pageRoutes } from './pages.ts'
import { invalidToken, notFound, Refusal, refusal } from './refusal.ts'
import { requisitionRoutes } from './requisition-routes.ts'
import { createTokenOffice, secretId, secretKey, type TokenOffice } from './tokens.ts'
import { newWorld, type Settings, type World } from './world.ts'

/** An answer of the API as it went out. */
export type Answer = { readonly method: string; readonly path: string; readonly status: number; readonly body: unknown }

export type GoCardlessSimulator = Simulator & {
  /** `http://…/api/v2` */
  readonly baseUrl: string
  readonly secrets: { readonly secretId: string; readonly secretKey: string }
  /** What may be turned while it runs. */
  readonly settings: Settings
  /** Every answer of the API, in order. */
  readonly answers: readonly Answer[]
  /** Takes back every token before its time. */
  endTokens(): void
  /** A requisition's status, turned by hand. */
  setStatus(requisitionId: string, status: 'SU' | 'ER' | 'UA'): void
}

export async function startGoCardlessSimulator({ clock }: { readonly clock: Clock }): Promise<GoCardlessSimulator> {
  const world = newWorld(clock)
  const desk: DataDesk = { fault: null, slowMs: 1_500, dataCalls: 0 }
  const office = createTokenOffice(clock)
  const answers: Answer[] = []
  const app = newServer(world, desk, office, answers)
  world.origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const baseUrl = `${world.origin}/api/v2`
  return {
    providerId: 'gocardless',
    providerConfig: { gocardless: { baseUrl, secretId, secretKey } },
    nativeId: mainBank,
    baseUrl,
    secrets: { secretId, secretKey },
    settings: world.settings,
    answers,
    slowMs: desk.slowMs,
    async hold(accounts) {
      world.held.clear()
      for (const account of accounts) world.held.set(account.key, account)
    },
    visit,
    async endAtBank() {
      for (const account of world.accounts.values()) account.isRevoked = true
    },
    async fault(fault) {
      desk.fault = fault
    },
    dataCalls: () => desk.dataCalls,
    endTokens: () => office.endAll(),
    setStatus(requisitionId, status) {
      const requisition = world.requisitions.get(requisitionId)
      if (requisition === undefined) throw new Error('no such requisition')
      requisition.status = status
    },
    close: () => app.close(),
  }
}

/** Requests in a minute, which headers tell and nobody here is held to. */
const generalLimit = 300

function newServer(world: World, desk: DataDesk, office: TokenOffice, answers: Answer[]): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    routerOptions: { querystringParser: (text) => Object.fromEntries(new URLSearchParams(text)) },
  })
  // The vendor's client calls every request JSON, bodies or not.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)))
    } catch {
      done(Object.assign(new Error('JSON parse error'), { statusCode: 400 }))
    }
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )
  app.register(async (scope) => pageRoutes(scope, world))
  app.register(
    async (scope) => {
      guard(scope, office)
      scope.addHook('onSend', async (request, reply, payload) => {
        const [path = ''] = request.url.split('?', 1)
        answers.push({ method: request.method, path, status: reply.statusCode, body: jsonOf(payload) })
        return payload
      })
      office.routes(scope)
      institutionRoutes(scope, world)
      agreementRoutes(scope, world)
      requisitionRoutes(scope, world)
      accountRoutes(scope, world, desk)
    },
    { prefix: '/api/v2' },
  )
  return app
}

function guard(scope: FastifyInstance, office: TokenOffice): void {
  scope.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      HTTP_X_RATELIMIT_LIMIT: String(generalLimit),
      HTTP_X_RATELIMIT_REMAINING: String(generalLimit - 1),
      HTTP_X_RATELIMIT_RESET: '60',
    })
    if (request.url.startsWith('/api/v2/token/')) return
    const { authorization } = request.headers
    if (authorization === undefined) {
      const text = 'Authentication credentials were not provided.'
      throw new Refusal(401, { detail: text, summary: text, status_code: 401 })
    }
    if (!office.isGood(authorization)) throw invalidToken()
  })
  scope.setErrorHandler<FastifyError>((error, _request, reply) => {
    const { status, body } = asRefusal(error)
    return reply.code(status).send(body)
  })
  scope.setNotFoundHandler((request, reply) => {
    const [path = '', query] = request.url.split('?', 2)
    // Paths end in a slash; a browser would be sent there.
    if (request.method === 'GET' && !path.endsWith('/'))
      return reply.redirect(`${path}/${query === undefined ? '' : `?${query}`}`, 301)
    throw notFound()
  })
}

function asRefusal(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error
  const { statusCode = 500, message } = error
  return refusal(statusCode, statusCode >= 500 ? 'Server error' : message, message)
}

function jsonOf(payload: unknown): unknown {
  try {
    return typeof payload === 'string' ? JSON.parse(payload) : undefined
  } catch {
    return payload
  }
}

/** Through GoCardless's page and the bank's, or GoCardless's page of reconfirmation. A link that is used up leads straight back. */
async function visit(redirectUrl: string, act: Act): Promise<string> {
  const back = await sentOnFrom(redirectUrl)
  if (back !== null) return back
  const only = act.kind === 'approve' && act.only !== undefined ? { ticked: act.only } : {}
  const first = await open(redirectUrl)
  if (new URL(redirectUrl).pathname.startsWith('/reconfirm/')) {
    const button = act.kind === 'approve' ? 'reconfirm' : 'reject'
    return (await submit(first, first.forms[0], { button, ...only })).url
  }
  const login = await submit(first, first.forms[0], { button: 'agree' })
  // The bank is down, and sends the person back.
  if (login.forms.length === 0) return (await sentOnFrom(login.url)) ?? login.url
  if (act.kind === 'cancel') return (await submit(login, login.forms[0], { button: 'cancel' })).url
  const password = act.kind === 'approve' ? 'secret' : 'wrong'
  const choice = await submit(login, login.forms[0], { typed: { login: 'customer', password }, button: 'login' })
  if (act.kind === 'reject') return choice.url
  return (await submit(choice, choice.forms[0], { button: 'confirm', ...only })).url
}

async function sentOnFrom(url: string): Promise<string | null> {
  return (await fetch(url, { redirect: 'manual' })).headers.get('location')
}
