import fc from 'fast-check'
import { test } from 'tap'
import { profiles } from '../../../src/providers/gocardless/profiles/index.ts'
import { ProviderError, type BankProfile, type ProviderTransaction } from '../../../src/providers/provider.ts'
import { ibans, readRow, type Page } from './rows.ts'

const fields = [
  'transactionId', 'entryReference', 'internalTransactionId', 'endToEndId', 'bookingDateTime', 'valueDate', 'valueDateTime', 'transactionDate',
  'creditorName', 'creditorAccount', 'ultimateCreditor', 'debtorName', 'debtorAccount', 'ultimateDebtor',
  'remittanceInformationUnstructured', 'remittanceInformationUnstructuredArray', 'remittanceInformationStructured', 'remittanceInformationStructuredArray',
  'additionalInformation', 'bankTransactionCode', 'proprietaryBankTransactionCode', 'currencyExchange', 'balanceAfterTransaction',
  'cardTransactionId', 'transactionDetails', 'originalAmount',
] // prettier-ignore

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom('NOTPROVIDED', '\u0007', '\ud800', '2026-10-25', 'KID 2345676', '/NAME/a/REMI/', 'EREF+a SVWZ+', '105?20a?32', '\\UD83C', "narrative: ['", ibans.other),
) // prettier-ignore
const value = fc.oneof(
  fc.jsonValue(),
  text,
  fc.array(text),
  fc.record({ iban: text, bban: text }),
  fc.record({ reference: text }),
)
const optional = fc.record(Object.fromEntries(fields.map((field) => [field, value])), { requiredKeys: [] })
const studied = Object.values(profiles)
const pages: fc.Arbitrary<Page> = fc
  .record({ known: fc.boolean(), profile: fc.option(fc.constantFrom(...studied)) })
  .map(({ known, profile }) => ({
    ...(known && { iban: ibans.holder, owner: 'Ola Nordmann' }),
    profile: profile ?? {},
  }))

const lengthsMax = {
  transactionId: 256,
  entryReference: 256,
  internalId: 256,
  name: 140,
  iban: 34,
  bban: 34,
  remittanceInformation: 1_000,
  reference: 1_000,
  endToEndId: 256,
  bankTransactionCode: 14,
} as const

function textsOf(read: ProviderTransaction): Partial<Record<keyof typeof lengthsMax, string | undefined>> {
  const { ids, counterparty, remittanceInformation, reference, endToEndId, bankTransactionCode } = read
  return { ...ids, ...counterparty, remittanceInformation, reference, endToEndId, bankTransactionCode }
}

function isFit([field, kept]: [string, string | undefined]): boolean {
  const lengthMax = Object.entries(lengthsMax).find(([name]) => name === field)?.[1] ?? 0
  return (
    kept === undefined ||
    (kept !== '' && kept === kept.trim() && kept.isWellFormed() && !/\p{Cc}/u.test(kept) && kept.length <= lengthMax)
  )
}

test('whatever stands in the fields that a row need not have, it is read, whole in what it must have and fit to be kept', async () => {
  fc.assert(
    fc.property(optional, pages, (more, page) => {
      const read = readAny(more, page)
      if (read === 'nonsense') return true
      const isInverted = page.profile?.reading?.debitsArePositive === true
      return (
        read.amount.minor === (isInverted ? 10_000n : -10_000n) &&
        Object.entries(textsOf(read)).every(isFit) &&
        JSON.stringify(textsOf(read)) === JSON.stringify(textsOf(readRow(more, page)))
      )
    }),
    { numRuns: 2_000 },
  )
})

/** A day that a rule names and that cannot be read is nonsense; nothing else of these fields may be. */
function readAny(more: object, page: Page): ProviderTransaction | 'nonsense' {
  try {
    return readRow(more, page)
  } catch (error) {
    const isOfTheDay = error instanceof ProviderError && error.kind === 'nonsense' && /Date(Time)? should be a day$/.test(error.message) // prettier-ignore
    if (isOfTheDay && page.profile?.reading?.bookingDay !== undefined) return 'nonsense'
    throw error
  }
}

