import { setTimeout as pause } from 'node:timers/promises'
import { t as file, test, type Test } from 'tap'
import { startInstitutions } from '../../src/institutions/start-institutions.ts'
import { ProviderError, type Provider } from '../../src/providers/provider.ts'
import { runSql } from '../support/database.ts'
import { serve } from '../support/loopback.ts'
import { startService } from '../support/service.ts'
import { bank, listing } from './listing.ts'

const service = await startService(file)
const call = service.client('acme')

file.beforeEach(async () => {
  await runSql(service.ownerUrl, 'delete from institutions')
})

const ids = async (): Promise<readonly string[]> =>
  (await call('GET', '/v1/institutions')).body.data.map(({ id }: { id: string }) => id)

/** How long the start took. */
async function start(
  t: Test,
  options: { readonly waitMs?: number; readonly retryMs?: number },
  ...providers: readonly Provider[]
): Promise<number> {
  const stop = new AbortController()
  t.teardown(() => stop.abort())
  const startedAt = performance.now()
  await startInstitutions(
    { ...service.deps, providers: new Map(providers.map((provider) => [provider.id, provider])) },
    { waitMs: options.waitMs ?? 10_000, retryMs: options.retryMs ?? 60_000, signal: stop.signal },
  )
  return performance.now() - startedAt
}

const quick = listing('berlin-group', () => [bank('fjordbanken', 'Fjordbanken')])
const down = listing('powens', () => Promise.reject(new ProviderError('temporary', 'Powens, connectors: answered 503')))

test('banks that are configured are there as the service starts, without waiting', async (t) => {
  t.ok((await start(t, {}, quick)) < 5_000)
  t.strictSame(await ids(), ['berlin-group.fjordbanken'])
})

test('a provider that is down neither fails the start nor delays it', async (t) => {
  t.ok((await start(t, {}, down, quick)) < 5_000)
  t.strictSame(await ids(), ['berlin-group.fjordbanken'])
})

test('one that does not answer is waited for so long and no longer, and its banks come when it does', async (t) => {
  const answer = Promise.withResolvers<void>()
  const origin = await serve(t, (_, response) => void answer.promise.then(() => response.end('[]')))
  const slow = listing('powens', async () => {
    await service.deps.outbound.request({ method: 'GET', url: origin })
    return [bank('slow', 'Slowbank')]
  })
  const tookMs = await start(t, { waitMs: 300 }, slow, quick)
  t.ok(tookMs >= 295 && tookMs < 5_000, `${Math.round(tookMs)} ms`)
  t.strictSame(await ids(), ['berlin-group.fjordbanken'])
  t.ok(service.logged.some((line) => line.includes('the service starts meanwhile')))
  answer.resolve()
  while ((await ids()).length < 2) await pause(10)
  t.strictSame(await ids(), ['berlin-group.fjordbanken', 'powens.slow'])
})

test('one that failed is asked again until it lists something, and nobody else is', async (t) => {
  const asked = { failing: 0, quick: 0 }
  const failing = listing('powens', () => {
    asked.failing += 1
    if (asked.failing === 1) throw new ProviderError('temporary', 'down')
    return asked.failing === 2 ? [] : [bank('back', 'Backbank')]
  })
  const counted = listing('berlin-group', () => {
    asked.quick += 1
    return [bank('fjordbanken', 'Fjordbanken')]
  })
  await start(t, { retryMs: 20 }, failing, counted)
  while ((await ids()).length < 2) await pause(10)
  await pause(150)
  t.strictSame(asked, { failing: 3, quick: 1 })
})

test('whoever stops the service stops the asking', async (t) => {
  let asked = 0
  const stop = new AbortController()
  const failing = listing('powens', () => {
    asked += 1
    throw new ProviderError('temporary', 'down')
  })
  await startInstitutions(
    { ...service.deps, providers: new Map([['powens', failing]]) },
    { waitMs: 1_000, retryMs: 30, signal: stop.signal },
  )
  stop.abort()
  await pause(100)
  t.equal(asked, 1)
})
