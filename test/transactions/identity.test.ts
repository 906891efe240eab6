import { test } from 'tap'
import type { ProviderTransaction } from '../../src/providers/provider.ts'
import { decideIdentity } from '../../src/transactions/model/identity.ts'
import { defaultProfile } from '../../src/providers/provider.ts'
import { fingerprintOf } from '../../src/transactions/model/fingerprint.ts'
import { contents, counts, Ledger, november, onDay, row } from './ledger.ts'

const nothing = { added: 0, suspect: 0, same: 0, modified: 0, missing: 0, repeats: 0 }
const coffee = row({ amount: -3500, remittanceInformation: 'Kaffe' })
const salary = row({ amount: 4_500_000, counterparty: { name: 'Arbeidsgiver AS' }, remittanceInformation: 'Lønn' })
const rent = row({ amount: -1_200_000, counterparty: { name: 'Utleier' }, remittanceInformation: 'Husleie november' })
const phone = row({ amount: -39_900, counterparty: { name: 'Telefon AS' }, remittanceInformation: 'Faktura 77' })
const month = [coffee, salary, rent, phone].map((each, at) => ({ ...each, bookingDate: onDay(5 + at) }))

/** The same rows with other ids: a new prefix is a new consent. */
function withIds(rows: readonly ProviderTransaction[], prefix: string): readonly ProviderTransaction[] {
  return rows.map((each, at) => ({ ...each, ids: { transactionId: `${prefix}-${at}` } }))
}

test('two equal payments on one day in one answer are two movements', (t) => {
  for (const pages of [[[coffee, coffee]], [withIds([coffee, coffee], 'a')]]) {
    const ledger = new Ledger()
    t.strictSame(counts(ledger.read(pages)), { ...nothing, added: 2 })
    t.strictSame(
      ledger.held.map(({ occurrence }) => occurrence),
      [1, 2],
    )
    t.strictSame(counts(ledger.read(pages)), { ...nothing, same: 2 })
  }
  t.end()
})

test('the second of two equal payments in a later answer is one more', (t) => {
  const ledger = new Ledger()
  ledger.read([[coffee]])
  t.strictSame(counts(ledger.read([[coffee, coffee]])), { ...nothing, added: 1, same: 1 })
  t.equal(ledger.live.length, 2)
  t.end()
})

test('an equal payment days later that comes alone is a movement of its own', (t) => {
  const ledger = new Ledger()
  ledger.read([[coffee]], { from: '2026-11-01', to: '2026-11-10' })
  const later = { ...coffee, bookingDate: onDay(13) }
  t.strictSame(counts(ledger.read([[later]], { from: '2026-11-11', to: '2026-11-13' })), { ...nothing, added: 1 })
  t.strictSame(ledger.live, contents([coffee, later]))
  t.end()
})

test('ids reissued for all rows change nothing, whatever the profile says of them', (t) => {
  for (const stableId of [null, 'transactionId'] as const) {
    const ledger = new Ledger({ stableId })
    ledger.read([withIds(month, 'first')])
    const verdict = ledger.read([withIds(month, 'renewed')])
    t.strictSame(counts(verdict), { ...nothing, same: 4 })
    t.ok(verdict.same.every(({ evidenceChanged }) => evidenceChanged))
    t.notOk(
      ledger.read([withIds(month, 'renewed')]).same.some(({ evidenceChanged }) => evidenceChanged),
      'the new ids are kept',
    )
  }
  t.end()
})

test('ids reissued and texts changed are new versions of what is held', (t) => {
  // SpareBank 1 (actual#8830): the payee is edited as well. Two coffees of one day stay two.
  const ledger = new Ledger()
  ledger.read([withIds([...month, { ...coffee, bookingDate: onDay(5) }], 'first')])
  const edited = [...month, { ...coffee, bookingDate: onDay(5) }].map((each) => ({
    ...each,
    counterparty: { name: 'Visa' },
    remittanceInformation: `${each.remittanceInformation} *1234`,
  }))
  const verdict = ledger.read([withIds(edited, 'second')])
  t.strictSame(counts(verdict), { ...nothing, modified: 5 })
  t.strictSame(ledger.live, contents(edited))
  t.equal(
    verdict.modified.filter(({ suspect }) => suspect?.reason === 'pairing_unclear').length,
    2,
    'which coffee became which is a guess',
  )
  t.end()
})

