// Document numbers as books keep them and as people write them in a payment's text: `INV-2026-0012`, `fakt1001 og 1002`,
// `INV 2026-0012/13/14`. Every step reads the text once, and only the first 600 characters of it.

import { foldText } from '../../values/text.ts'

/** An entry's document number, in the forms that people cut it down to. */
export type DocumentNumber = {
  /** Letters and digits without separators: `INV20260012`. */
  readonly whole: string
  /** Its digits: `20260012`. */
  readonly digits: string
  /** Its last stretch of digits without leading zeros: `12`. */
  readonly serial: string
}

/** A number in a text that may be a document's. */
export type Mention = {
  /** What it may be, the number by itself first: `0012`, `20260012`, `INV20260012`; all digits are without leading zeros. */
  readonly forms: readonly string[]
  /** Its last stretch of digits as it is written. */
  readonly digits: string
  /** A word such as "invoice" stands before it. */
  readonly worded: boolean
}

const textMax = 600
const mentionsMax = 20
/** A document number has at most this many stretches of letters or digits: `INV`, `2026`, `0012`, `B`. */
const stretchesMax = 4
const formLengthMax = 24

/** The forms of a document number; undefined for one without a digit, which no text could name safely. */
export function documentNumberOf(text: string): DocumentNumber | undefined {
  const stretches = stretchesOf(foldText(text.slice(0, textMax)))
  const numbers = stretches.filter((stretch) => stretch.isNumber)
  const last = numbers.at(-1)
  if (last === undefined) return undefined
  return {
    whole: canonical(stretches.map((stretch) => stretch.text).join('')),
    digits: canonical(numbers.map((stretch) => stretch.text).join('')),
    serial: canonical(last.text),
  }
}

/** Every number in the text that may be a document's, in the order of the text. */
export function mentionsIn(text: string): Mention[] {
  const stretches = stretchesOf(blankDatesAndAmounts(foldText(text.slice(0, textMax))))
  const mentions: Mention[] = []
  let worded = false
  let before: Before | undefined
  for (const [at, stretch] of stretches.entries()) {
    if (mentions.length === mentionsMax) break
    if (!stretch.isNumber) {
      worded = isDocumentWord(stretch.text) || (worded && isFiller(stretch, stretches[at + 1]))
      continue
    }
    // `0012/13`: the second number is written short, and stands for 0013 behind whatever stands before 0012.
    const full = before !== undefined && isContinued(before, stretches, at) ? before : undefined
    const digits = full === undefined ? stretch.text : full.text.slice(0, -stretch.text.length) + stretch.text
    const start = full?.start ?? at
    const forms = formsOf(stretches, start, digits, stretches[at + 1])
    // Or it is written in full, and belongs to the one before: `1266/26` is how some number within a year.
    const joined = full === undefined ? [] : formsOf(stretches, at, stretch.text, stretches[at + 1]).slice(1)
    mentions.push({ forms: forms.toSpliced(1, 0, ...joined), digits, worded })
    before = { at, start, text: digits }
  }
  return mentions
}

/** How a mention names a document: all of it, or only the number within its year or series. */
export function namedBy(mention: Mention, number: DocumentNumber): 'whole' | 'serial' | undefined {
  if (mention.forms.includes(number.whole) || mention.forms.includes(number.digits)) return 'whole'
  return mention.worded && mention.forms[0] === number.serial ? 'serial' : undefined
}

/** Whether a mention that does not name the document is only a piece of its number, such as the year in front. */
export function isPieceOf(mention: Mention, number: DocumentNumber): boolean {
  return number.whole.includes(mention.digits) || number.digits.includes(mention.digits)
}

/** Whether it is numbered as the books number: as long, in full or in its last stretch. */
export function isShapedLike(mention: Mention, number: DocumentNumber): boolean {
  const lengths = new Set([number.whole.length, number.digits.length].filter((length) => length >= 3))
  const isAsLong = mention.forms.some((form) => lengths.has(form.length))
  return isAsLong || (number.serial.length >= 3 && canonical(mention.digits).length === number.serial.length)
}

/** How many digits or letters of the mention a coincidence would have to hit. */
export function weightOf(mention: Mention, number: DocumentNumber): number {
  if (mention.forms.includes(number.whole)) return number.whole.length
  if (mention.forms.includes(number.digits)) return number.digits.length
  return number.serial.length
}

/** All digits lose their leading zeros, so that `0012` and `12` are one. */
export function canonical(form: string): string {
  return /^\d+$/.test(form) ? form.replace(/^0+(?=\d)/, '') : form
}

type Stretch = { readonly text: string; readonly isNumber: boolean; readonly gap: string }

