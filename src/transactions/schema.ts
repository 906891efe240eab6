import { Type } from 'typebox'
import {
  amount,
  closed,
  component,
  currency,
  day,
  instant,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  uuid,
} from '../shared/http/schema.ts'
import { formatMoney } from '../values/money.ts'
import type { PlacedChange, PlacedTransaction } from './read-transactions.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const connectionParams = Type.Object({ connectionId: uuid('The connection.') })
export const transactionParams = Type.Object({ transactionId: uuid('The transaction.') })

export const transactionListQuery = Type.Object(
  {
    ...listQuery,
    from: Type.Optional(day('Booked on this day or later.')),
    to: Type.Optional(day('Booked on this day or earlier.')),
    match: Type.Optional(
      oneOf(
        ['unmatched', 'suggested', 'matched'],
        'Only those that nothing is proposed for (and that the books have not closed already), that have suggestions, or that are matched.',
      ),
    ),
  },
  closed,
)
export const changeQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({ maxLength: 512, description: 'The `nextCursor` that you kept; from the beginning without one.' }),
    ),
    limit: listQuery.limit,
  },
  closed,
)

const assignment = Type.Union(
  [
    Type.Object({
      ledgerAccountId: Type.Optional(tenantKey('The ledger account.')),
      personId: Type.Optional(tenantKey('The card holder.')),
      expensePolicy: Type.Optional(oneOf(['company', 'reimbursable'], 'Who bears what is bought with the card.')),
    }),
    Type.Literal('none'),
    Type.Null(),
  ],
  { description: 'Where it belongs in the books: `none` is deliberately nowhere, null nothing yet.' },
)

export const transactionView = component(
  'Transaction',
  Type.Object(
    {
      id: uuid('Stays the same whatever the bank does to its ids.'),
      companyId: tenantKey('Your key of the company.'),
      connectionId: uuid('The connection that it is booked on.'),
      assignment,
      bookingDate: day('When the bank booked it.'),
      valueDate: Type.Optional(day('When interest counts from.')),
      amount: amount('Signed from the account holder’s side: credit positive.'),
      currency: currency(),
      counterparty: Type.Optional(
        Type.Object({
          name: Type.Optional(
            text(200, 'The other side: debtor of money in, creditor of money out.', 'Fjell og Fjord AS'),
          ),
          iban: Type.Optional(text(34, 'Their account, where it is an IBAN.', 'NO8330001234567')),
          bban: Type.Optional(text(64, 'Their account, where it is none.', '30001234567')),
        }),
      ),
      remittanceInformation: Type.Optional(text(2_000, 'What the payer wrote, complete.', 'Faktura 10042')),
      reference: Type.Optional(text(64, 'Structured reference, normalised.', '10042000017')),
      endToEndId: Type.Optional(text(64, 'The payment order’s own id.', 'PAY-2026-1182')),
      bankTransactionCode: Type.Optional(text(64, 'ISO 20022 domain, family, sub-family.', 'PMNT-RCDT-ESCT')),
      exchange: Type.Optional(
        Type.Object({
          amount: Type.Optional(amount('What was instructed.')),
          currency: currency('In which currency.'),
          rate: text(40, 'As the bank wrote it.', '11.6450'),
        }),
      ),
      balanceAfter: Type.Optional(amount('The account’s balance after it, where the bank says so.')),
      status: oneOf(['booked'], 'Only booked transactions are delivered.'),
      version: Type.Integer({ description: 'Rises when the bank changes or withdraws it.', examples: [1] }),
      alreadyBooked: Type.Optional(
        Type.Boolean({ description: 'Within a closed period of the books: not matched by itself and not billed.' }),
      ),
      suspect: Type.Optional(
        Type.Object(
          { reason: text(200, 'Why it may not be a movement of its own, or not be there any more.', 'may_repeat') },
          { description: 'It was kept, and a person should look at it.' },
        ),
      ),
      category: Type.Optional(
        text(
          64,
          'What the first of your matching rules that fits calls it, by the rules as they are now. Nothing is proposed for it; absent once it is matched.',
          'bank-fees',
        ),
      ),
      match: Type.Optional(
        Type.Object({ id: uuid('The match.'), status: oneOf(['suggested', 'confirmed'], 'What has become of it.') }),
      ),
    },
    { description: 'One booked movement on a connection.' },
  ),
)
export const transactionList = listOf('TransactionList', transactionView)

export const changeView = component(
  'TransactionChange',
  Type.Object(
    {
      type: oneOf(['added', 'modified', 'removed'], 'What happened to it.'),
      transaction: transactionView.ref,
      at: instant('When we learned of it.'),
    },
    { description: 'A change, with the transaction as it was then.' },
  ),
)
export const changeList = component(
  'TransactionChangeList',
  Type.Object({
    data: Type.Array(changeView.ref),
    nextCursor: Type.String({
      description:
        'Keep it, and ask again with it as `after`: you will see every later change once, in order. Never null.',
    }),
  }),
)

export const toTransactionView = (transaction: PlacedTransaction) => ({
  id: transaction.id,
  companyId: transaction.companyId,
  connectionId: transaction.connectionId,
  assignment: transaction.assignment,
  bookingDate: transaction.bookingDate,
  ...(transaction.valueDate !== null && { valueDate: transaction.valueDate }),
  amount: formatMoney(transaction.amount),
  currency: transaction.amount.currency,
  ...(Object.values(transaction.counterparty).some((part) => part !== null) && {
    counterparty: {
      ...(transaction.counterparty.name !== null && { name: transaction.counterparty.name }),
      ...(transaction.counterparty.iban !== null && { iban: transaction.counterparty.iban }),
      ...(transaction.counterparty.bban !== null && { bban: transaction.counterparty.bban }),
    },
  }),
  ...(transaction.remittanceInformation !== null && { remittanceInformation: transaction.remittanceInformation }),
  ...(transaction.reference !== null && { reference: transaction.reference }),
  ...(transaction.endToEndId !== null && { endToEndId: transaction.endToEndId }),
  ...(transaction.bankTransactionCode !== null && { bankTransactionCode: transaction.bankTransactionCode }),
  ...(transaction.exchange !== null && {
    exchange: {
      ...(transaction.exchange.amount !== null && { amount: formatMoney(transaction.exchange.amount) }),
      currency: transaction.exchange.currency,
      rate: transaction.exchange.rate,
    },
  }),
  ...(transaction.balanceAfter !== null && { balanceAfter: formatMoney(transaction.balanceAfter) }),
  status: 'booked' as const,
  version: transaction.version,
  ...(transaction.alreadyBooked && { alreadyBooked: true }),
  ...(transaction.suspect !== null && { suspect: { reason: transaction.suspect } }),
  ...(transaction.category !== undefined && { category: transaction.category }),
  ...(transaction.match !== null && { match: transaction.match }),
})

export const toChangeView = ({ type, transaction, at }: PlacedChange) => ({
  type,
  transaction: toTransactionView(transaction),
  at: at.toISOString(),
})