test('a text edited where the answer doubles the row is one new version and one doubt', (t) => {
  const ledger = new Ledger()
  ledger.read([[rent]])
  const edited = { ...rent, ids: { transactionId: 'b' }, remittanceInformation: 'Husleie, november' }
  t.strictSame(counts(ledger.read([[edited, edited]])), { ...nothing, modified: 1, added: 1, suspect: 1 })
  t.end()
})

test('one missing and two new of its day and amount are kept apart', (t) => {
  const ledger = new Ledger()
  ledger.read([[rent]])
  const others = ['One', 'Another'].map((name) => ({ ...rent, counterparty: { name }, remittanceInformation: name }))
  t.strictSame(counts(ledger.read([others])), { ...nothing, added: 2, suspect: 2, missing: 1 })
  t.end()
})

test('an id that is not trusted and agrees with nothing but the day ties nothing together', (t) => {
  const ledger = new Ledger()
  ledger.read([withIds([rent], 'a')])
  t.strictSame(counts(ledger.read([withIds([coffee], 'a')])), { ...nothing, added: 1, missing: 1 })
  t.end()
})

test('a text edited under an account, end-to-end id or reference that differs is another payment', (t) => {
  const first = { ...rent, counterparty: { iban: 'NO9386011117947' }, endToEndId: 'A', reference: '1234' }
  for (const other of [{ counterparty: { iban: 'NO8330001234567' } }, { endToEndId: 'B' }, { reference: '9999' }]) {
    const ledger = new Ledger()
    ledger.read([[first]])
    t.strictSame(counts(ledger.read([[{ ...first, remittanceInformation: 'Something else', ...other }]])), {
      ...nothing,
      added: 1,
      missing: 1,
    })
  }
  t.end()
})

function rentOn(day: number): ProviderTransaction {
  return row({ bookingDate: onDay(day), amount: -30_000, balance: 75_000, remittanceInformation: 'Told' })
}

test('one movement told on two days is one where the profile says so, or where the running balance does', (t) => {
  const before = row({ bookingDate: onDay(8), amount: 5_000, balance: 105_000, remittanceInformation: 'Before' })
  const after = row({ bookingDate: onDay(11), amount: -1_000, balance: 74_000, remittanceInformation: 'After' })

  // Nordea: one transactionId, the other ids and the booking day differ.
  const nordea = new Ledger({ stableId: 'transactionId', repeatsMovements: true })
  const [first, second] = [10, 11].map((day) => ({
    ...rent,
    bookingDate: onDay(day),
    ids: { transactionId: 'N1', entryReference: `E${day}` },
  }))
  t.strictSame(counts(nordea.read([[second!, first!]])), { ...nothing, added: 1, repeats: 1 })
  t.strictSame(counts(nordea.read([[first!, second!]])), { ...nothing, same: 1, repeats: 1 })
  t.match(
    counts(nordea.read([[second!]], { from: onDay(11), to: onDay(20) })),
    { ...nothing, same: 1 },
    'the first telling has left the window',
  )
  t.equal(nordea.held[0]?.row.bookingDate, onDay(10))

  const balanced = new Ledger()
  t.strictSame(counts(balanced.read([[before, rentOn(10), rentOn(11), after]])), { ...nothing, added: 3, repeats: 1 })
  t.strictSame(counts(balanced.read([[after, rentOn(11), rentOn(10), before]])), { ...nothing, same: 3, repeats: 1 })
  t.strictSame(counts(balanced.read([[rentOn(11), after]], { from: onDay(11), to: onDay(20) })), {
    ...nothing,
    same: 1,
    repeats: 1,
  })
  t.equal(balanced.live.length, 3)
  t.end()
})

