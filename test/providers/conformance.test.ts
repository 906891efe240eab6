// Every registered provider is asked the same questions, over real HTTP, and must give answers of the same meaning: the core cannot tell them apart.
// A provider without a simulator, or one that nobody registered, fails.

import { readdir } from 'node:fs/promises'
import { test, type Test } from 'tap'
import type { ConsentOutcome, Provider, ProviderAccount, ProviderInstitution } from '../../src/providers/provider.ts'
import { createProviders } from '../../src/providers/registry.ts'
import { createLog } from '../../src/shared/log.ts'
import { createOutbound } from '../../src/shared/outbound.ts'
import { addDays, localDay, type Day } from '../../src/values/day.ts'
import { formatMoney } from '../../src/values/money.ts'
import { simulators } from '../simulators/index.ts'
import type { Act, SimulatedAccount, SimulatedTransaction, Simulator } from '../simulators/simulator.ts'
import { fakeClock, type FakeClock } from '../support/clock.ts'
import { refusalOf } from '../support/refusal.ts'

const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (conformance)' }
const callbackUrl = 'https://bankfeed.example/callback/x'
const start = '2026-11-20T09:00:00Z'
const today: Day = '2026-11-20'

type Granted = Extract<ConsentOutcome, { kind: 'granted' }>
type Attempt = { readonly redirectUrl: string; readonly ref: string; readonly state: string }

type World = {
  readonly t: Test
  readonly provider: Provider
  readonly bank: ProviderInstitution
  readonly simulator: Simulator
  readonly clock: FakeClock
  readonly begin: (renews?: string) => Promise<Attempt>
  /** The person acts at the bank and comes back; what the provider then says, and what the callback carried. */
  readonly comeBack: (
    attempt: Attempt,
    act?: Act,
  ) => Promise<{ readonly outcome: ConsentOutcome; readonly query: Readonly<Record<string, string>> }>
  /** A consent to all that the person has, or some of it. */
  readonly connect: (ticked?: readonly string[]) => Promise<Granted>
  /** A consent that follows another of the same person, to all that they have or some of it. */
  readonly follow: (former: Granted, ticked?: readonly string[]) => Promise<Granted>
  /** Every row of an account from a day through today, page by page as the core asks for them. */
  readonly rowsOf: (
    consent: Granted,
    account: ProviderAccount,
    from?: Day,
  ) => Promise<{ readonly rows: readonly string[]; readonly pages: number }>
  readonly balancesOf: (consent: Granted, account: ProviderAccount) => ReturnType<Provider['fetchBalances']>
}

