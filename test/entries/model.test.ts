import { test } from 'tap'
import { readEntry, type EntryInput } from '../../src/entries/model.ts'

const invoice: EntryInput = { kind: 'sales_invoice', amount: '1250.00', currency: 'NOK' }
const transfer: EntryInput = {
  kind: 'transfer',
  amount: '500.00',
  currency: 'NOK',
  fromLedgerAccountId: '1920',
  toLedgerAccountId: '1930',
}
const read = (input: EntryInput) => readEntry('nordlys', 'e-1', input)

test('an entry is what was sent, its amounts in minor units, and null where nothing was said', (t) => {
  t.same(read(invoice), {
    kind: 'entry',
    entry: {
      id: 'e-1',
      companyId: 'nordlys',
      kind: 'sales_invoice',
      amountMinor: 125_000n,
      openMinor: 125_000n,
      currency: 'NOK',
      appliedMatchIds: [],
      issueDate: null,
      dueDate: null,
      documentNumber: null,
      reference: null,
      counterparty: { name: null, iban: null, id: null },
      description: null,
      endToEndId: null,
      cashDiscount: null,
      ledgerAccountId: null,
      personId: null,
      fromLedgerAccountId: null,
      toLedgerAccountId: null,
    },
  })
  t.match(
    read({
      ...invoice,
      dueDate: '2026-12-05',
      counterparty: { name: 'Fjell og Fjord AS', iban: 'NO83 3000 1234 567' },
      cashDiscount: { percent: '2', until: '2026-11-28' },
    }),
    {
      entry: {
        dueDate: '2026-12-05',
        counterparty: { name: 'Fjell og Fjord AS', iban: 'NO8330001234567', id: null },
        cashDiscount: { percent: '2', until: '2026-11-28' },
      },
    },
  )
  t.end()
})

test('amounts are exact, with the decimals that their currency has', (t) => {
  const cases: readonly (readonly [amount: string, currency: string, minor: bigint])[] = [
    ['0.01', 'NOK', 1n],
    ['-0.01', 'NOK', -1n],
    ['1', 'NOK', 100n],
    ['1.5', 'EUR', 150n],
    ['1.5000', 'EUR', 150n],
    ['1250', 'JPY', 1_250n],
    ['1250.00', 'JPY', 1_250n],
    ['1.234', 'KWD', 1_234n],
    ['0.1', 'KWD', 100n],
    ['999999999999999.99', 'NOK', 99_999_999_999_999_999n],
    ['-999999999999999.999', 'KWD', -999_999_999_999_999_999n],
  ]
  for (const [amount, currency, minor] of cases)
    t.match(read({ ...invoice, amount, currency }), { entry: { amountMinor: minor, openMinor: minor } }, amount)
  t.end()
})

test('what makes no sense is told, all of it at once, by its path', (t) => {
  const cases: readonly (readonly [what: string, input: EntryInput, paths: readonly string[]])[] = [
    ['nothing', { ...invoice, amount: '0.00' }, ['/amount']],
    ['half an øre', { ...invoice, amount: '1.005' }, ['/amount']],
    ['a part of a yen', { ...invoice, amount: '1.5', currency: 'JPY' }, ['/amount']],
    ['a currency that there is not', { ...invoice, currency: 'ZZZ' }, ['/currency']],
    ['open with the other sign', { ...invoice, openAmount: '-1.00' }, ['/openAmount']],
    ['a bill that is open with the other sign', { ...invoice, amount: '-9.00', openAmount: '1.00' }, ['/openAmount']],
    ['more open than there is', { ...invoice, openAmount: '1250.01' }, ['/openAmount']],
    ['more open than there is of a bill', { ...invoice, amount: '-9.00', openAmount: '-9.01' }, ['/openAmount']],
    ['a part of an øre open', { ...invoice, openAmount: '1.005' }, ['/openAmount']],
    ['an IBAN with a slip', { ...invoice, counterparty: { iban: 'NO8330001234568' } }, ['/counterparty/iban']],
    ['a transfer backwards', { ...transfer, amount: '-500.00' }, ['/amount']],
    ['a transfer from nowhere', { ...invoice, kind: 'transfer' }, ['/fromLedgerAccountId', '/toLedgerAccountId']],
    ['a transfer to where it came from', { ...transfer, toLedgerAccountId: '1920' }, ['/toLedgerAccountId']],
    [
      'everything',
      { ...invoice, amount: '0', openAmount: '1', counterparty: { iban: 'x' } },
      ['/counterparty/iban', '/amount', '/openAmount'],
    ],
  ]
  for (const [what, input, paths] of cases) {
    const reading = read(input)
    t.same(reading.kind === 'wrong' ? new Set(reading.errors.map(({ path }) => path)) : reading, new Set(paths), what)
  }
  t.end()
})

test('what is open is all of it, a part, or nothing', (t) => {
  const cases: readonly (readonly [amount: string, open: string, minor: bigint])[] = [
    ['1250.00', '1250.00', 125_000n],
    ['1250.00', '0.01', 1n],
    ['1250.00', '0', 0n],
    ['1250.00', '-0.00', 0n],
    ['-1250.00', '0.00', 0n],
    ['-1250.00', '-1250', -125_000n],
  ]
  for (const [amount, openAmount, minor] of cases)
    t.match(read({ ...invoice, amount, openAmount }), { entry: { openMinor: minor } }, `${openAmount} of ${amount}`)
  t.match(read(transfer), { entry: { amountMinor: 50_000n, fromLedgerAccountId: '1920', toLedgerAccountId: '1930' } })
  t.end()
})
