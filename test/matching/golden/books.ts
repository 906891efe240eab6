// Books in the making: entries and lines are added by the stories, each line with its truth.

import type { BookEntry, Line, OwnAccount } from '../../../src/matching/model/types.ts'
import { addDays, type Day } from '../../../src/values/day.ts'
import { asBankWrites } from './bank-text.ts'
import { chance } from './random.ts'
import { companyName, cultures, iban, personName, type Country, type Culture } from './world.ts'

/** What a line truly is: these entries, another line, or (both empty) nothing that the books know. */
export type Truth = {
  readonly story: string
  readonly entryIds: readonly string[]
  readonly lineIds: readonly string[]
}

export type LabelledBooks = {
  readonly lines: readonly Line[]
  readonly entries: readonly BookEntry[]
  readonly ownAccounts: readonly OwnAccount[]
  readonly truth: ReadonlyMap<string, Truth>
}

export type Plan = {
  readonly seed: number
  readonly country: Country
  readonly customers: number
  readonly suppliers: number
  readonly months: number
}

/** A customer or supplier, and how it pays. */
export type Party = {
  readonly id: string
  readonly name: string
  /** The books know the first, if any. */
  readonly ibans: readonly string[]
  readonly ibanIsKnown: boolean
  /** The same amount every month. */
  readonly subscription?: bigint
  readonly habit: 'reference' | 'number' | 'odd-number' | 'bare-number' | 'name-only' | 'silent'
  /** Days after the due day. */
  readonly lateness: number
  readonly paysInOneSum: boolean
  /** Pays through a processor. */
  readonly through?: string
}

export type NewEntry = Omit<BookEntry, 'id' | 'currency' | 'openAmount'> & { readonly currency?: string }
export type NewLine = Omit<Line, 'id' | 'currency' | 'connectionId'> & { readonly connectionId?: string }

export type Draft = ReturnType<typeof draft>

const firstDay: Day = '2026-01-02'

export function draft(plan: Plan) {
  const luck = chance(plan.seed)
  const culture: Culture = cultures[plan.country]
  const lines: Line[] = []
  const entries: BookEntry[] = []
  const truth = new Map<string, Truth>()
  const lastDay = addDays(firstDay, plan.months * 30 + 20)
  const account = (name: string): OwnAccount & { readonly iban: string; readonly ledgerAccountId: string } => ({
    connectionId: `cn-${name}`,
    ledgerAccountId: `la-${name}`,
    iban: iban(plan.country, luck),
  })
  const own = { operating: account('operating'), savings: account('savings'), tax: account('tax') }

  const amount = (): bigint => {
    const size = Math.exp(4.5 + luck.next() * 5) * (['EUR', 'GBP'].includes(culture.currency) ? 1 : 9)
    // Prices are often whole, and many are round.
    const step = luck.pick([1n, 1n, 1n, 1n, 100n, 100n, 100n, 100n, 1_000n, 10_000n])
    return (BigInt(Math.round(size * 100)) / step + 1n) * step
  }
  return {
    plan,
    luck,
    culture,
    own,
    lastDay,
    amount,

    party: (id: string): Party => ({
      id,
      name: luck.is(0.2) ? personName(plan.country, luck) : companyName(plan.country, luck),
      ibans: Array.from({ length: luck.is(0.15) ? 2 : 1 }, () => iban(plan.country, luck)),
      ibanIsKnown: luck.is(0.6),
      ...(luck.is(0.2) && { subscription: amount() }),
      habit: luck.weighed({
        reference: 6,
        number: 4,
        'odd-number': 3,
        'bare-number': 2,
        'name-only': 3,
        silent: 1,
      }),
      lateness: luck.is(0.5) ? 0 : luck.between(0, 40),
      paysInOneSum: luck.is(0.12),
      ...(luck.is(0.05) && { through: luck.pick(['KLARNA', 'Vipps', 'SumUp', 'Stripe', 'MobilePay', 'Zettle']) }),
    }),
    /** The party as the books have it. Every second company's books number their parties. */
    booked: ({ id, name, ibans, ibanIsKnown }: Party): NonNullable<BookEntry['counterparty']> => ({
      name,
      ...(ibanIsKnown && { iban: ibans[0]! }),
      ...(plan.seed % 2 === 0 && { id }),
    }),
    /** The party as the bank shows it. */
    shown: ({ name, ibans, through }: Party): NonNullable<Line['counterparty']> => ({
      ...(luck.is(0.92) && { name: asBankWrites(through === undefined ? name : `${through}*${name}`, luck) }),
      ...(luck.is(0.65) && through === undefined && { iban: luck.pick(ibans) }),
    }),

    entry: (entry: NewEntry): BookEntry => {
      const id = `e${luck.digits(9)}x${entries.length}`
      const added: BookEntry = { id, currency: culture.currency, openAmount: entry.amount, ...entry }
      entries.push(added)
      return added
    },
    /** Settled in the books by other means. */
    settle: (entry: BookEntry): void => {
      entries[entries.indexOf(entry)] = { ...entry, openAmount: 0n }
    },
    /** undefined for what lies after the last day. */
    line: (story: string, line: NewLine, settles: readonly BookEntry[]): Line | undefined => {
      if (line.bookingDate > lastDay) return undefined
      const added: Line = {
        id: `t${luck.digits(9)}x${lines.length}`,
        currency: culture.currency,
        connectionId: own.operating.connectionId,
        ...line,
        ...(luck.is(0.4) && { valueDate: addDays(line.bookingDate, luck.between(-1, 1)) }),
      }
      lines.push(added)
      truth.set(added.id, { story, entryIds: settles.map(({ id }) => id), lineIds: [] })
      return added
    },
    /** Two lines that belong to each other. */
    tie: (first: Line | undefined, second: Line | undefined): void => {
      if (first === undefined || second === undefined) return
      truth.set(first.id, { ...truth.get(first.id)!, lineIds: [second.id] })
      truth.set(second.id, { ...truth.get(second.id)!, lineIds: [first.id] })
    },
    /** A day of the plan, from 0. */
    day: (at: number): Day => addDays(firstDay, at),
    finished: (): LabelledBooks => ({ lines, entries, ownAccounts: Object.values(own), truth }),
  }
}
