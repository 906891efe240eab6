import { test } from 'tap'
import { askOf, callbackUrl, connected, queryOf, simulated } from './bank.ts'

test('smoke', async (t) => {
  const world = await simulated(t)
  const granted = await connected(world)
  t.comment(JSON.stringify(granted, null, 1))
  const { provider, simulator, clock } = world
  const [first] = granted.accounts
  const ask = {
    nativeId: simulator.nativeId,
    ref: granted.ref,
    accountRef: first!.ref,
    currency: 'EUR',
    now: clock.now(),
  }
  const page = await provider.fetchPage({ ...ask, from: '2026-11-01', to: '2026-11-21', isFirst: true })
  t.comment(
    JSON.stringify(
      provider.readPage(page, { nativeId: simulator.nativeId, currency: 'EUR' }),
      (_, v) => (typeof v === 'bigint' ? String(v) : v),
      1,
    ),
  )
  t.comment(JSON.stringify(await provider.fetchBalances(ask), (_, v) => (typeof v === 'bigint' ? String(v) : v)))
  t.comment(JSON.stringify(await provider.listInstitutions()))
  t.comment(simulator.lines)
})
