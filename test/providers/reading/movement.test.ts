import { test } from 'tap'
import type { ProviderTransaction } from '../../../src/providers/provider.ts'
import { ibans, moneyIn, readRow, row, type Page } from './rows.ts'

test('the booking day is the first that is told, by itself or with a time, as it is written there', async (t) => {
  const cases: [object, string][] = [
    [{ bookingDate: '2024-01-01T00:00:00Z' }, '2024-01-01'],
    [{ bookingDate: '2024-01-01T23:30:00+14:00' }, '2024-01-01'],
    [{ bookingDate: undefined, bookingDateTime: '2024-01-02T12:00:00.123Z' }, '2024-01-02'],
    [{ bookingDate: '', bookingDateTime: '2024-01-02 12:00', valueDate: '2024-01-03' }, '2024-01-02'],
    [{ bookingDate: null, valueDate: '2024-01-03', valueDateTime: '2024-01-04T00:00:00Z' }, '2024-01-03'],
    [{ bookingDate: undefined, valueDateTime: '2023-12-09T15:43:37.950' }, '2023-12-09'],
    [{ bookingDate: undefined, transactionDate: '2024-01-05' }, '2024-01-05'],
    [{ valueDate: '2023-08-01' }, '2026-10-25'],
  ]
  for (const [dates, day] of cases) t.equal(readRow(dates).bookingDate, day, JSON.stringify(dates))
  t.equal(readRow({ valueDateTime: '2023-12-09T15:43:37.950' }).valueDate, '2023-12-09')
  t.equal(readRow({ valueDate: '2023-12-08', valueDateTime: '2023-12-09T15:43:37.950' }).valueDate, '2023-12-08')
})

test('a row without any day, or with one that cannot be read, is nonsense and told by its place', async (t) => {
  const cases: [object, string][] = [
    [{ bookingDate: undefined }, '.bookingDate'],
    [{ bookingDate: undefined, valueDate: 'date' }, '.valueDate'],
    [{ bookingDate: 'date', valueDate: '2024-01-01' }, '.bookingDate'],
    [{ bookingDate: undefined, bookingDateTime: 17 }, '.bookingDateTime'],
    [{ bookingDate: '0000-00-00' }, '.bookingDate'],
  ]
  for (const [dates, path] of cases)
    t.throws(() => readRow(dates), { kind: 'nonsense', message: `Test Bank: $${path} should be a day` })
})

const withAmount = (amount: unknown, currency = 'EUR') =>
  readRow({ transactionAmount: { amount, currency } }, { currency })

test('an amount that is told as a number is the amount as it was written, and one that a number cannot hold is none', async (t) => {
  t.same(withAmount(-256.67).amount, { minor: -25_667n, currency: 'EUR' })
  t.same(withAmount(0.1, 'NOK').amount, { minor: 10n, currency: 'NOK' })
  t.same(withAmount(9_999_999_999_999.99).amount, { minor: 999_999_999_999_999n, currency: 'EUR' })
  t.same(withAmount(-0).amount, { minor: 0n, currency: 'EUR' })
  // What arithmetic left over, and what has more digits than a number keeps.
  for (const amount of [0.1 + 0.2, Number('99999999999999.99'), 1e21, 1e-7, Number.NaN, true, [1], null])
    t.throws(() => withAmount(amount), { message: 'Test Bank: $.transactionAmount should be an amount and a currency' })
  t.throws(() => withAmount(1.005), {
    kind: 'nonsense',
    message: /should be a decimal number that its currency can hold/,
  })
  const balanceAfterTransaction = { balanceAmount: { amount: 150.02, currency: 'EUR' } }
  t.same(readRow({ balanceAfterTransaction }).balanceAfter, { minor: 15_002n, currency: 'EUR' })
})

test('GoCardless’s own id is the internal one', async (t) => {
  t.same(readRow({ transactionId: 'a', entryReference: 'b', internalTransactionId: ' c ' }).ids, {
    transactionId: 'a',
    entryReference: 'b',
    internalId: 'c',
  })
  t.same(readRow({ transactionId: ' ', entryReference: '-', internalTransactionId: 'NOTPROVIDED' }).ids, {})
  t.same(readRow({ transactionId: 'null', entryReference: 'NONREF', endToEndId: 'N/A' }), readRow({}))
  t.same(readRow({ transactionId: '', cardTransactionId: 'card-1' }).ids, { transactionId: 'card-1' })
})

