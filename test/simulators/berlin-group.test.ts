import { test, type Test } from 'tap'
import { ProviderError, type AccountRef, type Provider, type RawPage } from '../../src/providers/provider.ts'
import { createProviders } from '../../src/providers/registry.ts'
import { createLog } from '../../src/shared/log.ts'
import { createOutbound } from '../../src/shared/outbound.ts'
import { fakeClock } from '../support/clock.ts'
import { startBerlinGroupSimulator } from './berlin-group.ts'
import type { Act, SimulatedAccount } from './simulator.ts'

const current: SimulatedAccount = {
  key: 'drift',
  type: 'current',
  name: 'Driftskonto',
  iban: 'NO5690419924686',
  currency: 'NOK',
  usage: 'business',
  owner: 'Eksempel AS',
  balance: '1000.50',
  transactions: [
    { id: 'tx 1', bookingDate: '2026-11-02', amount: '-12.50', currency: 'NOK', text: 'Gebyr' },
    {
      id: 'tx/2',
      bookingDate: '2026-11-20',
      valueDate: '2026-11-19',
      amount: '400.00',
      currency: 'NOK',
      text: 'Faktura 7',
      counterparty: { name: 'Kunde AS', iban: 'NO9386011117947' },
    },
  ],
}
const card: SimulatedAccount = {
  key: 'kort',
  type: 'card',
  name: 'Firmakort',
  maskedPan: '541275******0001',
  currency: 'NOK',
  usage: 'private',
  owner: 'Anna Eksempel',
  balance: '-99.00',
  transactions: [{ id: 'c1', bookingDate: '2026-11-18', amount: '-99.00', currency: 'NOK', text: 'Kiosk' }],
}

const callbackUrl = 'http://127.0.0.1:9/callback/berlin-group'
const state = 's'.repeat(43)
const psu = { ipAddress: '192.0.2.7', userAgent: 'Test browser' }

async function simulated(t: Test) {
  const clock = fakeClock('2026-11-21T09:00:00Z')
  const simulator = await startBerlinGroupSimulator({ clock })
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    await simulator.close()
    await outbound.close()
  })
  const deps = { outbound, clock, random: () => 0, newId: () => crypto.randomUUID() }
  const provider = createProviders(simulator.providerConfig, deps).get(simulator.providerId)
  if (provider === undefined) throw new Error('the provider is not on')
  const { nativeId } = simulator
  /** What becomes of a consent of a person who acts so at the bank. */
  const consent = async (act: Act) => {
    const now = clock.now()
    const started = await provider.startConsent({ nativeId, callbackUrl, state, validDays: 90, psu, now })
    const landed = new URL(await simulator.visit(started.redirectUrl, act))
    t.equal(landed.origin + landed.pathname, callbackUrl)
    const query = Object.fromEntries(landed.searchParams)
    t.equal(provider.stateIn(query), state)
    return provider.completeConsent({ nativeId, ref: started.ref, query, psu, now })
  }
  /** The accounts of a consent that is given. */
  const granted = async (act: Act = { kind: 'approve' }) => {
    const outcome = await consent(act)
    if (outcome.kind !== 'granted') throw new Error(outcome.kind)
    return outcome.accounts.map(({ ref, currency, ...account }) => ({
      account,
      ask: { nativeId, ref: outcome.ref, accountRef: ref, currency },
    }))
  }
  return { clock, simulator, provider, consent, granted }
}

async function transactionsOf(provider: Provider, ask: AccountRef, now: Date) {
  const page: RawPage = await provider.fetchPage({
    ...ask,
    from: '2026-11-01',
    to: '2026-11-21',
    isFirst: true,
    psu,
    now,
  })
  return provider.readPage(page, ask)
}

/** How a call failed, `none` when it did not. */
const kindOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof ProviderError ? error.kind : error),
  )

