import fc from 'fast-check'
import { test } from 'tap'
import { berlinGroup } from '../../../src/providers/berlin-group/index.ts'
import type { ProviderTransaction } from '../../../src/providers/provider.ts'
import { isCleanText } from '../../../src/values/text.ts'
import { nativeId, now } from './bank.ts'
import { transactions } from './fixtures.ts'

const reader = berlinGroup({
  banks: [
    {
      id: nativeId,
      name: 'Test Bank',
      baseUrl: 'https://bank.test',
      countries: ['NO'],
      bankCodes: [],
      maxHistoryDays: 90,
      maxConsentDays: 90,
    },
  ],
  outbound: { request: () => Promise.reject(new Error('reading asks nobody')) },
  newRequestId: () => '',
  clock: { now: () => now },
  random: () => 0,
})

function read(json: unknown, currency = 'NOK'): readonly ProviderTransaction[] {
  return reader.readPage({ body: JSON.stringify(json), next: null }, { nativeId, currency })
}

const row = { transactionAmount: { amount: '-100.00', currency: 'NOK' }, bookingDate: '2026-10-25' }
const bare: ProviderTransaction = {
  ids: {},
  status: 'booked',
  bookingDate: '2026-10-25',
  amount: { minor: -10_000n, currency: 'NOK' },
}

const ofAmount = (amount: string) => ({ transactionAmount: { amount, currency: 'NOK' } })
const object = (reference: string) => ({ reference, referenceType: 'SCOR' })
const after = (amount: string, currency: string) => ({
  balanceAfterTransaction: { balanceAmount: { amount, currency }, balanceType: 'interimBooked' },
})

/** What is read of one row on the page of the holder's account. */
function readRow(more: object, currency = 'NOK'): ProviderTransaction | undefined {
  return read({ account: { iban: 'NO9386011117947' }, transactions: { booked: [{ ...row, ...more }] } }, currency)[0]
}

test('rows are told in our words, in the order of the bank', async (t) => {
  t.same(read(transactions), [
    {
      ids: { transactionId: '1234567' },
      status: 'booked',
      bookingDate: '2026-10-25',
      valueDate: '2026-10-26',
      amount: { minor: -25_667n, currency: 'NOK' },
      counterparty: { name: 'John Miles', iban: 'DE67100100101306118605' },
      remittanceInformation: 'Example 1',
      bankTransactionCode: 'PMNT-RDDT-ESDD',
    },
    {
      ids: { transactionId: '1234568' },
      status: 'booked',
      bookingDate: '2026-10-25',
      valueDate: '2026-10-26',
      amount: { minor: 34_301n, currency: 'NOK' },
      counterparty: { name: 'Paul Simpson', iban: 'NL91ABNA0417164300' },
      remittanceInformation: 'Example 2',
    },
  ])
  t.same(readRow({}), bare, 'and what a row does not say is absent')
  t.same(
    read({ transactions: { booked: [], pending: [row], information: [row] } }),
    [],
    'and only booked ones are read',
  )
})

test('what a row need not have is as good as absent when it cannot be read', async (t) => {
  const optional = [
    'transactionId', 'entryReference', 'endToEndId', 'valueDate', 'creditorName', 'creditorAccount', 'ultimateCreditor', 'debtorName', 'debtorAccount',
    'remittanceInformationUnstructured', 'remittanceInformationUnstructuredArray', 'remittanceInformationStructured', 'remittanceInformationStructuredArray',
    'additionalInformation', 'bankTransactionCode', 'currencyExchange', 'balanceAfterTransaction',
  ] // prettier-ignore
  const unreadable: unknown[] = [
    null,
    7,
    true,
    '',
    '   ',
    '\0',
    [],
    {},
    [null],
    [{}],
    [[]],
    { reference: 7 },
    { iban: 7 },
    { balanceAmount: {} },
  ]
  for (const field of optional)
    for (const value of unreadable) t.same(readRow({ [field]: value }), bare, `${field} ${JSON.stringify(value)}`)
})

test('ids are trimmed, and a placeholder is no id', async (t) => {
  const cases: [string, string | undefined][] = [
    [' abc ', 'abc'],
    ['', undefined],
    [' ', undefined],
    ['NOTPROVIDED', undefined],
    ['notprovided', undefined],
    ['NOT PROVIDED', undefined],
    ['NOTPROVIDED-1', 'NOTPROVIDED-1'],
    ['x'.repeat(256), 'x'.repeat(256)],
    // Cut, two ids could become one.
    ['x'.repeat(257), undefined],
  ]
  for (const [id, expected] of cases) {
    t.equal(readRow({ transactionId: id })?.ids.transactionId, expected, id)
    t.equal(readRow({ entryReference: id })?.ids.entryReference, expected, id)
    t.equal(readRow({ endToEndId: id })?.endToEndId, expected, id)
  }
})