test('one movement told on two days under one id, with neither profile nor balance, is kept twice and the later is suspect', (t) => {
  for (const stableId of [null, 'transactionId'] as const) {
    const ledger = new Ledger({ stableId })
    const rows = [10, 11].map((day) => ({ ...rent, bookingDate: onDay(day), ids: { transactionId: 'N1' } }))
    const verdict = ledger.read([rows])
    t.strictSame(counts(verdict), { ...nothing, added: 2, suspect: 1 })
    t.strictSame(verdict.added.find(({ suspect }) => suspect !== undefined)?.row.bookingDate, onDay(11))
    t.strictSame(counts(ledger.read([rows])), { ...nothing, same: 2 })
  }
  t.end()
})

test('a payment, its refund and the payment again reach one balance twice and are three movements', (t) => {
  const again = [
    row({ amount: -100, balance: 900 }),
    row({ amount: 100, balance: 1000, remittanceInformation: 'Refund' }),
    row({ amount: -100, balance: 900 }),
  ]
  t.strictSame(counts(new Ledger().read([again])), { ...nothing, added: 3 })
  t.match(
    counts(new Ledger().read([[again[0]!, again[0]!]])),
    { ...nothing, added: 1, repeats: 1 },
    'without the refund they cannot be two',
  )
  t.end()
})

test('on a day of a payment, its refund and the payment again only what a page overlap doubled is one', (t) => {
  const before = row({ bookingDate: onDay(9), amount: 1000, balance: 1000, remittanceInformation: 'Before' })
  const [once, again] = [row({ amount: -100, balance: 900 }), row({ amount: -100, balance: 800 })]
  const refund = row({ amount: 100, balance: 900, remittanceInformation: 'Refund' })
  t.strictSame(counts(new Ledger().read([[before, once, once, again, refund, again]])), {
    ...nothing,
    added: 5,
    repeats: 1,
  })
  t.end()
})

test('a bank that puts the balance of the evening on every row tells nothing by it', (t) => {
  const evening = [
    row({ amount: -100, balance: 500 }),
    row({ amount: -100, balance: 500 }),
    row({ amount: -77, balance: 500 }),
  ]
  t.strictSame(counts(new Ledger().read([evening])), { ...nothing, added: 3 })
  t.end()
})

test('an id reused for different rows loses its trust', (t) => {
  // The Co-operative Bank (actual#5376).
  const reused = month.map((each) => ({ ...each, ids: { transactionId: '9998' } }))
  const ledger = new Ledger({ stableId: 'transactionId' })
  const verdict = ledger.read([reused])
  t.strictSame(counts(verdict), { ...nothing, added: 4 })
  t.strictSame(verdict.lost, { kind: 'transactionId', because: 'reused' })
  t.strictSame(counts(ledger.read([[...reused, reused[0]!]])), { ...nothing, added: 1, suspect: 0, same: 4 })
  t.end()
})

test('one id on two equal rows that leave two balances behind loses its trust', (t) => {
  const rows = [900, 800].map((balance) => row({ ids: { transactionId: 'a' }, amount: -100, balance }))
  const verdict = new Ledger({ stableId: 'transactionId' }).read([rows])
  t.strictSame(counts(verdict), { ...nothing, added: 2 })
  t.strictSame(verdict.lost, { kind: 'transactionId', because: 'reused' })
  t.end()
})

test('two equal rows with trusted ids of their own are two movements, whatever else they share', (t) => {
  const rows = ['a', 'b'].map((entryReference) => row({ ids: { transactionId: 'shared', entryReference } }))
  t.strictSame(counts(new Ledger({ stableId: 'entryReference' }).read([rows])), { ...nothing, added: 2 })
  t.strictSame(
    counts(new Ledger().read([rows])),
    { ...nothing, added: 2, suspect: 1 },
    'without the trust, one is doubtful',
  )
  t.end()
})

test('a row that a trusted id has found is a witness against one without an id', (t) => {
  const rows = [row({ balance: 300 }), row({ balance: 300, ids: { transactionId: 'a' } })]
  const ledger = new Ledger({ stableId: 'transactionId' })
  t.strictSame(counts(ledger.read([rows])), { ...nothing, added: 1, repeats: 1 })
  t.strictSame(counts(ledger.read([rows])), { ...nothing, same: 1, repeats: 1 })
  t.end()
})

