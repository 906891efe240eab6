// What a bank's rules change in how its rows are read.

import { test } from 'tap'
import type { ProviderTransaction } from '../../../src/providers/provider.ts'
import { ibans, moneyIn, readRow, type Page } from './rows.ts'

const text = (remittanceInformationUnstructured: string) => ({ remittanceInformationUnstructured })
const own = 'proprietaryBankTransactionCode'
const holder: Page = { iban: ibans.holder, owner: 'Nordlys Bygg AS' }

test('by a rule: the sign', async (t) => {
  const read = readRow(
    { balanceAfterTransaction: { balanceAmount: { amount: '250.00', currency: 'EUR' } }, debtorName: 'Shop' },
    { reading: { debitsArePositive: true } },
  )
  t.match(read, { amount: { minor: 10_000n }, balanceAfter: { minor: -25_000n }, counterparty: { name: 'Shop' } })
})

test('by a rule: the booking day', async (t) => {
  const reading = { bookingDay: ['valueDateTime', 'bookingDate'] } as const
  t.equal(readRow({ valueDateTime: '2026-10-23T15:00:00' }, { reading }).bookingDate, '2026-10-23')
  t.equal(readRow({ valueDate: '2026-10-23' }, { reading }).bookingDate, '2026-10-25')
  t.throws(() => readRow({ bookingDate: undefined, valueDate: '2026-10-23' }, { reading }), {
    kind: 'nonsense',
    message: 'Test Bank: $.bookingDate should be a day',
  })
})

test('by a rule: the billed amount', async (t) => {
  const reading = { billedAmount: { from: 'remittanceInformationUnstructured', pattern: '^billed: (.+)$' } } as const
  const dollars = { transactionAmount: { amount: '-9.59', currency: 'USD' } }
  const page = { reading, currency: 'SEK' }
  const cases: [object, string, bigint][] = [
    [{ ...dollars, ...text('billed: 101.25') }, 'SEK', -10_125n],
    [{ ...dollars, ...text('billed: -101.25') }, 'SEK', -10_125n],
    [{ transactionAmount: { amount: '9.59', currency: 'USD' }, ...text('billed: 101.25') }, 'SEK', 10_125n],
    [{ ...dollars, ...text('billed: a lot') }, 'USD', -959n],
    [{ ...dollars, ...text('something else') }, 'USD', -959n],
  ]
  for (const [told, currency, minor] of cases) t.same(readRow(told, page).amount, { minor, currency })
})

test('by a rule: the shape of an id', async (t) => {
  const reading = { transactionIdPattern: '^.{32}$' }
  t.same(readRow({ transactionId: 'a'.repeat(32) }, { reading }).ids, { transactionId: 'a'.repeat(32) })
  t.same(readRow({ transactionId: 'a'.repeat(31), entryReference: 'b' }, { reading }).ids, { entryReference: 'b' })
})

test('by a rule: the payee in a text, after the rules that fit and only where its own field is empty', async (t) => {
  const reading = {
    payee: [
      { from: 'remittanceInformationUnstructured', pattern: '^TO (.+)$', of: 'out' },
      { from: 'remittanceInformationUnstructured', pattern: '^FROM (.+)$', of: 'in' },
      { from: 'additionalInformation' },
    ],
  } as const
  const cases: [object, Page, ProviderTransaction['counterparty']][] = [
    [text('TO Shop'), {}, { name: 'Shop' }],
    [text('FROM Shop'), {}, undefined],
    [{ ...moneyIn, ...text('from Shop') }, {}, { name: 'Shop' }],
    [{ additionalInformation: 'Shop' }, {}, { name: 'Shop' }],
    [{ ...text('TO Shop'), creditorName: 'The Shop' }, {}, { name: 'The Shop' }],
    [{ ...text('TO Shop'), creditorAccount: { iban: ibans.other } }, {}, { name: 'Shop', iban: ibans.other }],
    [{ ...text('TO Shop'), debtorName: 'Somebody Else' }, holder, { name: 'Shop' }],
    [text('TO Nordlys Bygg AS'), holder, undefined],
  ]
  for (const [told, page, expected] of cases)
    t.same(readRow(told, { ...page, reading }).counterparty, expected, JSON.stringify(told))
})

test('by a rule: the payee in a line, or in a text where the bank sends one text instead', async (t) => {
  const pattern = '^TO (.+)$'
  const ofLines = { payee: [{ from: 'remittanceInformationUnstructuredArray', pattern }] } as const
  const ofText = { payee: [{ from: 'remittanceInformationUnstructured', pattern }] } as const
  const lines = { remittanceInformationUnstructuredArray: ['What for', 'TO Shop'] }
  t.equal(readRow(lines, { reading: ofLines }).counterparty?.name, 'Shop')
  t.equal(readRow(text('TO Shop'), { reading: ofLines }).counterparty?.name, 'Shop')
  t.equal(readRow(lines, { reading: ofText }).counterparty?.name, undefined)
  t.equal(
    readRow({ remittanceInformationUnstructuredArray: ['TO Shop', 'Town'] }, { reading: ofText }).counterparty?.name,
    'Shop Town',
  )
})

test('by a rule: texts that add, and that stand in', async (t) => {
  const reading = { alsoTold: ['additionalInformation'], otherwiseTold: [own] } as const
  const told = (more: object) => readRow(more, { reading }).remittanceInformation
  t.equal(told({ ...text('Miete'), additionalInformation: 'Dauerauftrag' }), 'Miete Dauerauftrag')
  t.equal(told({ ...text('Miete'), additionalInformation: 'Miete' }), 'Miete')
  t.equal(told({ ...text('Miete'), [own]: 'TRF' }), 'Miete')
  t.equal(told({ [own]: 'TRF' }), 'TRF')
  t.equal(readRow({ [own]: 'TRF' }).remittanceInformation, undefined)
})

test('by a rule: lines cut at a width', async (t) => {
  const reading = { cutLines: { width: 10, words: ['End-to-End:'] } }
  const told = (...lines: string[]) =>
    readRow({ creditorName: 'Shop & Co.', remittanceInformationUnstructuredArray: lines }, { reading })
      .remittanceInformation
  t.equal(told('1234567890', 'abc', 'def'), '1234567890abc def')
  t.equal(told('Shop & Co.', 'abc'), 'Shop & Co. abc')
  t.equal(told('x End-', 'to-End: 7'), 'x End-to-End: 7')
  t.equal(told('End-', 'of-line'), 'End- of-line')
  t.equal(told('Town', 'd: 7'), 'Town d: 7')
  t.equal(told(), undefined)
})

test('by a rule: lines in any order', async (t) => {
  const reading = { linesComeInAnyOrder: true } as const
  const told = (lines: readonly string[]) =>
    readRow({ remittanceInformationUnstructuredArray: lines }, { reading }).remittanceInformation
  t.equal(told(['VIR SEPA X', 'Loyer', 'Réf : 7']), told(['Loyer', 'Réf : 7', 'VIR SEPA X']))
})

test('by a rule: the ultimate ones first, and words in the structured field', async (t) => {
  const reading = { ultimateFirst: true, structuredHoldsText: true } as const
  t.equal(readRow({ creditorName: 'Pay', ultimateCreditor: 'Shop' }, { reading }).counterparty?.name, 'Shop')
  t.match(readRow({ remittanceInformationStructured: 'Rechnung4711' }, { reading }), {
    reference: undefined,
    remittanceInformation: 'Rechnung4711',
  })
  t.equal(readRow({ remittanceInformationStructured: 'RF18539007547034' }, { reading }).reference, 'RF18539007547034')
})