const holder: Page = { iban: ibans.holder, owner: 'Nordlys Bygg AS' }
const at = (iban: string) => ({ iban })

test('the counterparty is never the holder, and nobody rather than a guess', async (t) => {
  const cases: [string, object, Page, ProviderTransaction['counterparty']][] = [
    ['the other side', { creditorName: 'Shop' }, holder, { name: 'Shop' }],
    ['the holder where the other side should be', { creditorName: 'Nordlys Bygg AS' }, holder, undefined],
    ['in another spelling', { creditorName: 'NORDLYS  BYGG as' }, holder, undefined],
    ['surname first', { creditorName: 'Hansen Ola' }, { owner: 'Ola Hansen' }, undefined],
    [
      'the holder’s other account',
      { creditorName: 'Nordlys Bygg AS', creditorAccount: at(ibans.other) },
      holder,
      { name: 'Nordlys Bygg AS', iban: ibans.other },
    ],
    ['somebody with a part of the holder’s name', { creditorName: 'Nordlys Kafe' }, holder, { name: 'Nordlys Kafe' }],
    ['a card row: the holder in the holder’s place', { debtorName: 'Nordlys Bygg AS' }, holder, undefined],
    ['a card row: the shop in the holder’s place', { debtorName: 'Kiwi 505' }, holder, { name: 'Kiwi 505' }],
    ['… when nobody knows the holder’s name', { debtorName: 'Kiwi 505' }, { iban: ibans.holder }, undefined],
    ['… with the holder’s account', { debtorName: 'Kiwi 505', debtorAccount: at(ibans.holder) }, holder, undefined],
    ['… with a word of the holder’s name', { debtorName: 'Bygg, Nordlys' }, holder, undefined],
    [
      'a refund that names the shop as creditor',
      { ...moneyIn, creditorName: 'Some Merchant' },
      holder,
      { name: 'Some Merchant' },
    ],
    [
      'the sides changed round, by the accounts',
      {
        creditorName: 'N. Bygg',
        creditorAccount: at(ibans.holder),
        debtorName: 'Shop',
        debtorAccount: at(ibans.other),
      },
      { iban: ibans.holder },
      { name: 'Shop', iban: ibans.other },
    ],
    [
      'the holder on both sides',
      { creditorAccount: at(ibans.holder), debtorName: 'Nordlys Bygg AS', debtorAccount: at(ibans.holder) },
      holder,
      undefined,
    ],
    ['the holder by the national number', { creditorAccount: { bban: '8601.11.17947' } }, holder, undefined],
    ['an account that is a bare text', { creditorAccount: ibans.other }, {}, { iban: ibans.other }],
    ['an IBAN as the national number', { creditorAccount: { bban: ibans.other } }, {}, { iban: ibans.other }],
    [
      'a Polish number',
      { creditorAccount: { bban: '61 1090 1014 0000 0712 1981 2874' } },
      {},
      { iban: 'PL61109010140000071219812874' },
    ],
    [
      '26 other digits',
      { creditorAccount: { bban: '62109010140000071219812874' } },
      {},
      { bban: '62109010140000071219812874' },
    ],
    ['a masked card as an IBAN', { creditorAccount: at('XXXXXXXXXXXX1234') }, {}, undefined],
    ['a masked card as a national number', { creditorAccount: { bban: '525412******3241' } }, {}, undefined],
    ['empty numbers', { creditorName: 'Shop', creditorAccount: { iban: '', bban: '' } }, {}, { name: 'Shop' }],
    ['an id for a name', { creditorName: 'CARD-1234567890' }, {}, undefined],
    ['a name with a number', { creditorName: 'CARD-24' }, {}, { name: 'CARD-24' }],
    ['a name of marks', { creditorName: '---' }, {}, undefined],
    ['a name over two lines', { creditorName: ' Shop\n  City ' }, {}, { name: 'Shop City' }],
    ['a name out of HTML', { creditorName: 'Bang &amp; Olufsen' }, {}, { name: 'Bang & Olufsen' }],
    ['the ultimate one last', { creditorName: 'PayService', ultimateCreditor: 'Shop' }, {}, { name: 'PayService' }],
  ]
  for (const [name, told, page, expected] of cases) t.same(readRow(told, page).counterparty, expected, name)
})

