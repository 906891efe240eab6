import fc from 'fast-check'
import { test } from 'tap'
import { hasRoom, openAfter, type Spending } from '../../../src/matching/model/open-amount.ts'

type Opened = Parameters<typeof openAfter>[0]

const entry = (rest: Partial<Opened>): Opened => ({
  id: 'E',
  kind: 'sales_invoice',
  openMinor: 1_000n,
  appliedMatchIds: [],
  ...rest,
})
const spent = (matchId: string, ...amounts: readonly bigint[]): Spending[] =>
  amounts.map((minor) => ({ matchId, entryId: 'E', minor }))

const cases: readonly { name: string; entry: Opened; spendings: readonly Spending[]; open: bigint }[] = [
  { name: 'nothing spent', entry: entry({}), spendings: [], open: 1_000n },
  { name: 'a part', entry: entry({}), spendings: spent('m', 400n), open: 600n },
  { name: 'two parts', entry: entry({}), spendings: [...spent('m', 400n), ...spent('n', 600n)], open: 0n },
  { name: 'applied by the books', entry: entry({ appliedMatchIds: ['m'] }), spendings: spent('m', 400n), open: 1_000n },
  {
    name: 'one of two applied',
    entry: entry({ appliedMatchIds: ['m'] }),
    spendings: [...spent('m', 400n), ...spent('n', 300n)],
    open: 700n,
  },
  {
    name: 'more than the books now say is open',
    entry: entry({ openMinor: 100n }),
    spendings: spent('m', 400n),
    open: 0n,
  },
  {
    name: 'a bill',
    entry: entry({ kind: 'purchase_bill', openMinor: -1_000n }),
    spendings: spent('m', -400n),
    open: -600n,
  },
  {
    name: 'of another entry',
    entry: entry({}),
    spendings: [{ matchId: 'm', entryId: 'F', minor: 400n }],
    open: 1_000n,
  },
  {
    name: 'both halves of a transfer',
    entry: entry({ kind: 'transfer' }),
    spendings: spent('m', -1_000n, 1_000n),
    open: 0n,
  },
  { name: 'half a transfer', entry: entry({ kind: 'transfer' }), spendings: spent('m', -1_000n), open: 0n },
  {
    name: 'half of a part of a transfer',
    entry: entry({ kind: 'transfer' }),
    spendings: [...spent('m', -400n), ...spent('n', 300n)],
    open: 600n,
  },
]
for (const { name, entry: of, spendings, open } of cases)
  test(`what is left of an entry: ${name}`, async (t) => {
    t.equal(openAfter(of, spendings), open)
  })

test('what is left is never more than is open, never of the other sign, and is exactly what there is room for', async (t) => {
  const amount = fc.bigInt({ min: -10_000n, max: 10_000n })
  const positive = fc.bigInt({ min: 0n, max: 5_000n })
  fc.assert(
    fc.property(amount, fc.array(positive, { maxLength: 5 }), positive, (openMinor, amounts, more) => {
      const sign = openMinor < 0n ? -1n : 1n
      const of = entry({ openMinor })
      const spendings = amounts.flatMap((each, at) => spent(`m${at}`, sign * each))
      const left = openAfter(of, spendings) * sign
      const links = [
        { transactionId: 't', entryId: 'E', amount: { minor: sign * more, currency: 'NOK' }, entryAmount: null },
      ]
      const fits = hasRoom(of, { links, spendings, matchId: 'new' })
      return left >= 0n && left <= openMinor * sign && (more === 0n || fits === more <= left)
    }),
  )
  t.pass()
})
