// Text as banks and people write it, made comparable: the same name comes as "Ærø Bygg AS", "AERO BYGG AS" and "ærø  bygg as".

/** Letters that Unicode does not decompose, as banks' old character sets spell them. After upper-casing, so capitals only. */
const spelled: ReadonlyMap<string, string> = new Map([
  ['Æ', 'AE'],
  ['Ø', 'O'],
  ['Œ', 'OE'],
  ['ẞ', 'SS'],
  ['Ð', 'D'],
  ['Đ', 'D'],
  ['Ħ', 'H'],
  ['Ł', 'L'],
  ['Ŋ', 'N'],
  ['Ŧ', 'T'],
  ['Þ', 'TH'],
])

/**
 * The comparison form of a text: compatibility forms resolved (NFKD), accents and invisible characters gone, upper case, every
 * stretch of whitespace and control characters one space, none at the ends. Folding twice changes nothing.
 *
 * Å becomes A and Ü becomes U, as NFKD has it, not AA and UE: a reader that cares about those spellings compares both.
 */
export function foldText(text: string): string {
  // Most texts are nothing but printable ASCII, of which only capitals and spaces are left to see to.
  if (/^[ -~]*$/.test(text)) return text.toUpperCase().replace(/ {2,}/g, ' ').trim()
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/[ÆØŒẞÐĐĦŁŊŦÞ]/g, (letter) => spelled.get(letter) ?? letter)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** The words of a text: its folded stretches of letters and digits, in order, repeats included. */
export function tokensOf(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Whether PostgreSQL can store the text: no lone surrogate (it is no Unicode) and no NUL (`text` refuses it). */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
