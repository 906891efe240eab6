import type { Chance } from '../random.ts'
import { iso } from './amounts.ts'
import { betalingskenmerk, creditorReference, luhn, mod11, ogm, viite } from './check-digits.ts'
import type { Culture } from './culture.ts'

/** Invoice numbers run with the days, without gaps that mean anything. */
export function salesNumbers({ chance, from, to, count }: { chance: Chance; from: number; to: number; count: number }) {
  const first = chance.pick([1000, 4200, 10_000, 25_000, 200_000]) + chance.between(0, 900)
  const nextFree = Int32Array.from({ length: count + 1 }, (_, at) => at)
  const free = (at: number): number => {
    while (nextFree[at] !== at) at = nextFree[at] = nextFree[nextFree[at]!]!
    return at
  }
  let beyond = first + count
  let earlier = first
  return {
    take: (wished: number): { number: number; day: number } => {
      const at = Math.min(count - 1, Math.max(0, Math.floor(((wished - from) / (to - from)) * count)))
      const upward = free(at)
      const slot = upward < count ? upward : free(0)
      if (slot >= count) return { number: beyond++, day: wished }
      nextFree[slot] = slot + 1
      return { number: first + slot, day: from + Math.floor((slot / count) * (to - from)) }
    },
    before: (wished: number) => ({ number: --earlier, day: wished }),
  }
}

export function seriesOf(chance: Chance): (serial: string, day: number) => string {
  const letter = chance.pick(['F', 'INV-', 'A', 'S-', 'FV'])
  return chance.pick([
    (serial: string) => serial,
    (serial: string) => serial,
    (serial: string) => `${letter}${serial}`,
    (serial: string, day: number) => `${iso(day).slice(0, 4)}-${serial}`,
    (serial: string, day: number) => `${letter}${iso(day).slice(2, 4)}/${serial}`,
  ])
}

/** The references of one company: one scheme, one length. */
export function referrer(culture: Culture, chance: Chance): (serial: string) => string | null {
  const prefix = chance.digits(3)
  const long = chance.is(0.5)
  const scheme = chance.pick(culture.list('schemes'))
  return (serial) => {
    const body = long ? `${prefix}${serial.padStart(8, '0')}` : `${prefix}${serial}`
    switch (scheme) {
      case 'kid10':
        return body + luhn(body)
      case 'kid11':
        return body + mod11(body)
      case 'ocr': {
        const sized = `${body}${(body.length + 2) % 10}`
        return long ? sized + luhn(sized) : body + luhn(body)
      }
      case 'viite':
        return viite(body)
      case 'rf':
        return creditorReference(viite(body))
      case 'fik': {
        const padded = body.padStart(14, '0').slice(-14)
        return padded + luhn(padded)
      }
      case 'kenmerk':
        return betalingskenmerk(body.padStart(15, '0').slice(-15))
      case 'ogm': {
        const whole = ogm(body.padStart(10, '0').slice(-10))
        return long ? `+++${whole.slice(0, 3)}/${whole.slice(3, 7)}/${whole.slice(7)}+++` : whole
      }
      default:
        return null
    }
  }
}
