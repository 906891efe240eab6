import { test } from 'tap'
import { ProviderError, type PageOwner, type ProviderTransaction } from '../../../src/providers/provider.ts'
import { anApi } from './api.ts'
import * as firstPage from './fixtures/s-pankki-first-page.ts'
import * as ingPl from './fixtures/ing-pl.ts'
import * as nordic from './fixtures/nordic-cards.ts'
import * as polish from './fixtures/polish-banks.ts'
import * as lastPage from './fixtures/s-pankki-last-page.ts'
import * as seb from './fixtures/seb.ts'

const owner: PageOwner = { nativeId: 'FI-S-Pankki', currency: 'EUR', iban: 'FI2112345600000785' }

/** A row that tells what must be told. */
const plain = {
  transaction_amount: { currency: 'EUR', amount: '12.50' },
  credit_debit_indicator: 'DBIT',
  status: 'BOOK',
  booking_date: '2026-11-20',
}

type Read = (rows: readonly unknown[], account?: PageOwner) => readonly ProviderTransaction[]

async function reader(t: Parameters<typeof anApi>[0]): Promise<Read> {
  const { provider } = await anApi(t)
  return (rows, account = owner) =>
    provider.readPage({ body: JSON.stringify({ transactions: rows }), next: null }, account)
}

test('real pages read as they should', async (t) => {
  const { provider } = await anApi(t)
  for (const { page, account, expected } of [firstPage, lastPage, seb, ingPl, nordic, polish])
    t.same(provider.readPage({ body: JSON.stringify(page), next: null }, account), expected)
})

test('a sign that says the same as the word for the direction says it once', async (t) => {
  const read = await reader(t)
  const [row] = read([{ ...plain, transaction_amount: { currency: 'EUR', amount: '-12.50' } }])
  t.same(row?.amount, { minor: -1250n, currency: 'EUR' })
})

test('a row of which nothing more is told is a movement all the same', async (t) => {
  const read = await reader(t)
  t.same(read([plain]), [
    { ids: {}, status: 'booked', bookingDate: '2026-11-20', amount: { minor: -1250n, currency: 'EUR' } },
  ])
})

