// A bank that never was: its own books, which are the truth, and what it tells of them to whoever asks, with the faults of real ones. All of it by chance
// from one seed and at the simulated time.

import {
  defaultProfile,
  ProviderError,
  type BankProfile,
  type Provider,
  type ProviderBalance,
  type ProviderTransaction,
} from '../../src/providers/provider.ts'
import { addDays, localDay, type Day } from '../../src/values/day.ts'
import type { Chance } from '../matching/random.ts'
import type { FakeClock } from '../support/clock.ts'

export type Movement = {
  readonly key: number
  readonly day: Day
  readonly bookedAt: Date
  readonly name: string
  amount: bigint
  text: string
  withdrawn: boolean
  /** When it was booked, corrected or withdrawn last. */
  changedAt: Date
}

/** A complete answer: every page of it was given, the last one at `at`. `oldest`: the first day that the bank served then. */
export type Served = {
  readonly from: Day
  readonly to: Day
  readonly begun: Date
  readonly at: Date
  readonly oldest: Day
}

export type BankAccount = {
  readonly id: string
  readonly iban: string
  readonly opening: bigint
  readonly movements: Movement[]
  /** Everything that it ever told of a movement: `contentOf`. */
  readonly told: Set<string>
  readonly served: Served[]
  /** When it was asked without the person, by resource. */
  readonly calls: { readonly transactions: Date[]; readonly balances: Date[] }
}

type Consent = { expiresAt: Date; revokedAt: Date | null; toldGoneAt: Date | null; round: number }
type Snapshot = { readonly rows: readonly string[]; readonly account: string; readonly served: Omit<Served, 'at'> }

export type Habits = {
  /** What its transactionId is worth. */
  readonly ids: 'kept' | 'reissued' | 'none' | 'positional' | 'constant'
  /** Whether its profile trusts that id. */
  readonly trusted: boolean
  readonly pageSize: number
  readonly maxHistoryDays: number
  readonly balances: 'none' | 'interim' | 'closing'
  readonly order: 'oldest' | 'newest' | 'shuffled'
  readonly repeatsPages: boolean
  readonly consentDays: number
}

const habitsBy = (chance: Chance): Habits => {
  const ids = chance.weighed({ kept: 4, reissued: 3, none: 2, positional: 1, constant: 1 })
  return {
    ids,
    // A bank that was thought to keep its ids, and does not, is found out.
    trusted: ids === 'kept' ? chance.is(0.8) : ids === 'constant' && chance.is(0.3),
    pageSize: chance.between(4, 40),
    maxHistoryDays: chance.pick([90, 180, 730]),
    balances: chance.pick(['none', 'interim', 'closing']),
    order: chance.pick(['oldest', 'newest', 'shuffled']),
    repeatsPages: chance.is(0.2),
    consentDays: chance.between(9, 120),
  }
}

export type SimulatedBank = {
  readonly provider: Provider
  readonly habits: Habits
  readonly accounts: readonly BankAccount[]
  /** Something happens in its books. */
  live(): string
  /** From now on it has no faults. */
  mend(): void
  /** Whoever was told last that a consent is gone may have died before it was written down. */
  untell(): void
  /** The bank ends every consent that it has given. */
  revokeAll(): void
  readonly today: () => Day
}

const nativeId = 'simbank'
export const institutionId = `simulated.${nativeId}`
const currency = 'EUR'
/** Bookings and changes lie within the days that every run reads again. */
const lateDaysMax = 8