test('a booking day may come as a date and time, or only as a value day', async (t) => {
  const cases: [object, string][] = [
    [{ bookingDate: '2026-10-25' }, '2026-10-25'],
    [{ bookingDate: '2026-10-25T23:59:59Z' }, '2026-10-25'],
    [{ bookingDate: '2026-10-25T00:00:00+02:00' }, '2026-10-25'],
    [{ bookingDate: '2026-10-25 14:00' }, '2026-10-25'],
    [{ bookingDate: undefined, valueDate: '2026-10-24' }, '2026-10-24'],
    [{ bookingDate: null, valueDate: '2026-10-24' }, '2026-10-24'],
    [{ bookingDate: '', valueDate: '2026-10-24T10:00:00Z' }, '2026-10-24'],
  ]
  for (const [dates, day] of cases) t.equal(readRow(dates)?.bookingDate, day, JSON.stringify(dates))
  t.equal(readRow({ valueDate: '2026-02-30' })?.valueDate, undefined)
})

test('a row that lacks what a movement is made of is nonsense, told by its place and without its values', async (t) => {
  const cases: [unknown, string][] = [
    [null, '.transactionAmount should be an amount and a currency'],
    ['row', '.transactionAmount should be an amount and a currency'],
    [[], '.transactionAmount should be an amount and a currency'],
    [{}, '.transactionAmount should be an amount and a currency'],
    [{ transactionAmount: '100 NOK' }, '.transactionAmount should be an amount and a currency'],
    [
      { transactionAmount: { amount: [100.5], currency: 'NOK' } },
      '.transactionAmount should be an amount and a currency',
    ],
    [{ transactionAmount: { amount: '100' } }, '.transactionAmount should be an amount and a currency'],
    [
      { transactionAmount: { amount: '12,34', currency: 'NOK' } },
      '.transactionAmount.amount should be a decimal number that its currency can hold',
    ],
    [
      { transactionAmount: { amount: '1e3', currency: 'NOK' } },
      '.transactionAmount.amount should be a decimal number that its currency can hold',
    ],
    [
      { transactionAmount: { amount: '', currency: 'NOK' } },
      '.transactionAmount.amount should be a decimal number that its currency can hold',
    ],
    [
      { transactionAmount: { amount: '0.001', currency: 'NOK' } },
      '.transactionAmount.amount should be a decimal number that its currency can hold',
    ],
    [
      { transactionAmount: { amount: '1.5', currency: 'JPY' } },
      '.transactionAmount.amount should be a decimal number that its currency can hold',
    ],
    [
      { transactionAmount: { amount: '9'.repeat(20), currency: 'NOK' } },
      '.transactionAmount.amount should be a decimal number that its currency can hold',
    ],
    [{ transactionAmount: { amount: '100', currency: 'kr' } }, '.transactionAmount.currency should be a currency'],
    [{ transactionAmount: { amount: '100', currency: 'XXX' } }, '.transactionAmount.currency should be a currency'],
    [{ ...row, bookingDate: undefined }, '.bookingDate should be a day'],
    [{ ...row, bookingDate: '2026-02-30' }, '.bookingDate should be a day'],
    [{ ...row, bookingDate: '25.10.2026' }, '.bookingDate should be a day'],
    [{ ...row, bookingDate: '2026-10-251' }, '.bookingDate should be a day'],
    [{ ...row, bookingDate: 20_261_025 }, '.bookingDate should be a day'],
    // A booking day that cannot be read is not made up from another day.
    [{ ...row, bookingDate: 'yesterday', valueDate: '2026-10-24' }, '.bookingDate should be a day'],
  ]
  for (const [wrong, told] of cases) {
    t.throws(() => read({ transactions: { booked: [row, wrong] } }), {
      kind: 'nonsense',
      message: `Test Bank, transactions: $.transactions.booked[1]${told}`,
    })
  }
  t.throws(() => reader.readPage({ body: '<html>', next: null }, { nativeId, currency: 'NOK' }), {
    kind: 'nonsense',
    message: 'Test Bank, transactions: the answer is not JSON',
  })
})

