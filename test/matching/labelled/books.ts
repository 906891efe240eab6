// The records while they are being made: entries that are still open or not, bank lines, and what really belongs together.

import type { Chance } from '../random.ts'
import type { EntryRecord, TransactionRecord, TruthRecord } from './format.ts'
import { iso, money, scrambled } from './kit.ts'
import type { Party } from './parties.ts'
import type { Account } from './world.ts'

export type Item = {
  readonly id: string
  readonly kind: EntryRecord['kind']
  readonly direction: EntryRecord['direction']
  readonly amount: number
  readonly currency: string
  /** What is open before the set begins. */
  open: number
  readonly issue: number
  readonly due: number | null
  readonly name: string | null
  readonly iban: string | null
  readonly reference: string | null
  readonly number: string | null
  readonly description: string | null
  readonly endToEndId: string | null
  readonly discount: { readonly percent: number; readonly until: number } | null
  readonly from: string | null
  readonly to: string | null
  readonly party: Party | null
}

/** How the line's amount and the entries' fit: what a person must understand to book it. */
export type Fit = 'exact' | 'part' | 'discount' | 'late-discount' | 'fee' | 'rounding' | 'exchange' | 'over' | 'net'

export type Line = {
  readonly id: string
  readonly account: Account
  readonly day: number
  readonly valueDay: number | null
  readonly amount: number
  readonly currency: string
  readonly name: string | null
  readonly iban: string | null
  readonly text: string | null
  readonly reference: string | null
  readonly endToEndId: string | null
  readonly code: string | null
  readonly instructed: { readonly amount: number; readonly currency: string } | null
  readonly rate: string | null
  readonly story: string
  readonly party: Party | null
  items: readonly Item[]
  with: readonly Line[]
  readonly fit: Fit
  /** How each entry is named in the text, as it was written before any bank had it; none where it is not named. */
  readonly written: readonly string[]
  /** One whole thing with its entry (a transfer, a salary): the records say so themselves. */
  certain: boolean
}

export type ItemSpec = Pick<Item, 'kind' | 'direction' | 'amount' | 'issue'> & Partial<Omit<Item, 'id'>>
export type LineSpec = Pick<Line, 'account' | 'day' | 'amount' | 'story'> & Partial<Omit<Line, 'id'>>

export type Books = {
  readonly items: Item[]
  readonly lines: Line[]
  readonly item: (spec: ItemSpec) => Item
  readonly line: (spec: LineSpec) => Line
}

/** Hands out ids that tell nothing of who came first. */
export function idsOf(prefix: string, seed: number): () => string {
  let count = 0
  return () => `${prefix}_${scrambled(count++, seed)}`
}

export function booksOf({
  currency,
  itemId,
  lineId,
}: {
  currency: string
  itemId: () => string
  lineId: () => string
}): Books {
  const items: Item[] = []
  const lines: Line[] = []
  return {
    items,
    lines,
    item: (spec) => {
      const item: Item = {
        id: itemId(),
        kind: spec.kind,
        direction: spec.direction,
        amount: spec.amount,
        currency: spec.currency ?? currency,
        open: spec.open ?? spec.amount,
        issue: spec.issue,
        due: spec.due ?? null,
        name: spec.name ?? null,
        iban: spec.iban ?? null,
        reference: spec.reference ?? null,
        number: spec.number ?? null,
        description: spec.description ?? null,
        endToEndId: spec.endToEndId ?? null,
        discount: spec.discount ?? null,
        from: spec.from ?? null,
        to: spec.to ?? null,
        party: spec.party ?? null,
      }
      items.push(item)
      return item
    },
    line: (spec) => {
      const line: Line = {
        id: lineId(),
        account: spec.account,
        day: spec.day,
        valueDay: spec.valueDay ?? null,
        amount: spec.amount,
        currency: spec.currency ?? spec.account.currency,
        name: spec.name ?? null,
        iban: spec.iban ?? null,
        text: spec.text ?? null,
        reference: spec.reference ?? null,
        endToEndId: spec.endToEndId ?? null,
        code: spec.code ?? null,
        instructed: spec.instructed ?? null,
        rate: spec.rate ?? null,
        story: spec.story,
        party: spec.party ?? null,
        items: spec.items ?? [],
        with: spec.with ?? [],
        fit: spec.fit ?? 'exact',
        written: spec.written ?? [],
        certain: false,
      }
      lines.push(line)
      return line
    },
  }
}