export function createBank(world: {
  readonly chance: Chance
  readonly clock: FakeClock
  readonly timeZone: string
  readonly accounts: number
  readonly met: (fault: string) => void
  /** What must never happen. */
  readonly violated: (what: string) => void
}): SimulatedBank {
  const { chance, clock, met, violated } = world
  const habits = habitsBy(chance)
  const today = () => localDay(clock.now(), world.timeZone)
  const consents = new Map<string, Consent>()
  const snapshots = new Map<string, Snapshot>()
  let isMended = false
  let count = 0
  const accounts = Array.from({ length: world.accounts }, (_, n) => newAccount(n))

  function newAccount(n: number): BankAccount {
    const account: BankAccount = {
      id: `account-${n}`,
      iban: ibans[n] ?? '',
      opening: BigInt(chance.between(0, 5_000_00)),
      movements: [],
      told: new Set(),
      served: [],
      calls: { transactions: [], balances: [] },
    }
    for (let back = chance.between(12, 40); back >= 1; back -= 1)
      if (chance.is(0.6)) book(account, addDays(today(), -back))
    return account
  }

  function book(account: BankAccount, day: Day): void {
    const twin = chance.is(0.15) ? account.movements.findLast((each) => each.day === day && !each.withdrawn) : undefined
    count += 1
    account.movements.push({
      key: count,
      day,
      bookedAt: clock.now(),
      changedAt: clock.now(),
      name: twin?.name ?? chance.pick(names),
      amount: twin?.amount ?? BigInt(chance.between(-300, 300)) * 25n,
      text: twin?.text ?? `${chance.pick(texts)} ${chance.between(1, 30)}`,
      withdrawn: false,
    })
  }

  function live(): string {
    const account = chance.pick(accounts)
    const recent = account.movements.filter(({ day, withdrawn }) => !withdrawn && day >= addDays(today(), -lateDaysMax))
    const what = chance.weighed({ booked: 10, late: 2, corrected: 1, retold: 1, withdrawn: 1 })
    if (what === 'booked') book(account, today())
    else if (what === 'late') book(account, addDays(today(), -chance.between(1, lateDaysMax)))
    else if (recent.length > 0) {
      const movement = chance.pick(recent)
      if (what === 'corrected') movement.amount += BigInt(chance.between(1, 40)) * 25n
      else if (what === 'retold') movement.text = `${chance.pick(texts)} ${chance.between(31, 60)}`
      else movement.withdrawn = true
      movement.changedAt = clock.now()
    }
    return `${account.id} ${what}`
  }

  /** The consent behind a ref, if it still holds; whoever was told that it is gone has no business to ask again. */
  function entered(ref: string, isFirst: boolean): void {
    const consent = consents.get(ref)
    const now = clock.now()
    if (consent === undefined) throw new ProviderError('consent_gone', 'no such consent', { ended: 'revoked' })
    if (isFirst && consent.toldGoneAt !== null && now.getTime() - consent.toldGoneAt.getTime() > 120_000)
      violated('a bank was called with a consent that it had said is gone')
    if (isFirst && now >= consent.expiresAt) violated('a bank was called with a consent that had expired')
    if (consent.revokedAt === null && now < consent.expiresAt) return
    consent.toldGoneAt ??= now
    met('consent gone')
    throw new ProviderError('consent_gone', 'it is gone', {
      ended: consent.revokedAt === null ? 'expired' : 'revoked',
    })
  }

  function counted(calls: Date[], isAttended: boolean): void {
    if (isAttended) return
    const now = clock.now().getTime()
    const day = calls.filter((call) => call.getTime() > now - 24 * 3_600_000)
    if (day.length >= 4) violated('a bank was asked more than four times in 24 hours')
    calls.splice(0, calls.length, ...day, clock.now())
  }

  function misbehave(): void {
    if (isMended || !chance.is(0.12)) return
    const fault = chance.weighed({ timeout: 4, 'server error': 3, 'rate limit': 2, nonsense: 1, slow: 4 })
    met(fault)
    if (fault === 'slow') return clock.advance({ seconds: chance.between(1, 45) })
    if (fault === 'rate limit')
      throw new ProviderError('rate_limited', '429', {
        ...(chance.is(0.5) && { retryAt: new Date(clock.now().getTime() + chance.between(1, 300) * 60_000) }),
      })
    throw new ProviderError(fault === 'nonsense' ? 'nonsense' : 'temporary', fault)
  }

  function answer(account: BankAccount, from: Day, to: Day, round: number): readonly string[] {
    const rows = account.movements
      .filter(({ day, withdrawn }) => !withdrawn && day >= from && day <= to)
      .toSorted((a, b) => (a.day === b.day ? a.key - b.key : a.day < b.day ? -1 : 1))
    const withIds = rows.map((movement, at) => ({ movement, id: idOf(movement, at, round) }))
    if (habits.order === 'newest') withIds.reverse()
    if (habits.order === 'shuffled') withIds.sort(byChance(withIds))
    return withIds.map(({ movement: { day, name, amount, text }, id }) => {
      account.told.add(contentOf({ day, name, amount, text }))
      return JSON.stringify({ id, day, amount: String(amount), name, text })
    })
  }

  function idOf({ key, day }: Movement, at: number, round: number): string | undefined {
    switch (habits.ids) {
      case 'kept':
        return `K${key}`
      case 'reissued':
        return `R${round}-${key}`
      case 'positional':
        return `${day}.${at}`
      case 'constant':
        return 'SAME'
      case 'none':
        return undefined
    }
  }

  /** An order of its own for every answer. */
  function byChance<Item>(items: readonly Item[]): (a: Item, b: Item) => number {
    const places = new Map(items.map((item) => [item, chance.next()]))
    return (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)
  }

  const accountOf = (ref: string): BankAccount => {
    const found = accounts.find(({ id }) => ref.startsWith(`${id}/`))
    if (found === undefined) throw new Error(`there is no account ${ref}`)
    return found
  }

  function balances(account: BankAccount): readonly ProviderBalance[] {
    const day = today()
    const through = (last: Day) =>
      account.movements
        .filter((each) => !each.withdrawn && each.day <= last)
        .reduce((sum, { amount }) => sum + amount, account.opening)
    if (habits.balances === 'none') return []
    if (habits.balances === 'interim')
      return [{ type: 'interim_booked', amount: { minor: through(day), currency }, referenceDate: day }]
    const yesterday = addDays(day, -1)
    return [{ type: 'closing_booked', amount: { minor: through(yesterday), currency }, referenceDate: yesterday }]
  }

  const profile: BankProfile = { ...defaultProfile, stableId: habits.trusted ? 'transactionId' : null }

  const provider: Provider = {
    id: 'simulated',
    capabilities: { revoke: 'provider', balances: habits.balances !== 'none' },
    listInstitutions: () =>
      Promise.resolve([
        {
          nativeId,
          name: 'Simulated Bank',
          kind: 'bank',
          countries: ['DE'],
          accountTypes: ['current'],
          psuTypes: ['business'],
          maxHistoryDays: habits.maxHistoryDays,
          maxConsentDays: habits.consentDays,
          bankCodes: [],
        },
      ]),
    stateIn: ({ state }) => state,
    async startConsent({ callbackUrl, state, now, validDays }) {
      misbehave()
      const ref = `consent-${consents.size + 1}`
      const expiresAt = new Date(now.getTime() + validDays * 24 * 3_600_000)
      consents.set(ref, { expiresAt, revokedAt: null, toldGoneAt: null, round: consents.size + 1 })
      return { redirectUrl: `${callbackUrl}?state=${state}`, ref }
    },
    async completeConsent({ ref, now }) {
      misbehave()
      const consent = consents.get(ref)
      if (consent === undefined) throw new Error(`there is no ${ref}`)
      return {
        kind: 'granted',
        ref,
        validFrom: now,
        expiresAt: consent.expiresAt,
        accounts: accounts.map(({ id, iban }) => ({
          ref: `${id}/${ref}`,
          name: id,
          type: 'current',
          iban,
          currency,
        })),
      }
    },
    async consentState({ ref }) {
      const consent = consents.get(ref)
      if (consent === undefined || consent.revokedAt !== null) return { state: 'revoked' }
      if (clock.now() >= consent.expiresAt) return { state: 'expired' }
      return { state: 'usable', expiresAt: consent.expiresAt }
    },
    async revokeConsent({ ref }) {
      const consent = consents.get(ref)
      if (consent !== undefined) consent.revokedAt ??= clock.now()
      return 'ended'
    },
    async fetchBalances({ ref, accountRef, psu }) {
      counted(accountOf(accountRef).calls.balances, psu !== undefined)
      entered(ref, false)
      misbehave()
      return { balances: balances(accountOf(accountRef)) }
    },
    async fetchPage({ ref, accountRef, from, to, next, psu }) {
      const account = accountOf(accountRef)
      if (next === undefined) counted(account.calls.transactions, psu !== undefined)
      entered(ref, next === undefined)
      misbehave()
      const [token, offset] = next === undefined ? [`${snapshots.size}`, 0] : tokenIn(next)
      if (next === undefined) {
        if (from < addDays(today(), -habits.maxHistoryDays))
          throw new ProviderError('refused', 'too far back', { tooFarBack: true })
        const rows = answer(account, from, to, consents.get(ref)?.round ?? 0)
        // A day that is not over can be told of, but not completely.
        const over = to < today() ? to : addDays(today(), -1)
        snapshots.set(token, {
          rows,
          account: account.id,
          served: { from, to: over, begun: clock.now(), oldest: addDays(today(), -habits.maxHistoryDays) },
        })
      }
      const { rows, served } = snapshots.get(token) ?? { rows: [], served: null }
      const end = offset + habits.pageSize
      const isLast = end >= rows.length
      // Some banks give the page before again where there is no more.
      const isRepeated = habits.repeatsPages && isLast && offset > 0 && next !== undefined && !next.endsWith('!')
      if (isLast && served !== null) account.served.push({ ...served, at: clock.now() })
      const body = `[${rows.slice(offset, end).join(',')}]`
      const following = isRepeated ? `${token}:${offset}!` : isLast ? null : `${token}:${end}`
      if (isRepeated) met('page repeated')
      return { body, next: following }
    },
    readPage: ({ body }) => rowsIn(body),
    profileOf: () => profile,
  }
  return {
    provider,
    habits,
    accounts,
    live,
    today,
    mend: () => {
      isMended = true
    },
    untell: () => {
      for (const consent of consents.values()) consent.toldGoneAt = null
    },
    revokeAll: () => {
      for (const consent of consents.values()) consent.revokedAt ??= clock.now()
    },
  }
}