const long =
  'Betaling for levering av varer i henhold til avtale av 1. september 2026, kundenummer 4711, prosjekt Fjellheim. '

const longer = `${long}Referanse 8768371263817631 og takk for samarbeidet`

test('the text is whole, wherever the bank puts it', async (t) => {
  const cases: [string, object, string | undefined][] = [
    ['lines where the one text should be', { remittanceInformationUnstructured: ['Faktura', '10023'] }, 'Faktura 10023'],
    ['words in the structured field', { remittanceInformationStructured: 'Kartenzahlung in Köln' }, 'Kartenzahlung in Köln'],
    [
      'words in the structured list',
      { remittanceInformationStructuredArray: ['Miete Mai', 'Wohnung 7'] },
      'Miete Mai Wohnung 7',
    ],
    [
      'one word among several in the structured list',
      { remittanceInformationStructuredArray: ['Entgeltabrechnung', 'siehe Anlage'] },
      'Entgeltabrechnung siehe Anlage',
    ],
    [
      'the payer’s words before the structured ones',
      { remittanceInformationUnstructured: 'Miete', remittanceInformationStructured: 'Miete Mai' },
      'Miete',
    ],
    [
      'the bank’s words before a code in the structured field',
      { remittanceInformationStructured: 'NDEAFIHH', additionalInformation: 'Itsepalvelu' },
      'Itsepalvelu',
    ],
    ['columns', { additionalInformation: 'LÖN         160434262327' }, 'LÖN 160434262327'],
    [
      'columns, wide',
      { remittanceInformationUnstructuredArray: Array.from({ length: 12 }, (_, line) => `Linje ${line}`.padEnd(140)) },
      Array.from({ length: 12 }, (_, line) => `Linje ${line}`).join(' '),
    ],
    [
      'lines for programs',
      {
        remittanceInformationUnstructured: 'kortelė...813702 SHOP',
        remittanceInformationUnstructuredArray: ['instructedIdentification=CLR10728444', 'transactionReferenceNumber=RO1'],
      },
      'kortelė...813702 SHOP',
    ],
    [
      'lines for programs among others',
      { remittanceInformationUnstructuredArray: ['Sąskaita 7', 'instructedIdentification=CLR10728444'] },
      'Sąskaita 7',
    ],
    ['nothing but such a line', { remittanceInformationUnstructuredArray: ['orderNumber=7'] }, 'orderNumber=7'],
    [
      'a line with a sign in it',
      { remittanceInformationUnstructuredArray: ['Rabatt=5%', 'paid by Apple=Pay'] },
      'Rabatt=5% paid by Apple=Pay',
    ],
    [
      'one text cut in the middle of a word',
      {
        remittanceInformationUnstructured: long.slice(0, 75),
        remittanceInformationUnstructuredArray: [long.slice(0, 60), long.slice(60)],
      },
      `${long.slice(0, 60)} ${long.slice(60)}`.trim(),
    ],
    [
      'a text cut at 140 that the bank’s addition has whole',
      { remittanceInformationUnstructured: longer.slice(0, 140), additionalInformation: `ÜBERWEISUNG ${longer}` },
      `ÜBERWEISUNG ${longer}`,
    ],
    [
      'a short text that the bank repeats',
      { remittanceInformationUnstructured: 'Miete', additionalInformation: 'Dauerauftrag Miete' },
      'Miete',
    ],
    [
      'a long text beside another',
      { remittanceInformationUnstructured: longer.slice(0, 140), additionalInformation: 'Dauerauftrag' },
      longer.slice(0, 140),
    ],
    ['lines of a page', { remittanceInformationUnstructured: 'Faktura 7<br>Kunde 8<BR/>Takk' }, 'Faktura 7 Kunde 8 Takk'],
    ['lines parted by a word for it', { remittanceInformationUnstructured: 'SHOP GENT%nl%Kaart 893' }, 'SHOP GENT Kaart 893'],
    ['characters of a page', { remittanceInformationUnstructured: 'H&amp;M &quot;Basis&quot; &foo;' }, 'H&M "Basis" &foo;'],
    ['an emoji in hexadecimals', { remittanceInformationUnstructured: 'Pizza \\UD83C\\UDF55 ci\\u00e0 \\U00e0' }, 'Pizza 🍕 cià à'],
    ['a town that looks like hexadecimals', { remittanceInformationUnstructured: 'SHOP\\UBEDA\\ES' }, 'SHOP\\UBEDA\\ES'],
    ['half an emoji', { remittanceInformationUnstructured: 'Pizza \\UD83C' }, 'Pizza \\UD83C'],
    [
      'keys',
      { remittanceInformationUnstructured: 'mandatereference:,creditorid:,remittanceinformation:Rechnung 5, Kunde 7' },
      'Rechnung 5, Kunde 7',
    ],
    [
      'keys with nothing to say',
      {
        remittanceInformationUnstructured: 'mandatereference:,creditorid:,remittanceinformation:',
        additionalInformation: 'Zinsen',
      },
      'Zinsen',
    ],
    [
      'a narrative',
      {
        additionalInformation:
          "atmPosName: SHOP, narrative: ['SOME SHOP', \"L'ETE\", 'BANCONTACT 12/05'], paymentSchemeName: X",
      },
      "SOME SHOP L'ETE BANCONTACT 12/05",
    ],
    [
      'words for a purpose code',
      { purposeCode: 'Rechnung 2024-17', additionalInformation: 'Important notice for myself' },
      'Rechnung 2024-17',
    ],
    ['a purpose code', { purposeCode: 'SALA', additionalInformation: 'Salary' }, 'Salary'],
    ['a purpose code of the bank’s own', { purposeCode: 'SUPPLIER' }, undefined],
    [
      'an id that the bank adds',
      { remittanceInformationUnstructured: '-', additionalInformation: '67d507fd-c9e7-4d43-a799-103d37da65db' },
      undefined,
    ],
    ['words like a narrative', { additionalInformation: 'A book, narrative: [fiction' }, 'A book, narrative: [fiction'],
    ['a placeholder behind a comma', { remittanceInformationUnstructured: 'Miete, EndToEndID: NOTPROVIDED' }, 'Miete'],
    ['a placeholder with another label', { remittanceInformationUnstructured: 'EREF+NOTPROVIDED KREF+7 Miete' }, 'KREF+7 Miete'],
    ['a placeholder with a label of its own', { remittanceInformationUnstructured: 'E2E-ID NOTPROVIDED Miete' }, 'Miete'],
    ['marks', { remittanceInformationUnstructured: ' - / - ' }, undefined],
    ['control characters', { remittanceInformationUnstructured: 'a\u0007b\u009fc\td\u0085e' }, 'abc d e'],
  ] // prettier-ignore
  for (const [name, told, expected] of cases) t.equal(readRow(told).remittanceInformation, expected, name)
})

