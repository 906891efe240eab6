// Account numbers with right check digits, per country.

import type { Chance } from '../random.ts'
import type { Country } from './format.ts'
import type { Land } from './lands/land.ts'

export function ibanOf(chance: Chance, land: Land): string {
  return sealed(land.country, bban(chance, land.country, chance.pick(land.bankCodes)))
}

/** ISO 13616: the two digits after the country make the whole 1 by 97. */
function sealed(country: string, inner: string): string {
  const check = 98 - modulo97(`${inner}${country}00`)
  return `${country}${String(check).padStart(2, '0')}${inner}`
}

/** Letters count from A = 10. */
export function modulo97(text: string): number {
  let rest = 0
  for (const letter of text) {
    const value = Number.parseInt(letter, 36)
    rest = value > 9 ? (rest * 100 + value) % 97 : (rest * 10 + value) % 97
  }
  return rest
}

function bban(chance: Chance, country: Country, bank: string): string {
  switch (country) {
    case 'NO':
      return until(
        () => `${bank}${chance.digits(6)}`,
        (ten) => modulo11(ten, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]),
      )
    case 'SE':
      return `${bank}${chance.digits(17)}`
    case 'DK':
      return `${bank}${chance.digits(10)}`
    case 'FI': {
      const thirteen = `${bank}${chance.digits(7)}`
      return `${thirteen}${luhn(thirteen)}`
    }
    case 'NL':
      return until(
        () => `${bank}0${chance.digits(8)}`,
        (text) => modulo11(text.slice(4), [10, 9, 8, 7, 6, 5, 4, 3, 2]),
      )
    case 'BE': {
      const ten = `${bank}${chance.digits(7)}`
      return `${ten}${String(modulo97(ten) === 0 ? 97 : modulo97(ten)).padStart(2, '0')}`
    }
    case 'DE':
      return `${bank}${chance.digits(10)}`
    case 'GB':
      return `${bank}${chance.digits(6)}${chance.digits(8)}`
    case 'FR': {
      const [branch, account] = [chance.digits(5), chance.digits(11)]
      const key = 97 - ((89 * Number(bank) + 15 * Number(branch) + 3 * Number(account)) % 97)
      return `${bank}${branch}${account}${String(key).padStart(2, '0')}`
    }
  }
}

/** Draws until the check digit is one digit. */
function until(draw: () => string, check: (text: string) => number): string {
  for (;;) {
    const text = draw()
    const digit = check(text)
    if (digit < 10) return `${text}${digit}`
  }
}

function modulo11(digits: string, weights: readonly number[]): number {
  const total = weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)
  return (11 - (total % 11)) % 11
}

/** The digit that makes the whole pass Luhn's rule. */
export function luhn(digits: string): number {
  let total = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 0 ? digit * 2 : digit
    total += doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (total % 10)) % 10
}
