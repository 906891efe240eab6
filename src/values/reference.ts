// Payment references with a check digit, and what makes two references the same.
//
// A check digit proves typing, not identity: one number in ten passes the weaker schemes by chance. So these functions say what a
// text can be; whether it means anything is for whoever knows the open entries.

import { foldText } from './text.ts'

export type Reference = {
  /** Norway, Sweden, Finland, Denmark, the Netherlands, Belgium; ISO 11649; and text without a check digit. */
  readonly scheme: 'kid' | 'ocr' | 'viite' | 'fik' | 'betalingskenmerk' | 'ogm' | 'rf' | 'free'
  /** The comparison form: two references are the same when their values are. */
  readonly value: string
}

/** What the whole text is by its check digits, undefined for free text. Where several schemes fit, the first of `readers`. */
export function parseReference(text: string): Reference | undefined {
  const spelling = unlabelled(spell(text))
  for (const { scheme, read } of readers) {
    const value = read(spelling)
    if (value !== undefined) return { scheme, value }
  }
  return undefined
}

/**
 * The form in which references are compared: upper case, no spaces, separators or label, and leading zeros dropped where the
 * scheme pads with them. Of free text its letters and digits; empty when it has none. Normalising twice changes nothing.
 */
export function normaliseReference(text: string): string {
  return parseReference(text)?.value ?? spell(text).plain
}

/**
 * Everything that the whole text can be: with a country (ISO 3166) by that country's scheme and RF, without one by any. Where no
 * check digit fits it is one `free` reference, and nothing when it has neither letter nor digit.
 */
export function referenceSchemes(text: string, country?: string): Reference[] {
  const found = structured(text, country)
  const value = normaliseReference(text)
  return found.length > 0 || value === '' ? found : [{ scheme: 'free', value }]
}

/** What may be a structured reference, by any scheme, within a free text; each once. */
export function findReferences(text: string): Reference[] {
  return unique(candidatesIn(foldText(text)).flatMap((candidate) => structured(candidate)))
}

/** A folded text without spaces: with its other marks, and as letters and digits alone. */
type Spelling = { readonly marked: string; readonly plain: string }

type Reader = {
  readonly scheme: Reference['scheme']
  /** The only country that uses the scheme; absent for an international one. */
  readonly country?: string
  /** The reference's value, if it is one. */
  readonly read: (spelling: Spelling) => string | undefined
}

/**
 * Those that chance seldom fits come first. Zeros in front are padding to Finns and Danes and part of the number to Norwegians:
 * unless they fill a Finnish number's twenty places, the Norwegian reading goes first and keeps them.
 */
const readers: readonly Reader[] = [
  { scheme: 'rf', read: readRf },
  { scheme: 'fik', country: 'DK', read: readPaymentSlip },
  { scheme: 'ogm', country: 'BE', read: readOgm },
  { scheme: 'viite', country: 'FI', read: readMachineViite },
  { scheme: 'betalingskenmerk', country: 'NL', read: readBetalingskenmerk },
  { scheme: 'kid', country: 'NO', read: readKid },
  { scheme: 'viite', country: 'FI', read: readViite },
  { scheme: 'ocr', country: 'SE', read: readOcr },
  { scheme: 'fik', country: 'DK', read: readFik },
]

function structured(text: string, country?: string): Reference[] {
  const spelling = unlabelled(spell(text))
  const found = readers.flatMap((reader): Reference[] => {
    const foreign = country !== undefined && reader.country !== undefined && reader.country !== country
    const value = foreign ? undefined : reader.read(spelling)
    return value === undefined ? [] : [{ scheme: reader.scheme, value }]
  })
  return unique(found)
}

/** What people and banks write before the number. Only what follows decides whether it was a label: `REF1001` alone stays whole. */
const label = /^(?:KID|OCR|VIITE(?:NUMERO)?|FIK|BETALINGSKENMERK|OGM|VCS|REF)(?:NR)?(?=\d|RF\d)/

function unlabelled({ marked, plain }: Spelling): Spelling {
  return { marked, plain: plain.replace(label, '') }
}

function spell(text: string): Spelling {
  const marked = foldText(text).replaceAll(' ', '')
  return { marked, plain: marked.replace(/[^\p{L}\p{N}]+/gu, '') }
}

function unique(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((reference) => [`${reference.scheme} ${reference.value}`, reference])).values()]
}

/** ISO 11649: `RF`, two check digits and up to 21 letters and digits; the check digits make the rest divisible as an IBAN's do. */
function readRf({ plain }: Spelling): string | undefined {
  const [, check, body] = /^RF(\d\d)([A-Z0-9]{1,21})$/.exec(plain) ?? []
  if (check === undefined || body === undefined) return undefined
  let remainder = 0
  for (const character of `${body}RF00`) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
  }
  return Number(check) === 98 - remainder ? plain : undefined
}

/** Belgium: twelve digits, shown `+++090/9337/55493+++`; the last two are the first ten modulo 97, and 97 for 0. */
function readOgm({ plain }: Spelling): string | undefined {
  if (!isNumber(plain, 12, 12)) return undefined
  return Number(plain.slice(10)) === (Number(plain.slice(0, 10)) % 97 || 97) ? plain : undefined
}

/**
 * Netherlands: the check digit is the first. Of 16 digits the other 15 are free; of 9 to 14 the second counts those behind it,
 * modulo 10. One of 7 digits has no check, so it is free text here.
 */
