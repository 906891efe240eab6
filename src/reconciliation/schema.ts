import { Type } from 'typebox'
import { amount, closed, component, currency, day, oneOf, tenantKey, uuid } from '../shared/http/schema.ts'
import { formatMoney } from '../values/money.ts'
import { differenceParts, type Total } from './model/reconcile.ts'
import type { Reconciliation } from './read-reconciliation.ts'
import type { Review } from './read-review.ts'

export const connectionParams = Type.Object({ connectionId: uuid('The connection.') })
export const reconciliationQuery = Type.Object(
  {
    day: Type.Optional(day('The day whose end is meant; without one the last that is held completely.')),
    booksBalance: Type.Optional(
      amount('What your ledger account has at the end of that day: what is left unexplained is then told too.'),
    ),
  },
  closed,
)

const days = Type.Object({ from: day('First day.'), to: day('Last day.') })
export const reconciliationView = component(
  'Reconciliation',
  Type.Object(
    {
      connectionId: uuid('The connection.'),
      day: day('At the end of this day.'),
      currency: currency('Of the account, and of every amount here.'),
      bank: Type.Object(
        {
          source: oneOf(
            ['told', 'reckoned', 'unknown'],
            'Told by the bank for that day; reckoned from the nearest day that it told, by what moved between; or not known.',
          ),
          amount: Type.Optional(amount('The balance, with all that was booked into the day or before it since.')),
          told: Type.Optional(
            Type.Object({
              day: day('The day whose close the bank told.'),
              amount: amount('What it told.'),
              type: oneOf(
                ['closing_booked', 'interim_booked', 'opening_booked', 'interim_available', 'expected', 'other'],
                'Which balance.',
              ),
            }),
          ),
          bookedLate: Type.Optional(amount('What was booked into days up to then after the bank had told it.')),
          because: Type.Optional(
            oneOf(
              ['day_not_over', 'no_balance', 'days_missing'],
              'Why it is not known: the day is not over; the bank has told no balance near it; or days between are missing.',
            ),
          ),
        },
        { description: 'What the bank has.' },
      ),
      books: Type.Optional(
        Type.Object(
          {
            source: oneOf(['given', 'expected'], 'As you gave it, or as it should be if nothing else is amiss.'),
            amount: amount('The ledger account’s balance.'),
          },
          { description: 'What the books have.' },
        ),
      ),
      difference: Type.Optional(
        Type.Object(
          {
            amount: amount('What the bank has more than the books.'),
            parts: Type.Array(
              Type.Object({ kind: oneOf(differenceParts, 'Where it comes from.'), amount: amount('How much of it.') }),
              { description: 'They add up to it. Nothing is evened out: what is left is `unexplained`.' },
            ),
          },
          { description: 'Absent where the bank’s balance is not known.' },
        ),
      ),
      notInBooks: Type.Object(
        {
          count: Type.Integer({ description: 'How many.', examples: [2] }),
          amount: amount('Their sum.'),
          data: Type.Array(
            Type.Object({
              amount: amount('What of it the books had not.'),
              transaction: Type.Unsafe<object>({ $ref: 'Transaction#' }),
            }),
            { description: 'The oldest, up to 100.' },
          ),
        },
        { description: 'Booked at the bank by then, and not matched, or only with postings of later days.' },
      ),
      notAtBank: Type.Object(
        {
          count: Type.Integer({ description: 'How many.', examples: [1] }),
          amount: amount('Their sum.'),
          data: Type.Array(
            Type.Object({
              amount: amount('What of it the bank had not.'),
              entry: Type.Unsafe<object>({ $ref: 'Entry#' }),
            }),
            { description: 'The oldest, up to 100.' },
          ),
        },
        {
          description:
            'Posted on the ledger account by then (`ledger_posting`, `transfer`), and not booked at the bank, or only later.',
        },
      ),
      missing: Type.Array(days, {
        description: 'Days up to then that are not held: what they had is in none of these sums.',
      }),
    },
    { description: 'An account at the end of a day, by what is known now.' },
  ),
)

const waiting = (description: string) =>
  Type.Object(
    { count: Type.Integer({ description: 'How many.', examples: [3] }), amount: amount('Their sum.') },
    { description },
  )
export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const reviewView = component(
  'Review',
  Type.Object(
    {
      data: Type.Array(
        Type.Object({
          connectionId: uuid('The connection.'),
          name: Type.String({ description: 'Its name.' }),
          currency: currency('Of the amounts.'),
          suggested: waiting('Transactions with a suggestion to confirm.'),
          unmatched: waiting('Transactions that nothing is proposed for.'),
          oldest: day('The day of the oldest of both.'),
        }),
      ),
    },
    { description: 'What waits for somebody to decide, account by account; none that has nothing.' },
  ),
)

export const toReviewView = (review: Review) => ({
  data: review.map(({ connection, waiting: { suggested, unmatched, oldest } }) => {
    const shown = ({ count, minor }: Total) => ({
      count,
      amount: formatMoney({ minor, currency: connection.currency }),
    })
    return {
      connectionId: connection.id,
      name: connection.name,
      currency: connection.currency,
      suggested: shown(suggested),
      unmatched: shown(unmatched),
      oldest,
    }
  }),
})

/** How other slices show theirs. */
export type Views = {
  readonly transaction: (transaction: Reconciliation['notInBooks']['rows'][number]['transaction']) => object
  readonly entry: (entry: Reconciliation['notAtBank']['rows'][number]['entry']) => object
}

export const reconciliationViewWith = (views: Views) => (found: Reconciliation) => {
  const { bank, books, difference, notInBooks, notAtBank } = found
  const { currency: code } = found.connection
  const money = (minor: bigint) => formatMoney({ minor, currency: code })
  return {
    connectionId: found.connection.id,
    day: found.day,
    currency: code,
    bank:
      bank.source === 'unknown'
        ? bank
        : {
            source: bank.source,
            amount: money(bank.minor),
            told: { day: bank.close.day, amount: formatMoney(bank.close.amount), type: bank.close.type },
            ...(bank.bookedLate !== 0n && { bookedLate: money(bank.bookedLate) }),
          },
    ...(books !== null && { books: { source: books.source, amount: money(books.minor) } }),
    ...(difference !== null && {
      difference: {
        amount: money(difference.minor),
        parts: difference.parts.map(({ kind, minor }) => ({ kind, amount: money(minor) })),
      },
    }),
    notInBooks: {
      count: notInBooks.count,
      amount: money(notInBooks.minor),
      data: notInBooks.rows.map(({ transaction, minor }) => ({
        amount: money(minor),
        transaction: views.transaction(transaction),
      })),
    },
    notAtBank: {
      count: notAtBank.count,
      amount: money(notAtBank.minor),
      data: notAtBank.rows.map(({ entry, minor }) => ({ amount: money(minor), entry: views.entry(entry) })),
    },
    missing: found.missing.map(({ from, to }) => ({ from, to })),
  }
}
