// The trades: what share of its entries each kind of counterpart makes, and what things cost there.

import type { Chance } from '../random.ts'
import type { CustomerKind } from './agents/customer.ts'

export type TradeName =
  'wholesaler' | 'web shop' | 'housing association' | 'consultancy' | 'carpenter' | 'restaurant' | 'importer'

type Buys = CustomerKind | 'shopper'
type Costs = 'suppliers' | 'statements' | 'foreign suppliers' | 'collectors' | 'wages' | 'cards'

export type Trade = {
  /** Shares of all entries; what is left over is what every company has. */
  readonly sells: Readonly<Partial<Record<Buys, number>>>
  readonly costs: Readonly<Partial<Record<Costs, number>>>
  /** Daily takings of tills. */
  readonly takings: number
  readonly foreignAccounts: number
  readonly discount: number
  readonly terms: readonly number[]
  readonly hasOwner: boolean
  /** Whole units of about a crown; divided where money is dearer. */
  readonly price: (chance: Chance, kind: Buys) => number
}

const even = (chance: Chance, least: number, most: number, step: number): number =>
  chance.between(Math.ceil(least / step), Math.floor(most / step)) * step
const odd = (chance: Chance, least: number, most: number): number => chance.between(least * 100, most * 100) / 100
/** Many small, few large. */
const skewed = (chance: Chance, least: number, most: number): number =>
  Math.round(least * 100 + (most - least) * 100 * chance.next() * chance.next() * chance.next()) / 100

export const trades: Readonly<Record<TradeName, Trade>> = {
  wholesaler: {
    sells: { chain: 0.42, firm: 0.2, public: 0.06 }, costs: { statements: 0.1, suppliers: 0.06, collectors: 0.02, wages: 0.03, cards: 0.03 },
    takings: 0, foreignAccounts: 0, discount: 0.35, terms: [14, 30, 30, 45], hasOwner: false,
    price: (chance, kind) => (kind === 'chain' ? skewed(chance, 180, 48_000) : chance.is(0.1) ? even(chance, 500, 9000, 250) : skewed(chance, 240, 22_000)),
  },
  'web shop': {
    sells: { shopper: 0.44, subscriber: 0.1, private: 0.1, firm: 0.06 }, costs: { suppliers: 0.06, 'foreign suppliers': 0.03, cards: 0.07, wages: 0.02, collectors: 0.02 },
    takings: 0, foreignAccounts: 0, discount: 0, terms: [10, 14], hasOwner: true,
    price: (chance) => chance.pick([199, 249, 299, 349, 399, 499, 499, 599, 799, 999, 1299, 1499]) + (chance.is(0.6) ? chance.pick([0, 39, 49, 79]) : 0),
  },
  'housing association': {
    sells: { member: 0.8 }, costs: { suppliers: 0.05, collectors: 0.03, cards: 0.005, wages: 0.005 },
    takings: 0, foreignAccounts: 0, discount: 0, terms: [20], hasOwner: false,
    price: (chance) => chance.pick([3450, 3450, 4120, 4120, 4120, 4875, 5310, 295, 450]),
  },
  consultancy: {
    sells: { client: 0.26,
      subscriber: 0.05, firm: 0.12, public: 0.05 }, costs: { cards: 0.2, wages: 0.14, suppliers: 0.06, collectors: 0.03 },
    takings: 0, foreignAccounts: 1, discount: 0, terms: [14, 30, 60], hasOwner: true,
    price: (chance) => (chance.is(0.7) ? chance.between(4, 160) * chance.pick([950, 1150, 1250, 1400]) : even(chance, 10_000, 250_000, 5000)) * (chance.is(0.6) ? 1.25 : 1),
  },
  carpenter: {
    sells: { private: 0.36, firm: 0.14, public: 0.02 }, costs: { statements: 0.18, suppliers: 0.08, cards: 0.1, wages: 0.04, collectors: 0.03 },
    takings: 0, foreignAccounts: 0, discount: 0.1, terms: [10, 14, 21], hasOwner: true,
    price: (chance, kind) => (kind === 'private' ? (chance.is(0.35) ? even(chance, 1500, 90_000, 500) : odd(chance, 900, 64_000)) : odd(chance, 1200, 180_000)),
  },
  restaurant: {
    sells: { private: 0.04, firm: 0.04 }, costs: { statements: 0.14, suppliers: 0.14, wages: 0.12, cards: 0.08, collectors: 0.05 },
    takings: 0.34, foreignAccounts: 0, discount: 0, terms: [8, 14], hasOwner: true,
    price: (chance) => (chance.is(0.4) ? even(chance, 1000, 30_000, 500) : odd(chance, 600, 24_000)),
  },
  importer: {
    sells: { firm: 0.26, chain: 0.18, client: 0.1 }, costs: { 'foreign suppliers': 0.2, suppliers: 0.06, cards: 0.05, wages: 0.04, collectors: 0.02 },
    takings: 0, foreignAccounts: 2, discount: 0.2, terms: [14, 30, 60], hasOwner: false,
    price: (chance) => skewed(chance, 800, 140_000),
  },
} // prettier-ignore

export const tradeNames: readonly TradeName[] = [
  'wholesaler',
  'web shop',
  'housing association',
  'consultancy',
  'carpenter',
  'restaurant',
  'importer',
]

type Shares<K extends string> = Readonly<Partial<Record<K, number>>>

function halves<K extends string>(one: Shares<K>, other: Shares<K>): Shares<K> {
  const total: Partial<Record<K, number>> = {}
  for (const part of [one, other]) for (const key in part) total[key] = (total[key] ?? 0) + part[key]! / 2
  return total
}

/** Two trades in one company: half of each. */
export function both(one: Trade, other: Trade): Trade {
  return {
    sells: halves(one.sells, other.sells),
    costs: halves(one.costs, other.costs),
    takings: (one.takings + other.takings) / 2,
    foreignAccounts: Math.max(one.foreignAccounts, other.foreignAccounts),
    discount: Math.max(one.discount, other.discount),
    terms: [...one.terms, ...other.terms],
    hasOwner: one.hasOwner || other.hasOwner,
    price: (chance, kind) =>
      (one.sells[kind] === undefined || (other.sells[kind] !== undefined && chance.is(0.5)) ? other : one).price(
        chance,
        kind,
      ),
  }
}