/** The stretches of letters and of digits, each with what stands between it and the one before. */
function stretchesOf(folded: string): Stretch[] {
  const stretches: Stretch[] = []
  let end = 0
  for (const match of folded.matchAll(/\d+|\p{L}+/gu)) {
    stretches.push({ text: match[0], isNumber: /^\d/.test(match[0]), gap: folded.slice(end, match.index) })
    end = match.index + match[0].length
  }
  return stretches
}

/** What would be read as numbers and is none: days, and amounts with two decimals after a comma or beside a currency. */
function blankDatesAndAmounts(folded: string): string {
  return folded
    .replace(/(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/g, (date, day, _separator, month) =>
      Number(day) <= 31 && Number(month) <= 12 ? ' ; ' : date,
    )
    .replace(/(?<!\d)(19|20)\d\d-(0[1-9]|1[0-2])-[0-3]\d(?!\d)/g, ' ; ')
    .replace(/(?<![\d.])\d{1,3}(?:[. ]?\d{3}){0,3},\d\d(?!\d)/g, ' ; ')
    .replace(/(?<=(?:NOK|SEK|DKK|EUR|GBP|USD|CHF|KR|€|£)\.? ?)\d{1,9}\.\d\d(?!\d)/g, ' ; ')
}

/** The number ending at `at` (written as `digits`) alone, and with the stretches before it that may belong to it. */
function formsOf(stretches: readonly Stretch[], at: number, digits: string, next: Stretch | undefined): string[] {
  const forms = [canonical(digits)]
  let form = digits
  for (let start = at; start > 0 && at - start < stretchesMax - 1 && isJoining(stretches[start]?.gap ?? ','); start--) {
    form = (stretches[start - 1]?.text ?? '') + form
    if (form.length > formLengthMax) break
    forms.push(canonical(form))
  }
  // A letter glued to its end belongs to it: `2026-001A`.
  if (next !== undefined && !next.isNumber && next.gap === '' && next.text.length <= 2) {
    return forms.flatMap((each) => [each, each + next.text])
  }
  return forms
}

/** A separator that people write within one number. */
function isJoining(gap: string): boolean {
  return gap.length <= 3 && /^ ?[-/._#: ]? ?$/.test(gap)
}

/** The number before: where it stands, where the one stands that it continues, and its digits in full. */
type Before = { readonly at: number; readonly start: number; readonly text: string }

/** Whether the number at `at` goes on from the one before, written short: separated by a list's sign or word, and shorter. */
function isContinued(before: Before, stretches: readonly Stretch[], at: number): boolean {
  const number = stretches[at]
  if (number === undefined || before.text.length < 3) return false
  if (number.text.length > 3 || number.text.length >= before.text.length) return false
  if (at === before.at + 1) return /^ ?[/,+&] ?$/.test(number.gap)
  const between = stretches[at - 1]
  return at === before.at + 2 && between !== undefined && !between.isNumber && conjunctions.has(between.text)
}

const conjunctions: ReadonlySet<string> = new Set(['OG', 'OCH', 'AND', 'UND', 'ET', 'EN', 'JA', 'U'])
const fillers: ReadonlySet<string> = new Set([
  'NR',
  'NO',
  'NRO',
  'NUM',
  'NUMMER',
  'NUMBER',
  'NUMERO',
  'N',
  'ID',
  'VOM',
  'DU',
  'AV',
  'AF',
])
const documentWords: ReadonlySet<string> = new Set(
  'INV INVS FAC FAK FAKT FAKTNR FAKTNO FKT FNR FV FACT FCT FACTNR RE RG RNR RGNR RECHN LASKU LASKUT BILL REGNING AVOIR GUTSCHRIFT NOTA'.split(
    ' ',
  ),
)
const documentWordStarts = [
  'FAKTUR',
  'INVOIC',
  'RECHNUNG',
  'FACTU',
  'LASKUN',
  'KREDITN',
  'CREDITN',
  'REGNINGS',
  'VERKOOPFACT',
  'GUTSCHRIFTS',
]

function isDocumentWord(word: string): boolean {
  return documentWords.has(word) || documentWordStarts.some((start) => word.startsWith(start))
}

/** A word that does not end the list that an invoice word began: one of the list's own, or the letters of a number's series. */
function isFiller(word: Stretch, next: Stretch | undefined): boolean {
  if (fillers.has(word.text) || conjunctions.has(word.text)) return true
  if (next === undefined || !next.isNumber || word.text.length > 4) return false
  return next.gap === '' || /^[-/]$/.test(next.gap) || (word.text.length === 1 && next.gap === ' ')
}
