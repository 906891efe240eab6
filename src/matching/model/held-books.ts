import { habitsOf, type Habits, type Lesson } from './habits.ts'
import type { CompanyBooks } from './match-books.ts'
import { order } from './order.ts'
import { withRates, type RatesOfDay } from './rates.ts'
import { underRules, type Rule } from './rules.ts'
import { shelfOf } from './shelf.ts'
import type { BookEntry } from './types.ts'

/** A company's books as they are handed to another thread. */
export type HeldBooks = Omit<CompanyBooks, 'entries' | 'index' | 'habits'> & {
  readonly entries: readonly BookEntry[]
  readonly lessons?: readonly Lesson[]
  readonly rules?: readonly Rule[]
  /** The tenant's, where lines and entries are in several currencies. */
  readonly rates?: readonly RatesOfDay[]
}

/** The same books as they are matched: the same for any order of the entries. */
export function opened(
  { lines, entries, lessons = [], rules = [], rates = [], ...books }: HeldBooks,
  habits: Habits = habitsOf(lessons),
): CompanyBooks & { readonly habits: Habits } {
  return {
    ...books,
    lines: withRates(underRules(lines, rules), rates),
    entries: shelfOf(entries.toSorted((a, b) => order(a.id, b.id))),
    habits,
  }
}