test('what stands in a structured field is a reference when it looks like one, and else words', async (t) => {
  const cases: [string, unknown, string | undefined][] = [
    ['a creditor’s reference', 'RF18 5390 0754 7034', 'RF18539007547034'],
    ['a number', '5345', '5345'],
    ['a document number', 'INV-1001', 'INV1001'],
    ['a Norwegian one', '2345676', '2345676'],
    ['a Finnish one in groups', '12 34561', '1234561'],
    ['a name', 'some-creditor-name', undefined],
    ['words', 'Faktura 10023 og 10024', undefined],
    ['a day', '2026-10-25', undefined],
    ['a day as people write it', '25.10.2026', undefined],
    ['a time', '25.10.2026 10:15', undefined],
    ['a bank', 'NDEAFIHH', undefined],
    ['what a program wrote', '{reference=RF18539007547034}', 'RF18539007547034'],
    ['what kind it is', 'SCOR', undefined],
    ['a text with a number', 'SHOP NAME//CITY/DE 2024-12-19T15:34:31 KFN 1', undefined],
  ]
  for (const [name, text, expected] of cases) {
    t.equal(readRow({ remittanceInformationStructured: text }).reference, expected, name)
    t.equal(readRow({ remittanceInformationStructuredArray: [text, 'SCOR'] }).reference, expected, `${name}, in a list`)
  }
  t.equal(
    readRow({ remittanceInformationStructured: { reference: 'Faktura 10023' } }).reference,
    'FAKTURA10023',
    'what the standard calls a reference is one',
  )
  const ordered = { remittanceInformationStructured: { reference: 'Bestellung 1234' } }
  t.match(readRow(ordered), { reference: 'BESTELLUNG1234', remittanceInformation: 'Bestellung 1234' })
  t.equal(readRow({ ...ordered, remittanceInformationUnstructured: 'Danke' }).remittanceInformation, 'Danke')
  const grouped = { remittanceInformationStructured: { reference: 'RF18 5390 0754 7034' } }
  t.equal(readRow(grouped).remittanceInformation, undefined, 'a number in groups is no words')
  t.equal(readRow({ remittanceInformationStructured: { reference: 'see the invoice' } }).reference, undefined)
  t.equal(
    readRow({ remittanceInformationStructured: { reference: 'see the invoice' } }).remittanceInformation,
    'see the invoice',
  )
  t.equal(
    readRow({ remittanceInformationStructuredArray: ['5345', 'SCOR'] }).remittanceInformation,
    undefined,
    'and its kind is no text',
  )
})

