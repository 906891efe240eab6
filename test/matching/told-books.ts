// A labelled company as the engine is given it, by the code that reads the evaluation's files.

import { bookEntryOf, lineOf, ownAccountsOf } from '../../src/cli/match/records.ts'
import { entryFeatures, lineFeatures, ownAccountsOf as own } from '../../src/matching/model/features.ts'
import { habitsOf, lessonsOf } from '../../src/matching/model/habits.ts'
import type { CompanyBooks } from '../../src/matching/model/match-books.ts'
import { shelfOf } from '../../src/matching/model/shelf.ts'
import type { MatchProposal } from '../../src/matching/model/types.ts'
import type { Group } from './figures.ts'
import { ratesOn, type LabelledCompany } from './labelled/format.ts'

export function toldBooks({ company, entries, transactions, history }: LabelledCompany): CompanyBooks {
  const ownAccounts = ownAccountsOf(mutable(company))
  const accounts = own(ownAccounts)
  const lessons = history.flatMap(({ transaction, entries: settled }) =>
    lessonsOf(
      [lineFeatures(lineOf(transaction), accounts)],
      settled.map((entry) => entryFeatures(bookEntryOf(entry), accounts)),
    ),
  )
  return {
    lines: transactions.map((transaction) => ({ ...lineOf(transaction), rates: ratesOn(transaction.bookingDate) })),
    entries: shelfOf(entries.map(bookEntryOf)),
    ownAccounts,
    decided: { confirmed: [], rejected: [] },
    habits: habitsOf(lessons),
  }
}

function mutable({ accounts, ...company }: LabelledCompany['company']): Parameters<typeof ownAccountsOf>[0] {
  return { ...company, accounts: [...accounts] }
}

export function groupOf({ links, confidence, automatic }: MatchProposal): Group {
  return {
    transactionIds: [...new Set(links.map(({ transactionId }) => transactionId))],
    entryIds: [...new Set(links.flatMap(({ entryId }) => entryId ?? []))],
    confidence,
    auto: automatic,
  }
}
