import fc from 'fast-check'
import { test } from 'tap'
import { bankCodeOf, bankCodesOfBic, bbanOf, maskIban, normaliseIban } from '../../src/values/iban.ts'

test('an IBAN is normalised to upper case without spaces', async (t) => {
  for (const text of [
    'NO9386011117947',
    'NO93 8601 1117 947',
    ' no93 8601 1117 947 ',
    'NO93-8601-1117-947',
    'NO93\u00a08601\u00a01117\u00a0947',
  ]) {
    t.equal(normaliseIban(text), 'NO9386011117947', JSON.stringify(text))
  }
})

test('IBANs of every shape are recognised', async (t) => {
  // prettier-ignore
  const ibans = [
    'DE89370400440532013000', 'GB82WEST12345698765432', 'FR7612345987650123456789014', 'NL76RABO0359400371', 'FI0455231152453547',
    'SE1750000000050401007804', 'AT611904300234573201', 'BE68539007547034', 'GL2010440000010445', 'MT84MALT011000012345MTLCAST001S',
  ]
  for (const iban of ibans) t.equal(normaliseIban(iban), iban)
})

test('what is no IBAN is undefined', async (t) => {
  // prettier-ignore
  const texts = [
    '', 'NO', 'NO9386011117948', 'NO9286011117947', 'NO938601111794', 'NO93860111179470', 'XX9386011117947', '86011117947',
    'NO93860111179A7', 'US9386011117947', 'DE893704004405320130OO', 'IBAN NO9386011117947', 'NO93.8601.11.17947', 'NO9386011117947\0',
    'NO00'.padEnd(1_000_000, '0'), 'constructor', '\ud800', 'FR😀😀',
  ]
  for (const text of texts) t.equal(normaliseIban(text), undefined, text.slice(0, 40))
})

test('the check digits 00, 01 and 99, which also divide by 97, are no second spelling', async (t) => {
  // 98 − remainder lies in 02…98; 97 more or less passes a plain modulo test.
  t.equal(normaliseIban('NO9786010000047'), 'NO9786010000047')
  t.equal(normaliseIban('NO0086010000047'), undefined)
  t.equal(normaliseIban('NO0286010000011'), 'NO0286010000011')
  t.equal(normaliseIban('NO9986010000011'), undefined)
})

test('an account that breaks only its national check rule is accepted', async (t) => {
  t.equal(normaliseIban('NO6686011117948'), 'NO6686011117948')
})

/** UTF-16 code units as they come, lone surrogates included. */
const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 40 })

test('any text at all is answered, not thrown at', async () => {
  // The countries whose account numbers the library checks beyond their shape.
  const country = fc.constantFrom(
    'NO',
    'BE',
    'FR',
    'ES',
    'PL',
    'EE',
    'PT',
    'CZ',
    'SK',
    'HU',
    'HR',
    'BA',
    'ME',
    'MK',
    'RS',
    'SI',
    'MC',
    'SM',
    'TL',
  )
  const plain = fc.stringMatching(/^[0-9A]{0,32}$/)
  fc.assert(
    fc.property(country, fc.oneof(plain, anyText), (prefix, rest) => {
      const iban = normaliseIban(prefix + rest)
      return iban === undefined || normaliseIban(iban) === iban
    }),
    { numRuns: 2000 },
  )
})

test('the bank code is the country and the bank, without the branch', async (t) => {
  const cases: [string, string][] = [
    ['NO9386011117947', 'NO8601'],
    ['SE4550000000058398257466', 'SE500'],
    ['DK5000400440116243', 'DK0040'],
    ['FI2112345600000785', 'FI123'],
    ['NL91ABNA0417164300', 'NLABNA'],
    ['BE68539007547034', 'BE539'],
    ['DE89370400440532013000', 'DE37040044'],
    ['GB29NWBK60161331926819', 'GBNWBK'],
    ['FR1420041010050500013M02606', 'FR20041'],
    ['ES9121000418450200051332', 'ES2100'],
    ['IT60X0542811101000000123456', 'IT05428'],
    ['AT611904300234573201', 'AT19043'],
    ['IE29AIBK93115212345678', 'IEAIBK'],
    ['PL61109010140000071219812874', 'PL1090'],
    ['EE382200221020145685', 'EE22'],
    ['LV80BANK0000435195001', 'LVBANK'],
    ['LT121000011101001000', 'LT10000'],
    ['PT50000201231234567890154', 'PT0002'],
    ['CH9300762011623852957', 'CH00762'],
    ['LU280019400644750000', 'LU001'],
    ['IS140159260076545510730339', 'IS01'],
    ['CZ6508000000192000145399', 'CZ0800'],
  ]
  for (const [iban, code] of cases) {
    // The examples of the SWIFT registry: each must itself be one.
    t.equal(normaliseIban(iban), iban, iban)
    t.equal(bankCodeOf(iban), code, iban)
  }
  t.equal(bankCodeOf('MT84MALT011000012345MTLCAST001S'), undefined)
})

test('where a bank code is the first letters of the BIC, the BIC tells it', async (t) => {
  const cases: readonly (readonly [bic: string, codes: readonly string[]])[] = [
    ['ABNANL2A', ['NLABNA']],
    ['NWBKGB2LXXX', ['GBNWBK']],
    ['AIBKIE2D', ['IEAIBK']],
    ['HABALV22', ['LVHABA']],
    ['DNBANOKK', []],
    ['', []],
  ]
  for (const [bic, codes] of cases) t.strictSame(bankCodesOfBic(bic), codes, bic)
  t.strictSame([bankCodeOf('NL76RABO0359400371')], bankCodesOfBic('RABONL2U'), 'as the IBAN spells it')
})

test('the BBAN is what the country itself writes', async (t) => {
  t.equal(bbanOf('NO9386011117947'), '86011117947')
})

test('a masked IBAN can be recognised and not learnt', async (t) => {
  t.equal(maskIban('NO9386011117947'), 'NO93 •••• 7947')
  t.equal(maskIban('DE89370400440532013000'), 'DE89 •••• 3000')
})
