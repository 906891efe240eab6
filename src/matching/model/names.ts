// Names of companies and people as banks write them: without legal forms, cut off, in another order, with ue for ü, behind a
// payment processor's name.

import { foldText } from '../../values/text.ts'
import { remembered } from './remembered.ts'

export type Name = {
  /** Its words without legal forms and processors, in the order written. */
  readonly words: readonly string[]
  /** The words sorted and joined: equal for the same name in another order. */
  readonly key: string
}

/** How two names agree, as shares of what their words are worth. */
export type Likeness = {
  /** Of the first name's worth, found in the second. */
  readonly ofFirst: number
  /** Of the second name's worth, found in the first. */
  readonly ofSecond: number
  /** Bits that the shared words are worth. */
  readonly shared: number
}

const wordsMax = 10
const nameMax = 140

/** The name in `text`; undefined when nothing is left of it but a legal form. A company's lines and entries repeat a few names. */
export const nameOf = remembered(20_000, readName)

function readName(text: string): Name | undefined {
  const all = wordsIn(text.slice(0, nameMax))
  const named = all.filter((word) => !legalForms.has(word))
  const own = named.filter((word) => !processors.has(word))
  // A processor is a name of its own when no other name stands beside it.
  const words = (own.length > 0 ? own : named).slice(0, wordsMax)
  return words.length === 0 ? undefined : { words, key: words.toSorted().join(' ') }
}

/** Whether a word is the name of somebody who only passes money on. */
export function isProcessorWord(word: string): boolean {
  return processors.has(word)
}

/** Whether the name is that of somebody who only passes money on, and so says nothing of who paid. */
export function isProcessor(name: Name): boolean {
  return name.words.every((word) => processors.has(word))
}

/** What a bank without the letter made of å, ä, ø: the plain vowel is right in half the cases, and a slip of one letter in the others. */
const lostLetter = /(?<=\p{L})[?\uFFFD](?=\p{L})/gu

