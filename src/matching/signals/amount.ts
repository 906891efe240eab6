import { exponentOf, formatMoney } from '../../values/money.ts'
import type { Books } from '../model/books.ts'
import type { EntryFeatures } from '../model/features.ts'
import { amountKey } from '../model/keys.ts'
import { isRecurring } from '../model/rarity.ts'
import { expectedOf, settle } from '../model/settlement.ts'
import type { ReasonParams } from '../model/reasons.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/**
 * How the amount settles the entry. An exact amount is worth more the rarer it is: rare as amounts go (few end in cents by
 * chance), rare among this company's open entries, and not the same every month.
 */
export const amount: Signal = {
  name: 'amount',
  family: 'amount',
  compare({ line }, features, books) {
    const { entry } = features
    const expected = expectedOf(entry, line)
    const settlement = settle(line, expected)
    if (settlement === undefined) return null
    const { kind, difference } = settlement
    const params = (): ReasonParams => ({
      amount: formatMoney({ minor: line.amount, currency: line.currency }),
      open: formatMoney({ minor: expected.open, currency: entry.currency }),
      ...(difference !== undefined && {
        difference: formatMoney({ minor: difference.minor, currency: line.currency }),
      }),
    })
    const share = kind === 'exact' || kind === 'discount' ? weights.amount[kind] : undefined
    const bits = share === undefined ? flat(kind) : Math.log2(share) + rarity(features, books)
    return { bits, key: `amount.${kind}`, params }
  },
}

function flat(kind: 'exact' | 'discount' | 'rounding' | 'fee' | 'fx' | 'overpayment' | 'partial'): number {
  return kind === 'exact' || kind === 'discount' ? 0 : weights.amount[kind]
}

/** Bits that say how unlikely this very amount is by chance. */
function rarity(features: EntryFeatures, books: Books): number {
  const { entry } = features
  const others = books.count(amountKey(entry.openAmount, entry.currency)) - 1
  const amongAll = others < 1 ? Infinity : Math.log2(books.entryCount / others)
  const recurring = isRecurring(features, books) ? weights.amount.recurringMax : Infinity
  return Math.min(asAmountsGo(entry.openAmount, entry.currency), amongAll, recurring)
}

function asAmountsGo(minor: bigint, currency: string): number {
  const table = weights.amount.rarityByZeros
  // Counted from the cents, so that 1000 yen is as round as 1000 euro.
  let zeros = 2 - exponentOf(currency)
  for (let rest = minor; rest !== 0n && rest % 10n === 0n; rest /= 10n) zeros++
  return table[Math.max(0, Math.min(zeros, table.length - 1))] ?? 0
}
