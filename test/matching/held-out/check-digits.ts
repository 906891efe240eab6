// The check digits that payees put on references and banks on accounts, as their own documents state them.

export function luhn(digits: string): string {
  let total = 0
  for (let at = 0; at < digits.length; at++) {
    const doubled = Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 2 : 1)
    total += doubled > 9 ? doubled - 9 : doubled
  }
  return String((10 - (total % 10)) % 10)
}

/** Norwegian MOD11: 10 is written as a hyphen. */
export function mod11(digits: string): string {
  const rest = (11 - (weighed(digits, [2, 3, 4, 5, 6, 7]) % 11)) % 11
  return rest === 10 ? '-' : String(rest)
}

export function viite(digits: string): string {
  return digits + String((10 - (weighed(digits, [7, 3, 1]) % 10)) % 10)
}

/** Sixteen digits, the check digit first. */
export function betalingskenmerk(fifteen: string): string {
  const rest = 11 - (weighed(fifteen, [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]) % 11)
  return String(rest === 10 ? 1 : rest === 11 ? 0 : rest) + fifteen
}

export function ogm(ten: string): string {
  return ten + String(mod97(ten) || 97).padStart(2, '0')
}

export function creditorReference(body: string): string {
  return `RF${String(98 - mod97(`${lettersAsNumbers(body)}271500`)).padStart(2, '0')}${body}`
}

export function iban(country: string, bban: string): string {
  const check = 98 - mod97(lettersAsNumbers(`${bban}${country}00`))
  return `${country}${String(check).padStart(2, '0')}${bban}`
}

export function mod97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

function weighed(digits: string, weights: readonly number[]): number {
  let total = 0
  for (let at = 0; at < digits.length; at++) {
    total += Number(digits[digits.length - 1 - at]) * weights[at % weights.length]!
  }
  return total
}

function lettersAsNumbers(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
}