test('an id that comes again on an unlike movement loses its trust', (t) => {
  const ledger = new Ledger({ stableId: 'transactionId' })
  ledger.read([[{ ...rent, bookingDate: onDay(2), ids: { transactionId: '1' } }]], { from: onDay(1), to: onDay(2) })
  const verdict = ledger.read([[{ ...coffee, bookingDate: onDay(9), ids: { transactionId: '1' } }]], {
    from: onDay(3),
    to: onDay(9),
  })
  t.strictSame(counts(verdict), { ...nothing, added: 1 })
  t.strictSame(verdict.lost, { kind: 'transactionId', because: 'unlike' })
  t.end()
})

test('a booking day and an id that both change later are one movement where something else of it remains', (t) => {
  const booked = { ...rent, ids: { transactionId: 'a' }, endToEndId: 'RENT-2026-11' }
  const moved = { ...booked, ids: { transactionId: 'b' }, bookingDate: onDay(12) }
  const ledger = new Ledger()
  ledger.read([[booked, salary]])
  const verdict = ledger.read([[moved, salary]])
  t.strictSame(counts(verdict), { ...nothing, same: 1, modified: 1 })
  t.strictSame(verdict.modified[0]?.fields, ['bookingDate'])
  t.end()
})

test('a booking day and an id that both change later are kept apart and suspect where nothing tells', (t) => {
  const booked = { ...rent, ids: { transactionId: 'a' } }
  const moved = { ...rent, ids: { transactionId: 'b' }, bookingDate: onDay(12) }
  const ledger = new Ledger()
  ledger.read([[booked, salary]])
  const verdict = ledger.read([[moved, salary]])
  t.strictSame(counts(verdict), { ...nothing, same: 1, added: 1, suspect: 1, missing: 1 })
  t.strictSame(verdict.added[0]?.suspect, { reason: 'may_replace', twin: verdict.missing[0]?.id })
  ledger.read([[moved, salary]])
  t.strictSame(ledger.live, contents([moved, salary]), 'two complete runs without it withdraw the old one')
  t.end()
})

function positional(rows: readonly ProviderTransaction[]): readonly ProviderTransaction[] {
  return rows.map((each, at) => ({ ...each, ids: { entryReference: `${each.bookingDate}.${at}` } }))
}

test('a positional id neither merges nor doubles', (t) => {
  // whisper-money#669: `YYYY-MM-DD.0`, null on day one, filled later; a later booking of the day pushes the others down.
  for (const stableId of [null, 'entryReference'] as const) {
    const ledger = new Ledger({ stableId })
    ledger.read([[rent, salary]])
    t.match(
      counts(ledger.read([positional([rent, salary])])),
      { ...nothing, same: 2 },
      'null one day and filled the next',
    )
    const verdict = ledger.read([positional([coffee, rent, salary])])
    t.strictSame(counts(verdict), { ...nothing, added: 1, same: 2 })
    if (stableId !== null) t.strictSame(verdict.lost, { kind: stableId, because: 'moved' })
  }
  t.end()
})

test('a constant id says nothing', (t) => {
  const constant = month.map((each) => ({ ...each, ids: { transactionId: '0', entryReference: 'X' } }))
  const ledger = new Ledger()
  t.strictSame(counts(ledger.read([[...constant, constant[0]!]])), { ...nothing, added: 5 })
  t.strictSame(counts(ledger.read([[...constant, constant[0]!]])), { ...nothing, same: 5 })
  t.end()
})

test('the same id in two accounts is two movements', (t) => {
  const [one, other] = [new Ledger({ stableId: 'transactionId' }), new Ledger({ stableId: 'transactionId' })]
  const [shown] = withIds([rent], 'a')
  t.strictSame(counts(one.read([[shown!]])), { ...nothing, added: 1 })
  t.strictSame(counts(other.read([[shown!]])), { ...nothing, added: 1 }, 'what another account holds is not asked')
  t.end()
})

