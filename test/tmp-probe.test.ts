import { test } from 'tap'
import { buildApp } from '../src/app.ts'
import { createMetrics } from '../src/shared/metrics.ts'
import { startService } from './support/service.ts'
test('probe', async (t) => {
  const c0 = process.cpuUsage()
  const service = await startService(t)
  const c1 = process.cpuUsage(c0)
  console.error('PROBE start', (c1.user + c1.system) / 1000)
  const c2 = process.cpuUsage()
  const app = await buildApp({ ...service.deps, metrics: createMetrics() }, service.options)
  const c3 = process.cpuUsage(c2)
  await app.ready()
  const c4 = process.cpuUsage(c2)
  console.error('PROBE build', (c3.user + c3.system) / 1000, 'ready', (c4.user + c4.system) / 1000)
  const c5 = process.cpuUsage()
  app.swagger()
  const c6 = process.cpuUsage(c5)
  console.error('PROBE swagger', (c6.user + c6.system) / 1000)
  await app.close()
  t.ok(1)
})
