// What a country's books and bank lines are made of.

import type { Country } from '../format.ts'

export type Scheme = 'kid' | 'ocr' | 'viite' | 'fik' | 'betalingskenmerk' | 'ogm' | 'rf' | 'none'

/** Texts have places: {n} a number, {m} a month, {d} a date, {name}, {iban}, {text}, {ref}, {e2e}, {x} a number of the bank's own. */
export type Land = {
  readonly country: Country
  readonly currency: string
  /** How many units an euro's worth of goods costs, roughly. */
  readonly scale: number
  readonly scheme: Scheme
  readonly bankCodes: readonly string[]
  readonly firstNames: readonly string[]
  readonly surnames: readonly string[]
  readonly brands: readonly string[]
  readonly trades: readonly string[]
  readonly cities: readonly string[]
  readonly streets: readonly string[]
  readonly legal: readonly string[]
  /** What the sisters of a group are called. */
  readonly sisters: readonly string[]
  readonly and: readonly string[]
  readonly months: readonly string[]
  /** How the company numbers its own invoices; `{n}` counts, `{y}` is the year. */
  readonly numbers: readonly string[]
  readonly vat: readonly number[]
  readonly say: {
    readonly invoice: readonly string[]
    readonly credit: readonly string[]
    readonly part: readonly string[]
    readonly allOf: readonly string[]
    readonly vague: readonly string[]
    /** Numbers that are not a document's: order, customer, telephone, date. */
    readonly other: readonly string[]
    readonly rent: readonly string[]
    readonly salary: readonly string[]
    readonly transfer: readonly string[]
    readonly cash: readonly string[]
    readonly interest: readonly string[]
    readonly fee: readonly string[]
    readonly loan: readonly string[]
    readonly drawing: readonly string[]
    readonly refund: readonly string[]
    readonly returned: readonly string[]
    readonly batch: readonly string[]
    readonly withheld: readonly string[]
    readonly vat: readonly string[]
    /** What people write on a receipt instead of the shop's name. */
    readonly receipts: readonly string[]
    /** Many small payments that the bank books as one. */
    readonly lump: readonly string[]
    readonly goods: readonly string[]
  }
  /** `Book name|BANK NAME`. */
  readonly bodies: {
    readonly tax: readonly (readonly [string, string])[]
    readonly pension: readonly (readonly [string, string])[]
    readonly insurance: readonly (readonly [string, string])[]
    readonly monthly: readonly (readonly [string, string])[]
    readonly lender: readonly (readonly [string, string])[]
    readonly factoring: readonly (readonly [string, string])[]
    readonly processor: readonly (readonly [string, string])[]
  }
  readonly merchants: readonly (readonly [string, string])[]
  readonly bank: {
    readonly in: readonly string[]
    /** Where a structured reference is all that the payer gave. */
    readonly reference: readonly string[]
    readonly out: readonly string[]
    readonly card: readonly string[]
  }
}
