import type { BankProfile, ProviderTransaction } from '../../src/providers/provider.ts'
import { defaultProfile } from '../../src/providers/provider.ts'
import { decideIdentity, type IdentityVerdict } from '../../src/transactions/model/identity.ts'
import { decideRemovals, type RemovalVerdict } from '../../src/transactions/model/removal.ts'
import type { Days, HeldTransaction } from '../../src/transactions/model/sides.ts'
import { addDays, type Day } from '../../src/values/day.ts'

type RowParts = Partial<Omit<ProviderTransaction, 'amount'>> & { readonly amount?: number; readonly balance?: number }

/** A booked row; amounts in minor units of NOK. */
export function row({ amount = -10_000, balance, ...parts }: RowParts = {}): ProviderTransaction {
  return {
    ids: {},
    status: 'booked',
    bookingDate: '2026-11-10',
    amount: money(amount),
    counterparty: { name: 'Kaffebrenneriet' },
    remittanceInformation: 'Varekjøp',
    ...(balance !== undefined && { balanceAfter: money(balance) }),
    ...parts,
  }
}

function money(minor: number) {
  return { minor: BigInt(minor), currency: 'NOK' }
}

export const november: Days = { from: '2026-11-01', to: '2026-11-20' }

type Run = IdentityVerdict & { readonly removal: RemovalVerdict }

/** What a store would do with the verdicts, in memory: each `read` is a complete run. */
export class Ledger {
  held: readonly HeldTransaction[] = []
  #profile: BankProfile
  #lastId = 0

  constructor(profile: Partial<BankProfile> = {}) {
    this.#profile = { ...defaultProfile, ...profile }
  }

  read(pages: readonly (readonly ProviderTransaction[])[], window: Days = november): Run {
    const held = this.held
    const verdict = decideIdentity({ held, pages, profile: this.#profile, window })
    // An id that contradicted itself is not trusted again.
    if (verdict.lost !== undefined) this.#profile = { ...this.#profile, stableId: null }
    const removal = decideRemovals({
      missing: verdict.missing,
      shownCount: pages.flat().length,
      heldCount: held.filter(
        (each) => !each.removed && each.row.bookingDate >= window.from && each.row.bookingDate <= window.to,
      ).length,
      proof: { kept: 'unverifiable', removed: 'unverifiable' },
    })
    const next = new Map(held.map((each) => [each.id, each]))
    for (const { held: each, row: shown } of verdict.same) {
      next.set(each.id, { ...each, missed: 0, row: withEvidence(each.row, shown) })
    }
    for (const { held: each, row: shown, fingerprint, occurrence } of verdict.modified) {
      next.set(each.id, { ...each, row: shown, fingerprint, occurrence, removed: false, missed: 0 })
    }
    for (const { held: each, missed } of removal.kept) next.set(each.id, { ...each, missed })
    for (const each of removal.removed) next.set(each.id, { ...each, removed: true, missed: 0 })
    for (const { row: shown, fingerprint, occurrence } of verdict.added) {
      const id = `t${++this.#lastId}`
      next.set(id, { id, row: shown, fingerprint, occurrence, removed: false, missed: 0 })
    }
    this.held = [...next.values()]
    return { ...verdict, removal }
  }

  /** What is there: `day amount text`, sorted. */
  get live(): readonly string[] {
    return contents(this.held.filter(({ removed }) => !removed).map((each) => each.row))
  }
}

function withEvidence(held: ProviderTransaction, { ids, balanceAfter }: ProviderTransaction): ProviderTransaction {
  const { balanceAfter: kept, ...told } = held
  const balance = balanceAfter ?? kept
  return { ...told, ids, ...(balance !== undefined && { balanceAfter: balance }) }
}

export function contents(rows: readonly ProviderTransaction[]): readonly string[] {
  return rows
    .map((each) => `${each.bookingDate} ${each.amount.minor} ${each.counterparty?.name} ${each.remittanceInformation}`)
    .toSorted()
}

/** How many of each: `{ added: 2, same: 1 … }`, and how many of the added are suspect. */
export function counts({ added, same, modified, missing, repeats }: IdentityVerdict) {
  const suspect = added.filter((each) => each.suspect !== undefined).length
  return {
    added: added.length,
    suspect,
    same: same.length,
    modified: modified.length,
    missing: missing.length,
    repeats,
  }
}

export function onDay(day: number): Day {
  return addDays('2026-11-01', day - 1)
}
