import { Type } from 'typebox'
import {
  amount,
  closed,
  component,
  currency,
  day,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  uuid,
} from '../shared/http/schema.ts'
import { formatMoney } from '../values/money.ts'
import { entryKinds, type Entry } from './model.ts'
import type { BatchResult } from './put-entries.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const entryParams = Type.Object({
  companyId: tenantKey('Your key of the company.'),
  entryId: tenantKey('Your key of the entry.'),
})
export const entryListQuery = Type.Object(
  {
    ...listQuery,
    status: Type.Optional(
      oneOf(
        ['open', 'unmatched'],
        '`open`: only those with something still to pay, by your word. `unmatched`: only those of which confirmed matches have left something.',
      ),
    ),
  },
  closed,
)

const fields = {
  kind: oneOf(entryKinds, 'What it is in the books.'),
  amount: amount(
    'Signed from the company’s bank side: an invoice that a customer will pay is positive, a bill to pay negative; a transfer is positive.',
  ),
  openAmount: Type.Optional(
    amount(
      'What is still to be paid, with the sign of `amount`; default all of it. `0` is settled and never matched again.',
    ),
  ),
  appliedMatchIds: Type.Optional(
    Type.Array(uuid('A match.'), {
      maxItems: 200,
      description: 'Confirmed matches that `openAmount` already contains.',
    }),
  ),
  currency: currency(),
  issueDate: Type.Optional(day('When it was issued.')),
  dueDate: Type.Optional(day('When it is to be paid.')),
  documentNumber: Type.Optional(text(64, 'Invoice or voucher number, as printed on it.', '10042')),
  reference: Type.Optional(
    text(64, 'Structured payment reference: KID, OCR, viite, FIK, betalingskenmerk, OGM, RF.', '10042000017'),
  ),
  counterparty: Type.Optional(
    Type.Object(
      {
        name: Type.Optional(text(200, 'Customer or supplier.', 'Fjell og Fjord AS')),
        iban: Type.Optional(
          Type.String({ maxLength: 42, description: 'Their account.', examples: ['NO8330001234567'] }),
        ),
        id: Type.Optional(text(64, 'Your key of the party.', 'C-17')),
      },
      closed,
    ),
  ),
  description: Type.Optional(text(500, 'Free text.', 'Coffee beans, November')),
  endToEndId: Type.Optional(text(35, 'The end-to-end id of the payment order, where you made it.', 'PAY-2026-1182')),
  cashDiscount: Type.Optional(
    Type.Object(
      {
        percent: Type.String({
          pattern: '^\\d{1,2}(\\.\\d{1,3})?$',
          description: 'Percent of the amount.',
          examples: ['2'],
        }),
        until: day('The last day of payment that earns it.'),
      },
      closed,
    ),
  ),
  ledgerAccountId: Type.Optional(tenantKey('The bank account in the books where it is expected.')),
  personId: Type.Optional(tenantKey('Whose expense or card purchase it is.')),
  fromLedgerAccountId: Type.Optional(tenantKey('Transfers: where the money leaves.')),
  toLedgerAccountId: Type.Optional(tenantKey('Transfers: where it arrives.')),
}

export const entryBody = component(
  'EntryInput',
  Type.Object(fields, { ...closed, description: 'A bookkeeping entry that a transaction may settle.' }),
)
export const entryView = component(
  'Entry',
  Type.Object(
    { companyId: tenantKey('Your key of the company.'), entryId: tenantKey('Your key of the entry.'), ...fields },
    { description: 'A bookkeeping entry that a transaction may settle.' },
  ),
)
export const entryList = listOf('EntryList', entryView)

export const batchBody = component(
  'EntryBatch',
  Type.Object(
    {
      entries: Type.Array(Type.Object({ entryId: tenantKey('Your key of the entry.'), ...fields }, closed), {
        minItems: 1,
        maxItems: 1_000,
      }),
    },
    { ...closed, description: 'Up to 1,000 entries to create or replace.' },
  ),
)
export const batchView = component(
  'EntryBatchResult',
  Type.Object(
    {
      data: Type.Array(
        Type.Object({
          entryId: tenantKey('Your key of the entry.'),
          status: oneOf(['saved', 'refused'], 'Each entry stands for itself.'),
          errors: Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
        }),
      ),
    },
    { description: 'What became of each entry, in the order sent.' },
  ),
)

export const toBatchView = (results: readonly BatchResult[]) => ({
  data: results.map(({ entryId, status, errors }) => ({ entryId, status, errors: [...errors] })),
})

export const toEntryView = (entry: Entry) => ({
  companyId: entry.companyId,
  entryId: entry.id,
  kind: entry.kind,
  amount: formatMoney({ minor: entry.amountMinor, currency: entry.currency }),
  openAmount: formatMoney({ minor: entry.openMinor, currency: entry.currency }),
  appliedMatchIds: [...entry.appliedMatchIds],
  currency: entry.currency,
  ...(entry.issueDate !== null && { issueDate: entry.issueDate }),
  ...(entry.dueDate !== null && { dueDate: entry.dueDate }),
  ...(entry.documentNumber !== null && { documentNumber: entry.documentNumber }),
  ...(entry.reference !== null && { reference: entry.reference }),
  ...(Object.values(entry.counterparty).some((part) => part !== null) && {
    counterparty: {
      ...(entry.counterparty.name !== null && { name: entry.counterparty.name }),
      ...(entry.counterparty.iban !== null && { iban: entry.counterparty.iban }),
      ...(entry.counterparty.id !== null && { id: entry.counterparty.id }),
    },
  }),
  ...(entry.description !== null && { description: entry.description }),
  ...(entry.endToEndId !== null && { endToEndId: entry.endToEndId }),
  ...(entry.cashDiscount !== null && { cashDiscount: entry.cashDiscount }),
  ...(entry.ledgerAccountId !== null && { ledgerAccountId: entry.ledgerAccountId }),
  ...(entry.personId !== null && { personId: entry.personId }),
  ...(entry.fromLedgerAccountId !== null && { fromLedgerAccountId: entry.fromLedgerAccountId }),
  ...(entry.toLedgerAccountId !== null && { toLedgerAccountId: entry.toLedgerAccountId }),
})
