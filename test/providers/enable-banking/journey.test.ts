// The whole way, against a simulator that knows the vendor's contract and not us.

import { test, type Test } from 'tap'
import { createProviders } from '../../../src/providers/registry.ts'
import type { ConsentOutcome, Provider, ProviderTransaction } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { startEnableBankingSimulator, type EnableBankingSimulator } from '../../simulators/enable-banking/index.ts'
import type { Act, SimulatedAccount } from '../../simulators/simulator.ts'
import { fakeClock, type FakeClock } from '../../support/clock.ts'
import { refusalOf } from '../../support/refusal.ts'

const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (test)' }
const state = 'x'.repeat(43)

const common = { currency: 'SEK', usage: 'business', owner: 'Björk Bygg AB', balance: '1250.00' } as const
const account: SimulatedAccount = {
  ...common,
  key: 'operating',
  type: 'current',
  name: 'Företagskonto',
  iban: 'SE4550000000058398257466',
  transactions: Array.from({ length: 12 }, (_, index) => ({
    id: `t-${index}`,
    bookingDate: '2026-11-20',
    amount: '-12.50',
    currency: 'SEK',
    text: `Köp ${index}`,
    counterparty: { name: 'Järnhandel AB', iban: 'SE3550000000054910000003' },
  })),
}
const card: SimulatedAccount = {
  ...common,
  key: 'card',
  type: 'card',
  name: 'Företagskort',
  maskedPan: '525412******3241',
  transactions: [],
}

type Stage = { readonly simulator: EnableBankingSimulator; readonly provider: Provider; readonly clock: FakeClock }

async function stageFor(t: Test): Promise<Stage> {
  const clock = fakeClock('2026-11-21T12:00:00Z')
  const simulator = await startEnableBankingSimulator({ clock })
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    await simulator.close()
    await outbound.close()
  })
  simulator.pageSize(5)
  await simulator.hold([account, card])
  const made = createProviders(simulator.providerConfig, { outbound, clock, random: () => 0, newId: () => '' })
  const provider = made.get('enable-banking')
  if (provider === undefined) throw new Error('it should be on')
  return { simulator, provider, clock }
}

/** The person goes to the bank and comes back. */
async function outcomeOf({ simulator, provider, clock }: Stage, act: Act): Promise<ConsentOutcome> {
  const { nativeId } = simulator
  const now = clock.now()
  const ask = { nativeId, callbackUrl: 'http://127.0.0.1:9/callback', state, validDays: 180, language: 'sv', psu, now }
  const { redirectUrl, ref } = await provider.startConsent(ask)
  const before = await provider.completeConsent({ nativeId, ref, query: {}, now })
  if (before.kind !== 'pending') throw new Error('nobody has been at the bank yet')
  const query = Object.fromEntries(new URL(await simulator.visit(redirectUrl, act)).searchParams)
  if (provider.stateIn(query) !== state) throw new Error('came back without the state')
  return provider.completeConsent({ nativeId, ref, query, psu, now })
}

async function grantedTo(stage: Stage, act: Act = { kind: 'approve' }) {
  const outcome = await outcomeOf(stage, act)
  if (outcome.kind !== 'granted') throw new Error(outcome.kind)
  return outcome
}

test('the bank of the simulator is listed, by the id that it says', async (t) => {
  const { provider, simulator } = await stageFor(t)
  const listed = await provider.listInstitutions()
  t.match(
    listed.find(({ nativeId }) => nativeId === simulator.nativeId),
    {
      name: 'Skogsbanken',
      countries: ['SE'],
      maxConsentDays: 180,
    },
  )
  t.equal(new Set(listed.map(({ nativeId }) => nativeId)).size, 7)
})

test('a person approves, and every movement comes, page after page', async (t) => {
  const stage = await stageFor(t)
  const { provider, simulator, clock } = stage
  const { ref, accounts, expiresAt } = await grantedTo(stage)
  t.match(accounts, [
    {
      name: 'Företagskonto',
      type: 'current',
      iban: account.iban,
      currency: 'SEK',
      owner: 'Björk Bygg AB',
      usage: 'business',
    },
    { name: 'Företagskort', type: 'card', maskedPan: '525412******3241' },
  ])
  t.equal(expiresAt.toISOString(), '2027-05-20T11:55:00.000Z')
  const { nativeId } = simulator
  t.same(await provider.consentState({ nativeId, ref }), { state: 'usable', expiresAt })

  const ofAccount = { nativeId, ref, accountRef: accounts[0]?.ref ?? '', currency: 'SEK', psu, now: clock.now() }
  const { balances } = await provider.fetchBalances(ofAccount)
  t.match(balances, [{ type: 'interim_available' }, { type: 'interim_booked' }, { type: 'closing_booked' }])
  const movements: ProviderTransaction[] = []
  const sizes: number[] = []
  let next: string | null = null
  do {
    const page = await provider.fetchPage({
      ...ofAccount,
      from: '2026-11-01',
      to: '2026-11-21',
      isFirst: true,
      ...(next !== null && { next }),
    })
    const read = provider.readPage(page, { nativeId, currency: 'SEK' })
    movements.push(...read)
    sizes.push(read.length)
    next = page.next
  } while (next !== null)
  t.same(sizes, [5, 0, 5, 2])
  t.same(new Set(movements.map(({ ids }) => ids.entryReference)).size, 12)
  t.match(movements[0], {
    status: 'booked',
    bookingDate: '2026-11-20',
    amount: { minor: -1250n, currency: 'SEK' },
    counterparty: { name: 'Järnhandel AB', iban: 'SE3550000000054910000003' },
    bankTransactionCode: 'PMNT-ICDT-ESCT',
  })
  t.same(simulator.asked.at(-1)?.psuHeaders, ['psu-ip-address', 'psu-user-agent'])
})

