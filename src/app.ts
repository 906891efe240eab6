// The HTTP side: buildApp(deps) puts the routes on Fastify. It never listens and never reads the environment.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import { afterSigning } from './agreements/refresh-agreement.ts'
import { agreementRoutes } from './agreements/routes.ts'
import * as agreementSchemas from './agreements/schema.ts'
import { companyRoutes } from './companies/routes.ts'
import * as companySchemas from './companies/schema.ts'
import { connectionRoutes } from './connections/routes.ts'
import * as connectionSchemas from './connections/schema.ts'
import { connectRoutes } from './consents/pages/routes.ts'
import { consentRoutes } from './consents/routes.ts'
import * as consentSchemas from './consents/schema.ts'
import { entryRoutes } from './entries/routes.ts'
import * as entrySchemas from './entries/schema.ts'
import { exchangeRateRoutes } from './exchange-rates/routes.ts'
import * as exchangeRateSchemas from './exchange-rates/schema.ts'
import { exportCompany } from './exports/export-company.ts'
import { exportRoutes } from './exports/routes.ts'
import { shownParts } from './exported.ts'
import { eventRoutes } from './events/routes.ts'
import * as eventSchemas from './events/schema.ts'
import { institutionRoutes } from './institutions/routes.ts'
import * as institutionSchemas from './institutions/schema.ts'
import { showPicture } from './institutions/show-picture.ts'
import { habitRoutes } from './matching/habits/routes.ts'
import * as habitSchemas from './matching/habits/schema.ts'
import { matchingRoutes } from './matching/routes.ts'
import { ruleRoutes } from './matching/rules/routes.ts'
import * as ruleSchemas from './matching/rules/schema.ts'
import * as matchingSchemas from './matching/schema.ts'
import { reconciliationRoutes } from './reconciliation/routes.ts'
import * as reconciliationSchemas from './reconciliation/schema.ts'
import { installAuth, type TrustedIssuer } from './shared/http/auth.ts'
import { installHealth } from './shared/http/health.ts'
import { createValidatorCompiler, refuseUncleanText } from './shared/http/input.ts'
import { createSerializerCompiler } from './shared/http/output.ts'
import { installOpenApi, type Tag } from './shared/http/openapi.ts'
import { answerBroken, answerProblem, installProblems, problem } from './shared/http/problem.ts'
import type { App } from './shared/http/routes.ts'
import { isComponent } from './shared/http/schema.ts'
import { hookRoutes } from './sync/hooks/routes.ts'
import { syncRoutes } from './sync/routes.ts'
import * as syncSchemas from './sync/schema.ts'
import { tenantRoutes } from './tenants/routes.ts'
import { welcomeTenant } from './tenants/welcome-tenant.ts'
import * as tenantSchemas from './tenants/schema.ts'
import { transactionRoutes } from './transactions/routes.ts'
import * as transactionSchemas from './transactions/schema.ts'
import { usageRoutes } from './usage/routes.ts'
import * as usageSchemas from './usage/schema.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import * as webhookSchemas from './webhooks/schema.ts'
import type { Deps } from './wiring.ts'

const tags: readonly Tag[] = [
  { name: 'Tenant', description: 'You: the product that calls this API.' },
  { name: 'Companies', description: 'The companies whose books you keep, their ledger accounts and their people.' },
  { name: 'Institutions', description: 'The banks and card programmes that can be reached.' },
  {
    name: 'Agreements',
    description: 'What a company signs once, where a provider asks for it before anybody consents.',
  },
  { name: 'Consents', description: 'Permissions that people give at their banks, and the sessions that lead to them.' },
  { name: 'Connections', description: 'Bank accounts connected to the books: status, repair, assignment, activation.' },
  { name: 'Sync', description: 'What is fetched when, which days are held, and balances.' },
  { name: 'Transactions', description: 'Booked movements, once each, and what changes of them.' },
  { name: 'Entries', description: 'What the books expect to see at the bank.' },
  {
    name: 'Matching',
    description:
      'Which transactions belong to which entries: proposed with reasons, decided by people, undone at will.',
  },
  { name: 'Events', description: 'What happened, to be read in order or sent to you as signed webhooks.' },
  { name: 'Usage', description: 'What companies have used, month by month, for your bills.' },
]

