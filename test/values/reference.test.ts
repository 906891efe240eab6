import fc from 'fast-check'
import { test } from 'tap'
import {
  findReferences,
  normaliseReference,
  parseReference,
  type Reference,
  referenceSchemes,
} from '../../src/values/reference.ts'

type Scheme = Reference['scheme']

const countryOf: Record<Exclude<Scheme, 'free' | 'rf'>, string> = {
  kid: 'NO',
  ocr: 'SE',
  viite: 'FI',
  fik: 'DK',
  betalingskenmerk: 'NL',
  ogm: 'BE',
}

const values = (references: readonly Reference[]) => references.map(({ value }) => value)

/** Each scheme's example from its own documentation, as it is written and as it is compared. */
const vectors: [Scheme, string, string][] = [
  ['kid', '602243', '602243'],
  ['kid', '86011117947', '86011117947'],
  ['ocr', '1234574', '1234574'],
  ['viite', '123453', '123453'],
  ['fik', '004040400000669', '4040400000669'],
  ['betalingskenmerk', '5000056789012345', '5000056789012345'],
  ['betalingskenmerk', '12 2345 3462 2567', '12234534622567'],
  // The remainders for which eleven less the remainder is no digit.
  ['kid', '8601070', '8601070'],
  ['betalingskenmerk', '1000056789012102', '1000056789012102'],
  ['betalingskenmerk', '0000056789012107', '0000056789012107'],
  ['ogm', '090933755493', '090933755493'],
  // The first ten divide by 97: the check digits are 97, not 00.
  ['ogm', '000000009797', '000000009797'],
]

test("each scheme's own example is recognised in its country", async (t) => {
  for (const [scheme, text, value] of vectors) {
    if (scheme === 'rf' || scheme === 'free') continue
    t.same(referenceSchemes(text, countryOf[scheme]), [{ scheme, value }], `${scheme} ${text}`)
  }
  t.same(referenceSchemes('RF18539007547034', 'DE'), [{ scheme: 'rf', value: 'RF18539007547034' }])
})

test("with any other digit in the check digit's place it is free text", async (t) => {
  const checked: [Scheme, string, number][] = [
    ['ocr', '1234574', 6],
    ['viite', '123453', 5],
    ['fik', '004040400000669', 14],
    ['betalingskenmerk', '5000056789012345', 0],
    ['betalingskenmerk', '12234534622567', 0],
    ['ogm', '090933755493', 10],
    ['ogm', '090933755493', 11],
    ['rf', 'RF18539007547034', 2],
    ['rf', 'RF18539007547034', 3],
  ]
  for (const [scheme, text, place] of checked) {
    for (const digit of '0123456789'.replace(text.charAt(place), '')) {
      const wrong = text.slice(0, place) + digit + text.slice(place + 1)
      const country = scheme === 'rf' || scheme === 'free' ? 'DE' : countryOf[scheme]
      t.same(
        referenceSchemes(wrong, country),
        [{ scheme: 'free', value: normaliseReference(wrong) }],
        `${scheme} ${wrong}`,
      )
    }
  }
})

test('a KID has one check digit by MOD10 and one by MOD11', async (t) => {
  const cases: [string, string[]][] = [
    ['60224', ['3', '8']],
    ['8601111794', ['1', '7']],
    // MOD11: 2·5 leaves 10, so 11 − 10 = 1; 2·6 leaves 1, so 10, which is written as a hyphen.
    ['5', ['1', '9']],
    ['6', ['7', '-']],
  ]
  for (const [payload, checks] of cases) {
    const accepted = Array.from('0123456789-').filter((check) =>
      values(referenceSchemes(payload + check, 'NO').filter(({ scheme }) => scheme === 'kid')).includes(
        payload + check,
      ),
    )
    t.same(accepted, checks, payload)
  }
})

