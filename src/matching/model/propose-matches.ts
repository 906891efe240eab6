import { matchBooks, type CompanyBooks } from './match-books.ts'
import { order } from './order.ts'
import { shelfOf } from './shelf.ts'
import type { BookEntry, MatchProposal } from './types.ts'

/** A company's books as they are handed to another thread. */
export type HeldBooks = Omit<CompanyBooks, 'entries'> & { readonly entries: readonly BookEntry[] }

/** What a run decides. The same for any order of lines and entries. */
export function proposeMatches({ entries, ...books }: HeldBooks): readonly MatchProposal[] {
  return matchBooks({ ...books, entries: shelfOf(entries.toSorted((a, b) => order(a.id, b.id))) })
}