function readBetalingskenmerk({ plain }: Spelling): string | undefined {
  const counted = isNumber(plain, 9, 14) && Number(plain[1]) === (plain.length - 2) % 10
  if (!counted && !isNumber(plain, 16, 16)) return undefined
  const remainder = 11 - (weigh(plain.slice(1), [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]) % 11)
  const check = remainder === 11 ? 0 : remainder === 10 ? 1 : remainder
  return Number(plain[0]) === check ? plain : undefined
}

/**
 * Finland: weights 7, 3, 1, and the check digit fills the sum up to the next ten. 4 to 20 digits, shown in groups of five, padded
 * with zeros in machine form; in its international form it is the body of an RF.
 */
function readViite(spelling: Spelling): string | undefined {
  const { plain } = spelling
  const digits = readRf(spelling) === undefined ? plain : plain.slice(4)
  const value = withoutPadding(digits)
  if (!isNumber(digits, 4, 20) || value.length < 4) return undefined
  return (weigh(value.slice(0, -1), [7, 3, 1]) + Number(value.at(-1))) % 10 === 0 ? value : undefined
}

function readMachineViite(spelling: Spelling): string | undefined {
  return /^0\d{19}$/.test(spelling.plain) ? readViite(spelling) : undefined
}

/** Norway: 2 to 25 digits as payee and bank agreed, by Luhn (MOD10) or MOD11, whose check digit 10 is written as a hyphen. */
function readKid({ marked, plain }: Spelling): string | undefined {
  if (marked.endsWith('-') && isNumber(plain, 1, 24) && mod11Check(plain) === '-') return `${plain}-`
  if (!isNumber(plain, 2, 25)) return undefined
  return passesLuhn(plain) || mod11Check(plain.slice(0, -1)) === plain.at(-1) ? plain : undefined
}

function mod11Check(payload: string): string {
  const check = (11 - (weigh(payload, [2, 3, 4, 5, 6, 7]) % 11)) % 11
  return check === 10 ? '-' : String(check)
}

/** Sweden: 2 to 25 digits by Luhn. Some payees put a length digit before the check digit; Luhn covers it, and not all do. */
function readOcr({ plain }: Spelling): string | undefined {
  return isNumber(plain, 2, 25) && passesLuhn(plain) ? plain : undefined
}

/** Denmark: the slip's line, `+71<004040400000669+12345678<`: card type 71 (15 digits) or 75 (16), the number, and the creditor. */
function readPaymentSlip({ marked }: Spelling): string | undefined {
  const [, number71, number75] = /^\+?(?:71<(\d{15})|75<(\d{16}))\+\d{8}<?$/.exec(marked) ?? []
  const number = number71 ?? number75
  return number === undefined ? undefined : readFik({ marked: number, plain: number })
}

/** Denmark: the slip's number alone: 15 or 16 digits by Luhn, padded with zeros. */
function readFik({ plain }: Spelling): string | undefined {
  return isNumber(plain, 15, 16) && passesLuhn(plain) ? withoutPadding(plain) : undefined
}

/** Whether it is a number of that many digits. Zeros alone would pass every check, and are what an empty field looks like. */
function isNumber(text: string, digitsMin: number, digitsMax: number): boolean {
  return text.length >= digitsMin && text.length <= digitsMax && /^\d*[1-9]\d*$/.test(text)
}

function withoutPadding(digits: string): string {
  return digits.replace(/^0+/, '')
}

/** The sum of the digits times the weights, from the right; the weights repeat. */
function weigh(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits.at(-1 - place)) * (weights[place % weights.length] ?? 0)
  }
  return sum
}

/** Luhn, MOD10: every second digit from the right counts twice, as the sum of its digits, and the whole is a multiple of ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const counted = Number(digits.at(-1 - place)) * (place % 2 === 0 ? 1 : 2)
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}

/**
 * The pieces of a folded text that deserve a look: numbers of four digits or more that touch nothing else (amounts, dates and
 * document numbers such as `INV-1001` do), whole rows of digit groups, and what carries a scheme's own marks. Each character is
 * looked at a bounded number of times, however the text is made.
 */
function candidatesIn(folded: string): string[] {
  const slips = folded.match(/\+?7[15] ?< ?\d{15,16} ?\+ ?\d{8} ?<?/g) ?? []
  const belgian = folded.match(/(?<!\d)\d{3}\/\d{4}\/\d{5}(?!\d)/g) ?? []
  const phrases = folded.split(/[^\p{L}\p{N} .,-]+|[.,](?!\d)/u)
  return [...slips, ...belgian, ...phrases.flatMap(candidatesInPhrase)]
}

function candidatesInPhrase(phrase: string): string[] {
  const words = phrase.split(' ')
  const numbers = words.filter((word) => /^[A-Z]{0,16}\d{4,25}-?$/.test(word))
  const joined = words.map((word) => (/^\d+$/.test(word) ? word : ',')).join('')
  const rows = joined.split(',').filter((row) => row.length >= 4)
  return [...numbers, ...rows, ...words.flatMap((_, index) => creditorReferenceAt(words, index) ?? [])]
}

/** An RF is shown in groups of four, so it is at most seven words; the longest that is one. */
function creditorReferenceAt(words: readonly string[], index: number): string | undefined {
  if (!words[index]?.startsWith('RF')) return undefined
  return [7, 6, 5, 4, 3, 2, 1]
    .map((count) => words.slice(index, index + count).join(''))
    .find((text) => readRf({ marked: text, plain: text }) !== undefined)
}
