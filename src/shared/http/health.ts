// For the machine that runs us: is the process alive, may it get traffic, and its figures.

import type { App } from './routes.ts'
import { Histogram } from 'prom-client'
import type { Metrics } from '../metrics.ts'

/** `ready` answers whether the database answers and is up to date, and we are not stopping; it throws or says why not. */
export function installHealth(
  app: App,
  deps: {
    readonly ready: () => Promise<{ readonly ok: boolean; readonly reason?: string }>
    readonly metrics: Metrics
  },
): void {
  const duration = new Histogram({
    name: 'bankfeed_http_request_seconds',
    help: 'Time to answer by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [deps.metrics.registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  app.get('/health/live', { schema: { hide: true } }, () => ({ status: 'live' }))
  app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
    const ready = await deps.ready().catch(() => ({ ok: false, reason: 'the database does not answer' }))
    return reply
      .code(ready.ok ? 200 : 503)
      .send({ status: ready.ok ? 'ready' : 'not_ready', ...('reason' in ready && { reason: ready.reason }) })
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics()),
  )
}