test('rows read field by field', async (t) => {
  const read = await reader(t)
  const cases: [name: string, row: object, expected: Partial<Record<keyof ProviderTransaction, unknown>>][] = [
    ['money in', { credit_debit_indicator: 'CRDT' }, { amount: { minor: 1250n, currency: 'EUR' } }],
    [
      'three decimals',
      { transaction_amount: { currency: 'SEK', amount: '25000.000' } },
      { amount: { minor: -2_500_000n, currency: 'SEK' } },
    ],
    ['nothing', { transaction_amount: { currency: 'EUR', amount: '0' } }, { amount: { minor: 0n, currency: 'EUR' } }],
    [
      'an id',
      { entry_reference: ' 5561990681 ', transaction_id: 'changes' },
      { ids: { entryReference: '5561990681' } },
    ],
    ['an id that is none', { entry_reference: 'NOTPROVIDED' }, { ids: {} }],
    [
      'a day that is not booked',
      { booking_date: null, transaction_date: '2026-11-18', value_date: '2026-11-19' },
      { bookingDate: '2026-11-18', valueDate: '2026-11-19' },
    ],
    ['only a value day', { booking_date: '', value_date: '2026-11-19' }, { bookingDate: '2026-11-19' }],
    ['a day with its hour', { booking_date: '2026-11-20T23:59:00+01:00' }, { bookingDate: '2026-11-20' }],
    [
      'the creditor of money out',
      { creditor: { name: 'Kone Oyj' }, creditor_account: { iban: 'FI7150000120001820' }, debtor: { name: 'Me' } },
      { counterparty: { name: 'Kone Oyj', iban: 'FI7150000120001820' } },
    ],
    [
      'the debtor of money in',
      { credit_debit_indicator: 'CRDT', debtor: { name: 'Kone Oyj' }, creditor: { name: 'Me' } },
      { counterparty: { name: 'Kone Oyj' } },
    ],
    [
      'a name in the only line of the address',
      { creditor: { name: null, postal_address: { address_line: ['X CORP. BASTROP 78602'], country: null } } },
      { counterparty: { name: 'X CORP. BASTROP 78602' } },
    ],
    [
      'a name beside an address',
      { creditor: { name: 'Kone Oyj', postal_address: { address_line: ['Keilasatama 3'] } } },
      { counterparty: { name: 'Kone Oyj' } },
    ],
    [
      'an address without a name',
      { creditor: { name: '', postal_address: { address_line: ['Keilasatama 3', '02150 Espoo'] } } },
      { counterparty: undefined },
    ],
    [
      'a street and a town without a name',
      { creditor: { postal_address: { address_line: ['Keilasatama 3'], town_name: 'Espoo' } } },
      { counterparty: undefined },
    ],
    ['the holder', { creditor: { name: 'Me' }, creditor_account: { iban: owner.iban } }, { counterparty: undefined }],
    [
      'another number',
      { creditor_account: { iban: null, other: { identification: '5050-1055', scheme_name: 'BGNR' } } },
      { counterparty: { bban: '5050-1055' } },
    ],
    [
      'a number among further ones',
      { creditor_account_additional_identification: [{ identification: '12345678', scheme_name: 'BBAN' }] },
      { counterparty: { bban: '12345678' } },
    ],
    [
      'a card is nobody’s account',
      { creditor_account_additional_identification: [{ identification: '525412******3241', scheme_name: 'CPAN' }] },
      { counterparty: undefined },
    ],
    [
      'lines',
      { remittance_information: ['Lasku 1001', ' kiitos\nteille '] },
      { remittanceInformation: 'Lasku 1001 kiitos teille' },
    ],
    [
      'what the bank calls it',
      { remittance_information: [], bank_transaction_code: { description: 'PKORTTIMAKSU' }, note: 'Mine' },
      { remittanceInformation: 'PKORTTIMAKSU' },
    ],
    [
      'the person’s note',
      { remittance_information: null, bank_transaction_code: { description: ' ' }, note: 'Mine' },
      { remittanceInformation: 'Mine' },
    ],
    [
      'text before both',
      { remittance_information: ['Lasku'], bank_transaction_code: { description: 'MAKSU' }, note: 'Mine' },
      { remittanceInformation: 'Lasku' },
    ],
    [
      'a reference',
      {
        reference_number: 'RF07 8503 5250 2356 6286 7811 7',
        reference_number_schema: 'INTL',
        remittance_information: ['Gift'],
      },
      { reference: 'RF07850352502356628678117', remittanceInformation: 'Gift' },
    ],
    ['a Finnish reference', { reference_number: '1234561', reference_number_schema: 'FIRF' }, { reference: '1234561' }],
    [
      'a mandate is no reference',
      { reference_number: 'MANDATE-1', reference_number_schema: 'SDDM' },
      { reference: undefined },
    ],
    [
      'a code in two parts',
      { bank_transaction_code: { code: 'CCRD', sub_code: 'OTHR' } },
      { bankTransactionCode: 'PMNT-CCRD-OTHR' },
    ],
    [
      'a code in three',
      { bank_transaction_code: { code: 'PMNT-RCDT', sub_code: 'ESCT' } },
      { bankTransactionCode: 'PMNT-RCDT-ESCT' },
    ],
    [
      'a code in one',
      { bank_transaction_code: { code: 'PMNT-RCDT-ESCT', sub_code: null } },
      { bankTransactionCode: 'PMNT-RCDT-ESCT' },
    ],
    [
      'a family of many domains',
      { bank_transaction_code: { code: 'MDOP', sub_code: 'FEES' } },
      { bankTransactionCode: undefined },
    ],
    [
      'a domain and a family',
      { bank_transaction_code: { code: 'PMNT', sub_code: 'MCOP' } },
      { bankTransactionCode: undefined },
    ],
    [
      'a code of the bank’s own',
      { bank_transaction_code: { code: '12', description: 'Kortbetaling' } },
      { bankTransactionCode: undefined },
    ],
    [
      'the balance after',
      { balance_after_transaction: { currency: 'EUR', amount: '-5.00' } },
      { balanceAfter: { minor: -500n, currency: 'EUR' } },
    ],
    [
      'the balance in no currency',
      { balance_after_transaction: { currency: 'XXX', amount: '5.000' } },
      { balanceAfter: { minor: 500n, currency: 'EUR' } },
    ],
    [
      'the balance in another',
      { balance_after_transaction: { currency: 'USD', amount: '5.00' } },
      { balanceAfter: undefined },
    ],
  ]
  for (const [name, row, expected] of cases) {
    const [movement] = read([{ ...plain, ...row }])
    const fields = new Map<string, unknown>(Object.entries(movement ?? {}))
    for (const [field, value] of Object.entries(expected)) t.same(fields.get(field), value, `${name}: ${field}`)
  }
})

