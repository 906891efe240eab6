// Golden cases by hand: what a careful bookkeeper books unasked, what she would not, and why. Each stands for something that went
// wrong in some program, or nearly did.

import type { BookEntry, Decided, Line, OwnAccount } from '../../../src/matching/model/types.ts'
import { addDays, type Day } from '../../../src/values/day.ts'
import { aLine, anEntry, otherEntries } from '../builders.ts'

export type GoldenCase = {
  readonly name: string
  readonly lines: readonly Line[]
  readonly entries: readonly BookEntry[]
  readonly ownAccounts?: readonly OwnAccount[]
  readonly decided?: Partial<Decided>
  /** `line -> entries` that are booked unasked. Nothing else may be. Not said where either is fine. */
  readonly automatic?: readonly string[]
  /** What must be the first suggestion of its line. */
  readonly suggested?: readonly string[]
  /** What must not even be suggested. */
  readonly never?: readonly string[]
}

const acme = { name: 'Åkerlund Måleri AB', iban: 'NO9386011117947' }
const acmeAtBank = { name: 'AAKERLUND MALERI', iban: 'NO9386011117947' }
const brandt = { name: 'Brandt Elektro AS' }

const own: readonly OwnAccount[] = [
  { connectionId: 'cn-1', ledgerAccountId: 'la-1', iban: 'NO1115030123458' },
  { connectionId: 'cn-2', ledgerAccountId: 'la-2', iban: 'NO6015034567892' },
]

const owned: readonly OwnAccount[] = [
  ...own.map((account) => ({ ...account, currency: 'NOK', owner: 'Nordlys Kaffe AS' })),
  { connectionId: 'cn-3', ledgerAccountId: 'la-3', currency: 'EUR', owner: 'Nordlys Kaffe AS' },
]
const rates = { NOK: 11.86, EUR: 1 }
const takings = (id: string, amount: bigint, issueDate: Day): BookEntry =>
  anEntry(id, amount, {
    kind: 'ledger_posting',
    issueDate,
    description: `SumUp ${id}`,
    counterparty: { name: 'SumUp' },
  })