/** The words of a text in the form in which names are compared. */
export function wordsIn(text: string): string[] {
  // A.B., A/S and E.ON are one word, as is O'Neil; the text is short, so the groups cannot grow long.
  const chunks = foldText(text.replace(lostLetter, 'a')).match(/[\p{L}\p{N}]+(?:[./'’][\p{L}\p{N}]+)*/gu) ?? []
  return chunks.flatMap(partsOf).map(plain)
}

/** What names of this word start with, however it is cut off or misspelt at its end: the key under which names meet. */
export function stemOf(word: string): string {
  return word.slice(0, 6)
}

/** What a word that the books do not know says against a likeness: it may be a town or a title, and is not the name that they know. */
const strangeMax = 5
/** What an initial is worth that agrees. */
const initialBits = 2

/** Compares a name as the bank writes it with one of the books; `worth` says how many bits a word is worth, rare ones more. */
export function likenessOf(
  first: Name,
  second: Name,
  worth: (word: string) => number,
  isKnown: (word: string) => boolean = () => true,
): Likeness {
  if (isCutOff(first, second) || isCutOff(second, first)) {
    const shorter = first.words.join('').length < second.words.join('').length ? first : second
    return { ofFirst: 1, ofSecond: 1, shared: sum(shorter.words.map(worth)) }
  }
  const free = [...second.words]
  let [shared, foundOfFirst, foundOfSecond] = [0, 0, 0]
  let worthOfFirst = 0
  for (const word of first.words) {
    const own = isKnown(word) ? worth(word) : Math.min(strangeMax, worth(word))
    const at = bestOf(word, free)
    if (at === undefined) {
      worthOfFirst += own
      continue
    }
    const partner = free.splice(at, 1)[0] ?? word
    const share = similarity(word, partner)
    const isInitial = word.length === 1 || partner.length === 1
    shared += isInitial ? Math.min(initialBits, worth(partner)) : share * Math.min(worth(word), worth(partner))
    foundOfSecond += share * worth(partner)
    // A word misspelt or cut off is as long as its partner: what it lacks is not another name.
    foundOfFirst += share * worth(partner)
    worthOfFirst += worth(partner)
  }
  const worthOfSecond = sum(second.words.map(worth))
  return {
    ofFirst: worthOfFirst === 0 ? 0 : Math.min(1, foundOfFirst / worthOfFirst),
    ofSecond: worthOfSecond === 0 ? 0 : Math.min(1, foundOfSecond / worthOfSecond),
    shared,
  }
}

function bestOf(word: string, among: readonly string[]): number | undefined {
  let best: number | undefined
  let bestShare = 0
  for (const [at, other] of among.entries()) {
    const share = similarity(word, other)
    if (share > bestShare) [best, bestShare] = [at, share]
  }
  return best
}

/** 1 for the same word, less for one cut off, misspelt by a letter, or an initial; 0 for another. */
function similarity(word: string, other: string): number {
  if (word === other) return 1
  const [short, long] = word.length <= other.length ? [word, other] : [other, word]
  if (short.length >= 4 && long.startsWith(short)) return 0.9
  // Shorter names that differ by a letter are different names: Nilsen, Nielsen.
  if (short.length >= 7 && isOneSlip(short, long)) return 0.85
  return short.length === 1 && long.startsWith(short) ? 0.9 : 0
}

/** One letter replaced, dropped, added, or two neighbours swapped. `short` is not longer than `long`. */
export function isOneSlip(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let head = 0
  while (head < short.length && short[head] === long[head]) head++
  let tail = 0
  while (tail < short.length - head && short[short.length - 1 - tail] === long[long.length - 1 - tail]) tail++
  const left = short.length - head - tail
  if (left <= (short.length === long.length ? 1 : 0)) return true
  return left === 2 && short.length === long.length && short[head] === long[head + 1] && short[head + 1] === long[head]
}

/** Banks cut names at 18 to 35 characters, and write some words together: then one is the beginning of the other. */
function isCutOff(short: Name, long: Name): boolean {
  // Nearly all names begin with different letters, and need not be joined for that.
  if (short.words[0]?.[0] !== long.words[0]?.[0]) return false
  const [start, whole] = [short.words.join(''), long.words.join('')]
  return start.length >= 10 && whole.startsWith(start)
}

function partsOf(chunk: string): string[] {
  const parts = chunk.split(/[./'’]/)
  const isAbbreviation = parts.every((part) => /^(.|\p{L}{2})$/u.test(part)) || /['’]/.test(chunk)
  return isAbbreviation ? [parts.join('')] : parts
}

/** ue for ü, aa for å and the like are one, whichever side wrote which: both become the plain vowel. */
function plain(word: string): string {
  return word.replace(/AA|AE/g, 'A').replace(/OE/g, 'O').replace(/UE/g, 'U')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** Legal forms of the countries that we serve, and the small words in company names that say as little; in plain form. */
const legalForms: ReadonlySet<string> = new Set(
  (
    'AS ASA ANS DA ENK NUF SA AB HB KB EF APS IS IVS KS OY OYJ KY TMI OSK BV NV VOF CV BVBA SPRL SRL SCRL VZW ASBL SAS SASU SARL EURL SCI SNC ' +
    'GMBH AG KG OHG UG HAFTUNGSBESCHRANKT EK EV GBR MBH KGAA LTD LIMITED PLC LLP LP INC LLC CORP CO COMPANY CIE ET OG OCH UND AND JA EN DE DU LA LE DER DIE THE OF'
  ).split(' '),
)

/** Who passes payments on. */
const processors: ReadonlySet<string> = new Set(
  (
    'KLARNA VIPPS MOBILEPAY SWISH STRIPE PAYPAL ADYEN NETS ZETTLE IZETTLE SUMUP MOLLIE BAMBORA WORLDPAY WORLDLINE TRUSTLY QLIRO PAYEX DINTERO ' +
    'SQUARE SQ PAYTRAIL BUCKAROO ELAVON MULTISAFEPAY RIVERTY AFTERPAY GOCARDLESS'
  ).split(' '),
)