test('an amount that the bank corrects is a new version', (t) => {
  const corrected = month.map((each) =>
    each.remittanceInformation === 'Kaffe' ? { ...each, amount: { minor: -3600n, currency: 'NOK' } } : each,
  )
  for (const stableId of ['transactionId', null] as const) {
    const ledger = new Ledger({ stableId })
    ledger.read([withIds(month, 'a')])
    const verdict = ledger.read([withIds(corrected, 'a')])
    t.strictSame(counts(verdict), { ...nothing, same: 3, modified: 1 })
    t.strictSame(verdict.modified[0]?.fields, ['amount'])
    t.strictSame(ledger.live, contents(corrected))
  }
  const withoutIds = new Ledger()
  withoutIds.read([month])
  t.match(
    counts(withoutIds.read([corrected])),
    { ...nothing, same: 3, added: 1, suspect: 1, missing: 1 },
    'without an id it is not known',
  )
  t.end()
})

test('one of two equal payments that is corrected leaves the other alone', (t) => {
  const ledger = new Ledger({ stableId: 'transactionId' })
  const [first, second] = withIds([coffee, coffee], 'a')
  ledger.read([[first!, second!]])
  const verdict = ledger.read([[first!, { ...second!, amount: { minor: -4000n, currency: 'NOK' } }]])
  t.strictSame(counts(verdict), { ...nothing, same: 1, modified: 1 })
  t.equal(verdict.trusted, 'transactionId')
  t.equal(verdict.modified[0]?.held.row.ids.transactionId, 'a-1')
  t.end()
})

test('a row that the bank withdraws goes after two complete runs, and is restored when it comes back', (t) => {
  for (const stableId of ['transactionId', null] as const) {
    const ledger = new Ledger({ stableId })
    const rows = withIds(month, 'a')
    ledger.read([rows])
    t.strictSame(counts(ledger.read([rows.slice(1)])), { ...nothing, same: 3, missing: 1 })
    t.equal(ledger.live.length, 4, 'one run proves nothing')
    t.equal(ledger.read([rows.slice(1)]).removal.removed.length, 1)
    t.equal(ledger.live.length, 3)
    t.strictSame(counts(ledger.read([rows.slice(1)])), { ...nothing, same: 3 }, 'what is removed is not missing')
    const verdict = ledger.read([rows])
    t.strictSame(counts(verdict), { ...nothing, same: 3, modified: 1 })
    t.match(verdict.modified[0], { restored: true, fields: [] })
    t.equal(ledger.live.length, 4)
  }
  t.end()
})

test('of two equal rows one of which was removed, the one that remains is found', (t) => {
  const [first, second] = withIds([coffee, coffee], 'a')
  const ledger = new Ledger()
  ledger.read([[first!, second!]])
  ledger.read([[second!]])
  ledger.read([[second!]])
  t.strictSame(counts(ledger.read([[coffee]])), { ...nothing, same: 1 })
  t.end()
})

test('pages in another order change nothing', (t) => {
  const pages = [[coffee, coffee], [salary], [coffee, rent], [phone]]
  const ledger = new Ledger()
  t.match(
    counts(ledger.read(pages)),
    { ...nothing, added: 6, suspect: 1 },
    'a third coffee on another page may be an overlap',
  )
  t.strictSame(counts(ledger.read(pages.toReversed())), { ...nothing, same: 6 })
  t.end()
})

test('the same page twice is one page', (t) => {
  const page = withIds(month, 'a')
  t.strictSame(counts(new Ledger().read([page, page])), { ...nothing, added: 4, repeats: 4 })
  t.strictSame(counts(new Ledger({ stableId: 'transactionId' }).read([page, page])), {
    ...nothing,
    added: 4,
    repeats: 4,
  })
  t.match(
    counts(new Ledger().read([month, month])),
    { ...nothing, added: 8, suspect: 4 },
    'without ids nobody can know',
  )
  t.end()
})