test('a reference in the text counts alone or behind its label or marks, and with its check digits', async (t) => {
  const norwegian: Page = { iban: ibans.holder }
  const cases: [string, Page, string | undefined][] = [
    // ISO 11649, anywhere.
    ['RF18539007547034', {}, 'RF18539007547034'],
    ['Betaling RF18 5390 0754 7034', {}, 'RF18539007547034'],
    ['Betaling RF18 5390 0754 7034 takk', {}, 'RF18539007547034'],
    ['Betaling RF19 5390 0754 7034', {}, undefined],
    ['TARF18539007547034', {}, undefined],
    // Belgium.
    ['+++090/9337/55493+++', {}, '090933755493'],
    ['Facture +++ 090 9337 55493 +++ merci', {}, '090933755493'],
    ['***090/9337/55493***', {}, '090933755493'],
    ['Mededeling: 090/9337/55493', {}, '090933755493'],
    ['+++090/9337/55494+++', {}, undefined],
    ['090933755493', {}, undefined],
    ['090933755493', { iban: 'BE68539007547034' }, '090933755493'],
    // Norway.
    ['KID 2345676', {}, '2345676'],
    ['Betaling, KID: 2345676', {}, '2345676'],
    ['kid-nummer 2345676.', {}, '2345676'],
    ['KID 2345676 01.02.2026', {}, '2345676'],
    ['KID 2345675', {}, undefined],
    ['KIDS CLOTHES 2345676', {}, undefined],
    ['2345676', norwegian, '2345676'],
    ['2345676', { currency: 'NOK' }, '2345676'],
    ['2345676', {}, undefined],
    ['2345675', norwegian, undefined],
    ['Faktura 2345676', norwegian, undefined],
    ['2026', norwegian, undefined],
    ['1230', norwegian, undefined],
    ['2026-10-25', norwegian, undefined],
    ['25 10 2026', norwegian, undefined],
    ['01052026', norwegian, undefined],
    ['20260501', norwegian, undefined],
    ['010626', norwegian, undefined],
    ['260401', norwegian, undefined],
    ['2026-06', norwegian, undefined],
    ['202606', norwegian, undefined],
    ['5050-1055', { currency: 'SEK' }, undefined],
    ['556036-0793', { currency: 'SEK' }, undefined],
    ['10003-', norwegian, '10003-'],
    ['2 345 676', norwegian, '2345676'],
    ['991307', norwegian, '991307'],
    // Sweden.
    ['OCR: 1234566', {}, '1234566'],
    ['OCR-nr 1234566', {}, '1234566'],
    ['OCR 1234567', {}, undefined],
    ['1234566', { currency: 'SEK' }, '1234566'],
    // Finland.
    ['Viite: 12 34561', {}, '1234561'],
    ['VIITENUMERO 1232', {}, '1232'],
    ['Viite 1233', {}, undefined],
    ['12 34561', { iban: 'FI2112345600000785' }, '1234561'],
    // Denmark.
    ['+71<004040400000669+12345678<', {}, '4040400000669'],
    // The Netherlands.
    ['Betalingskenmerk 1234 5678 9012 3456', {}, undefined],
    // What looks like one and is not.
    ['PIRKUMS 424242******4242 28.10.2024 22.99 EUR (111111) SHOP', { currency: 'SEK' }, undefined],
    ['OCR 12.50', {}, undefined],
    ['Tel. +47 22 00 00 00', norwegian, undefined],
  ]
  for (const [text, page, expected] of cases) {
    const read = readRow({ remittanceInformationUnstructured: text }, page)
    t.equal(read.reference, expected, `${text} ${JSON.stringify(page)}`)
    t.equal(read.remittanceInformation, text, 'and the text stays whole')
  }
})

