// What a country's people, firms and shops are called: the raw material, put together in names.ts.

import type { Country } from '../../labelled/format.ts'
import type { DateStyle } from '../base/calendar.ts'
import type { Language } from './phrases.ts'

export type Shop = { readonly book: string; readonly till: string; readonly from: number; readonly to: number }

export type Locale = {
  readonly country: Country
  readonly currency: string
  readonly languages: readonly Language[]
  readonly dates: DateStyle
  readonly first: readonly string[]
  readonly last: readonly string[]
  /** Surnames are put together of these too, as they are in life. */
  readonly lastStarts: readonly string[]
  readonly lastEnds: readonly string[]
  readonly roots: readonly string[]
  readonly tails: readonly string[]
  readonly trades: readonly string[]
  readonly forms: readonly string[]
  /** Where the legal form stands. */
  readonly formFirst: boolean
  readonly and: string
  readonly sons: string
  readonly cities: readonly string[]
  readonly streets: readonly string[]
  readonly shops: readonly Shop[]
  readonly taxOffice: { readonly book: string; readonly bank: string }
  /** What is owed to the state, each with the word that the books use. */
  readonly taxes: readonly string[]
  readonly pensions: readonly string[]
  readonly utilities: readonly string[]
  readonly insurers: readonly string[]
  readonly lenders: readonly string[]
  readonly publicBodies: readonly string[]
}

/** A list written as one text, apart by commas. */
export const list = (text: string): readonly string[] => text.split(',').map((word) => word.trim())

/** `book name|what the till writes|least|most`, in whole units. */
export const shops = (text: string): readonly Shop[] =>
  text
    .trim()
    .split('\n')
    .map((row) => {
      const [book, till, from, to] = row.split('|').map((cell) => cell.trim())
      return { book: book!, till: till!, from: Number(from), to: Number(to) }
    })
