import { spentOn } from './hypothesis.ts'
import { matchBooks, type CompanyBooks } from './match-books.ts'
import type { BookEntry, MatchProposal } from './types.ts'

/** What is certain makes other things certain: few chains are longer. */
const passesMax = 6

/**
 * What a run decides. Each pass sees the books as the automatic matches of those before leave them, and the last finds nothing more that is certain: so the
 * next run, which sees the same books, proposes the same suggestions and nothing else.
 */
export function proposeMatches(books: CompanyBooks): readonly MatchProposal[] {
  const certain: MatchProposal[] = []
  let rest = books
  for (let pass = 1; ; pass += 1) {
    const proposals = matchBooks(rest)
    const automatic = proposals.filter((proposal) => proposal.automatic)
    if (automatic.length === 0 || pass === passesMax) return [...certain, ...proposals]
    certain.push(...automatic)
    rest = without(rest, automatic)
  }
}

function without(books: CompanyBooks, matches: readonly MatchProposal[]): CompanyBooks {
  const explained = new Set(matches.flatMap(({ links }) => links.map(({ transactionId }) => transactionId)))
  const spent = new Map<BookEntry['id'], bigint>()
  for (const match of matches) for (const [id, amount] of spentOn(match)) spent.set(id, (spent.get(id) ?? 0n) + amount)
  return {
    ...books,
    lines: books.lines.filter(({ id }) => !explained.has(id)),
    entries: books.entries.map((entry) => lessBy(entry, spent.get(entry.id) ?? 0n)),
  }
}

function lessBy(entry: BookEntry, spent: bigint): BookEntry {
  return { ...entry, openAmount: entry.openAmount < 0n ? entry.openAmount + spent : entry.openAmount - spent }
}