/** What makes a movement what it is, to whoever compares what is held with what was told. */
export const contentOf = ({ day, name, amount, text }: Pick<Movement, 'day' | 'name' | 'amount' | 'text'>): string =>
  `${day} ${amount} ${name} / ${text}`

function tokenIn(next: string): [string, number] {
  const [token = '', offset = '0'] = next.replace('!', '').split(':')
  return [token, Number(offset)]
}

type Row = {
  readonly id?: string
  readonly day: Day
  readonly amount: string
  readonly name: string
  readonly text: string
}

function rowsIn(body: string): readonly ProviderTransaction[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this bank wrote it
  const rows = JSON.parse(body) as readonly Row[]
  return rows.map(({ id, day, amount, name, text }) => ({
    ids: { ...(id !== undefined && { transactionId: id }) },
    status: 'booked',
    bookingDate: day,
    amount: { minor: BigInt(amount), currency },
    counterparty: { name },
    remittanceInformation: text,
  }))
}

const ibans = ['DE89370400440532013000', 'DE02120300000000202051', 'DE02500105170137075030']
const names = ['Havna Kafe', 'Nordvik Bygg', 'Strom AG', 'Tindre Friluft', 'Miete GmbH']
const texts = ['Rechnung', 'Faktura', 'Lohn', 'Karte', 'Gutschrift']
