// The sandbox bank: an HTTP server of its own, that speaks NextGenPSD2 XS2A 1.3 as a bank that somebody else might have written.
// Each bank is at `/<bank>/v1`, its login at `/<bank>/authorise`, and the levers for tests and demos are at `/control`.
//
// Some banks are reached through a programme: it is at `/<programme>/v1`, and where its agreement is signed at `/<programme>/sign`.
//
// banks.ts and accounts.ts say who is there, ledger/ what moves on the accounts, consents.ts what a person may allow; wire.ts
// spells it. What must outlive a restart is in state.ts.

import { fastify, type FastifyInstance } from 'fastify'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { timeZoneOf } from '../values/day.ts'
import { accountRoutes, spellingsOf } from './account-routes.ts'
import { accountsOf, personsOf } from './accounts.ts'
import { agreementRoutes } from './agreement-routes.ts'
import { authoriseRoutes } from './authorise-routes.ts'
import { banks } from './banks.ts'
import type { Branch, World } from './branch.ts'
import { consentRoutes } from './consent-routes.ts'
import { controlRoutes } from './control.ts'
import { guard } from './guard.ts'
import { createLedger } from './ledger/ledger.ts'
import { logoOf } from './pages.ts'
import { programmes } from './programmes.ts'
import { signRoutes } from './sign-routes.ts'
import { openStore } from './state.ts'
import { createStatements } from './statement.ts'

/** What a bank's documentation tells a TPP. */
export type SandboxBank = {
  readonly id: string
  readonly name: string
  readonly bic: string
  /** ISO 3166 alpha-2. */
  readonly countries: readonly string[]
  /** A data: URI. */
  readonly logo: string
  /** Country and bank code as an IBAN spells them: `NO8601`. */
  readonly bankCodes: readonly string[]
  /** What goes before `/v1`. */
  readonly baseUrl: string
  readonly maxHistoryDays: number
  readonly maxConsentDays: number
  /** With whom the company has to have signed first, and what goes before `/v1` there. */
  readonly agreement?: { readonly id: string; readonly name: string; readonly baseUrl: string }
}

export type Sandbox = {
  /** `http://host:port` */
  readonly url: string
  readonly banks: readonly SandboxBank[]
  /** How often balances or transactions were asked for since the start, whatever came of it. */
  readonly dataCalls: () => number
  readonly close: () => Promise<void>
}

/**
 * Listens once it resolves. `port` 0 takes a free one; `stateFile` null forgets everything at the end; another `seed` makes other
 * people's money move.
 * @throws when the port is taken, or the state file is not one.
 */
export async function startSandbox(options: {
  readonly host: string
  readonly port: number
  readonly stateFile: string | null
  readonly clock: Clock
  readonly log: Log
  readonly seed?: string
}): Promise<Sandbox> {
  const { host, port, stateFile, clock, log, seed = 'sandbox' } = options
  let url = ''
  const world: World = {
    clock,
    seed,
    store: await openStore(stateFile),
    statements: createStatements(createLedger(seed)),
    origin: () => url,
    tally: { dataCalls: 0 },
  }
  const branches = banks.map((bank): Branch => ({
    bank,
    timeZone: timeZoneOf(bank.country),
    accounts: accountsOf(bank),
    persons: personsOf(bank),
    world,
  }))
  const app = newServer(branches, world, log)
  url = await app.listen({ host, port })
  return {
    url,
    banks: branches.map(({ bank }) => documented(bank, url)),
    dataCalls: () => world.tally.dataCalls,
    close: () => app.close(),
  }
}

function newServer(branches: readonly Branch[], world: World, log: Log): FastifyInstance {
  const app = fastify({
    // Nothing is put right in silence: what a bank is sent wrongly, it refuses.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    routerOptions: { querystringParser: (text) => Object.fromEntries(new URLSearchParams(text)) },
    requestTimeout: 30_000,
    forceCloseConnections: true,
  })
  // A body is JSON or absent, whatever the header says of an absent one: DELETE often claims a type for nothing.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)))
    } catch {
      done(Object.assign(new Error('the body is no JSON'), { statusCode: 400 }))
    }
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  app.addHook('onResponse', async (request, reply) => {
    log.debug(
      { method: request.method, route: request.routeOptions.url, status: reply.statusCode },
      'the sandbox answered',
    )
  })
  for (const branch of branches) {
    const { id } = branch.bank
    app.register(
      async (scope) => {
        guard(scope, branch, log)
        consentRoutes(scope, branch)
        for (const spelling of spellingsOf(branch)) accountRoutes(scope, branch, spelling)
      },
      { prefix: `/${id}/v1` },
    )
    app.register(async (scope) => authoriseRoutes(scope, branch), { prefix: `/${id}/authorise` })
  }
  for (const programme of programmes) {
    const { id } = programme
    app.register(
      async (scope) => {
        guard(scope, { bank: programme, world }, log)
        agreementRoutes(scope, programme, world)
      },
      { prefix: `/${id}/v1` },
    )
    app.register(async (scope) => signRoutes(scope, programme, world), { prefix: `/${id}/sign` })
  }
  app.register(async (scope) => controlRoutes(scope, branches, world), { prefix: '/control' })
  return app
}

function documented(bank: Branch['bank'], url: string): SandboxBank {
  const { id, name, bic, country, bankCode, maxHistoryDays, maxConsentDays } = bank
  const programme = programmes.find((candidate) => candidate.id === bank.programme)
  return {
    id,
    name,
    bic,
    countries: [country],
    logo: logoOf(bank),
    bankCodes: [bankCode],
    baseUrl: `${url}/${id}`,
    maxHistoryDays,
    maxConsentDays,
    ...(programme !== undefined && {
      agreement: { id: programme.id, name: programme.name, baseUrl: `${url}/${programme.id}` },
    }),
  }
}