test('what is wrong is told without what stood there', async (t) => {
  for (const bookingDate of ['Ola Nordmann', 17, {}])
    t.throws(() => readRow({ bookingDate }), { message: 'Test Bank: $.bookingDate should be a day' })
})

const hundredThousand = 100_000
const pieces = [
  ' ', '\n', '\0', '-', ',', '.', ':', '0', '1', '12', 'A', 'a ', '1 ', '1-', '12/', '123/4567/', '+++', '*** ', '+71<', 'RF18', 'RF18 ', 'RF',
  'KID ', 'KID 1', 'KID 1 ', 'OCR: 1', 'VIITE', 'END-TO-END', 'ENDTOENDID:', 'ENDTOEND: ', 'NOT', 'NOTPROVIDED', 'NOT PROVIDED ', ', ', '<br', '<br ', '<',
  '&', '&amp;', '&am', '\\U', '\\U00e0', '\\UD83C', 'mandatereference:', ',creditorid:', 'remittanceinformation:', 'narrative: [', "'", '"', "a: narrative: ['",
  'Paiement ', 'PIRKUMS ', 'PIRKUMS ****', 'CARTE 01/01/01 ', 'CARTE 01/01/01 1 ', ' CB*', '01.01. 10:10', '/', '/TRTP/', '/REMI/x', '/NAME/', 'EREF+', 'SVWZ+', '105?20', '?20', '?', 'aB=', 'DENARO INVIATO A ', ' - ', 'x'.repeat(34), '😀', 'é',
] // prettier-ignore

test('a hundred thousand characters of anything are read in a moment', async (t) => {
  const profile: Partial<BankProfile> = { reading: allRules() }
  for (const piece of pieces) {
    for (const before of [
      '',
      'KID 1',
      'atmPosName: ',
      'CARTE 01/01/01 ',
      'mandatereference:',
      '/TRTP/x/REMI/',
      '105?20',
      'EREF+1 SVWZ+',
    ]) {
      const hostile = before + piece.repeat(hundredThousand / piece.length)
      const startedAt = process.cpuUsage()
      const read = readRow(rowFullOf(hostile), { iban: ibans.holder, owner: 'Ola Nordmann', profile })
      const { user } = process.cpuUsage(startedAt)
      if (!Object.entries(textsOf(read)).every(isFit)) t.fail(`${before}${piece}`)
      // It takes a few milliseconds; what grows with the square of the length would take minutes.
      if (user > 500_000) t.fail(`${JSON.stringify(before + piece)} took ${Math.round(user / 1000)} ms`)
    }
  }
  t.pass(`${pieces.length} pieces`)
})

/** Every rule of every profile at once. */
function allRules(): NonNullable<BankProfile['reading']> {
  return {
    payee: studied.flatMap(({ reading }) => reading?.payee ?? []),
    billedAmount: { from: 'additionalInformation', pattern: profiles['ENTERCARD_SWEDNOKK']?.reading?.billedAmount?.pattern ?? '^$' }, // prettier-ignore
    transactionIdPattern: '^.{1,256}$',
    alsoTold: ['additionalInformation'],
    otherwiseTold: ['proprietaryBankTransactionCode'],
    cutLines: { width: 35, words: ['End-to-End-Ref.:'] },
  }
}

function rowFullOf(hostile: string): object {
  return {
    ...Object.fromEntries(fields.filter((field) => !/Date|Account|Array|Exchange|balance|Amount/.test(field)).map((field) => [field, hostile])), // prettier-ignore
    creditorName: undefined,
    ultimateCreditor: undefined,
    remittanceInformationUnstructuredArray: [hostile, hostile],
    remittanceInformationStructuredArray: [hostile, { reference: hostile }],
    creditorAccount: { bban: hostile },
    debtorAccount: { iban: hostile },
  }
}