test('an exchange is told where it can only be read one way', async (t) => {
  const read = await reader(t)
  const dollars = { currency: 'USD', amount: '13.50' }
  const cases: [string, object, unknown][] = [
    [
      'per unit of the other currency',
      { unit_currency: 'USD', exchange_rate: '0.9259', instructed_amount: dollars },
      { currency: 'USD', rate: '0.9259', amount: { minor: -1350n, currency: 'USD' } },
    ],
    [
      'per unit of our own',
      { unit_currency: 'EUR', exchange_rate: '1.08', instructed_amount: dollars },
      { currency: 'USD', rate: '0.9259259259', amount: { minor: -1350n, currency: 'USD' } },
    ],
    [
      'of an amount that is not told',
      { unit_currency: 'USD', exchange_rate: '0.9259' },
      { currency: 'USD', rate: '0.9259' },
    ],
    [
      'of an amount in our own',
      { unit_currency: 'USD', exchange_rate: '0.9259', instructed_amount: { currency: 'EUR', amount: '12.50' } },
      { currency: 'USD', rate: '0.9259' },
    ],
    ['per unit of nothing', { unit_currency: null, exchange_rate: '0.9259', instructed_amount: dollars }, undefined],
    ['per unit of a third', { unit_currency: 'GBP', exchange_rate: '0.9259', instructed_amount: dollars }, undefined],
    ['of nothing into our own', { unit_currency: 'EUR', exchange_rate: '1' }, undefined],
    ['without a rate', { unit_currency: 'USD', exchange_rate: null, instructed_amount: dollars }, undefined],
  ]
  for (const [name, exchange_rate, expected] of cases)
    t.same(read([{ ...plain, exchange_rate }])[0]?.exchange, expected, name)
})

test('only booked rows are movements, and the others need not be whole', async (t) => {
  const read = await reader(t)
  const others = ['CNCL', 'HOLD', 'OTHR', 'PDNG', 'RJCT', 'SCHD'].map((status) => ({
    ...plain,
    status,
    booking_date: null,
  }))
  t.equal(read([...others, plain, { status: 'PDNG', credit_debit_indicator: 'DBIT' }]).length, 1)
})

test('a row that cannot be read is nonsense, and where', async (t) => {
  const read = await reader(t)
  const cases: [unknown, string][] = [
    ['row', '$.transactions[1] should be an object'],
    [{ ...plain, status: null }, '$.transactions[1].status should be one of BOOK, CNCL, HOLD, OTHR, PDNG, RJCT, SCHD'],
    [
      { ...plain, status: 'INFO' },
      '$.transactions[1].status should be one of BOOK, CNCL, HOLD, OTHR, PDNG, RJCT, SCHD',
    ],
    [
      { ...plain, credit_debit_indicator: undefined },
      '$.transactions[1].credit_debit_indicator should be CRDT or DBIT',
    ],
    [{ ...plain, transaction_amount: null }, '$.transactions[1].transaction_amount should be an object'],
    [
      { ...plain, transaction_amount: { currency: 'EUR', amount: true } },
      '$.transactions[1].transaction_amount.amount should be a text',
    ],
    [
      { ...plain, credit_debit_indicator: 'CRDT', transaction_amount: { currency: 'EUR', amount: '-12.50' } },
      '$.transactions[1].transaction_amount.amount should be a decimal number without a sign',
    ],
    [
      { ...plain, transaction_amount: { currency: 'EUR', amount: '12,50' } },
      '$.transactions[1].transaction_amount.amount should be a decimal number that its currency can hold',
    ],
    [
      { ...plain, transaction_amount: { currency: 'EUR', amount: '12.505' } },
      '$.transactions[1].transaction_amount.amount should be a decimal number that its currency can hold',
    ],
    [
      { ...plain, transaction_amount: { currency: 'euro', amount: '1' } },
      '$.transactions[1].transaction_amount.currency should be a currency',
    ],
    [{ ...plain, booking_date: null }, '$.transactions[1].booking_date should be a day'],
    [
      { ...plain, booking_date: '20.11.2026', value_date: '2026-11-20' },
      '$.transactions[1].booking_date should be a day',
    ],
    [{ ...plain, booking_date: null, value_date: 'soon' }, '$.transactions[1].value_date should be a day'],
  ]
  for (const [row, message] of cases) {
    t.throws(
      () => read([plain, row]),
      new ProviderError('nonsense', `Enable Banking, transactions: ${message}`),
      message,
    )
  }
})

test('a bank is trusted with its entry references until it is known better', async (t) => {
  const { provider } = await anApi(t)
  t.same(provider.profileOf('SE-Nobody'), {
    stableId: 'entryReference',
    proofBalances: ['closing_booked', 'interim_booked'],
    repeatsMovements: false,
  })
})
