import fc from 'fast-check'
import { test } from 'tap'
import { powens } from '../../../src/providers/powens/index.ts'
import { ProviderError, type ProviderTransaction } from '../../../src/providers/provider.ts'
import { formatMoney } from '../../../src/values/money.ts'
import { nativeId, now } from './bank.ts'

const reader = powens({
  config: {
    domain: 'acme',
    clientId: '1',
    clientSecret: 'x',
    baseUrl: 'https://acme.test/2.0',
    webviewUrl: 'https://w.test',
  },
  outbound: { request: () => Promise.reject(new Error('reading asks nobody')) },
  clock: { now: () => now },
  random: () => 0,
})

/** `rows` is a JSON text, so that numbers are as they are written. */
function read(rows: string, { isCard = false, currency = 'EUR', iban = '' } = {}): readonly ProviderTransaction[] {
  const body = `{"account":{"id":"9","isCard":${isCard}},"answer":{"transactions":[${rows}]}}`
  return reader.readPage({ body, next: null }, { nativeId, currency, ...(iban !== '' && { iban }) })
}

const row = {
  id: 1,
  id_account: 9,
  date: '2026-11-18',
  rdate: '2026-11-15',
  type: 'transfer',
  value: -12.5,
  coming: false,
  active: true,
  deleted: null,
}
const readRow = (more: object, of: Parameters<typeof read>[1] = {}): ProviderTransaction | undefined =>
  read(JSON.stringify({ ...row, ...more }), of)[0]

/** What reading was refused with. */
function nonsenseOf(reading: () => unknown): ProviderError {
  try {
    reading()
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
  throw new Error('should have been refused')
}

const bare: ProviderTransaction = {
  ids: { transactionId: '1' },
  status: 'booked',
  bookingDate: '2026-11-18',
  amount: { minor: -1_250n, currency: 'EUR' },
}

test('a row is told in our words, and what it does not say is absent', async (t) => {
  t.same(readRow({}), bare)
  t.same(
    readRow({
      vdate: '2026-11-19',
      original_wording: 'VIR  SEPA\nLOYER ',
      wording: 'Rent',
      simplified_wording: 'LOYER',
      counterparty: {
        label: 'SCI du Port',
        account_scheme_name: 'iban',
        account_identification: 'FR14 2004 1010 0505 0001 3M02 606',
        type: 'creditor',
      },
    }),
    {
      ...bare,
      valueDate: '2026-11-19',
      remittanceInformation: 'VIR SEPA LOYER',
      counterparty: { name: 'SCI du Port', iban: 'FR1420041010050500013M02606' },
    },
  )
  t.match(readRow({ wording: 'Rent' }), { remittanceInformation: 'Rent' })
  t.match(readRow({ original_wording: ' ', wording: 'Rent' }), { remittanceInformation: 'Rent' })
  for (const more of [
    { vdate: null },
    { vdate: 'soon' },
    { counterparty: null },
    { counterparty: {} },
    { wording: null },
  ])
    t.same(readRow(more), bare, JSON.stringify(more))
})

test('the other side is whom Powens names, whichever side the money came from', async (t) => {
  const counterparty = { label: 'EDF', account_scheme_name: 'bban', account_identification: '12345', type: 'debtor' }
  const found = { name: 'EDF', bban: '12345' }
  for (const value of [-1, 1])
    for (const type of ['creditor', 'debtor', null, undefined])
      t.match(readRow({ value, counterparty: { ...counterparty, type } }), { counterparty: found }, `${value} ${type}`)
  const scheme = (account_scheme_name: unknown) => readRow({ counterparty: { ...counterparty, account_scheme_name } })
  t.same(scheme('sort_code_account_number')?.counterparty, found)
  for (const card of ['cpan', 'tpan', null, 'new'])
    t.same(scheme(card)?.counterparty, { name: 'EDF' }, `${card}: no account's number`)
  const iban = 'FR1420041010050500013M02606'
  const self = { label: 'Moi', account_scheme_name: 'iban', account_identification: iban }
  t.notOk(readRow({ counterparty: self }, { iban })?.counterparty, 'nobody is their own counterparty')
})

test('amounts are what is written, to the last digit', async (t) => {
  const cases: [written: string, currency: string, minor: bigint][] = [
    ['12.50', 'EUR', 1_250n],
    ['-0.1', 'EUR', -10n],
    ['-7', 'EUR', -700n],
    ['0', 'EUR', 0n],
    ['-0', 'EUR', 0n],
    ['90071992547409.93', 'EUR', 9_007_199_254_740_993n],
    ['1234.5600', 'EUR', 123_456n],
    ['1500', 'JPY', 1_500n],
    ['1500.0', 'JPY', 1_500n],
    ['1.234', 'KWD', 1_234n],
    ['"12.50"', 'EUR', 1_250n],
  ]
  for (const [written, currency, minor] of cases) {
    const [found] = read(JSON.stringify({ ...row, value: 'X' }).replace('"X"', written), { currency })
    t.same(found?.amount, { minor, currency }, written)
  }
  for (const written of ['12.505', '1e3', '1E-2', 'null', '"12,50"', '""', 'true', '{}', '1234567890123456']) {
    const body = JSON.stringify({ ...row, value: 'X' }).replace('"X"', written)
    t.match(
      nonsenseOf(() => read(body)),
      { kind: 'nonsense', message: /^Powens, transactions: \$\.transactions\[0\]\./ },
      written,
    )
  }
  t.match(
    nonsenseOf(() => readRow({}, { currency: 'XXX' })),
    { kind: 'nonsense' },
    'of an account in no currency',
  )
})

test('any amount that fits comes through unchanged', async (t) => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n - 10n ** 17n, max: 10n ** 17n - 1n }), (minor) => {
      const written = formatMoney({ minor, currency: 'EUR' })
      const [found] = read(JSON.stringify({ ...row, value: 'X' }).replace('"X"', written))
      return found?.amount.minor === minor
    }),
  )
  t.pass()
})