test('an account that is approved again has another reference and the same hash', async (t) => {
  const stage = await stageFor(t)
  const [first] = (await grantedTo(stage, { kind: 'approve', only: ['card'] })).accounts
  const [second] = (await grantedTo(stage, { kind: 'approve', only: ['card'] })).accounts
  t.not(first?.ref, second?.ref)
  t.ok(first?.stableHash)
  t.equal(first?.stableHash, second?.stableHash)
})

test('who turns back, is turned away or meets a broken bank comes back with the reason', async (t) => {
  const stage = await stageFor(t)
  t.match(await outcomeOf(stage, { kind: 'cancel' }), { kind: 'failed', failure: 'cancelled_by_person' })
  t.match(await outcomeOf(stage, { kind: 'reject' }), { kind: 'failed', failure: 'rejected_by_bank' })
  stage.simulator.bankSays({ error: 'server_error' })
  t.match(await outcomeOf(stage, { kind: 'approve' }), { kind: 'failed', failure: 'bank_unavailable' })
})

test('a consent ends by us, by the person and by its time, and is not called with again', async (t) => {
  const stage = await stageFor(t)
  const { provider, simulator, clock } = stage
  const { nativeId } = simulator
  const [ours, theirs, old] = [await grantedTo(stage), await grantedTo(stage), await grantedTo(stage)]
  const failure = async ({ ref, accounts }: typeof ours) =>
    refusalOf(
      provider.fetchBalances({
        nativeId,
        ref,
        accountRef: accounts[0]?.ref ?? '',
        currency: 'SEK',
        psu,
        now: clock.now(),
      }),
    )

  t.equal(await provider.revokeConsent({ nativeId, ref: ours.ref }), 'ended')
  t.equal(await provider.revokeConsent({ nativeId, ref: ours.ref }), 'ended')
  t.same(await provider.consentState({ nativeId, ref: ours.ref }), { state: 'revoked' })
  t.match(await failure(ours), { kind: 'consent_gone', ended: 'revoked' })

  clock.set(old.expiresAt)
  t.same(await provider.consentState({ nativeId, ref: old.ref }), { state: 'expired' })
  t.match(await failure(old), { kind: 'consent_gone', ended: 'expired' })
  clock.advance({ seconds: -1 })

  await simulator.endAtBank()
  t.same(await provider.consentState({ nativeId, ref: theirs.ref }), { state: 'revoked' })
  t.match(await failure(theirs), { kind: 'consent_gone', ended: 'revoked' })
})

test('what a bank may do wrong has its kind', async (t) => {
  const stage = await stageFor(t)
  const { provider, simulator, clock } = stage
  const { ref, accounts } = await grantedTo(stage)
  const ofAccount = {
    nativeId: simulator.nativeId,
    ref,
    accountRef: accounts[0]?.ref ?? '',
    currency: 'SEK',
    now: clock.now(),
  }
  const page = () => provider.fetchPage({ ...ofAccount, from: '2026-11-01', to: '2026-11-21', isFirst: false, psu })
  for (const [fault, kind] of [
    ['maintenance', 'temporary'],
    ['garbage', 'nonsense'],
    ['quota', 'rate_limited'],
  ] as const) {
    await simulator.fault(fault)
    t.equal((await refusalOf(page())).kind, kind, fault)
    t.equal((await refusalOf(provider.fetchBalances(ofAccount))).kind, kind, fault)
  }
  await simulator.fault(null)
  t.ok(await page())
  const far = { ...ofAccount, from: '2026-08-23', to: '2026-11-21', psu } as const
  t.match(await refusalOf(provider.fetchPage({ ...far, isFirst: false })), { kind: 'refused', tooFarBack: true })
  t.ok(await provider.fetchPage({ ...far, isFirst: true }), 'for a first fetch it goes further')
  t.ok(await provider.fetchPage({ ...far, from: '2026-08-24', isFirst: false }))

  simulator.requirePsuHeaders(['Psu-Ip-Address', 'Psu-Geo-Location'])
  t.ok(await page(), 'more than we can tell is wanted of the person')
  t.same(simulator.asked.at(-1)?.psuHeaders, [])
  await simulator.hold([])
  t.equal((await refusalOf(page())).kind, 'refused', 'the account is closed')
})

test('another key than the application’s opens nothing, and the operator is told', async (t) => {
  const { simulator, clock } = await stageFor(t)
  const foreign = await startEnableBankingSimulator({ clock })
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    await foreign.close()
    await outbound.close()
  })
  const { enableBanking: right } = simulator.providerConfig
  const { enableBanking: wrong } = foreign.providerConfig
  if (right === undefined || wrong === undefined) throw new Error('both have a configuration')
  const config = { enableBanking: { ...right, privateKey: wrong.privateKey } }
  const provider = createProviders(config, { outbound, clock, random: () => 0, newId: () => '' }).get('enable-banking')
  if (provider === undefined) throw new Error('it should be on')
  t.match(await refusalOf(provider.listInstitutions()), { kind: 'refused', message: /check the application’s id/ })
})
