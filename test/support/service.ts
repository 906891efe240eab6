// The service as the tests see it: the real wiring and the real routes over a database of the test file's own, with the test's clock.

import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { buildApp, type AppOptions } from '../../src/app.ts'
import { createCipher } from '../../src/shared/crypto.ts'
import { createPool } from '../../src/shared/db.ts'
import { createMetrics } from '../../src/shared/metrics.ts'
import { scopes } from '../../src/shared/http/operation.ts'
import { createIds } from '../../src/shared/ids.ts'
import { createLog } from '../../src/shared/log.ts'
import { createProposer } from '../../src/matching/proposer.ts'
import { createOutbound, createReceivers } from '../../src/shared/outbound.ts'
import type { ProviderConfig } from '../../src/providers/registry.ts'
import { wire, type Deps } from '../../src/wiring.ts'
import { fakeClock, type FakeClock } from './clock.ts'
import { bodyIn, contractChecker } from './contract.ts'
import { freshDatabase } from './database.ts'

export type Answer = {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- every answer has been checked against the contract, which is what tests read it by
  readonly body: any
  readonly headers: Record<string, unknown>
}

export type Service = {
  readonly clock: FakeClock
  readonly deps: Deps
  readonly app: Awaited<ReturnType<typeof buildApp>>
  /** What the app was built with: a test may build another. */
  readonly options: AppOptions
  readonly ownerUrl: string
  /** What the service has logged: lines of JSON. */
  readonly logged: string[]
  /** A request as it is, to the service or to another app over its parts; the answer is not checked. */
  inject(request: InjectOptions, to?: Service['app']): Promise<LightMyRequestResponse>
  token(tenant: string, options?: { scope?: string; claims?: Record<string, unknown> }): string
  /** A client of one tenant: `call('PUT', '/v1/…', body)`. Every answer is checked against the contract. */
  client(
    tenant: string,
    options?: { scope?: string },
  ): (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
}

const issuer = 'test-issuer'
const audience = 'bankfeed-test'

export async function startService(
  t: { teardown(undo: () => Promise<unknown>): void },
  options: {
    readonly now?: string
    readonly requestsPerMinute?: number
    readonly providers?: ProviderConfig
    readonly clock?: FakeClock
    /** The way to webhook receivers: nothing but public addresses where nothing else is said. */
    readonly receivers?: Partial<Omit<Parameters<typeof createReceivers>[0], 'log'>>
    /** For a browser that comes by a socket; else nobody can reach it, and pages are asked without one. */
    readonly publicUrl?: string
  } = {},
): Promise<Service> {
  const { serviceUrl, ownerUrl } = await freshDatabase(t)
  const clock = options.clock ?? fakeClock(options.now ?? '2026-11-21T09:00:00Z')
  const logged: string[] = []
  const log = createLog({ level: 'trace', destination: { write: (line) => void logged.push(line) } })
  const pool = createPool({ url: serviceUrl, size: 10, name: 'test', statementTimeoutMs: 20_000, log })
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const outbound = createOutbound({ log })
  const receivers = createReceivers({ log, networks: [], ...options.receivers })
  const proposer = createProposer()
  const deps = wire({
    pool,
    cipher: createCipher([{ id: 'test', key: randomBytes(32) }]),
    clock,
    ids: createIds(() => clock.now().getTime()),
    log,
    metrics: createMetrics(),
    publicUrl: options.publicUrl ?? 'http://bankfeed.test',
    outbound,
    receivers,
    proposer,
    random: () => 0.5,
    providerConfig: options.providers ?? {},
  })
  const appOptions: AppOptions = {
    trusted: { issuer, audience, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    ready: () => Promise.resolve({ ok: true }),
    servesApi: true,
    requestsPerMinute: options.requestsPerMinute ?? 100_000,
    pagesPerMinute: 100_000,
  }
  const app = await buildApp(deps, appOptions)
  await app.ready()
  t.teardown(async () => {
    await app.close()
    await outbound.close()
    await receivers.outbound.close()
    await proposer.close()
    await pool.end()
  })
  const check = contractChecker(app.swagger())
  let breath = { at: 0, over: Promise.resolve() }
  const inject: Service['inject'] = async (request, to = app) => {
    // Requests that wait for nothing starve the timers, and the service takes that for pressure, as it does its own start on a busy machine.
    if (performance.now() - breath.at > 400) breath = { at: performance.now(), over: pause(20) }
    await breath.over
    for (let tries = 0; ; tries += 1) {
      const answer = await to.inject(request)
      if (tries === 30 || answer.statusCode !== 503 || !answer.body.includes('"detail":"Service Unavailable"'))
        return answer
      await pause(100)
    }
  }
  const token: Service['token'] = (tenant, { scope, claims } = {}) => {
    const issuedAt = Math.floor(clock.now().getTime() / 1000)
    return signToken(privateKey, {
      iss: issuer,
      aud: audience,
      sub: `test:${tenant}`,
      tenant,
      scope: scope ?? scopes.join(' '),
      iat: issuedAt,
      exp: issuedAt + 3_600,
      ...claims,
    })
  }
  return {
    clock,
    deps,
    app,
    options: appOptions,
    ownerUrl,
    logged,
    inject,
    token,
    client:
      (tenant, { scope } = {}) =>
      async (method, url, body, headers = {}) => {
        const response = await inject({
          method,
          url,
          headers: {
            authorization: `Bearer ${token(tenant, scope === undefined ? {} : { scope })}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body !== undefined && { payload: JSON.stringify(body) }),
        })
        const answer = {
          status: response.statusCode,
          body: bodyIn(response),
          headers: { ...response.headers },
        }
        check({ method, url, ...answer })
        return answer
      },
  }
}

/** A compact JWS with ES256, made by hand so that hostile ones can be made too. */
export function signToken(
  key: KeyObject,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = { alg: 'ES256', typ: 'JWT' },
): string {
  const unsigned = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' })
  return `${unsigned}.${signature.toString('base64url')}`
}
