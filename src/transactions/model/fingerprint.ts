// The fingerprint of a movement: what stands for it where the bank's ids cannot be trusted. Two rows with one fingerprint are two
// equal payments, so a fingerprint identifies a movement only together with an occurrence number (identity.ts).

import type { ProviderTransaction } from '../../providers/provider.ts'
import type { Day } from '../../values/day.ts'
import { foldText } from '../../values/text.ts'

/**
 * Booking day, amount, currency, counterparty and remittance text as one string of about 45 characters:
 * `1:2026-11-20:-12500NOK:1196201743.804917276`. The leading 1 is its version: fingerprints are stored and must come out the same for
 * ever, so a change of anything below (or of `foldText`) is version 2 and a migration that writes every stored one anew.
 *
 * Letter case, accents and white space do not count: banks break and re-break lines. The counterparty is its account where the
 * bank gives one, because names are edited more often than accounts.
 */
export function fingerprintOf(row: ProviderTransaction): string {
  return fingerprintOn(row.bookingDate, kinOf(row))
}

/** The fingerprint of a movement of this kin on this day. */
export function fingerprintOn(day: Day, kin: string): string {
  return `1:${day}:${kin}`
}

/**
 * A fingerprint without version and day: equal for movements that differ at most in when they were booked. Whoever needs many
 * may hand in a `fold` that remembers what `foldText` answered: folding is what takes the time.
 */
export function kinOf({ amount, counterparty, remittanceInformation }: ProviderTransaction, fold = foldText): string {
  const party = counterparty?.iban ?? counterparty?.bban ?? counterparty?.name ?? ''
  const words = `${plain(party, fold)}\u0080${plain(remittanceInformation ?? '', fold)}`
  return `${amount.minor}${amount.currency}:${digest(words)}`
}

export function kinOfFingerprint(fingerprint: string): string {
  return fingerprint.slice('1:2026-11-20:'.length)
}

/** Of ASCII, which most text is, there is nothing to fold but case and white space, and `digest` looks past those by itself. */
function plain(text: string, fold: (text: string) => string): string {
  return /[\u0080-\uffff]/.test(text) ? fold(text) : text
}

/**
 * 62 bits: cyrb53's two lanes, of each the 31 bits that print fastest. Not cryptographic and need not be: it only tells apart
 * movements of one day and one amount, and two that collided would still be counted as two.
 */
function digest(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at)
    if (code <= 0x20 || code === 0x7f) continue
    if (code >= 0x61 && code <= 0x7a) code -= 0x20
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  const mixedA = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  const mixedB = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(mixedA ^ (mixedA >>> 13), 3266489909)
  return `${mixedA >>> 1}.${mixedB >>> 1}`
}