const slices = [
  tenantSchemas,
  companySchemas,
  institutionSchemas,
  agreementSchemas,
  consentSchemas,
  connectionSchemas,
  syncSchemas,
  transactionSchemas,
  entrySchemas,
  matchingSchemas,
  reconciliationSchemas,
  exchangeRateSchemas,
  ruleSchemas,
  habitSchemas,
  eventSchemas,
  webhookSchemas,
  usageSchemas,
]

export type AppOptions = {
  readonly trusted: TrustedIssuer
  readonly ready: () => Promise<{ readonly ok: boolean; readonly reason?: string }>
  /** Whether it answers callers and people, or (a worker) only the machine that runs it. */
  readonly servesApi: boolean
  /** Requests per minute and tenant. */
  readonly requestsPerMinute: number
  /** Requests per minute and address to the hosted page. */
  readonly pagesPerMinute: number
}

export async function buildApp(deps: Deps, options: AppOptions): Promise<App> {
  const loggerInstance: FastifyBaseLogger = deps.log
  const base = Fastify({
    loggerInstance,
    genReqId: () => deps.ids.uuid(),
    bodyLimit: 2 * 1024 * 1024,
    requestTimeout: 15_000,
    connectionTimeout: 20_000,
    keepAliveTimeout: 72_000,
    // Node allows 60 s for the headers alone, and looks whether a time is over only every 30.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    clientErrorHandler: answerBroken,
    routerOptions: { maxParamLength: 200 },
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply, deps.clock),
  })
  const app: App = base.withTypeProvider<TypeBoxTypeProvider>()
  const components = [problem, ...slices.flatMap((slice) => Object.values(slice)).filter(isComponent)].map(
    ({ schema }) => schema,
  )
  app.setValidatorCompiler(createValidatorCompiler(components))
  app.setSerializerCompiler(createSerializerCompiler(components))
  installProblems(app, deps.clock)
  refuseUncleanText(app)
  await app.register(underPressure, { maxEventLoopDelay: 3_000, exposeStatusRoute: false })
  await app.register(helmet, { contentSecurityPolicy: false })
  await installAuth(app, {
    trusted: options.trusted,
    clock: deps.clock,
    onTenant: (tenant) => welcomeTenant(deps, tenant),
  })
  await app.register(rateLimit, {
    hook: 'preHandler',
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.principal?.tenant ?? request.ip,
    allowList: (request) => request.url.startsWith('/health/'),
  })
  await installOpenApi(app, { tags, components })
  installHealth(app, { ready: options.ready, metrics: deps.metrics })
  if (!options.servesApi) return app
  await app.register((pages, _options, done) => {
    const pageDeps = {
      ...deps,
      afterSigning: (of: string) => afterSigning(deps, of),
      pictureOf: (institutionId: string) => showPicture(deps, institutionId),
    }
    connectRoutes(pages.withTypeProvider<TypeBoxTypeProvider>(), pageDeps, { perMinute: options.pagesPerMinute })
    done()
  })
  await app.register((hooks, _options, done) => {
    hookRoutes(hooks.withTypeProvider<TypeBoxTypeProvider>(), deps)
    done()
  })
  await app.register(
    (v1, _options, done) => {
      const routes = v1.withTypeProvider<TypeBoxTypeProvider>()
      tenantRoutes(routes, deps)
      companyRoutes(routes, deps)
      institutionRoutes(routes, deps)
      agreementRoutes(routes, deps)
      consentRoutes(routes, deps)
      connectionRoutes(routes, deps)
      syncRoutes(routes, deps)
      transactionRoutes(routes, deps)
      entryRoutes(routes, deps)
      const views = { transaction: transactionSchemas.toTransactionView, entry: entrySchemas.toEntryView }
      matchingRoutes(routes, { ...deps, views })
      reconciliationRoutes(routes, { ...deps, views })
      exchangeRateRoutes(routes, deps)
      ruleRoutes(routes, deps)
      habitRoutes(routes, deps)
      eventRoutes(routes, deps)
      webhookRoutes(routes, deps)
      usageRoutes(routes, deps)
      exportRoutes(routes, {
        exported: (whose) => exportCompany({ ...deps, shownParts: shownParts(deps) }, whose),
      })
      done()
    },
    { prefix: '/v1' },
  )
  return app
}