async function worldOf(t: Test, id: string): Promise<World> {
  const clock = fakeClock(start)
  const startSimulator = simulators[id]
  if (startSimulator === undefined) throw new Error(`there is no simulator of ${id}`)
  const simulator = await startSimulator({ clock })
  t.teardown(() => simulator.close())
  const log = createLog({ level: 'silent' })
  const outbound = createOutbound({ log, headersTimeoutMs: Math.floor(simulator.slowMs / 3) })
  t.teardown(() => outbound.close())
  let made = 0
  const newId = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`
  const provider = createProviders(simulator.providerConfig, { outbound, clock, random: () => 0.5, newId }).get(id)
  if (provider === undefined) throw new Error(`${id} did not come from the registry`)
  const { nativeId } = simulator
  const bank = (await provider.listInstitutions()).find((each) => each.nativeId === nativeId)
  if (bank === undefined) throw new Error(`${id} does not list ${nativeId}`)

  const world: World = {
    t,
    provider,
    bank,
    simulator,
    clock,
    async begin(renews) {
      made += 1
      const state = `state-${made}`.padEnd(43, 'x')
      const attempt = await provider.startConsent({
        nativeId,
        callbackUrl,
        state,
        validDays: bank.maxConsentDays,
        language: 'en',
        psu,
        now: clock.now(),
        ...(renews !== undefined && { renews }),
      })
      return { ...attempt, state }
    },
    async comeBack({ redirectUrl, ref, state }, act = { kind: 'approve' }) {
      const callback = new URL(await simulator.visit(redirectUrl, act))
      t.equal(callback.origin + callback.pathname, callbackUrl, 'the person comes back to us')
      const query = Object.fromEntries(callback.searchParams)
      t.equal(provider.stateIn(query), state, 'with our state')
      return { query, outcome: await provider.completeConsent({ nativeId, ref, query, psu, now: clock.now() }) }
    },
    async connect(ticked) {
      const approval = { kind: 'approve' as const, ...(ticked && { only: ticked }) }
      const { outcome } = await world.comeBack(await world.begin(), approval)
      if (outcome.kind !== 'granted') throw new Error(`not granted but ${JSON.stringify(outcome)}`)
      return outcome
    },
    async follow({ ref }, ticked) {
      const approval = { kind: 'approve' as const, ...(ticked && { only: ticked }) }
      const { outcome } = await world.comeBack(await world.begin(ref), approval)
      if (outcome.kind !== 'granted') throw new Error(`not granted but ${JSON.stringify(outcome)}`)
      t.ok(outcome.renewed === undefined || outcome.renewed === ref)
      return outcome
    },
    async rowsOf({ ref }, given, from = addDays(today, -80)) {
      const whose = { nativeId, ref, accountRef: given.ref, currency: given.currency }
      const rows: string[] = []
      let pages = 0
      for (let next: string | null | undefined; next !== null; pages += 1) {
        const ask = { ...whose, from, to: localDay(clock.now(), 'Europe/Oslo'), isFirst: false, now: clock.now() }
        const page = await provider.fetchPage({ ...ask, ...(next !== undefined && { next }) })
        for (const row of provider.readPage({ body: page.body, next: null }, { nativeId, ...given }))
          if (row.status === 'booked' && row.bookingDate >= from)
            rows.push(
              `${row.bookingDate} ${formatMoney(row.amount)} ${row.amount.currency} ${row.counterparty?.name ?? '–'}` +
                ` ${row.counterparty?.iban ?? '–'} ${row.remittanceInformation ?? '–'}`,
            )
        next = page.next
      }
      return { rows: rows.toSorted(), pages }
    },
    balancesOf: ({ ref }, given) =>
      provider.fetchBalances({
        nativeId,
        ref,
        accountRef: given.ref,
        currency: given.currency,
        now: clock.now(),
      }),
  }
  return world
}

const ibans = ['NO9386011117947', 'NO5586011859226', 'NO9086015740827'] as const

function account(key: string, over: Partial<SimulatedAccount> = {}): SimulatedAccount {
  return {
    key,
    type: 'current',
    name: `Account ${key}`,
    iban: ibans[0],
    currency: 'EUR',
    usage: 'business',
    owner: 'Fjord Bygg AS',
    balance: '1250.00',
    transactions: transactionsOf(key, 3),
    ...over,
  }
}

function transactionsOf(key: string, count: number): readonly SimulatedTransaction[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `${key}-${n}`,
    bookingDate: addDays(today, -1 - (n % 60)),
    amount: n % 2 === 0 ? `-${n}.05` : `${n}.10`,
    currency: 'EUR',
    text: `Invoice ${1000 + n}`,
    counterparty: { name: `Partner ${n % 7}`, iban: 'DE89370400440532013000' },
  }))
}

const asRows = ({ transactions }: SimulatedAccount): readonly string[] =>
  transactions
    .map(
      ({ bookingDate, amount, currency, text, counterparty }) =>
        `${bookingDate} ${amount} ${currency} ${counterparty?.name ?? '–'} ${counterparty?.iban ?? '–'} ${text}`,
    )
    .toSorted()

const card = account('card', { type: 'card', maskedPan: '411111******1111', transactions: transactionsOf('card', 2) })
const { iban: _, ...cardWithoutIban } = card
const second = account('second', { iban: ibans[1], transactions: transactionsOf('second', 4) })

function only<T>(items: readonly T[]): T {
  const [item] = items
  if (item === undefined || items.length !== 1) throw new Error(`one was expected, not ${items.length}`)
  return item
}

/** Data is refused because the permission is over, and the consent says the same. */
async function isOver({ t, provider, simulator, rowsOf }: World, consent: Granted, how: string): Promise<void> {
  const error = await refusalOf(rowsOf(consent, only(consent.accounts)))
  t.equal(error.kind, 'consent_gone', error.message)
  t.equal((await provider.consentState({ nativeId: simulator.nativeId, ref: consent.ref })).state, how)
}

const questions: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'it lists the bank, with what it allows': async ({ t, bank }) => {
    t.match(bank.nativeId, /^[A-Za-z0-9._~-]{1,64}$/)
    t.ok(bank.countries.length > 0 && bank.psuTypes.length > 0 && bank.accountTypes.length > 0)
    t.ok(bank.maxHistoryDays >= 30 && bank.maxConsentDays >= 30)
  },

  'who approves has given a consent: its accounts, their rows and balances, exactly': async (world) => {
    const { t, bank, simulator, clock } = world
    const held = account('main')
    await simulator.hold([held])
    const consent = await world.connect()
    t.ok(consent.validFrom <= clock.now() && clock.now() < consent.expiresAt)
    const days = (consent.expiresAt.getTime() - clock.now().getTime()) / 86_400_000
    t.ok(days <= bank.maxConsentDays + 1, 'no longer than was asked for')
    const given = only(consent.accounts)
    t.match(given, { type: 'current', iban: held.iban, currency: 'EUR', usage: 'business' })
    t.ok(given.owner === undefined || given.owner === held.owner, 'not every provider tells whose it is')
    t.same((await world.rowsOf(consent, given)).rows, asRows(held))
    const { balances } = await world.balancesOf(consent, given)
    const booked = balances.find(({ type }) => type === 'closing_booked' || type === 'interim_booked')
    t.equal(booked && formatMoney(booked.amount), '1250.00')
  },

  'who turns back at the bank has cancelled': async (world) => {
    await world.simulator.hold([account('main')])
    const { outcome } = await world.comeBack(await world.begin(), { kind: 'cancel' })
    world.t.match(outcome, { kind: 'failed', failure: 'cancelled_by_person' })
  },

  'whom the bank refuses is told so': async (world) => {
    await world.simulator.hold([account('main')])
    const { outcome } = await world.comeBack(await world.begin(), { kind: 'reject' })
    world.t.match(outcome, { kind: 'failed', failure: /^(rejected_by_bank|insufficient_rights)$/ })
  },

  'as long as nobody has come back, nothing is decided': async ({ t, begin, provider, simulator, clock }) => {
    await simulator.hold([account('main')])
    const { ref } = await begin()
    const ask = { nativeId: simulator.nativeId, ref, query: {}, now: clock.now() }
    t.same(await provider.completeConsent(ask), { kind: 'pending' })
  },

  'coming back twice gives the same': async (world) => {
    const { t, simulator, provider, clock } = world
    await simulator.hold([account('main'), second])
    const attempt = await world.begin()
    const { outcome, query } = await world.comeBack(attempt)
    const ask = { nativeId: simulator.nativeId, ref: attempt.ref, query, psu, now: clock.now() }
    t.same(await provider.completeConsent(ask), outcome)
  },

  'a callback that was lost on the way is made up for when the link is opened again, and the consent stands': async (
    world,
  ) => {
    const { t, simulator, provider, clock } = world
    await simulator.hold([account('main')])
    const attempt = await world.begin()
    const first = Object.fromEntries(
      new URL(await simulator.visit(attempt.redirectUrl, { kind: 'approve' })).searchParams,
    )
    const again = await simulator.visit(attempt.redirectUrl, { kind: 'approve' }).catch(() => undefined)
    const query = again === undefined ? first : Object.fromEntries(new URL(again).searchParams)
    const ask = { nativeId: simulator.nativeId, ref: attempt.ref, psu, now: clock.now() }
    const outcomes = [
      await provider.completeConsent({ ...ask, query }),
      await provider.completeConsent({ ...ask, query: first }),
    ]
    const granted = outcomes.find(({ kind }) => kind === 'granted')
    t.ok(granted, JSON.stringify(outcomes.map(({ kind }) => kind)))
    if (granted?.kind === 'granted') t.equal((await world.rowsOf(granted, only(granted.accounts))).rows.length, 3)
  },

  'a consent is renewed before it ends: it lasts longer, the accounts are recognised, and the new one reads the same rows':
    async (world) => {
      const { t, simulator, clock } = world
      const held = account('main')
      await simulator.hold([held])
      const former = await world.connect()
      clock.set(new Date(former.expiresAt.getTime() - 9 * 86_400_000))
      const from = addDays(localDay(clock.now(), 'Europe/Oslo'), -20)
      const late = held.transactions.map((row, n) => ({ ...row, bookingDate: addDays(from, n) }))
      await simulator.hold([{ ...held, transactions: late }])
      clock.advance({ days: 1 })
      const was = only(former.accounts)
      const before = await world.rowsOf(former, was, from)
      const outcome = await world.follow(former)
      t.ok(outcome.expiresAt > former.expiresAt)
      const is = only(outcome.accounts)
      t.same([is.iban, is.currency], [was.iban, was.currency])
      const after = await world.rowsOf(outcome, is, from)
      t.equal(after.rows.length, 3)
      t.same(after.rows, before.rows)
    },

  'who adds an account to a consent that has long to run keeps those that it covers, and what they read': async (
    world,
  ) => {
    const { t, simulator, clock } = world
    const main = account('main')
    await simulator.hold([main, second])
    const former = await world.connect(['main'])
    clock.advance({ days: 8 })
    const outcome = await world.follow(former, ['main', 'second'])
    t.ok(outcome.expiresAt >= former.expiresAt)
    t.same(new Set(outcome.accounts.map(({ iban }) => iban)), new Set([main.iban, second.iban]))
    for (const given of outcome.accounts)
      t.same((await world.rowsOf(outcome, given)).rows, asRows(given.iban === main.iban ? main : second))
  },

  'a consent that has run out is over, and says that it expired': async (world) => {
    await world.simulator.hold([account('main')])
    const consent = await world.connect()
    world.clock.set(new Date(consent.expiresAt.getTime() + 86_400_000))
    await isOver(world, consent, 'expired')
  },

  'a consent that the person ended at the bank is over': async (world) => {
    await world.simulator.hold([account('main')])
    const consent = await world.connect()
    await world.simulator.endAtBank()
    const error = await refusalOf(world.rowsOf(consent, only(consent.accounts)))
    // A provider that is not told why sees no more than that the bank wants the person.
    if (error.kind !== 'needs_person') await isOver(world, consent, 'revoked')
  },

  'a consent that we end is over, and may be ended again': async (world) => {
    const { t, provider, simulator } = world
    await simulator.hold([account('main')])
    const consent = await world.connect()
    const whose = { nativeId: simulator.nativeId, ref: consent.ref }
    t.equal(await provider.revokeConsent(whose), 'ended')
    t.equal(await provider.revokeConsent(whose), 'ended')
    await isOver(world, consent, 'revoked')
  },

  'an attempt that nobody wants any more can be ended': async ({ t, begin, provider, simulator }) => {
    await simulator.hold([account('main')])
    const { ref } = await begin()
    t.equal(await provider.revokeConsent({ nativeId: simulator.nativeId, ref }), 'ended')
  },

  'of several accounts those come that were ticked, each with its own rows': async (world) => {
    const { t, simulator } = world
    const main = account('main')
    await simulator.hold([main, second, account('third', { iban: ibans[2] })])
    const consent = await world.connect(['main', 'second'])
    t.same(new Set(consent.accounts.map(({ iban }) => iban)), new Set([main.iban, second.iban]))
    for (const given of consent.accounts)
      t.same((await world.rowsOf(consent, given)).rows, asRows(given.iban === main.iban ? main : second))
  },

  'an account that is gone is refused, and the others are served': async (world) => {
    const { t, simulator } = world
    const main = account('main')
    await simulator.hold([main, second])
    const consent = await world.connect()
    await simulator.hold([main])
    const [gone, left] = [
      consent.accounts.find(({ iban }) => iban === second.iban),
      consent.accounts.find(({ iban }) => iban === main.iban),
    ]
    if (gone === undefined || left === undefined) throw new Error('two accounts were expected')
    const error = await refusalOf(world.rowsOf(consent, gone))
    t.equal(error.kind, 'refused', error.message)
    t.same((await world.rowsOf(consent, left)).rows, asRows(main))
  },

  'a card without an IBAN is known by its masked number': async (world) => {
    const { t, simulator } = world
    await simulator.hold([cardWithoutIban])
    const consent = await world.connect()
    const given = only(consent.accounts)
    t.match(given, { type: 'card', maskedPan: /1111$/ })
    t.equal(given.iban, undefined)
    t.same((await world.rowsOf(consent, given)).rows, asRows(card))
  },

  'an account without history has no rows': async (world) => {
    await world.simulator.hold([account('main', { transactions: [] })])
    const consent = await world.connect()
    world.t.same((await world.rowsOf(consent, only(consent.accounts))).rows, [])
  },

  '5,000 transactions come, each once': async (world) => {
    const held = account('main', { transactions: transactionsOf('main', 5_000) })
    await world.simulator.hold([held])
    const consent = await world.connect()
    const { rows, pages } = await world.rowsOf(consent, only(consent.accounts))
    world.t.same(rows, asRows(held))
    world.t.comment(`${pages} pages`)
  },

  'a quota that is used up is told with the time of the next try': async (world) => {
    const { t, simulator, clock } = world
    await simulator.hold([account('main')])
    const consent = await world.connect()
    await simulator.fault('quota')
    const error = await refusalOf(world.rowsOf(consent, only(consent.accounts)))
    t.equal(error.kind, 'rate_limited', error.message)
    if (error.retryAt !== undefined)
      t.ok(error.retryAt > clock.now() && error.retryAt.getTime() - clock.now().getTime() <= 86_400_000)
    t.match((await refusalOf(world.balancesOf(consent, only(consent.accounts)))).kind, 'rate_limited')
  },

  'a bank that is down, or slow, is tried again later': async (world) => {
    const { t, simulator } = world
    await simulator.hold([account('main')])
    const consent = await world.connect()
    for (const fault of ['maintenance', 'slow'] as const) {
      await simulator.fault(fault)
      const error = await refusalOf(world.rowsOf(consent, only(consent.accounts)))
      t.equal(error.kind, 'temporary', `${fault}: ${error.message}`)
    }
    await simulator.fault(null)
    t.equal((await world.rowsOf(consent, only(consent.accounts))).rows.length, 3, 'and then it answers')
  },

  'an answer that is none is told apart, and nothing of a person or a secret stands in any message': async (world) => {
    const { t, simulator } = world
    const held = account('main')
    await simulator.hold([held])
    const consent = await world.connect()
    const given = only(consent.accounts)
    await simulator.fault('garbage')
    const errors = [await refusalOf(world.rowsOf(consent, given)), await refusalOf(world.balancesOf(consent, given))]
    for (const { kind, message } of errors) {
      t.equal(kind, 'nonsense', message)
      for (const secret of [held.iban ?? '', held.owner, consent.ref, given.ref, 'Bearer'])
        t.notOk(message.includes(secret), message)
    }
  },
}

test('every provider of the registry is asked', async (t) => {
  const folders = await readdir(new URL('../../src/providers', import.meta.url), { withFileTypes: true })
  const providers = folders.filter((entry) => entry.isDirectory() && entry.name !== 'reading').map(({ name }) => name)
  t.same(Object.keys(simulators).toSorted(), providers.toSorted())
})

for (const id of Object.keys(simulators))
  test(id, async (t) => {
    for (const [question, ask] of Object.entries(questions))
      await t.test(question, async (asked) => ask(await worldOf(asked, id)))
  })
