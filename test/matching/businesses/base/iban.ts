// Account numbers that pass the checks of their country.

import type { Country } from '../../labelled/format.ts'
import type { Chance } from '../../random.ts'

/** ISO 7064 mod 97-10 over letters and digits. */
export function mod97(text: string): number {
  let rest = 0
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code <= 57) rest = (rest * 10 + code - 48) % 97
    else rest = (rest * 100 + code - 55) % 97
  }
  return rest
}

const clerks: Readonly<Record<string, readonly string[]>> = {
  NL: ['INGB', 'RABO', 'ABNA', 'KNAB', 'BUNQ', 'TRIO', 'ASNB'],
  GB: ['BARC', 'LOYD', 'NWBK', 'HBUK', 'MIDL', 'MONZ', 'SRLG', 'CPBK'],
}

const lengths: Readonly<Record<string, number>> = {
  SE: 20, DK: 14, FI: 14, DE: 18, FR: 23,
} // prettier-ignore

export function ibanOf(chance: Chance, country: Country): string {
  const bban = bbanOf(chance, country)
  const check = 98 - mod97(`${bban}${country}00`)
  return `${country}${String(check).padStart(2, '0')}${bban}`
}

function bbanOf(chance: Chance, country: Country): string {
  if (country === 'NO') return norwegian(chance)
  if (country === 'NL') return `${chance.pick(clerks['NL']!)}0${chance.digits(9)}`
  if (country === 'GB') return chance.pick(clerks['GB']!) + chance.digits(14)
  if (country !== 'BE') return chance.digits(lengths[country] ?? 18)
  const ten = chance.digits(10)
  return ten + String(Number(ten) % 97 || 97).padStart(2, '0')
}

function norwegian(chance: Chance): string {
  const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
  for (;;) {
    const ten = chance.digits(10)
    let sum = 0
    for (let at = 0; at < 10; at++) sum += Number(ten[at]) * weights[at]!
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return ten + String(check)
  }
}