/**
 * Numbers documents in the order of their days, nearly, with the gaps that other series leave. Business before the knee is known
 * thinly, after it whole: `lateShare` of the numbers lie there.
 */
export function numberer(
  chance: Chance,
  { first, knee, last, lateShare, expected }: Numbering & { expected: number },
): (day: number) => number {
  const size = Math.ceil(expected * 1.35) + 50
  const base = 10 ** (String(size).length + chance.between(0, 1)) * chance.between(1, 8) + chance.between(0, 900)
  // Where the next free place is, as far as known.
  const next = Int32Array.from({ length: size * 3 + 1_000 }, (_, at) => at)
  const freeFrom = (start: number): number => {
    let at = start
    while (next[at] !== at) {
      next[at] = next[next[at]!]!
      at = next[at]!
    }
    return at
  }
  const placeOf = (day: number): number => {
    const kept = Math.max(first, Math.min(day, last))
    return kept < knee
      ? ((kept - first) / (knee - first)) * (1 - lateShare)
      : 1 - lateShare + ((kept - knee) / (last - knee + 1)) * lateShare
  }
  return (day) => {
    const at = freeFrom(Math.floor(placeOf(day) * size))
    if (at >= next.length - 1) throw new Error('more documents than were expected')
    next[at] = at + 1
    return base + at
  }
}

type Numbering = { readonly first: number; readonly knee: number; readonly last: number; readonly lateShare: number }

export function entryRecord(item: Item, companyId: string): EntryRecord {
  return {
    id: item.id,
    companyId,
    kind: item.kind,
    direction: item.direction,
    amount: money(item.amount),
    currency: item.currency,
    openAmount: money(item.open),
    issueDate: iso(item.issue),
    dueDate: item.due === null ? null : iso(item.due),
    counterpartyName: item.name,
    counterpartyIban: item.iban,
    reference: item.reference,
    documentNumber: item.number,
    description: item.description,
    endToEndId: item.endToEndId,
    ...(item.discount === null
      ? {}
      : { cashDiscount: { percent: item.discount.percent, until: iso(item.discount.until) } }),
    ...(item.from === null ? {} : { fromAccountId: item.from }),
    ...(item.to === null ? {} : { toAccountId: item.to }),
  }
}

export function transactionRecord(line: Line, companyId: string): TransactionRecord {
  return {
    id: line.id,
    companyId,
    accountId: line.account.id,
    accountIban: line.account.iban,
    bookingDate: iso(line.day),
    valueDate: line.valueDay === null ? null : iso(line.valueDay),
    amount: money(line.amount),
    currency: line.currency,
    counterpartyName: line.name,
    counterpartyIban: line.iban,
    remittanceInformation: line.text,
    structuredReference: line.reference,
    endToEndId: line.endToEndId,
    bankTransactionCode: line.code,
    ...(line.instructed === null
      ? {}
      : { instructedAmount: { amount: money(line.instructed.amount), currency: line.instructed.currency } }),
    ...(line.rate === null ? {} : { exchangeRate: line.rate }),
  }
}

export function truthRecord(line: Line, companyId: string): TruthRecord {
  return {
    transactionId: line.id,
    companyId,
    story: line.story,
    entryIds: line.items.map(({ id }) => id),
    withTransactionIds: line.with.map(({ id }) => id),
    certain: line.certain,
  }
}