test('a hyphen that is no check digit is punctuation', async (t) => {
  t.equal(normaliseReference('6-'), '6-')
  t.equal(normaliseReference('KID: 000 006 -'), '000006-')
  t.equal(normaliseReference('1234-'), '1234')
  t.equal(normaliseReference('6022-43'), '602243')
})

test('the spellings of one reference are compared as one', async (t) => {
  const cases: [string, string][] = [
    ['RF18 5390 0754 7034', 'RF18539007547034'],
    ['rf18539007547034', 'RF18539007547034'],
    ['Ref: RF18 5390 0754 7034', 'RF18539007547034'],
    ['+++090/9337/55493+++', '090933755493'],
    ['***090/9337/55493***', '090933755493'],
    ['090 9337 55493', '090933755493'],
    ['00000000000000123453', '123453'],
    ['0000 00000 00000 12345 3', '123453'],
    ['12345 3', '123453'],
    // Passes as a KID too, which would keep its zeros.
    ['00000000000001234574', '1234574'],
    ['+71<004040400000669+12345678<', '4040400000669'],
    ['71<004040400000669+12345678', '4040400000669'],
    ['+71< 004040400000669 + 12345678 <', '4040400000669'],
    ['5000 0567 8901 2345', '5000056789012345'],
    ['KID 602243', '602243'],
    ['KIDNR. 602243', '602243'],
    ['OCR1234574', '1234574'],
    ['Viitenumero 12345 3', '123453'],
    ['ＫＩＤ ６０２２４３', '602243'],
    // Zeros in front are part of a KID.
    ['0000602243', '0000602243'],
    // Free text keeps its letters and digits.
    ['INV-2026/001', 'INV2026001'],
    ['inv 2026 001', 'INV2026001'],
    ['Ærø 12', 'AERO12'],
    ['REF1001', 'REF1001'],
    ['0001235', '0001235'],
    ['--', ''],
    ['', ''],
  ]
  for (const [text, value] of cases) t.equal(normaliseReference(text), value, JSON.stringify(text))
})

test('a wrong payment slip is not half a right one', async (t) => {
  for (const text of [
    '+71<004040400000668+12345678<',
    '+71<004040400000669<',
    '+73<+12345678<',
    '+75<004040400000669+12345678<',
  ]) {
    t.notOk(
      referenceSchemes(text, 'DK').some(({ scheme }) => scheme === 'fik'),
      text,
    )
  }
})

test('a Finnish reference is found in its international form too', async (t) => {
  t.same(referenceSchemes('RF332348236', 'FI'), [
    { scheme: 'rf', value: 'RF332348236' },
    { scheme: 'viite', value: '2348236' },
  ])
  t.same(values(referenceSchemes('RF332348236', 'SE')), ['RF332348236'])
})

test('nothing structured is read from too little, too much or nothing but zeros', async (t) => {
  for (const text of [
    '',
    '0',
    '5',
    '00',
    '0000',
    '000000000000',
    '0'.repeat(16),
    '0'.repeat(20),
    '9'.repeat(26),
    'RF18',
    'RF00',
    'INV1001',
    '1e300',
    '\0',
  ]) {
    t.equal(parseReference(text), undefined, text)
  }
  t.same(referenceSchemes('', 'NO'), [])
  t.same(referenceSchemes('?!'), [])
  t.same(referenceSchemes('0013', 'FI'), [{ scheme: 'free', value: '0013' }])
  t.same(referenceSchemes('Faktura 1001', 'NO'), [{ scheme: 'free', value: 'FAKTURA1001' }])
})

test('RF check digits outside 02 to 98 are no second spelling', async (t) => {
  // 97 more or less leaves the same remainder.
  t.equal(parseReference('RF97A42')?.scheme, 'rf')
  t.equal(parseReference('RF00A42'), undefined)
})

/** UTF-16 code units as they come, lone surrogates included. */
const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 40 })

