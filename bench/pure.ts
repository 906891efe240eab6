// The two inner loops of an import by themselves, on one core: reading a bank's page, and deciding what is new.

import { createLog } from '../src/shared/log.ts'
import { createOutbound } from '../src/shared/outbound.ts'
import { createIds } from '../src/shared/ids.ts'
import { systemClock } from '../src/shared/clock.ts'
import { createProviders } from '../src/providers/registry.ts'
import { defaultProfile, type ProviderTransaction } from '../src/providers/provider.ts'
import { decideIdentity } from '../src/transactions/model/identity.ts'
import type { HeldTransaction } from '../src/transactions/model/sides.ts'
import { addDays, parseDay } from '../src/values/day.ts'
import { median, type Figure } from './figure.ts'

const pageRows = 1_000
const pages = 20
const rounds = 7

export async function measurePure(): Promise<readonly Figure[]> {
  const ids = createIds(() => 0)
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  const bank = {
    id: 'bank',
    name: 'Bank',
    baseUrl: 'http://127.0.0.1',
    countries: ['NO'],
    bankCodes: [],
    maxHistoryDays: 90,
    maxConsentDays: 90,
  }
  const provider = createProviders(
    { berlinGroup: [bank] },
    { outbound, clock: systemClock, random: () => 0, newId: ids.uuid },
  ).get('berlin-group')
  await outbound.close()
  if (provider === undefined) throw new Error('there is no berlin-group')
  const bodies = Array.from({ length: pages }, (_, page) => bodyOf(page))
  const read = () =>
    bodies.map((body) => provider.readPage({ body, next: null }, { nativeId: bank.id, currency: 'NOK' }))
  const rows = read()
  const window = { from: dayOf(0), to: dayOf(pageRows * pages) }
  const decide = (held: readonly HeldTransaction[]) =>
    decideIdentity({ held, pages: rows, profile: defaultProfile, window })
  const held = decide([]).added.map(({ row, fingerprint, occurrence }): HeldTransaction => ({
    id: ids.uuid(),
    row,
    fingerprint,
    occurrence,
    removed: false,
    missed: 0,
  }))
  return [
    { name: 'identity alone, all new', value: rowsPerSecond(() => decide([])), unit: 'rows/s' },
    { name: 'identity alone, all held', value: rowsPerSecond(() => decide(held)), unit: 'rows/s' },
  ]
}

function rowsPerSecond(work: () => readonly unknown[] | object): number {
  const seconds = Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    work()
    return (performance.now() - startedAt) / 1000
  })
  return (pageRows * pages) / median(seconds)
}

const dayOf = (row: number): ProviderTransaction['bookingDate'] =>
  addDays(parseDay('2026-01-01') ?? '1900-01-01', Math.floor(row / 200))

/** A page as the Berlin Group writes it: a shop's day, with a name, a text and two ids on each row. */
function bodyOf(page: number): string {
  const booked = Array.from({ length: pageRows }, (_, place) => {
    const n = page * pageRows + place
    return {
      transactionId: `2f0c1d7e-0000-4000-8000-${String(n).padStart(12, '0')}`,
      entryReference: `E${String(n).padStart(16, '0')}`,
      bookingDate: dayOf(n),
      valueDate: dayOf(n),
      transactionAmount: {
        currency: 'NOK',
        amount: `${n % 3 === 0 ? '-' : ''}${100 + (n % 9_000)}.${String(n % 100).padStart(2, '0')}`,
      },
      creditorName: `Leverandør ${n % 97} AS`,
      debtorName: `Kunde ${n % 89} AS`,
      debtorAccount: { iban: 'NO8330001234567' },
      remittanceInformationUnstructured: `Faktura ${1_000_000 + n}`,
      bankTransactionCode: 'PMNT-RCDT-ESCT',
    }
  })
  return JSON.stringify({
    account: { iban: 'NO9386011117947' },
    transactions: { booked, _links: { account: { href: '/v1/accounts/1' } } },
  })
}
