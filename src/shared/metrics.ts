// The program's own figures, in Prometheus' form.

import { collectDefaultMetrics, Counter, Registry } from 'prom-client'

export type Metrics = {
  readonly registry: Registry
  /** Bank calls by provider and outcome (`ok` or the error's kind). */
  readonly bankCalls: Counter<'provider' | 'outcome'>
  /** Sync runs by how they ended. */
  readonly syncRuns: Counter<'outcome'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    bankCalls: new Counter({
      name: 'bankfeed_bank_calls_total',
      help: 'Calls to providers',
      labelNames: ['provider', 'outcome'],
      registers: [registry],
    }),
    syncRuns: new Counter({
      name: 'bankfeed_sync_runs_total',
      help: 'Sync runs that ended',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  }
}