test('pages that overlap because a row was booked while we paged show it once', (t) => {
  // Newest first: a new row pushes the last of page one to the top of page two.
  const [a, b, c, d] = withIds(month, 'a')
  const ledger = new Ledger()
  t.strictSame(counts(ledger.read([[a!, b!], [b!, c!], [d!]])), { ...nothing, added: 4, repeats: 1 })
  t.match(
    counts(
      ledger.read([
        [a!, b!],
        [c!, d!],
      ]),
    ),
    { ...nothing, same: 4 },
  )
  t.match(
    counts(ledger.read([[a!], [c!, d!]])),
    { ...nothing, same: 3, missing: 1 },
    'a row pushed out between pages is not believed gone',
  )
  t.end()
})

test('one id for two equal rows of one page is kept twice and the second is suspect', (t) => {
  const [shown] = withIds([coffee], 'a')
  t.strictSame(counts(new Ledger().read([[shown!, shown!]])), { ...nothing, added: 2, suspect: 1 })
  t.strictSame(counts(new Ledger({ stableId: 'transactionId' }).read([[shown!, shown!]])), {
    ...nothing,
    added: 1,
    repeats: 1,
  })
  t.end()
})

test('pending rows are no transactions until they are booked', (t) => {
  const ledger = new Ledger({ stableId: 'transactionId' })
  const pending = { ...rent, status: 'pending' as const, ids: { transactionId: 'p' } }
  t.strictSame(counts(ledger.read([[pending]])), nothing)
  t.strictSame(counts(ledger.read([[{ ...rent, ids: { transactionId: 'q' } }]])), { ...nothing, added: 1 })
  t.end()
})

test('a bank that doubles the whole month on every call has it once where balances tell, and suspect where nothing does', (t) => {
  // Bankinter (securo#612): every row twice, with ids of its own each time.
  let balance = 1_000_000
  const balanced = month.map((each) => {
    balance += Number(each.amount.minor)
    return { ...each, balanceAfter: { minor: BigInt(balance), currency: 'NOK' } }
  })
  const told = new Ledger()
  const silent = new Ledger()
  for (const call of ['a', 'b', 'c']) {
    const isFirst = call === 'a'
    const doubled = (rows: readonly ProviderTransaction[]) => [
      ...withIds(rows, `${call}1`),
      ...withIds(rows, `${call}2`),
    ]
    t.strictSame(counts(told.read([doubled(balanced)])), {
      ...nothing,
      ...(isFirst ? { added: 4 } : { same: 4 }),
      repeats: 4,
    })
    t.strictSame(counts(silent.read([doubled(month)])), {
      ...nothing,
      ...(isFirst ? { added: 8, suspect: 4 } : { same: 8 }),
    })
  }
  t.end()
})

test('pairs are no doubt while a row among them comes once', (t) => {
  const single = row({ bookingDate: onDay(6), amount: -1, remittanceInformation: 'Fee' })
  t.match(
    counts(new Ledger().read([[...month, ...month, single]])),
    { ...nothing, added: 9, suspect: 0 },
    'single in the middle of the pairs',
  )
  t.match(
    counts(new Ledger().read([[coffee, coffee, rent, rent]])),
    { ...nothing, added: 4, suspect: 0 },
    'two pairs are no pattern',
  )
  t.end()
})

test('a bank that answers empty once takes nothing away', (t) => {
  const ledger = new Ledger()
  ledger.read([month])
  for (let call = 0; call < 3; call++) {
    const run = ledger.read([])
    t.strictSame(counts(run), { ...nothing, missing: 4 })
    t.equal(run.removal.quarantine, 'empty_answer')
  }
  t.strictSame(counts(ledger.read([month])), { ...nothing, same: 4 })
  t.end()
})

test('a row outside of the days that were asked for is taken, and not asked after', (t) => {
  const ledger = new Ledger()
  const early = row({ bookingDate: '2026-10-20', balance: 100 })
  t.strictSame(counts(ledger.read([[early, coffee]])), { ...nothing, added: 2 })
  t.strictSame(counts(ledger.read([[coffee]])), { ...nothing, same: 1 })
  t.strictSame(counts(ledger.read([[early, coffee]])), { ...nothing, same: 2 })
  t.end()
})