test('amounts keep every digit and the sign of the bank', async (t) => {
  const cases: [amount: string, currency: string, minor: bigint][] = [
    ['5768.2', 'NOK', 576_820n],
    ['-1.50', 'NOK', -150n],
    ['1056', 'NOK', 105_600n],
    ['25000.000', 'SEK', 2_500_000n],
    ['0.1', 'EUR', 10n],
    ['99999999999999.99', 'EUR', 9_999_999_999_999_999n],
    ['-1000', 'JPY', -1_000n],
    ['1.234', 'KWD', 1_234n],
    ['0', 'NOK', 0n],
    ['-0.00', 'NOK', 0n],
  ]
  for (const [amount, currency, minor] of cases) {
    t.same(readRow({ transactionAmount: { amount, currency } })?.amount, { minor, currency }, amount)
  }
})

test('the counterparty is the creditor of money out and the debtor of money in, and never the holder', async (t) => {
  const sides = {
    creditorName: 'Creditor',
    creditorAccount: { iban: 'DE67100100101306118605' },
    debtorName: 'Debtor',
    debtorAccount: { iban: 'NL91ABNA0417164300' },
  }
  const holder = { iban: 'NO93 8601 1117 947' }
  const cases: [string, object, ProviderTransaction['counterparty']][] = [
    ['money out', { ...sides, ...ofAmount('-1') }, { name: 'Creditor', iban: 'DE67100100101306118605' }],
    ['money in', { ...sides, ...ofAmount('1') }, { name: 'Debtor', iban: 'NL91ABNA0417164300' }],
    ['money out, only the debtor told (a card)', { debtorName: 'Holder', ...ofAmount('-1') }, undefined],
    ['money in, only the creditor told', { creditorName: 'Holder', ...ofAmount('1') }, undefined],
    ['the holder on the wrong side', { creditorName: 'Holder', creditorAccount: holder, ...ofAmount('-1') }, undefined],
    ['nobody but an ultimate one', { ultimateDebtor: 'Ultimate', ...ofAmount('1') }, { name: 'Ultimate' }],
    ['a name that is none', { creditorName: 'NOTPROVIDED', ...ofAmount('-1') }, undefined],
    ['a national number', { creditorAccount: { bban: '15032080119' }, ...ofAmount('-1') }, { bban: '15032080119' }],
    [
      'a national number where the IBAN should be',
      { creditorAccount: { iban: '15032080119' }, ...ofAmount('-1') },
      { bban: '15032080119' },
    ],
    [
      'an IBAN with wrong check digits',
      { creditorAccount: { iban: 'DE68100100101306118605' }, ...ofAmount('-1') },
      { bban: 'DE68100100101306118605' },
    ],
    [
      'an IBAN in groups',
      { debtorAccount: { iban: 'nl91 abna 0417 1643 00' }, ...ofAmount('1') },
      { iban: 'NL91ABNA0417164300' },
    ],
    ['a card number', { creditorAccount: { maskedPan: '525412******3241' }, ...ofAmount('-1') }, undefined],
  ]
  for (const [name, told, expected] of cases) t.same(readRow(told)?.counterparty, expected, name)
})