test('what the person holds is what the provider tells', async (t) => {
  const { simulator, provider, clock, granted } = await simulated(t)
  await simulator.hold([current, card])
  t.equal(simulator.dataCalls(), 0)
  const [first, second] = await granted()
  t.match(first?.account, { name: 'Driftskonto', type: 'current', iban: current.iban, usage: 'business' })
  t.match(second?.account, { name: 'Firmakort', type: 'card', maskedPan: card.maskedPan, usage: 'private' })
  const rows = await transactionsOf(provider, first!.ask, clock.now())
  t.match(rows, [
    {
      ids: { transactionId: 'tx/2' },
      bookingDate: '2026-11-20',
      valueDate: '2026-11-19',
      amount: { minor: 40_000n, currency: 'NOK' },
      remittanceInformation: 'Faktura 7',
      counterparty: { name: 'Kunde AS', iban: 'NO9386011117947' },
    },
    { ids: { transactionId: 'tx 1' }, amount: { minor: -1_250n, currency: 'NOK' }, remittanceInformation: 'Gebyr' },
  ])
  const { balances } = await provider.fetchBalances({ ...first!.ask, psu, now: clock.now() })
  t.match(
    balances.find(({ type }) => type === 'interim_booked'),
    { amount: { minor: 100_050n } },
  )
  t.equal(simulator.dataCalls(), 2)
})

test('the person shares some of the accounts, turns back, or is refused', async (t) => {
  const { simulator, consent, granted } = await simulated(t)
  await simulator.hold([current, card])
  t.match(
    (await granted({ kind: 'approve', only: ['kort'] })).map(({ account }) => account.name),
    ['Firmakort'],
  )
  t.match(await consent({ kind: 'cancel' }), { kind: 'failed', failure: 'cancelled_by_person' })
  t.match(await consent({ kind: 'reject' }), { kind: 'failed', failure: 'insufficient_rights' })
})

test('an account that is no longer held is closed, and one that stays has moved on', async (t) => {
  const { simulator, provider, clock, granted } = await simulated(t)
  await simulator.hold([current, card])
  const [first, second] = await granted()
  const more = { id: 'tx 3', bookingDate: '2026-11-21', amount: '1.00', currency: 'NOK', text: 'Renter' } as const
  await simulator.hold([{ ...current, transactions: [...current.transactions, more] }])
  t.equal((await transactionsOf(provider, first!.ask, clock.now())).length, 3)
  t.equal(await kindOf(transactionsOf(provider, second!.ask, clock.now())), 'refused')
})

test('what the person ends at the bank is over', async (t) => {
  const { simulator, provider, clock, granted } = await simulated(t)
  await simulator.hold([current])
  const [account] = await granted()
  await simulator.endAtBank()
  t.equal(await kindOf(transactionsOf(provider, account!.ask, clock.now())), 'consent_gone')
  t.same(await provider.consentState(account!.ask), { state: 'revoked' })
  t.equal((await granted()).length, 1, 'and they may come back')
})

test('trouble is as ordered, for data alone, until it is called off', async (t) => {
  const { simulator, provider, clock, granted } = await simulated(t)
  await simulator.hold([current])
  let [account] = await granted()
  const kind = () => kindOf(transactionsOf(provider, account!.ask, clock.now()))
  for (const [fault, expected] of [
    ['maintenance', 'temporary'],
    ['garbage', 'nonsense'],
    ['quota', 'rate_limited'],
  ] as const) {
    await simulator.fault(fault)
    t.equal(await kind(), expected, fault)
    t.equal(await kind(), expected, `${fault}, again`)
    t.equal(await kindOf(provider.fetchBalances({ ...account!.ask, now: clock.now() })), expected)
    // Consents are given all the same. A new one ends the one before.
    ;[account] = await granted()
  }
  await simulator.fault('slow')
  const startedAt = performance.now()
  t.equal(await kind(), 'none')
  t.ok(performance.now() - startedAt >= simulator.slowMs - 5)
  await simulator.fault(null)
  t.equal(await kind(), 'none')
})
