// Rows in the shapes that the API has been seen to send (RobinTTY/NordigenApiClient `responses.json` and actualbudget's fixtures, November 2026), with other
// names, ids and numbers. What a row reads like in NextGenPSD2's own words is tested with the adapter for that.

import { test } from 'tap'
import type { ProviderTransaction } from '../../../src/providers/provider.ts'
import { anApi, nativeId } from './api.ts'

test('rows are told in our words', async (t) => {
  const { provider } = await anApi(t)
  const row = { transactionAmount: { amount: '-45.00', currency: 'EUR' }, bookingDate: '2026-11-19' }
  const read = (more: object): ProviderTransaction | undefined =>
    provider.readPage(
      { body: JSON.stringify({ transactions: { booked: [{ ...row, ...more }], pending: [{}] } }), next: null },
      { nativeId, currency: 'EUR', iban: 'DE89370400440532013000' },
    )[0]
  const bare: ProviderTransaction = {
    ids: {},
    status: 'booked',
    bookingDate: '2026-11-19',
    amount: { minor: -4_500n, currency: 'EUR' },
  }
  const cases: [string, object, object][] = [
    ['nothing but an amount and a day', {}, bare],
    [
      'every id',
      {
        transactionId: '2026111901-1',
        entryReference: 'E-1',
        internalTransactionId: 'c0ffee',
        endToEndId: 'NOTPROVIDED',
      },
      { ...bare, ids: { transactionId: '2026111901-1', entryReference: 'E-1', internalId: 'c0ffee' } },
    ],
    ['ids that are none', { transactionId: ' ', internalTransactionId: '' }, bare],
    [
      'a debtor, of money in',
      {
        transactionAmount: { currency: 'EUR', amount: '45.00' },
        debtorName: 'MON MOTHMA',
        debtorAccount: { iban: 'GL8964710001000206' },
        bankTransactionCode: 'PMNT',
        valueDate: '2026-11-20',
        remittanceInformationUnstructured: 'For the support of the foundation',
      },
      {
        ...bare,
        amount: { minor: 4_500n, currency: 'EUR' },
        valueDate: '2026-11-20',
        counterparty: { name: 'MON MOTHMA', iban: 'GL8964710001000206' },
        remittanceInformation: 'For the support of the foundation',
      },
    ],
    [
      'a structured reference that is a text',
      { remittanceInformationStructured: 'RF18539007547034' },
      { ...bare, reference: 'RF18539007547034' },
    ],
    [
      'structured references in a list',
      { remittanceInformationStructuredArray: ['RF18539007547034'] },
      { ...bare, reference: 'RF18539007547034' },
    ],
    [
      'text in lines',
      { remittanceInformationUnstructuredArray: ['Invoice', '4711'] },
      { ...bare, remittanceInformation: 'Invoice 4711' },
    ],
    ['a time where the day should be', { bookingDate: '2026-11-19T00:00:00Z' }, bare],
    [
      'a time beside no day',
      { bookingDate: undefined, bookingDateTime: '2026-11-18T23:10:00+01:00' },
      { ...bare, bookingDate: '2026-11-18' },
    ],
    [
      'a time of value beside no day',
      { valueDateTime: '2026-11-21T08:00:00.000Z' },
      { ...bare, valueDate: '2026-11-21' },
    ],
    [
      'an exchange that is no list',
      {
        currencyExchange: {
          sourceCurrency: 'USD',
          exchangeRate: '0.9',
          unitCurrency: 'USD',
          targetCurrency: 'EUR',
          instructedAmount: { amount: '50.00', currency: 'USD' },
        },
      },
      { ...bare, exchange: { currency: 'USD', rate: '0.9', amount: { minor: -5_000n, currency: 'USD' } } },
    ],
    [
      'the balance after it',
      {
        balanceAfterTransaction: { balanceAmount: { amount: '100.00', currency: 'EUR' }, balanceType: 'interimBooked' },
      },
      { ...bare, balanceAfter: { minor: 10_000n, currency: 'EUR' } },
    ],
  ]
  for (const [name, more, expected] of cases) t.same(read(more), expected, name)
})

test('a row that we cannot do without is told by its place, and never by its words', async (t) => {
  const { provider } = await anApi(t)
  const good = { transactionAmount: { amount: '1.00', currency: 'EUR' }, bookingDate: '2026-11-19' }
  const cases: [unknown, string][] = [
    ['x', '$.transactions.booked[1].transactionAmount should be an amount and a currency'],
    [
      { ...good, transactionAmount: { amount: true, currency: 'EUR' } },
      '$.transactions.booked[1].transactionAmount should be an amount and a currency',
    ],
    // The specification's own example.
    [
      { ...good, transactionAmount: { amount: '947.26', currency: 'string' } },
      '$.transactions.booked[1].transactionAmount.currency should be a currency',
    ],
    [{ ...good, bookingDate: 'Kari Testperson' }, '$.transactions.booked[1].bookingDate should be a day'],
    [{ ...good, bookingDate: undefined }, '$.transactions.booked[1].bookingDate should be a day'],
  ]
  for (const [json, wrong] of cases) {
    const page = { body: JSON.stringify({ transactions: { booked: [good, json] } }), next: null }
    t.throws(() => provider.readPage(page, { nativeId, currency: 'EUR' }), {
      kind: 'nonsense',
      message: `GoCardless, transactions: ${wrong}`,
    })
  }
})
