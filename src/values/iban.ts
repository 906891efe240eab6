import { ValidationErrorsIBAN, validateIBAN } from 'ibantools'

/**
 * Where the bank code lies in the BBAN, as the SWIFT IBAN registry has it, except Poland: the registry gives the eight digits of
 * a branch, the first four of which are the bank. A missing `from` is 0.
 */
const bankCodes: ReadonlyMap<string, { readonly from?: number; readonly length: number }> = new Map([
  ['AT', { length: 5 }],
  ['BE', { length: 3 }],
  ['CH', { length: 5 }],
  ['CZ', { length: 4 }],
  ['DE', { length: 8 }],
  ['DK', { length: 4 }],
  ['EE', { length: 2 }],
  ['ES', { length: 4 }],
  ['FI', { length: 3 }],
  ['FR', { length: 5 }],
  ['GB', { length: 4 }],
  ['IE', { length: 4 }],
  ['IS', { length: 2 }],
  // One check letter stands before the Italian bank code (ABI).
  ['IT', { from: 1, length: 5 }],
  ['LT', { length: 5 }],
  ['LU', { length: 3 }],
  ['LV', { length: 4 }],
  ['NL', { length: 4 }],
  ['NO', { length: 4 }],
  ['PL', { length: 4 }],
  ['PT', { length: 4 }],
  ['SE', { length: 3 }],
])

/**
 * The IBAN in upper case, without spaces and hyphens; undefined when it is none: unknown country, wrong length or characters,
 * wrong check digits.
 *
 * National check digits inside the BBAN are not demanded. The IBAN's own catch every slip that those would, and there are accounts
 * that break the national rule: a person could never connect them.
 */
export function normaliseIban(text: string): string | undefined {
  const iban = text.replace(/[\s-]+/g, '').toUpperCase()
  // The shape first: some of the library's national checks throw on other characters.
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(iban)) return undefined
  const faults = validateIBAN(iban).errorCodes
  return faults.every((fault) => fault === ValidationErrorsIBAN.WrongAccountBankBranchChecksum) ? iban : undefined
}

/** Country and bank code of a normalised IBAN, such as `NO8601`, `DE37040044`, `GBNWBK`; undefined for a country that is not in the table. */
export function bankCodeOf(iban: string): string | undefined {
  const country = iban.slice(0, 2)
  const place = bankCodes.get(country)
  if (place === undefined) return undefined
  const { from = 0, length } = place
  return country + bbanOf(iban).slice(from, from + length)
}

/** Where the bank code of an IBAN is the first four letters of the bank's BIC (SWIFT, IBAN registry). */
const codedByBic: ReadonlySet<string> = new Set(['GB', 'IE', 'LV', 'NL'])

/** The bank codes that follow from a BIC, as `bankCodeOf` spells them: `NLABNA` of `ABNANL2A`. None where a country has codes of its own. */
export function bankCodesOfBic(bic: string): readonly string[] {
  const country = bic.slice(4, 6)
  return codedByBic.has(country) ? [country + bic.slice(0, 4)] : []
}

/** The account number as the country itself writes it: a normalised IBAN without its country and check digits. */
export function bbanOf(iban: string): string {
  return iban.slice(4)
}

/** What may be shown to somebody who should recognise an account but not learn it: `NO93 •••• 7947`. */
export function maskIban(iban: string): string {
  return `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`
}