test('a line is a reference where it is a number by itself, long enough to be no other number', async (t) => {
  const norwegian: Page = { iban: ibans.holder }
  const cases: [string[], Page, string | undefined][] = [
    [['10001087010048505904', 'Giro, Føie As, Avtalegiro'], norwegian, '10001087010048505904'],
    [['Giro, Føie As', ' 1000 1087 0100 4850 5904 '], norwegian, '10001087010048505904'],
    [['10001087010048505902', 'Giro, Føie As'], norwegian, undefined],
    [['10001087010048505904', 'Giro, Føie As'], {}, undefined],
    // An account’s number and an organisation’s have check digits too.
    [['86011117947', 'Overføring'], norwegian, undefined],
    [['556036-0793', 'Faktura'], { currency: 'SEK' }, undefined],
    [['Ark.Ref 10001087010048505904', 'Varekjøp'], norwegian, undefined],
  ]
  for (const [lines, page, expected] of cases)
    t.equal(readRow({ remittanceInformationUnstructuredArray: lines }, page).reference, expected, lines.join(' | '))
})

test('an end-to-end id is a reference only by a mark of its own', async (t) => {
  const cases: [string, string | undefined][] = [
    ['RF18539007547034', 'RF18539007547034'],
    ['+++090/9337/55493+++', '090933755493'],
    ['KID2345676', '2345676'],
    ['2345676', undefined],
    ['901234567890', undefined],
  ]
  for (const [endToEndId, expected] of cases) {
    const read = readRow({ endToEndId }, { iban: ibans.holder })
    t.equal(read.reference, expected, endToEndId)
    t.equal(read.endToEndId, endToEndId)
  }
  t.equal(
    readRow({ endToEndId: 'RF18539007547034', remittanceInformationStructured: 'INV-1001' }).reference,
    'INV1001',
    'what the bank calls the reference comes first',
  )
})

test('an entry’s reference is the payee’s only by ISO 11649', async (t) => {
  const cases: [string, string | undefined][] = [
    ['RF14200185090845', 'RF14200185090845'],
    ['RF15200185090845', undefined],
    ['KID2345676', undefined],
    ['2023-07-13-12.25.04.739430', undefined],
  ]
  for (const [entryReference, expected] of cases)
    t.match(readRow({ entryReference }), { reference: expected, ids: { entryReference } }, entryReference)
})

test('a bank transaction code is one however its parts are parted', async (t) => {
  const cases: [unknown, string | undefined][] = [
    ['PMNT-ICDT-ESCT', 'PMNT-ICDT-ESCT'],
    ['PMNT/ICDT/DMCT', 'PMNT-ICDT-DMCT'],
    ['PMNT-ICDT/DMCT', undefined],
    ['PMNT', undefined],
  ]
  for (const [code, expected] of cases)
    t.equal(readRow({ bankTransactionCode: code }).bankTransactionCode, expected, String(code))
})

test('reading changes nothing of the row', async (t) => {
  const told = Object.freeze({
    ...row,
    remittanceInformationUnstructuredArray: Object.freeze(['b', 'a']),
    creditorAccount: Object.freeze({ iban: ibans.other }),
  })
  const reading = { linesComeInAnyOrder: true } as const
  t.same(readRow(told, { reading }), readRow(told, { reading }))
  t.same(told.remittanceInformationUnstructuredArray, ['b', 'a'])
})