test('the text is the fullest telling of it, without clutter', async (t) => {
  const long =
    'Betaling for levering av varer i henhold til avtale av 1. september 2026, kundenummer 4711, prosjekt Fjellheim, '.repeat(
      2,
    )
  const cases: [string, object, string | undefined][] = [
    ['one text', { remittanceInformationUnstructured: ' Faktura\n 10023 ' }, 'Faktura 10023'],
    ['lines', { remittanceInformationUnstructuredArray: ['Faktura', '10023'] }, 'Faktura 10023'],
    [
      'both, the same',
      {
        remittanceInformationUnstructured: 'Faktura\n10023',
        remittanceInformationUnstructuredArray: ['Faktura', '10023'],
      },
      'Faktura 10023',
    ],
    [
      'both, the one cut',
      {
        remittanceInformationUnstructured: long.slice(0, 140),
        remittanceInformationUnstructuredArray: [long.slice(0, 140), long.slice(140)],
      },
      `${long.slice(0, 140)} ${long.slice(140)}`.trim().replace(/ +/g, ' '),
    ],
    [
      'both, the lines cut',
      {
        remittanceInformationUnstructured: 'Faktura 10023 og 10024',
        remittanceInformationUnstructuredArray: ['Faktura 10023'],
      },
      'Faktura 10023 og 10024',
    ],
    [
      'both, different',
      { remittanceInformationUnstructured: 'Faktura 10023', remittanceInformationUnstructuredArray: ['Prosjekt 7'] },
      'Faktura 10023 Prosjekt 7',
    ],
    ['only what the bank adds', { additionalInformation: 'Varekjøp' }, 'Varekjøp'],
    [
      'what the bank adds beside the text',
      { remittanceInformationUnstructured: 'Faktura', additionalInformation: 'Varekjøp' },
      'Faktura',
    ],
    ['a placeholder', { remittanceInformationUnstructured: 'NOTPROVIDED' }, undefined],
    [
      'clutter at a German bank',
      { remittanceInformationUnstructured: 'MIETE\nEnd-to-End-Ref.: NOTPROVIDED\nDauerauftrag' },
      'MIETE Dauerauftrag',
    ],
    ['clutter at a Danish bank', { remittanceInformationUnstructured: 'Husleje EndToEndID: NOTPROVIDED' }, 'Husleje'],
    ['what a database cannot hold', { remittanceInformationUnstructured: 'a\0b\ud800c\udc00' }, 'ab\ufffdc\ufffd'],
    [
      'what is not text among the lines',
      { remittanceInformationUnstructuredArray: ['a', 7, null, { b: 1 }, 'c'] },
      'a c',
    ],
  ]
  for (const [name, told, expected] of cases) t.equal(readRow(told)?.remittanceInformation, expected, name)
  t.equal(readRow({ remittanceInformationUnstructured: 'x'.repeat(5_000) })?.remittanceInformation?.length, 1_000)
  t.equal(readRow({ creditorName: 'x'.repeat(5_000) })?.counterparty?.name?.length, 140)
  t.equal(
    readRow({ creditorName: `${'x'.repeat(139)}😀` })?.counterparty?.name,
    'x'.repeat(139),
    'no character is cut in half',
  )
})

test('structured references are normalised, and those beyond the first are kept in the text', async (t) => {
  const cases: [string, object, string | undefined, string | undefined][] = [
    [
      'the standard’s object',
      { remittanceInformationStructured: object('RF18 5390 0754 7034') },
      'RF18539007547034',
      undefined,
    ],
    ['a bare text', { remittanceInformationStructured: 'RF18 5390 0754 7034' }, 'RF18539007547034', undefined],
    [
      'in a list',
      { remittanceInformationStructuredArray: [object('RF18539007547034')] },
      'RF18539007547034',
      undefined,
    ],
    [
      'told twice',
      {
        remittanceInformationStructured: object('RF18539007547034'),
        remittanceInformationStructuredArray: [object('RF18 5390 0754 7034')],
      },
      'RF18539007547034',
      undefined,
    ],
    [
      'several',
      {
        remittanceInformationUnstructured: 'To fakturaer',
        remittanceInformationStructuredArray: [object('INV-1'), object('INV-2'), object('INV-3')],
      },
      'INV1',
      'To fakturaer INV2 INV3',
    ],
    ['a placeholder', { remittanceInformationStructured: object('NOTPROVIDED') }, undefined, undefined],
    ['nothing but marks', { remittanceInformationStructured: object(' -- ') }, undefined, undefined],
  ]
  for (const [name, told, reference, text] of cases) {
    const transaction = readRow(told)
    t.equal(transaction?.reference, reference, name)
    t.equal(transaction?.remittanceInformation, text, name)
  }
})

test('an exchange is told in units of the account’s currency, whichever way the bank quotes it', async (t) => {
  const usd = {
    sourceCurrency: 'USD',
    targetCurrency: 'NOK',
    unitCurrency: 'USD',
    exchangeRate: '10.4321',
    quotationDate: '2026-10-25',
  }
  const cases: [string, unknown, ProviderTransaction['exchange']][] = [
    ['a list', [usd], { currency: 'USD', rate: '10.4321' }],
    ['a single object', usd, { currency: 'USD', rate: '10.4321' }],
    [
      'quoted the other way',
      [{ ...usd, unitCurrency: 'NOK', exchangeRate: '0.08' }],
      { currency: 'USD', rate: '12.5000000000' },
    ],
    ['without a unit', [{ ...usd, unitCurrency: undefined }], { currency: 'USD', rate: '10.4321' }],
    [
      'with what was instructed',
      [{ ...usd, instructedAmount: { amount: '9.59', currency: 'USD' } }],
      { currency: 'USD', rate: '10.4321', amount: { minor: -959n, currency: 'USD' } },
    ],
    [
      'with what was instructed, unreadable',
      [{ ...usd, instructedAmount: { amount: '9,59', currency: 'USD' } }],
      { currency: 'USD', rate: '10.4321' },
    ],
    ['in the account’s own currency', [{ ...usd, sourceCurrency: 'NOK' }], undefined],
    ['first in its own currency', [{ ...usd, sourceCurrency: 'NOK' }, usd], { currency: 'USD', rate: '10.4321' }],
    ['a rate of nothing', [{ ...usd, exchangeRate: '0.000', unitCurrency: 'NOK' }], undefined],
    ['a rate that is a number', [{ ...usd, exchangeRate: 10.4321 }], undefined],
    ['a currency that is none', [{ ...usd, sourceCurrency: 'dollar' }], undefined],
  ]
  for (const [name, currencyExchange, expected] of cases)
    t.same(readRow({ currencyExchange })?.exchange, expected, name)
})

