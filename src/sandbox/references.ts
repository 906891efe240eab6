// The payment references of each country, made as a biller's system makes them: from a customer number and an invoice number.

export type ReferenceScheme = 'kid' | 'ocr' | 'viite' | 'betalingskenmerk' | 'ogm' | 'rf'

/** @param customer four digits @param invoice eight digits, year and month first */
export function referenceOf(scheme: ReferenceScheme, customer: string, invoice: string): string {
  return makers[scheme](customer, invoice)
}

const makers: Readonly<Record<ReferenceScheme, (customer: string, invoice: string) => string>> = {
  kid: (customer, invoice) => withLuhn(customer + invoice),
  ocr: (customer, invoice) => withLuhn(customer + invoice),
  viite: (customer, invoice) => withWeights(customer + invoice),
  betalingskenmerk: (customer, invoice) => elevenProof((customer + invoice).padStart(15, '0')),
  ogm: (customer, invoice) => belgian(customer + invoice.slice(2)),
  rf: (customer, invoice) => creditorReference(customer + invoice),
}

/** Norway's MOD10 and Sweden's OCR share Luhn's check digit. */
export function withLuhn(digits: string): string {
  const sum = reversed(digits)
    .map((digit, place) => (place % 2 === 0 ? digit * 2 : digit))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0)
  return digits + String((10 - (sum % 10)) % 10)
}

/** Finland: weights 7, 3, 1 from the right. */
function withWeights(digits: string): string {
  const sum = reversed(digits).reduce((total, digit, place) => total + digit * ([7, 3, 1][place % 3] ?? 0), 0)
  return digits + String((10 - (sum % 10)) % 10)
}

/** The Netherlands: sixteen digits, the first of them the check digit of the other fifteen. */
function elevenProof(digits: string): string {
  const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]
  const sum = reversed(digits).reduce((total, digit, place) => total + digit * (weights[place % 10] ?? 0), 0)
  const check = 11 - (sum % 11)
  return `${check === 10 ? 1 : check === 11 ? 0 : check}${digits}`
}

/** Belgium: ten digits and their remainder by 97 (97 where nothing remains), written `+++090/9337/55493+++`. */
function belgian(digits: string): string {
  const check = Number(digits) % 97 || 97
  const all = `${digits}${String(check).padStart(2, '0')}`
  return `+++${all.slice(0, 3)}/${all.slice(3, 7)}/${all.slice(7)}+++`
}

/** ISO 11649; `RF00` appended as numbers (R = 27, F = 15) gives the check digits by 97. */
function creditorReference(digits: string): string {
  const check = 98n - (BigInt(`${digits}271500`) % 97n)
  return `RF${String(check).padStart(2, '0')}${digits}`
}

function reversed(digits: string): number[] {
  return Array.from(digits, Number).toReversed()
}
