import fc from 'fast-check'
import { test } from 'tap'
import { foldText, isCleanText, tokensOf } from '../../src/values/text.ts'

test('the spellings of one text fold to the same', async (t) => {
  const cases: [string, string][] = [
    ['Ærø  Bygg\tA/S', 'AERO BYGG A/S'],
    ['Blåbærsyltetøy ÅSE', 'BLABAERSYLTETOY ASE'],
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'STRASSE'],
    ['Łódź Đoković Þór Guðrún Œuvre', 'LODZ DOKOVIC THOR GUDRUN OEUVRE'],
    ['Müller-Lüdenscheidt', 'MULLER-LUDENSCHEIDT'],
    // The same é as one character and as two.
    ['Caf\u00e9 Cafe\u0301', 'CAFE CAFE'],
    ['\ufb01nance № ２０２６', 'FINANCE NO 2026'],
    ['Ιωάννης', 'ΙΩΑΝΝΗΣ'],
    // No-break space, line ends, zero-width space, soft hyphen, byte order mark.
    ['\ufeffEks\u00adem\u200bpel\u00a0AS\r\n Oslo ', 'EKSEMPEL AS OSLO'],
    ['a\0b\u0007c', 'A B C'],
    ['', ''],
    [' \n ', ''],
  ]
  for (const [text, folded] of cases) t.equal(foldText(text), folded, JSON.stringify(text))
})

/** UTF-16 code units as they come, lone surrogates included. */
const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 40 })

test('folding twice changes nothing, whatever the text', async () => {
  fc.assert(
    fc.property(anyText, (text) => foldText(foldText(text)) === foldText(text)),
    { numRuns: 300 },
  )
})

test('every letter of Unicode folds to the same as its folded form', async (t) => {
  const unstable = []
  for (let point = 0; point <= 0x2ffff; point += 1) {
    const folded = foldText(String.fromCodePoint(point))
    if (foldText(folded) !== folded) unstable.push(point.toString(16))
  }
  t.same(unstable, [])
})

test('upper and lower case, and composed and decomposed letters, cannot be told apart', async () => {
  const latin = fc.stringMatching(/^[a-zæøåäöüßéèñçłđþðœš 019/-]{0,20}$/)
  fc.assert(
    fc.property(
      latin,
      (text) => foldText(text.toUpperCase()) === foldText(text) && foldText(text.normalize('NFD')) === foldText(text),
    ),
  )
})

test('tokens are the folded words and numbers in their order', async (t) => {
  t.same(tokensOf('Faktura nr. 1001-B, Ærø Bygg A/S (forfalt)'), [
    'FAKTURA',
    'NR',
    '1001',
    'B',
    'AERO',
    'BYGG',
    'A',
    'S',
    'FORFALT',
  ])
  t.same(tokensOf('to og to'), ['TO', 'OG', 'TO'])
  t.same(tokensOf('Ελλάδα 12'), ['ΕΛΛΑΔΑ', '12'])
  t.same(tokensOf(' -- '), [])
})

test('text with a NUL or half a character is not clean', async (t) => {
  for (const text of ['', 'Ærø', '😀', 'a\tb\n', '\u0001', '\ufffd'])
    t.equal(isCleanText(text), true, JSON.stringify(text))
  for (const text of ['\0', 'a\0b', '\ud800', 'a\udc00', '\ude00\ud83d'])
    t.equal(isCleanText(text), false, JSON.stringify(text))
})
