import { test } from 'tap'
import { entryFeatures, lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import { keyedEntryOf, keyedLineOf, keysVersion } from '../../../src/matching/model/kept-keys.ts'
import type { BookEntry, Line } from '../../../src/matching/model/types.ts'
import { aLine, anEntry } from '../builders.ts'

const own = ownAccountsOf([])
const entryKeysOf = (rest: Partial<BookEntry>, amount = 125_000n) =>
  keyedEntryOf(entryFeatures(anEntry('e', amount, rest), own))
const lineKeysOf = (rest: Partial<Line>, amount = 125_000n) => keyedLineOf(lineFeatures(aLine('t', amount, rest), own))

const entry: Partial<BookEntry> = {
  documentNumber: 'INV-2026-0012',
  reference: '10042000017',
  counterparty: { name: 'Fjell og Fjord AS', iban: 'NO8330001234567', id: 'c-7' },
  description: 'Konsulentbistand oktober',
  endToEndId: 'E2E-77',
  cashDiscount: { basisPoints: 200, until: '2026-03-10' },
}
const line: Partial<Line> = {
  counterparty: { name: 'FJELL OG FJORD AS', iban: 'NO8330001234567' },
  remittanceInformation: 'Faktura 2026-0012/13 konsulentbistand',
  reference: '10042000017',
  endToEndId: 'E2E-77',
  exchange: { currency: 'EUR', rate: '11.5', amount: { minor: 10_870n, currency: 'EUR' } },
}

test('the kept keys are those of this version: whoever changes them raises it, and what is kept is made anew', (t) => {
  const all = [
    entryKeysOf(entry),
    entryKeysOf({ kind: 'payroll' }, -70_000n),
    lineKeysOf(line),
    lineKeysOf({}, -70_000n),
    entryKeysOf({}, -70_000n),
    lineKeysOf({ remittanceInformation: 'Remittering' }, -70_000n),
    entryKeysOf({ kind: 'ledger_posting', description: 'Kortsalg butikken' }),
    lineKeysOf({ remittanceInformation: 'Naam: B. Mulder IBAN: NL75RABO0820534703 Kenmerk 4711' }),
    entryKeysOf({ kind: 'expense', endToEndId: 'B1889842' }, -70_000n),
    lineKeysOf({ amount: -70_000n, remittanceInformation: 'Samlebetaling EREF+B1889842' }),
  ]
  const digest = all
    .flatMap((each) => [
      ...each.keys,
      ...('meets' in each
        ? [BigInt(each.meets.length), ...each.meets, ...each.words, ...each.minors, each.party ?? 0n]
        : []),
    ])
    .reduce((total, key) => BigInt.asIntN(64, total * 31n + key), 0n)
  t.same({ keysVersion, digest: String(digest) }, { keysVersion: 9, digest: '-4881827914900899953' })
  t.end()
})

const share = (keys: readonly bigint[], others: readonly bigint[]): boolean => keys.some((key) => others.includes(key))

test('a line is found by an entry under what it meets the entry by', (t) => {
  for (const [name, given] of Object.entries<readonly [Partial<BookEntry>, Partial<Line>]>({
    'the amount': [{}, {}],
    'a document number': [{ documentNumber: '20311', openAmount: 1n }, { remittanceInformation: 'Faktura 20311' }],
    'an account': [
      { counterparty: { iban: 'NO8330001234567' }, openAmount: 1n },
      { counterparty: { iban: 'NO8330001234567' } },
    ],
    'a name': [
      { counterparty: { name: 'Fjell og Fjord AS' }, openAmount: 1n },
      { counterparty: { name: 'FJELL OG FJORD' } },
    ],
  }))
    t.ok(share(entryKeysOf(given[0]).meets, lineKeysOf(given[1]).keys), name)
  t.ok(
    share(
      entryKeysOf({ counterparty: { name: 'Nordis Bygg' } }).words,
      lineKeysOf({ remittanceInformation: 'KLARNA*NORDIS' }).keys,
    ),
  )
  t.ok(
    share(
      entryKeysOf({ kind: 'payroll', dueDate: '2026-03-15' }, -70_000n).meets,
      lineKeysOf({ bookingDate: '2026-03-16' }, -900_000n).keys,
    ),
    'a day on which a batch may be paid',
  )
  for (const dueDate of ['2026-02-20', '2026-03-16', '2026-05-14'] as const)
    t.ok(
      share(
        entryKeysOf({ dueDate }, -70_000n).meets,
        lineKeysOf({ bookingDate: '2026-03-16', remittanceInformation: 'Remittering' }, -900_000n).keys,
      ),
      `a payment run, of what is due on ${dueDate}`,
    )
  t.end()
})

test('a transfer is looked for by both of its halves, and what is settled by none', (t) => {
  t.same(entryKeysOf({ kind: 'transfer' }).minors, [125_000n, -125_000n])
  t.same(entryKeysOf({ openAmount: 0n }).minors, [0n])
  t.end()
})