export const goldenCases: readonly GoldenCase[] = [
  // References and numbers.
  {
    name: 'a structured reference and the exact amount',
    lines: [aLine('t', 125_000n, { reference: '1234500000018' })],
    entries: [anEntry('e', 125_000n, { reference: '1234500000018' })],
    automatic: ['t -> e'],
  },
  {
    name: 'a Finnish reference, bare in the books and wrapped as RF at the bank',
    lines: [aLine('t', 9_900n, { currency: 'EUR', reference: 'RF18539007547034' })],
    entries: [anEntry('e', 9_900n, { currency: 'EUR', reference: '5390 0754 7034' })],
    automatic: ['t -> e'],
  },
  {
    name: 'a reference written in groups in the text',
    lines: [aLine('t', 58_320n, { currency: 'EUR', remittanceInformation: 'Betaling +++090/9337/55493+++ dank' })],
    entries: [anEntry('e', 58_320n, { currency: 'EUR', reference: '090933755493' })],
    automatic: ['t -> e'],
  },
  {
    name: 'the right customer and amount, but the reference of something else',
    lines: [aLine('t', 125_000n, { reference: '9999900000013', counterparty: acmeAtBank })],
    entries: [anEntry('e', 125_000n, { reference: '1234500000018', counterparty: acme })],
    automatic: [],
  },
  {
    name: 'an invoice number in the text, the name cut off and spelled otherwise',
    lines: [aLine('t', 48_700n, { remittanceInformation: 'Bet. fakt1001', counterparty: { name: 'AAKERLUND MAALE' } })],
    entries: [anEntry('e', 48_700n, { documentNumber: '1001', counterparty: { name: 'Åkerlund Måleri AB' } })],
    automatic: ['t -> e'],
  },
  {
    name: 'same customer, same amount, but the text names the invoice before, which is settled',
    lines: [aLine('t', 125_000n, { remittanceInformation: 'Faktura 1001', counterparty: acmeAtBank })],
    entries: [
      anEntry('settled', 125_000n, { openAmount: 0n, documentNumber: '1001', counterparty: acme }),
      anEntry('open', 125_000n, { documentNumber: '1002', counterparty: acme }),
    ],
    automatic: [],
    never: ['t -> settled'],
  },
  {
    name: 'same customer, same amount, two open: the text says which',
    lines: [aLine('t', 125_000n, { remittanceInformation: 'faktura nr. 1002', counterparty: acmeAtBank })],
    entries: [
      anEntry('first', 125_000n, { documentNumber: '1001', counterparty: acme }),
      anEntry('second', 125_000n, { documentNumber: '1002', counterparty: acme }),
    ],
    automatic: ['t -> second'],
  },
  {
    name: 'a customer number that happens to be the number of another invoice',
    lines: [aLine('t', 77_150n, { remittanceInformation: 'Kundenr 20045, faktura 20311', counterparty: acmeAtBank })],
    entries: [
      anEntry('right', 77_150n, { documentNumber: '20311', counterparty: acme }),
      anEntry('wrong', 93_300n, { documentNumber: '20045', counterparty: brandt }),
    ],
    automatic: ['t -> right'],
  },
  {
    name: 'a year in the text is not invoice 2026',
    lines: [aLine('t', 31_000n, { remittanceInformation: 'Kontingent 2026' })],
    entries: [anEntry('e', 31_000n, { documentNumber: '2026', counterparty: brandt })],
    automatic: [],
  },
  {
    name: 'an end-to-end id that we gave',
    lines: [aLine('t', -64_050n, { endToEndId: 'PAY-7781' })],
    entries: [anEntry('e', -64_050n, { endToEndId: 'pay-7781' })],
    automatic: ['t -> e'],
  },
  {
    name: 'the id of a payment run that we gave, printed in the text by a bank without a field for it',
    lines: [aLine('t', -1_652_036n, { remittanceInformation: 'Samlebetaling EREF+B1889842' })],
    entries: [
      anEntry('e1', -953_661n, { endToEndId: 'B1889842', counterparty: { name: 'Arktisbad Sport ANS' } }),
      anEntry('e2', -343_402n, { endToEndId: 'B1889842', counterparty: { name: 'BAP Renhold AS' } }),
      anEntry('e3', -354_973n, { endToEndId: 'B1889842', counterparty: { name: 'EN Sport ENK' } }),
      anEntry('e4', -354_973n, { endToEndId: 'B1889843', counterparty: { name: 'EN Sport ENK' } }),
    ],
    automatic: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'the wages of a hundred people in one sum',
    lines: [
      aLine('t', -100n * 2_500_000n - 495_000n, { bookingDate: '2026-03-20', remittanceInformation: 'Lønn mars' }),
    ],
    entries: Array.from({ length: 100 }, (_, at) =>
      anEntry(`e${at}`, -2_500_000n - BigInt(at) * 100n, {
        kind: 'payroll',
        issueDate: '2026-03-15',
        dueDate: '2026-03-20',
        counterparty: { name: `Ansatt nummer ${at}` },
      }),
    ),
    automatic: [
      `t -> ${Array.from({ length: 100 }, (_, at) => `e${at}`)
        .toSorted()
        .join(' + ')}`,
    ],
  },
  {
    name: 'a purchase by card in another currency, under a name that the books do not have: found by its day',
    lines: [
      aLine('t', -7_610n, {
        currency: 'EUR',
        bookingDate: '2026-03-09',
        valueDate: '2026-03-05',
        remittanceInformation: 'KARTENZAHLUNG REMA1000 646 05.03',
        rates: { NOK: 11.86, EUR: 1 },
      }),
    ],
    entries: [
      anEntry('e', -90_000n, {
        kind: 'expense',
        issueDate: '2026-03-05',
        dueDate: '2026-03-05',
        description: 'Dagligvarer',
      }),
    ],
    automatic: [],
    suggested: ['t -> e'],
  },
  {
    name: 'a purchase by card that was given back',
    lines: [
      aLine('t1', -2_581n, {
        bookingDate: '2026-03-11',
        valueDate: '2026-03-08',
        remittanceInformation: 'KARTENZAHLUNG UBER *TRIP HELP.UBER 08.03',
      }),
      aLine('t2', 2_581n, {
        bookingDate: '2026-03-23',
        valueDate: '2026-03-20',
        remittanceInformation: 'KARTENZAHLUNG UBER *TRIP HELP.UBER 20.03',
      }),
    ],
    entries: [],
    automatic: [],
    suggested: ['t1 + t2 -> nothing'],
  },
  {
    name: 'two that say NOTPROVIDED have nothing in common',
    lines: [aLine('t', -64_050n, { endToEndId: 'NOTPROVIDED' })],
    entries: [anEntry('e', -64_050n, { endToEndId: 'NOTPROVIDED' })],
    automatic: [],
  },

  // Without a number.
  {
    name: 'the account and the exact amount, once',
    lines: [aLine('t', 48_730n, { counterparty: acmeAtBank })],
    entries: [anEntry('e', 48_730n, { counterparty: acme })],
    automatic: ['t -> e'],
  },
  {
    name: 'an amount alone, however odd',
    lines: [aLine('t', 48_737n)],
    entries: [anEntry('e', 48_737n, { counterparty: acme })],
    automatic: [],
  },
  {
    name: 'an exact amount from somebody else',
    lines: [aLine('t', 48_737n, { counterparty: { name: 'Trygve Solheim' } })],
    entries: [anEntry('e', 48_737n, { counterparty: acme })],
    automatic: [],
  },
  {
    name: 'equal monthly amounts, and a payment that may be of either month',
    lines: [aLine('t', 990_000n, { bookingDate: '2026-03-20', counterparty: acmeAtBank })],
    entries: [
      anEntry('february', 990_000n, { issueDate: '2026-02-01', dueDate: '2026-03-01', counterparty: acme }),
      anEntry('march', 990_000n, { issueDate: '2026-03-01', dueDate: '2026-03-31', counterparty: acme }),
    ],
    automatic: [],
  },
  {
    name: 'two equal payments of two equal invoices: suggested in the order of time',
    lines: [
      aLine('first', 990_000n, { bookingDate: '2026-03-14', counterparty: acmeAtBank }),
      aLine('second', 990_000n, { bookingDate: '2026-03-15', counterparty: acmeAtBank }),
    ],
    entries: [
      anEntry('older', 990_000n, { issueDate: '2026-03-01', dueDate: '2026-03-14', counterparty: acme }),
      anEntry('newer', 990_000n, { issueDate: '2026-03-02', dueDate: '2026-03-15', counterparty: acme }),
    ],
    automatic: [],
    suggested: ['first -> older', 'second -> newer'],
  },
  {
    name: 'money that goes out settles nothing that should come in',
    lines: [aLine('t', -48_730n, { counterparty: acmeAtBank, remittanceInformation: 'Faktura 20311' })],
    entries: [anEntry('e', 48_730n, { documentNumber: '20311', counterparty: acme })],
    automatic: [],
    never: ['t -> e'],
  },

  // Amounts that differ.
  {
    name: 'a part, with the number; another invoice has just that amount',
    lines: [aLine('t', 40_000n, { remittanceInformation: 'Faktura 20311 del 1', counterparty: acmeAtBank })],
    entries: [
      anEntry('named', 100_000n, { documentNumber: '20311', counterparty: acme }),
      anEntry('tempting', 40_000n, { documentNumber: '20312', counterparty: acme }),
    ],
    automatic: [],
    suggested: ['t -> named'],
  },
  {
    name: 'a part, without any number',
    lines: [aLine('t', 40_000n, { counterparty: acmeAtBank })],
    entries: [anEntry('e', 100_000n, { counterparty: acme })],
    automatic: [],
  },
  {
    name: 'instalments by reference until it is paid',
    lines: [
      aLine('t1', 40_000n, { bookingDate: '2026-03-10', reference: '1234500000018', counterparty: acmeAtBank }),
      aLine('t2', 60_000n, { bookingDate: '2026-03-20', reference: '1234500000018', counterparty: acmeAtBank }),
    ],
    entries: [anEntry('e', 100_000n, { reference: '1234500000018', counterparty: acme })],
    automatic: ['t1 -> e', 't2 -> e'],
  },
  {
    name: 'a bank fee is missing, the invoice is named',
    lines: [aLine('t', 98_500n, { remittanceInformation: 'Invoice 20311', counterparty: acmeAtBank })],
    entries: [anEntry('e', 100_000n, { documentNumber: '20311', counterparty: acme })],
    automatic: ['t -> e'],
  },
  {
    name: 'too much was paid for the document that is named, and nothing else is open with its party: what is too much is named',
    lines: [aLine('t', 105_000n, { remittanceInformation: 'Invoice 20311', counterparty: acmeAtBank })],
    entries: [anEntry('e', 100_000n, { documentNumber: '20311', counterparty: acme })],
    automatic: ['t -> e'],
  },
  {
    name: 'too much was paid, and it may be a part of what else is open: nobody but a person can say what for',
    lines: [aLine('t', 105_000n, { remittanceInformation: 'Invoice 20311', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 100_000n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 20_000n, { documentNumber: '20344', counterparty: acme }),
    ],
    automatic: [],
    suggested: ['t -> e'],
  },
  {
    name: 'a little too much was paid, and what else is open is so much more that nobody would pay that of it',
    lines: [aLine('t', 100_090n, { remittanceInformation: 'Invoice 20311', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 100_000n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: '20344', counterparty: acme }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'rounded up to a whole amount: that is for no other, though more is open',
    lines: [aLine('t', 121_000n, { remittanceInformation: 'Invoice 20311', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 120_735n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: '20344', counterparty: acme }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'one digit of the number is wrong, and no document has the one that is written: everything else says which is meant',
    lines: [aLine('t', 123_457n, { remittanceInformation: 'Invoice 20371', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 123_457n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: '20344', counterparty: acme }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'the number that is named is another document’s, however alike: that is no slip',
    lines: [aLine('t', 123_457n, { remittanceInformation: 'Invoice 20371', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 123_457n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: '20371', counterparty: acme }),
    ],
    automatic: [],
  },
  {
    name: 'the number is somebody else’s, of another amount, and but for a slip the payer’s own: that is meant',
    lines: [aLine('t', 123_457n, { remittanceInformation: 'Giro 9564843 Invoice 20371', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 123_457n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: '20371', counterparty: brandt }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'the number is somebody else’s, and of this very amount',
    lines: [aLine('t', 123_457n, { remittanceInformation: 'Invoice 20371', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 123_457n, { documentNumber: '20311', counterparty: acme }),
      anEntry('f', 123_457n, { documentNumber: '20371', counterparty: brandt }),
    ],
    automatic: [],
  },
  {
    name: 'the number runs into the date behind it',
    lines: [
      aLine('t', 123_457n, {
        remittanceInformation: 'Rechnung Nr. RE-2026-8014169260203',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [
      anEntry('e', 123_457n, { documentNumber: 'RE-2026-8014169', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: 'RE-2026-8014170', counterparty: acme }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'the cash discount to the cent, and a number with a slip',
    lines: [
      aLine('t', 98_000n, {
        bookingDate: '2026-03-09',
        remittanceInformation: '205-0340',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [
      anEntry('e', 100_000n, {
        documentNumber: '2025-0340',
        counterparty: acme,
        cashDiscount: { basisPoints: 200, until: '2026-03-10' },
      }),
      anEntry('f', 40_000n, { documentNumber: '2025-0205', counterparty: brandt }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'an invoice is paid twice: the first payment settles it',
    lines: [
      aLine('t', 123_457n, { remittanceInformation: 'Invoice 20311', counterparty: acmeAtBank }),
      aLine('again', 123_457n, {
        bookingDate: '2026-03-21',
        remittanceInformation: 'Invoice 20311',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [anEntry('e', 123_457n, { documentNumber: '20311', counterparty: acme })],
    automatic: ['t -> e'],
  },
  {
    name: 'an invoice is paid twice, and what was too much paid back: that was the second',
    lines: [
      aLine('first', 48_730n, {
        bookingDate: '2026-03-10',
        remittanceInformation: 'Faktura 20311',
        counterparty: acmeAtBank,
      }),
      aLine('second', 48_730n, {
        bookingDate: '2026-03-14',
        remittanceInformation: 'Faktura 20311',
        counterparty: acmeAtBank,
      }),
      aLine('back', -48_730n, {
        bookingDate: '2026-03-21',
        remittanceInformation: 'Återbetalning',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [anEntry('e', 48_730n, { documentNumber: '20311', counterparty: acme })],
    automatic: ['back + second -> nothing', 'first -> e'],
  },
  {
    name: 'a number with its year, as some write `1266/26`, is one number',
    lines: [aLine('t', 123_457n, { remittanceInformation: 'Faktura nr. 1266/26', counterparty: acmeAtBank })],
    entries: [
      anEntry('e', 123_457n, { documentNumber: '1266/26', counterparty: acme }),
      anEntry('f', 40_000n, { documentNumber: '1226/26', counterparty: acme }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'the cash discount, in time',
    lines: [
      aLine('t', 98_000n, {
        currency: 'EUR',
        bookingDate: '2026-03-10',
        counterparty: acmeAtBank,
        remittanceInformation: 'RE 20311',
      }),
    ],
    entries: [
      anEntry('e', 100_000n, {
        currency: 'EUR',
        documentNumber: '20311',
        counterparty: acme,
        cashDiscount: { basisPoints: 200, until: '2026-03-10' },
      }),
    ],
    automatic: ['t -> e'],
  },
  {
    name: 'a payment in another currency, exchanged by the bank',
    lines: [
      aLine('t', 1_043_750n, {
        exchange: { currency: 'USD', rate: '10.4375', amount: { minor: 100_000n, currency: 'USD' } },
        remittanceInformation: 'Invoice 20311',
      }),
    ],
    entries: [anEntry('e', 100_000n, { currency: 'USD', documentNumber: '20311' })],
    automatic: ['t -> e'],
  },
  {
    name: 'another currency, and the bank says nothing of an exchange',
    lines: [aLine('t', 100_000n, { remittanceInformation: 'Invoice 20311' })],
    entries: [anEntry('e', 100_000n, { currency: 'USD', documentNumber: '20311' })],
    automatic: [],
    never: ['t -> e'],
  },

  // Several.
  {
    name: 'several invoices, named short',
    lines: [aLine('t', 60_060n, { remittanceInformation: 'INV 2026-0012/13/14', counterparty: acmeAtBank })],
    entries: [
      anEntry('e12', 10_010n, { documentNumber: '2026-0012', counterparty: acme }),
      anEntry('e13', 20_020n, { documentNumber: '2026-0013', counterparty: acme }),
      anEntry('e14', 30_030n, { documentNumber: '2026-0014', counterparty: acme }),
      anEntry('e15', 10_010n, { documentNumber: '2026-0015', counterparty: acme }),
    ],
    automatic: ['t -> e12 + e13 + e14'],
  },
  {
    name: 'several invoices and the credit note that the text does not mention',
    lines: [aLine('t', 25_000n, { remittanceInformation: 'fakt1001 og 1002', counterparty: acmeAtBank })],
    entries: [
      anEntry('e1', 10_010n, { documentNumber: '1001', counterparty: acme }),
      anEntry('e2', 20_020n, { documentNumber: '1002', counterparty: acme }),
      anEntry('credit', -5_030n, { kind: 'sales_credit_note', documentNumber: '1003', counterparty: acme }),
    ],
    automatic: ['t -> credit + e1 + e2'],
  },
  {
    name: 'several invoices and a credit note long before the day, with a customer who is sent an invoice every other day',
    lines: [aLine('t', 25_000n, { remittanceInformation: 'fakt1001 og 1002', counterparty: acmeAtBank })],
    entries: [
      anEntry('e1', 10_010n, { documentNumber: '1001', counterparty: acme }),
      anEntry('e2', 20_020n, { documentNumber: '1002', counterparty: acme }),
      anEntry('credit', -5_030n, {
        kind: 'sales_credit_note',
        documentNumber: '1003',
        issueDate: '2026-01-20',
        dueDate: '2026-01-20',
        counterparty: acme,
      }),
      ...Array.from({ length: 24 }, (_, at) =>
        anEntry(`later-${at}`, BigInt(30_013 + at * 1_117), {
          documentNumber: String(1_010 + at),
          issueDate: addDays('2026-02-10', at),
          dueDate: addDays('2026-03-02', at),
          counterparty: acme,
        }),
      ),
    ],
    automatic: ['t -> credit + e1 + e2'],
  },
  {
    name: 'a sum that two sets of invoices make',
    lines: [aLine('t', 50_042n, { counterparty: acmeAtBank })],
    entries: [
      anEntry('a', 20_013n, { documentNumber: '1001', counterparty: acme }),
      anEntry('b', 30_029n, { documentNumber: '1002', counterparty: acme }),
      anEntry('c', 10_007n, { documentNumber: '1003', counterparty: acme }),
      anEntry('d', 40_035n, { documentNumber: '1004', counterparty: acme }),
    ],
    automatic: [],
  },
  {
    name: 'everything that is open with a customer, in one sum',
    lines: [aLine('t', 98_771n, { counterparty: acmeAtBank })],
    entries: [
      anEntry('a', 21_337n, { documentNumber: '1001', counterparty: acme }),
      anEntry('b', 33_219n, { documentNumber: '1002', counterparty: acme }),
      anEntry('c', 44_215n, { documentNumber: '1003', counterparty: acme }),
    ],
    automatic: ['t -> a + b + c'],
  },
  {
    name: 'two invoices are named and less than both is paid',
    lines: [aLine('t', 9_000n, { remittanceInformation: 'Faktura 20311 og 20312', counterparty: acmeAtBank })],
    entries: [
      anEntry('a', 10_010n, { documentNumber: '20311', counterparty: acme }),
      anEntry('b', 20_020n, { documentNumber: '20312', counterparty: acme }),
    ],
    automatic: [],
  },

  // Lines that belong to each other.
  {
    name: 'a transfer that the books expect, both halves',
    ownAccounts: own,
    lines: [aLine('out', -500_000n), aLine('into', 500_000n, { connectionId: 'cn-2', bookingDate: '2026-03-16' })],
    entries: [
      anEntry('e', 500_000n, {
        kind: 'transfer',
        dueDate: '2026-03-14',
        fromLedgerAccountId: 'la-1',
        toLedgerAccountId: 'la-2',
      }),
    ],
    automatic: ['into + out -> e'],
  },
  {
    name: 'half a transfer waits for the other',
    ownAccounts: own,
    lines: [aLine('out', -500_000n, { counterparty: { iban: 'NO6015034567892' } })],
    entries: [
      anEntry('e', 500_000n, {
        kind: 'transfer',
        dueDate: '2026-03-14',
        fromLedgerAccountId: 'la-1',
        toLedgerAccountId: 'la-2',
      }),
    ],
    automatic: [],
    suggested: ['out -> e'],
  },
  {
    name: 'a transfer that nobody entered, each half naming the other account',
    ownAccounts: own,
    lines: [
      aLine('out', -500_000n, { counterparty: { iban: 'NO6015034567892' } }),
      aLine('into', 500_000n, { connectionId: 'cn-2', counterparty: { iban: 'NO1115030123458' } }),
    ],
    entries: [],
    automatic: ['into + out -> nothing'],
  },
  {
    name: 'opposite amounts on two own accounts that name nobody',
    ownAccounts: own,
    lines: [aLine('out', -500_000n), aLine('into', 500_000n, { connectionId: 'cn-2' })],
    entries: [],
    automatic: [],
  },
  {
    name: 'a payment that came back, and was made again',
    lines: [
      aLine('paid', 48_730n, {
        bookingDate: '2026-03-10',
        remittanceInformation: 'Faktura 20311',
        counterparty: acmeAtBank,
      }),
      aLine('back', -48_730n, {
        bookingDate: '2026-03-12',
        remittanceInformation: 'RETUR Faktura 20311',
        counterparty: acmeAtBank,
      }),
      aLine('again', 48_730n, {
        bookingDate: '2026-03-20',
        remittanceInformation: 'Faktura 20311',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [anEntry('e', 48_730n, { documentNumber: '20311', counterparty: acme })],
    automatic: ['again -> e', 'back + paid -> nothing'],
  },
  {
    name: 'a refund that names no more than an account is not the return of whatever came from there last',
    lines: [
      ...(['2026-03-10', '2026-03-25'] as const).map((bookingDate, at) =>
        aLine(`paid${at + 1}`, 4_500n, {
          currency: 'EUR',
          bookingDate,
          counterparty: { name: 'Bas Groenveen' },
          remittanceInformation: `Naam: Bas Groenveen IBAN: NL75RABO0820534703 ${at === 0 ? '' : 'Factuur 20311'}`,
        }),
      ),
      aLine('refund', -4_500n, {
        currency: 'EUR',
        bookingDate: '2026-03-25',
        counterparty: { name: 'Bas Groenveen' },
        remittanceInformation: 'Naam: Bas Groenveen Omschrijving: Retour IBAN: NL75RABO0820534703',
      }),
    ],
    entries: [
      anEntry('e', 4_500n, { currency: 'EUR', documentNumber: '20311', counterparty: { name: 'Bas Groenveen' } }),
    ],
    automatic: [],
  },
  {
    name: 'a refund with its own credit note is no bounced payment',
    lines: [
      aLine('paid', 48_730n, {
        bookingDate: '2026-03-10',
        remittanceInformation: 'Faktura 20311',
        counterparty: acmeAtBank,
      }),
      aLine('refund', -48_730n, {
        bookingDate: '2026-03-25',
        remittanceInformation: 'Kreditnota 20399',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [
      anEntry('e', 48_730n, { documentNumber: '20311', counterparty: acme }),
      anEntry('credit', -48_730n, {
        kind: 'sales_credit_note',
        issueDate: '2026-03-22',
        dueDate: '2026-03-22',
        documentNumber: '20399',
        counterparty: acme,
      }),
    ],
    automatic: ['paid -> e', 'refund -> credit'],
  },
  {
    name: 'an invoice paid twice is settled by the first payment; the second is for a person',
    lines: [
      aLine('first', 48_730n, { bookingDate: '2026-03-10', reference: '1234500000018' }),
      aLine('second', 48_730n, { bookingDate: '2026-03-12', reference: '1234500000018' }),
    ],
    entries: [anEntry('e', 48_730n, { reference: '1234500000018' })],
    automatic: ['first -> e'],
  },

  {
    name: 'an invoice paid twice, the second time said more clearly: that is for a person',
    lines: [
      aLine('first', 48_730n, { bookingDate: '2026-03-10', remittanceInformation: '20311', counterparty: acmeAtBank }),
      aLine('second', 48_730n, {
        bookingDate: '2026-03-12',
        remittanceInformation: 'Faktura 20311',
        counterparty: acmeAtBank,
      }),
    ],
    entries: [anEntry('e', 48_730n, { documentNumber: '20311', counterparty: acme })],
    automatic: [],
  },
  {
    name: 'an instalment too many: the first two fit, the third does not',
    lines: [
      aLine('t1', 40_000n, { bookingDate: '2026-03-10', reference: '1234500000018', counterparty: acmeAtBank }),
      aLine('t2', 40_000n, { bookingDate: '2026-03-11', reference: '1234500000018', counterparty: acmeAtBank }),
      aLine('t3', 40_000n, { bookingDate: '2026-03-12', reference: '1234500000018', counterparty: acmeAtBank }),
    ],
    entries: [anEntry('e', 100_000n, { reference: '1234500000018', counterparty: acme })],
    automatic: ['t1 -> e', 't2 -> e'],
    never: ['t3 -> e'],
  },

  // What lines and entries say only together.
  {
    name: 'a transfer of which both halves name the company, and no account',
    lines: [
      aLine('out', -17_000_000n, { remittanceInformation: 'NETTBANK TIL NORDLYS KAFFE AS' }),
      aLine('in', 17_000_000n, {
        connectionId: 'cn-2',
        bookingDate: '2026-03-16',
        remittanceInformation: 'FRA NORDLYS KAFFE',
      }),
    ],
    entries: [],
    ownAccounts: owned,
    automatic: ['in + out -> nothing'],
  },
  {
    name: 'as much out as in on another own account, and nothing else said: a person looks at it',
    lines: [
      aLine('out', -3_857_200n, { remittanceInformation: 'Betalt 14.03.2026' }),
      aLine('in', 3_857_200n, { connectionId: 'cn-2', remittanceInformation: 'Innbetaling' }),
    ],
    entries: [],
    ownAccounts: owned,
    automatic: [],
    suggested: ['in + out -> nothing'],
  },
  {
    name: 'as much out to somebody as in from somebody else',
    lines: [
      aLine('out', -3_857_200n, { counterparty: brandt }),
      aLine('in', 3_857_200n, { connectionId: 'cn-2', counterparty: acmeAtBank }),
    ],
    entries: [],
    ownAccounts: owned,
    automatic: [],
    never: ['in + out -> nothing'],
  },
  {
    name: 'a transfer that the books expect, and that arrives in another currency',
    lines: [
      aLine('out', -12_250_000n, { rates, remittanceInformation: 'TIL NORDLYS KAFFE AS' }),
      aLine('in', 1_032_675n, {
        connectionId: 'cn-3',
        bookingDate: '2026-03-16',
        currency: 'EUR',
        rates,
        counterparty: { name: 'Nordlys Kaffe AS' },
      }),
    ],
    entries: [
      anEntry('e', 12_250_000n, {
        kind: 'transfer',
        issueDate: '2026-03-14',
        dueDate: '2026-03-14',
        fromLedgerAccountId: 'la-1',
        toLedgerAccountId: 'la-3',
      }),
    ],
    ownAccounts: owned,
    automatic: ['in + out -> e'],
  },
  {
    name: 'a payout that names its days, less what the processor keeps',
    lines: [
      aLine('t', 4_206_395n, {
        counterparty: { name: 'SUMUP' },
        bookingDate: '2026-03-05',
        remittanceInformation: '01.03.2026-04.03.2026',
      }),
    ],
    entries: [
      takings('e1', 1_555_554n, '2026-03-01'),
      takings('e2', 336_664n, '2026-03-02'),
      takings('e3', 1_938_915n, '2026-03-03'),
      takings('e4', 483_303n, '2026-03-04'),
      takings('e5', 222_222n, '2026-03-05'),
    ],
    suggested: ['t -> e1 + e2 + e3 + e4'],
  },
  {
    name: 'a payout for some days, of whose postings only those of its processor are its',
    lines: [
      aLine('t', 4_832_160n, {
        counterparty: { name: 'IZETTLE AB' },
        bookingDate: '2026-03-06',
        remittanceInformation: '03.03.2026-04.03.2026',
      }),
    ],
    entries: [
      { ...takings('e1', 1_718_750n, '2026-03-03'), counterparty: { name: 'Zettle' } },
      { ...takings('e2', 3_207_183n, '2026-03-04'), counterparty: { name: 'Zettle' } },
      { ...takings('interest', 1_000n, '2026-03-04'), description: 'Renter' },
      { ...takings('other', 99_090n, '2026-03-04'), counterparty: { name: 'Bambora' } },
    ],
    suggested: ['t -> e1 + e2'],
  },
  {
    name: 'a payout that names its days, of one of two tills: the takings of which it is what is left less a round share',
    lines: [
      aLine('t', 31_573_859n, {
        bookingDate: '2026-03-10',
        counterparty: { name: 'VIPPS' },
        remittanceInformation: '04.03.2026-08.03.2026',
      }),
    ],
    entries: [
      { ...takings('e1', 822_905n, '2026-03-04'), counterparty: { name: 'Vipps MobilePay AS' } },
      { ...takings('e2', 1_462_500n, '2026-03-05'), counterparty: { name: 'Vipps MobilePay AS' } },
      { ...takings('e3', 13_596_875n, '2026-03-06'), counterparty: { name: 'Vipps MobilePay AS' } },
      { ...takings('e4', 8_958_500n, '2026-03-07'), counterparty: { name: 'Vipps MobilePay AS' } },
      { ...takings('other', 1_250_000n, '2026-03-08'), counterparty: { name: 'Vipps MobilePay AS' } },
      { ...takings('e5', 7_295_463n, '2026-03-08'), counterparty: { name: 'Vipps MobilePay AS' } },
    ],
    automatic: ['t -> e1 + e2 + e3 + e4 + e5'],
  },
  {
    name: 'a payment that came back, after a dozen others of the same amount',
    lines: [
      ...Array.from({ length: 14 }, (_, at) =>
        aLine(`before-${at}`, 10_000n, {
          bookingDate: addDays('2026-01-01', at),
          counterparty: { name: `Somebody ${'ABCDEFGHIJKLMN'[at]}else` },
        }),
      ),
      aLine('paid', -10_000n, { counterparty: acmeAtBank, remittanceInformation: 'Invoice 20311' }),
      aLine('back', 10_000n, {
        bookingDate: '2026-03-16',
        counterparty: acmeAtBank,
        remittanceInformation: 'Returned payment 20311',
        bankTransactionCode: 'PMNT-ICDT-RRTN',
      }),
    ],
    entries: [anEntry('e', -10_000n, { documentNumber: '20311', counterparty: acme })],
    automatic: ['back + paid -> nothing'],
  },
  {
    name: 'a payment that may have come back, told by no more than a name in both texts: a person decides which it is',
    lines: [
      aLine('paid', 18_463n, { remittanceInformation: 'RECEIPT REF 2025-0334 FROM MINISTRY OF DEFENC' }),
      aLine('back', -18_463n, {
        bookingDate: '2026-03-19',
        remittanceInformation: 'BILL PAYMENT TO MINISTRY OF DEFENC REF ACCOUNT CLOSED',
      }),
    ],
    entries: [
      anEntry('e', 18_463n, { documentNumber: '2025-0334', counterparty: { name: 'Ministry of Defence DBS' } }),
    ],
    automatic: [],
  },
  {
    name: 'a payout whose number the books describe its sales with',
    lines: [aLine('t', 59_019n, { currency: 'SEK', remittanceInformation: 'ADYEN N.V. ADYEN PO17165280' })],
    entries: [
      anEntry('e1', 39_800n, {
        currency: 'SEK',
        description: 'Payout 17165280',
        counterparty: { name: 'Viktor Strand' },
      }),
      anEntry('e2', 19_900n, { currency: 'SEK', description: 'Payout 17165280', counterparty: { name: 'Anton Alm' } }),
      anEntry('e3', 19_900n, { currency: 'SEK', description: 'Payout 17165281', counterparty: { name: 'Stig Lund' } }),
    ],
    automatic: ['t -> e1 + e2'],
  },
  {
    name: 'an instalment of a loan and its interest, though the next one is as much in one',
    lines: [aLine('t', -1_616_500n, { remittanceInformation: 'TIL SANTANDER CONSUMER BANK AS 45532082' })],
    entries: [
      anEntry('e1', -1_228_540n, { kind: 'loan', counterparty: { name: 'Santander Consumer Bank AS' } }),
      anEntry('e2', -387_960n, { kind: 'ledger_posting', counterparty: { name: 'Santander Consumer Bank AS' } }),
      anEntry('later', -1_616_500n, {
        kind: 'loan',
        issueDate: '2026-04-01',
        dueDate: '2026-04-15',
        counterparty: { name: 'Santander Consumer Bank AS' },
      }),
    ],
    automatic: [],
    suggested: ['t -> e1 + e2'],
  },
  {
    name: 'an instalment of a loan and its interest, of a lender whose every other instalment is as much in one',
    lines: [aLine('t', -231_200n, { remittanceInformation: 'BILL PAYMENT TO CLOSE BROTHERS REF LOAN' })],
    entries: [
      anEntry('e1', -198_832n, { kind: 'loan', counterparty: { name: 'Close Brothers' } }),
      anEntry('e2', -32_368n, { kind: 'ledger_posting', counterparty: { name: 'Close Brothers' } }),
      ...otherEntries(300),
      ...Array.from({ length: 26 }, (_, at) =>
        anEntry(`later-${at}`, -231_200n, {
          kind: 'loan',
          issueDate: addDays('2026-06-01', at * 30),
          dueDate: addDays('2026-06-15', at * 30),
          counterparty: { name: 'Close Brothers' },
        }),
      ),
    ],
    automatic: [],
    suggested: ['t -> e1 + e2'],
  },
  {
    name: 'a payment run: of the bills that are open, the three that it says it paid',
    lines: [aLine('t', -1_374_217n, { bookingDate: '2026-03-16', remittanceInformation: 'Leverandørbetaling 3' })],
    entries: [
      anEntry('e1', -415_320n, { dueDate: '2026-03-12', counterparty: acme }),
      anEntry('e2', -97_785n, { dueDate: '2026-03-20', counterparty: brandt }),
      anEntry('e3', -861_112n, { dueDate: '2026-03-29', counterparty: { name: 'Tingplan AS' } }),
      anEntry('e4', -276_490n, { dueDate: '2026-03-15', counterparty: { name: 'Østås Sport AS' } }),
      anEntry('e5', -639_900n, { dueDate: '2026-03-16', counterparty: { name: 'Hauvoll og Rønland' } }),
      anEntry('not yet', -861_112n, { issueDate: '2026-03-20', dueDate: '2026-04-03', counterparty: brandt }),
    ],
    automatic: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'what the bank calls a batch, and names one supplier: other bills that add up to it are no explanation',
    lines: [aLine('t', -1_374_217n, { bookingDate: '2026-03-16', remittanceInformation: 'BACS TINGPLAN AS' })],
    entries: [
      anEntry('e1', -415_320n, { dueDate: '2026-03-12', counterparty: acme }),
      anEntry('e2', -97_785n, { dueDate: '2026-03-20', counterparty: brandt }),
      anEntry('e3', -861_112n, { dueDate: '2026-03-29', counterparty: { name: 'Østås Sport AS' } }),
      anEntry('e4', -1_476_490n, { dueDate: '2026-03-15', counterparty: { name: 'Tingplan AS' } }),
    ],
    automatic: [],
    never: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'cash paid in: the takings since the last time, and not the newest',
    lines: [
      aLine('t', 461_500n, { bookingDate: '2026-03-14', remittanceInformation: 'Innskudd 5851' }),
      aLine('before', 209_300n, { bookingDate: '2026-03-07', remittanceInformation: 'Innskudd' }),
    ],
    entries: (
      [
        ['a', 119_800n, '2026-03-04'],
        ['b', 89_500n, '2026-03-06'],
        ['c', 146_700n, '2026-03-09'],
        ['d', 185_500n, '2026-03-10'],
        ['e', 129_300n, '2026-03-12'],
        ['newest', 71_500n, '2026-03-14'],
      ] as const
    ).map(([id, amount, issueDate]) =>
      anEntry(id, amount, {
        kind: 'ledger_posting',
        issueDate,
        dueDate: issueDate,
        description: 'Innskudd kontanter',
      }),
    ),
    automatic: ['before -> a + b', 't -> c + d + e'],
  },
  {
    name: 'an instalment of an invoice in another currency, as the bank says to the cent',
    lines: [
      aLine('t', 139_170n, {
        currency: 'EUR',
        counterparty: acmeAtBank,
        remittanceInformation: 'Fakt.nr 20250330',
        exchange: { currency: 'SEK', amount: { minor: 1_542_900n, currency: 'SEK' } },
      }),
    ],
    entries: [anEntry('e', 6_428_700n, { currency: 'SEK', documentNumber: '20250330', counterparty: acme })],
    automatic: ['t -> e'],
  },
  {
    name: 'several bills of which two have one number: those that add up',
    lines: [
      aLine('t', -383_489n, {
        counterparty: acmeAtBank,
        remittanceInformation: 'fakt nr CD60103, CD60104, CD60103',
      }),
    ],
    entries: [
      anEntry('e1', -9_090n, { documentNumber: 'CD60103', counterparty: acme }),
      anEntry('e2', -163_489n, { documentNumber: 'CD60103', counterparty: acme }),
      anEntry('e3', -120_000n, { documentNumber: 'CD60103', counterparty: acme }),
      anEntry('e4', -100_000n, { documentNumber: 'CD60104', counterparty: acme }),
    ],
    automatic: ['t -> e2 + e3 + e4'],
  },
  {
    name: 'several invoices by the ends of their numbers, one of which another year has too',
    lines: [aLine('t', 293_840n, { remittanceInformation: 'REF.547, 548 AND 555 FROM THAMESSUPPLY PLC' })],
    entries: (
      [
        ['e1', 27_960n, '2025-0547', '2026-02-05'],
        ['e2', 66_200n, '2025-0548', '2026-02-05'],
        ['e3', 199_680n, '2025-0555', '2026-02-08'],
        ['later', 79_207n, '2026-0555', '2026-08-01'],
      ] as const
    ).map(([id, amount, documentNumber, issueDate]) =>
      anEntry(id, amount, {
        documentNumber,
        issueDate,
        dueDate: addDays(issueDate, 30),
        counterparty: { name: 'Thamessupply' },
      }),
    ),
    automatic: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'several invoices that the text names, with too little for the last',
    lines: [
      aLine('t', 8_950_620n, { counterparty: acmeAtBank, remittanceInformation: 'Faktura 40181, 40182 og 40183' }),
    ],
    entries: [
      anEntry('e1', 5_000_900n, { documentNumber: '40181', counterparty: acme }),
      anEntry('e2', 2_000_100n, { documentNumber: '40182', issueDate: '2026-03-02', counterparty: acme }),
      anEntry('e3', 6_809_870n, { documentNumber: '40183', issueDate: '2026-03-03', counterparty: acme }),
    ],
    automatic: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'one of a family of companies pays what the others owe, and names it',
    lines: [
      aLine('t', 625_250n, {
        counterparty: { name: 'FSP Konsult HB' },
        remittanceInformation: 'Avser faktura 81174; 81428; 81337',
      }),
    ],
    entries: [
      anEntry('e1', 530_000n, { documentNumber: '81174', counterparty: { name: 'Snabbhem Eskilstuna AB' } }),
      anEntry('e2', 66_250n, { documentNumber: '81428', counterparty: { name: 'Gullkraft VVS KB' } }),
      anEntry('e3', 29_000n, { documentNumber: '81337', counterparty: { name: 'Nyblad och Jönsson' } }),
    ],
    automatic: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'numbers without the year before them, of one customer, that add up',
    lines: [aLine('t', 101_424n, { remittanceInformation: 'RECEIPT REF.301, 311 AND 319 FROM THAMESSUPPLY PLC' })],
    entries: [
      anEntry('e1', 19_418n, { documentNumber: '2025-0301', counterparty: { name: 'Thamessupply' } }),
      anEntry('e2', 55_935n, { documentNumber: '2025-0311', counterparty: { name: 'Thamessupply' } }),
      anEntry('e3', 26_071n, { documentNumber: '2025-0319', counterparty: { name: 'Thamessupply' } }),
      anEntry('e4', 42_489n, { documentNumber: '2025-0320', counterparty: { name: 'Thamessupply' } }),
    ],
    automatic: ['t -> e1 + e2 + e3'],
  },
  {
    name: 'a payment that came back with the number of another invoice of that year is not this one',
    lines: [
      aLine('t', 345_000n, {
        counterparty: { name: 'Preben Skovbæk' },
        remittanceInformation: 'Bgs Preben Skovbæk Vedr. faktura FV-2026-0723',
      }),
      aLine('back', -345_000n, {
        bookingDate: '2026-03-20',
        remittanceInformation: 'Ovf. Torben og Preben Overrup Afvist betaling FV-2026-0795',
      }),
    ],
    entries: [anEntry('e', 345_000n, { documentNumber: 'FV-2026-0723', counterparty: { name: 'Preben Skovbæk' } })],
    automatic: ['t -> e'],
    never: ['back + t -> nothing'],
  },

  // What is not ours to decide.
  {
    name: 'a line in closed books is suggested at most',
    lines: [aLine('t', 125_000n, { reference: '1234500000018', alreadyBooked: true })],
    entries: [anEntry('e', 125_000n, { reference: '1234500000018' })],
    automatic: [],
    suggested: ['t -> e'],
  },
  {
    name: 'a line that may be shown twice is suggested at most',
    lines: [aLine('t', 125_000n, { reference: '1234500000018', suspect: true })],
    entries: [anEntry('e', 125_000n, { reference: '1234500000018' })],
    automatic: [],
    suggested: ['t -> e'],
  },
  {
    name: 'what a person refused is not proposed again',
    lines: [aLine('t', 125_000n, { reference: '1234500000018' })],
    entries: [anEntry('e', 125_000n, { reference: '1234500000018' })],
    decided: { rejected: [{ transactionIds: ['t'], entryIds: ['e'] }] },
    automatic: [],
    never: ['t -> e'],
  },
  {
    name: 'a line that a person matched is left alone',
    lines: [aLine('t', 125_000n, { reference: '1234500000018' })],
    entries: [anEntry('e', 125_000n, { reference: '1234500000018' })],
    decided: { confirmed: ['t'] },
    automatic: [],
    never: ['t -> e'],
  },
]