test('normalising twice changes nothing, and what is parsed is what is compared', async () => {
  const numeric = fc.stringMatching(/^[0-9 /+*<-]{0,30}$/)
  const labelled = fc
    .tuple(fc.constantFrom('KID', 'REF', 'RF18', '+71<', 'VIITE'), numeric)
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(numeric, labelled, anyText), (text) => {
      const value = normaliseReference(text)
      return normaliseReference(value) === value && (parseReference(text)?.value ?? value) === value
    }),
    { numRuns: 1000 },
  )
})

test('a slip of one digit is caught by every weighted check', async () => {
  const slip = fc.record({ place: fc.nat(), by: fc.integer({ min: 1, max: 9 }) })
  const schemes: [string, string][] = [
    ['SE', '1234574'],
    ['FI', '123453'],
    ['BE', '090933755493'],
    ['DE', 'RF18539007547034'],
  ]
  fc.assert(
    fc.property(fc.constantFrom(...schemes), slip, ([country, right], { place, by }) => {
      const at = right.length - 1 - (place % (right.replace('RF', '').length - 1))
      const wrong = right.slice(0, at) + ((Number(right[at]) + by) % 10) + right.slice(at + 1)
      return referenceSchemes(wrong, country)[0]?.scheme === 'free'
    }),
  )
})

test('references are found in what banks and people write', async (t) => {
  const cases: [string, Scheme, string][] = [
    ['Faktura 1001 KID 602243, takk', 'kid', '602243'],
    ['KID:602243', 'kid', '602243'],
    ['Betaling KID602243.', 'kid', '602243'],
    ['*KID* 000006-', 'kid', '000006-'],
    ['OCR 1234574', 'ocr', '1234574'],
    ['Viite: 00000 00000 00001 23453', 'viite', '123453'],
    ['VIITE 12345 3', 'viite', '123453'],
    ['SEPA RF18 5390 0754 7034 TAK', 'rf', 'RF18539007547034'],
    ['(rf18539007547034)', 'rf', 'RF18539007547034'],
    ['mededeling +++090/9337/55493+++', 'ogm', '090933755493'],
    ['***090/9337/55493***', 'ogm', '090933755493'],
    ['/REMI/STRD/CUR/5000056789012345//', 'betalingskenmerk', '5000056789012345'],
    ['Kenmerk 5000 0567 8901 2345', 'betalingskenmerk', '5000056789012345'],
    ['Indbetaling +71<004040400000669+12345678< tak', 'fik', '4040400000669'],
  ]
  for (const [text, scheme, value] of cases) {
    t.ok(
      findReferences(text).some((found) => found.scheme === scheme && found.value === value),
      text,
    )
  }
})

test('amounts, dates and document numbers are not taken for references', async (t) => {
  for (const text of [
    'NOK 602243.00',
    'NOK 602243,50',
    '24.12.2026',
    '2026-11-21',
    'INV-602243',
    '602243B',
    'uke 47',
    '18',
    '',
    'RF',
    '1,250.00',
  ]) {
    t.same(findReferences(text), [], text)
  }
})

test('each reference is found once', async (t) => {
  const found = findReferences('602243, 602243, KID 602243')
  t.same(found, [
    { scheme: 'kid', value: '602243' },
    { scheme: 'ocr', value: '602243' },
  ])
})

test('a text made to be slow is not', async (t) => {
  const size = 200_000
  const hostile = [
    '1 ',
    '1',
    '+71<',
    'RF18 ',
    'RF18',
    '000/0000/',
    '+++',
    'A1',
    '-',
    '1-',
    '12345 ',
    ' ',
    'KID',
    '٣',
    '1234567890 x ',
  ]
  for (const unit of hostile) {
    const text = unit.repeat(size / unit.length)
    const started = performance.now()
    findReferences(text)
    normaliseReference(text)
    // Linear work takes some tens of milliseconds; quadratic would take minutes.
    t.ok(performance.now() - started < 5000, JSON.stringify(unit))
  }
})
