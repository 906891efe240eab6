import { opened, type HeldBooks } from './held-books.ts'
import { matchBooks } from './match-books.ts'
import type { MatchProposal } from './types.ts'

/** What a run decides. The same for any order of lines and entries. */
export function proposeMatches(books: HeldBooks): readonly MatchProposal[] {
  return matchBooks(opened(books))
}
