import fc from 'fast-check'
import { test } from 'tap'
import { exponentOf, formatMoney, isCurrency, parseMoney } from '../../src/values/money.ts'

test('a plain decimal is read to the last unit, in the decimals of its currency', async (t) => {
  const cases: [string, string, bigint][] = [
    ['1250.00', 'NOK', 125_000n],
    ['-1250.5', 'NOK', -125_050n],
    ['+1250', 'NOK', 125_000n],
    ['0.01', 'EUR', 1n],
    ['-0.00', 'EUR', 0n],
    ['007', 'EUR', 700n],
    ['1250', 'JPY', 1250n],
    ['1250.00', 'JPY', 1250n],
    ['1.234', 'KWD', 1234n],
    ['1.2345', 'CLF', 12_345n],
    // Some Swedish banks write three decimals.
    ['25000.000', 'SEK', 2_500_000n],
    // 0.1 + 0.2 and 2^53 + 1 are where floats give themselves away.
    ['0.30', 'EUR', 30n],
    ['90071992547409.93', 'EUR', 9_007_199_254_740_993n],
    ['999999999999999.99', 'EUR', 99_999_999_999_999_999n],
    ['-999999999999999.999', 'KWD', -999_999_999_999_999_999n],
  ]
  for (const [text, currency, minor] of cases)
    t.same(parseMoney(text, currency), { minor, currency }, `${text} ${currency}`)
})

test('what is no plain decimal is refused, never guessed', async (t) => {
  // prettier-ignore
  const texts = [
    '', ' ', ' 1', '1 ', '1\n', '-', '+', '.', '1.', '.5', '--1', '+-1', '1-', '1,5', '1.250,00', '1,250.00', '1 250.00', '1.2.3',
    '1e3', '1e300', 'NaN', 'Infinity', '0x10', '1_000', '1n', 'kr 5', '5 NOK', '١٢', '−1', '1\0', '\ud800',
  ]
  for (const text of texts)
    t.throws(() => parseMoney(text, 'EUR'), { name: 'RangeError', message: /plain decimal/ }, JSON.stringify(text))
})

test('decimals that the currency does not have are refused, never rounded', async (t) => {
  t.throws(() => parseMoney('1.005', 'EUR'), { name: 'RangeError', message: 'an amount in EUR has at most 2 decimals' })
  t.throws(() => parseMoney('1.000000000001', 'EUR'), RangeError)
  t.throws(() => parseMoney('1.5', 'JPY'), { name: 'RangeError', message: 'an amount in JPY has no decimals' })
})

test('an amount that no account holds is refused before it meets the database', async (t) => {
  t.throws(() => parseMoney('1000000000000000', 'JPY'), { name: 'RangeError', message: /at most 15 digits/ })
  t.throws(() => parseMoney('999999999999999.9999', 'CLF'), { name: 'RangeError', message: /at most 18 digits/ })
  t.throws(() => parseMoney('9'.repeat(1_000_000), 'EUR'), RangeError)
})

test('an amount is written with exactly the decimals of its currency', async (t) => {
  const cases: [bigint, string, string][] = [
    [0n, 'NOK', '0.00'],
    [5n, 'NOK', '0.05'],
    [-5n, 'NOK', '-0.05'],
    [-125_050n, 'NOK', '-1250.50'],
    [1250n, 'JPY', '1250'],
    [-1n, 'KWD', '-0.001'],
    [12_345n, 'CLF', '1.2345'],
  ]
  for (const [minor, currency, text] of cases) t.equal(formatMoney({ minor, currency }), text)
})

test('what is written is read back the same', async () => {
  const minorMax = 999_999_999_999_999_999n
  fc.assert(
    fc.property(
      fc.constantFrom('JPY', 'EUR', 'KWD'),
      fc.bigInt({ min: -minorMax, max: minorMax }),
      (currency, minor) => {
        fc.pre(exponentOf(currency) === 3 || minor ** 2n < 10n ** 30n)
        return parseMoney(formatMoney({ minor, currency }), currency).minor === minor
      },
    ),
  )
})

test('the decimals of a currency are those of ISO 4217, not those that people still use', async (t) => {
  // Intl is no second source here: it shows the forint, the rupiah and others without the decimals that their banks send.
  const cases: [number, string][] = [
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [2, 'EUR NOK SEK DKK GBP USD CHF PLN CZK HUF IDR COP IRR MGA MRU ZZZ constructor'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
  ]
  for (const [exponent, codes] of cases) for (const code of codes.split(' ')) t.equal(exponentOf(code), exponent, code)
})

test('a currency is a code in which an account may be', async (t) => {
  for (const code of ['NOK', 'EUR', 'ISK', 'GBP', 'AED', 'ZWG', 'BGN', 'XAF']) t.equal(isCurrency(code), true, code)
  const none = ['', 'nok', 'NO', 'NOKK', 'NOK ', 'EUR USD', 'ED ', 'DAF', 'XXX', 'XAU', 'ZZZ', '123', 'NÖK', 'NOK\n']
  for (const code of none) t.equal(isCurrency(code), false, JSON.stringify(code))
})