test('an id of 64 bits is kept whole', async (t) => {
  const [found] = read(JSON.stringify({ ...row, id: 'X' }).replace('"X"', '18446744073709551615'))
  t.equal(found?.ids.transactionId, '18446744073709551615')
})

test('only money that has moved on this account is a movement, so that what is read adds up to what the account shows', async (t) => {
  const cases: [more: object, onAccount: boolean, onCard: boolean][] = [
    [{}, true, true],
    [{ coming: true }, false, false],
    [{ deleted: '2026-11-19 10:00:00' }, false, false],
    [{ active: false }, false, false],
    [{ type: 'card' }, true, true],
    // The purchases are the card's; the account shows the one debit of the month.
    [{ type: 'deferred_card' }, false, true],
    [{ type: 'deferred_card', coming: true }, false, false],
    [{ type: 'summary_card' }, true, true],
    [{ type: 'summary_card', active: false }, true, false],
    [{ type: 'summary_card', deleted: '2026-11-19 10:00:00' }, false, false],
    [{ type: 'a new type' }, true, true],
  ]
  for (const [more, onAccount, onCard] of cases) {
    t.equal(readRow(more) !== undefined, onAccount, `on an account: ${JSON.stringify(more)}`)
    t.equal(readRow(more, { isCard: true }) !== undefined, onCard, `on a card: ${JSON.stringify(more)}`)
  }
  const month = [
    { ...row, id: 1, type: 'deferred_card', value: -10 },
    { ...row, id: 2, type: 'deferred_card', value: -32.5 },
    { ...row, id: 3, type: 'summary_card', value: -42.5 },
    { ...row, id: 4, type: 'transfer', value: 100 },
  ]
  const sum = read(month.map((each) => JSON.stringify(each)).join(',')).reduce(
    (all, { amount }) => all + amount.minor,
    0n,
  )
  t.equal(sum, 5_750n, 'the card is counted once')
})

test('an exchange is told where both amounts are, in another currency, and nobody took a commission', async (t) => {
  const foreign = { value: -92.5, original_value: -100, original_currency: { id: 'USD' } }
  t.same(readRow(foreign)?.exchange, {
    currency: 'USD',
    rate: '0.9250000000',
    amount: { minor: -10_000n, currency: 'USD' },
  })
  t.match(readRow({ ...foreign, original_value: 100, commission: 0 }), { exchange: { amount: { minor: -10_000n } } })
  t.match(readRow({ ...foreign, value: -1, original_value: -3 }), { exchange: { rate: '0.3333333333' } })
  t.match(readRow({ ...foreign, original_value: -15000, original_currency: { id: 'JPY' } }), {
    exchange: { rate: '0.0061666666', amount: { minor: -15_000n, currency: 'JPY' } },
  })
  const silent = [
    { original_currency: { id: 'EUR' } },
    { original_currency: null },
    { original_currency: { id: 'Dollar' } },
    { original_value: null },
    { original_value: 0 },
    { commission: 1.5 },
    { value: 0 },
  ]
  for (const more of silent) t.notOk(readRow({ ...foreign, ...more })?.exchange, JSON.stringify(more))
})

test('what a row cannot do without is nonsense by its path, without its value', async (t) => {
  const cases: [more: object, path: string][] = [
    [{ id: undefined }, 'id should be an id'],
    [{ id: 0 }, 'id should be an id'],
    [{ id: -1 }, 'id should be an id'],
    [{ id: 1.5 }, 'id should be an id'],
    [{ id: 'Kari' }, 'id should be an id'],
    [{ id_account: 10 }, 'id_account should be the account that was asked for'],
    [{ date: '2026-02-30' }, 'date should be a day'],
    [{ date: null }, 'date should be a text'],
    [{ coming: 'no' }, 'coming should be true or false'],
    [{ coming: undefined }, 'coming should be true or false'],
    [{ active: null }, 'active should be true or false'],
    [{ deleted: 'Kari' }, 'deleted should be a date and time'],
    [{ type: null }, 'type should be a text'],
    [{ value: null }, 'value should be an amount'],
  ]
  for (const [more, path] of cases) {
    const message = `Powens, transactions: $.transactions[1].${path}`
    t.match(
      nonsenseOf(() => read(`${JSON.stringify(row)},${JSON.stringify({ ...row, ...more })}`)),
      { kind: 'nonsense', message },
      path,
    )
  }
  for (const odd of ['null', '7', '[]', '"x"'])
    t.match(
      nonsenseOf(() => read(odd)),
      { kind: 'nonsense' },
      odd,
    )
  for (const body of ['', '{', '[]', '{"account":{"id":"9"}}', '{"account":{},"answer":{"transactions":[]}}'])
    t.match(
      nonsenseOf(() => reader.readPage({ body, next: null }, { nativeId, currency: 'EUR' })),
      { kind: 'nonsense' },
      body,
    )
})

test('whatever a row holds, it is read or refused, and never a bug', async (t) => {
  const value = fc.oneof(fc.jsonValue(), fc.constant(undefined))
  fc.assert(
    fc.property(
      fc.record({ value, vdate: value, counterparty: value, original_wording: value, type: value }),
      (more) => {
        try {
          readRow(more)
          return true
        } catch (error) {
          return error instanceof ProviderError && error.kind === 'nonsense'
        }
      },
    ),
  )
  t.pass()
})