test('the balance after a movement counts in the account’s own currency only', async (t) => {
  t.same(readRow(after('-12.50', 'NOK'))?.balanceAfter, { minor: -1_250n, currency: 'NOK' })
  t.same(readRow(after('12.50', 'XXX'))?.balanceAfter, { minor: 1_250n, currency: 'NOK' })
  t.equal(readRow(after('12.50', 'USD'))?.balanceAfter, undefined)
  t.equal(readRow(after('12,50', 'NOK'))?.balanceAfter, undefined)
})

test('only an ISO 20022 code is a bank transaction code', async (t) => {
  for (const [code, expected] of [
    ['PMNT-RCDT-ESCT', 'PMNT-RCDT-ESCT'],
    ['PMNT+RCDT', undefined],
    ['pmnt-rcdt-esct', undefined],
    ['NTRF', undefined],
  ] as const) {
    t.equal(readRow({ bankTransactionCode: code })?.bankTransactionCode, expected, code)
  }
})

test('a card’s rows are read as the card’s holder sees them', async (t) => {
  const booked = [
    {
      cardTransactionId: '201710020036959',
      transactionAmount: { currency: 'EUR', amount: '256.67' },
      transactionDate: '2026-10-25',
      bookingDate: '2026-10-26',
      originalAmount: { currency: 'SEK', amount: '2499' },
      currencyExchange: [
        { sourceCurrency: 'SEK', targetCurrency: 'EUR', unitCurrency: 'SEK', exchangeRate: '0.10271' },
      ],
      cardAcceptorAddress: { townName: 'Malmö', country: 'SE' },
      transactionDetails: 'WIFIMARKET.SE',
    },
  ]
  const cardAccount = { maskedPan: '525412******3241' }
  const expected = {
    ids: { transactionId: '201710020036959' },
    status: 'booked',
    bookingDate: '2026-10-26',
    remittanceInformation: 'WIFIMARKET.SE',
  }
  t.same(read({ cardAccount, debitAccounting: true, cardTransactions: { booked } }, 'EUR'), [
    {
      ...expected,
      amount: { minor: -25_667n, currency: 'EUR' },
      exchange: { currency: 'SEK', rate: '0.10271', amount: { minor: -249_900n, currency: 'SEK' } },
    },
  ])
  t.match(read({ cardAccount, cardTransactions: { booked } }, 'EUR'), [{ ...expected, amount: { minor: 25_667n } }])
})

test('whatever a row holds beyond what is needed, reading it neither fails nor lets through what a database cannot hold', async () => {
  const fields = [
    'transactionId',
    'valueDate',
    'creditorName',
    'creditorAccount',
    'currencyExchange',
    'remittanceInformationStructured',
  ]
  const anything = fc.record(Object.fromEntries(fields.map((field) => [field, fc.jsonValue()])), { requiredKeys: [] })
  fc.assert(
    fc.property(anything, fc.string({ unit: 'binary' }), (more, text) => {
      const transaction = readRow({
        ...more,
        endToEndId: text,
        creditorName: text,
        remittanceInformationUnstructured: text,
        remittanceInformationStructured: { reference: text },
      })
      const { endToEndId, remittanceInformation, reference, counterparty } = transaction ?? bare
      return [endToEndId, remittanceInformation, reference, counterparty?.name].every(
        (kept = 'absent') => kept !== '' && isCleanText(kept),
      )
    }),
  )
})

test('a page reads the same however often, and is not changed by reading', async (t) => {
  const page = { body: JSON.stringify(transactions), next: null }
  const once = reader.readPage(page, { nativeId, currency: 'NOK' })
  t.same(reader.readPage(page, { nativeId, currency: 'NOK' }), once)
  t.same(JSON.parse(page.body), transactions)
})