test('what only case, accents, white space or the running balance tell apart is no new version', (t) => {
  const ledger = new Ledger()
  ledger.read([[row({ counterparty: { name: 'Ærø Bygg AS' }, remittanceInformation: 'Faktura 12', balance: 100 })]])
  const told = row({ counterparty: { name: 'AERO BYGG AS' }, remittanceInformation: ' FAKTURA  12', balance: 900 })
  t.strictSame(counts(ledger.read([[told]])), { ...nothing, same: 1 })
  t.end()
})

test('each field that the bank changes is named', (t) => {
  const first = row({
    ids: { transactionId: 'a' },
    valueDate: onDay(10),
    reference: 'RF18539007547034',
    endToEndId: 'E',
    bankTransactionCode: 'PMNT-RCDT-ESCT',
    exchange: { currency: 'SEK', rate: '0.97', amount: { minor: 100n, currency: 'SEK' } },
  })
  const changes: Partial<ProviderTransaction> = {
    bookingDate: onDay(11),
    valueDate: onDay(12),
    amount: { minor: -1n, currency: 'NOK' },
    counterparty: { name: 'Another' },
    remittanceInformation: 'Another text',
    reference: '42',
    endToEndId: 'F',
    bankTransactionCode: 'PMNT-ICDT-ESCT',
    exchange: { currency: 'SEK', rate: '0.98', amount: { minor: 100n, currency: 'SEK' } },
  }
  for (const [field, value] of Object.entries(changes)) {
    const ledger = new Ledger({ stableId: 'transactionId' })
    ledger.read([[first]])
    t.strictSame(
      ledger.read([[{ ...first, [field]: value }]]).modified.map(({ fields }) => fields),
      [[field]],
      field,
    )
  }
  t.end()
})

test('occurrence numbers are never used twice for one fingerprint, removed ones included', (t) => {
  const ledger = new Ledger()
  ledger.read([[coffee, coffee]])
  const other = { ...coffee, bookingDate: onDay(11), ids: { transactionId: 'z' } }
  ledger.read([[other]])
  ledger.read([[other]])
  ledger.read([[coffee, coffee, coffee, other]])
  const numbers = ledger.held.map(({ fingerprint, occurrence }) => `${fingerprint} ${occurrence}`)
  t.equal(new Set(numbers).size, numbers.length)
  t.end()
})

test('a fingerprint is the same for ever', (t) => {
  // Stored fingerprints are compared with these: if this fails, it is version 2 and every stored one has to be written anew.
  t.equal(fingerprintOf(coffee), '1:2026-11-10:-3500NOK:593135403.1657849469')
  t.equal(
    fingerprintOf(row({ counterparty: { iban: 'NO9386011117947', name: 'Ærø' }, remittanceInformation: 'Lønn ŁØ' })),
    '1:2026-11-10:-10000NOK:2137383621.919278597',
  )
  t.equal(
    fingerprintOf(row({ remittanceInformation: 'Café\n', counterparty: {} })),
    fingerprintOf(row({ remittanceInformation: 'CAFE', counterparty: {} })),
  )
  t.not(
    fingerprintOf(row({ remittanceInformation: 'A', counterparty: { name: 'B' } })),
    fingerprintOf(row({ remittanceInformation: 'B', counterparty: { name: 'A' } })),
  )
  t.end()
})

test('many rows are decided in linear time', (t) => {
  // No stopwatch: a quadratic step would take minutes here and run into the time limit. All rows equal is the worst case.
  const many = Array.from({ length: 30_000 }, () => coffee)
  const first = decideIdentity({ held: [], pages: [many], profile: defaultProfile, window: november })
  t.equal(first.added.length, many.length)
  const held = first.added.map((each, at) => ({
    id: `t${at}`,
    row: each.row,
    fingerprint: each.fingerprint,
    occurrence: each.occurrence,
    removed: false,
    missed: 0,
  }))
  const again = decideIdentity({ held, pages: [many], profile: defaultProfile, window: november })
  t.equal(again.same.length, many.length)
  t.end()
})
