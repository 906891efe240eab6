// Enable Banking, simulated from its published contract: an application that signs its own tokens, sessions by redirect, pages of the bank for a browser, accounts
// whose ids are another in each session, and the errors that it is known for. One person is a customer of one bank.

import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { fastify, type FastifyError } from 'fastify'
import type { Clock } from '../../../src/shared/clock.ts'
import { open, submit } from '../../sandbox/browser.ts'
import type { Act, Simulator } from '../simulator.ts'
import { accountRoutes, slowMs } from './account-routes.ts'
import { consentRoutes } from './consent-routes.ts'
import { pageRoutes } from './pages.ts'
import { Refusal } from './refusal.ts'
import { authorise } from './token.ts'
import { aspspsAtFirst, end, statusOf, type World } from './world.ts'

export type EnableBankingSimulator = Simulator & {
  readonly baseUrl: string
  /** What is asked of the API, in order: `GET /accounts/…/balances`, with the names of the PSU headers. */
  readonly asked: readonly { readonly line: string; readonly psuHeaders: readonly string[] }[]
  /** Rows on a page. Where there are more pages than one, the second is empty. */
  pageSize(rows: number): void
  /** What banks want to be told of a person who is there. */
  requirePsuHeaders(names: readonly string[]): void
  /** The redirect URLs of the application; null allows any. */
  allowRedirects(urls: readonly string[] | null): void
  /** What a bank's consents may last from now on. */
  consentsLast(nameOfBank: string, days: number): void
  /** How the bank ends every visit from now on, after the login: `{ error: 'server_error' }`. */
  bankSays(words: { readonly error: string; readonly description?: string } | null): void
}

export async function startEnableBankingSimulator({
  clock,
}: {
  readonly clock: Clock
}): Promise<EnableBankingSimulator> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const asked: { line: string; psuHeaders: readonly string[] }[] = []
  const world: World = {
    clock,
    applicationId: randomUUID(),
    publicKey,
    authorizations: new Map(),
    sessions: new Map(),
    calls: new Map(),
    aspsps: aspspsAtFirst,
    accounts: [],
    fault: null,
    dataCalls: 0,
    pageSize: 50,
    requiredPsuHeaders: ['Psu-Ip-Address'],
    redirectUrls: null,
    bankSays: null,
  }

  const app = fastify({ forceCloseConnections: true })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  app.addHook('onRequest', async ({ method, url, headers }) => {
    if (/^\/(ais|bank)\//.test(url)) return
    asked.push({ line: `${method} ${url}`, psuHeaders: Object.keys(headers).filter((name) => name.startsWith('psu-')) })
    authorise(headers.authorization, { ...world, now: clock.now() })
  })
  app.setErrorHandler(async (error: FastifyError | Refusal, _request, reply) => {
    const refusal = error instanceof Refusal ? error : (error.statusCode ?? 500) < 500 ? malformed : undefined
    if (refusal === undefined) throw error
    return reply.code(refusal.status).send(refusal.body)
  })
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ message: 'Not Found' }))
  consentRoutes(app, world, () => baseUrl)
  accountRoutes(app, world)
  pageRoutes(app, world)
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })

  return {
    providerId: 'enable-banking',
    providerConfig: {
      enableBanking: {
        applicationId: world.applicationId,
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        baseUrl,
      },
    },
    nativeId: 'SE-Skogsbanken',
    baseUrl,
    asked,
    slowMs,
    visit,
    dataCalls: () => world.dataCalls,
    async hold(accounts) {
      world.accounts = accounts
    },
    async endAtBank() {
      for (const session of world.sessions.values())
        if (statusOf(world, session) === 'AUTHORIZED') end(world, session, 'REVOKED')
    },
    async fault(fault) {
      world.fault = fault
    },
    pageSize(rows) {
      world.pageSize = rows
    },
    requirePsuHeaders(names) {
      world.requiredPsuHeaders = names
    },
    allowRedirects(urls) {
      world.redirectUrls = urls
    },
    consentsLast(nameOfBank, days) {
      world.aspsps = world.aspsps.map((aspsp) =>
        aspsp.name === nameOfBank ? { ...aspsp, maxConsentSeconds: days * 86_400 } : aspsp,
      )
    },
    bankSays(words) {
      world.bankSays = words
    },
    close: () => app.close(),
  }
}

const malformed = new Refusal('WRONG_REQUEST_PARAMETERS', 'the body is not JSON')

async function visit(redirectUrl: string, act: Act): Promise<string> {
  const start = await open(redirectUrl)
  const login = await submit(start, start.forms[0], { button: 'continue' })
  if (act.kind === 'cancel') return (await submit(login, login.forms[1], { button: 'cancel' })).url
  const password = act.kind === 'reject' ? 'wrong' : 'secret'
  const inside = await submit(login, login.forms[0], { typed: { login: 'person', password } })
  if (act.kind === 'reject' || inside.forms.length === 0) return inside.url
  const ticked = act.only === undefined ? {} : { ticked: act.only }
  return (await submit(inside, inside.forms[0], { button: 'approve', ...ticked })).url
}
