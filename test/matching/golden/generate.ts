// Made-up books with what really happens to them, and the truth beside it: who paid what, how they wrote it, what the bank made
// of it. What looks like a match and is none is there too, and is told by its story.

import { draft, type LabelledBooks, type Plan } from './books.ts'
import { costs } from './costs.ts'
import { sales } from './sales.ts'

/** The same plan gives the same books. */
export function labelledBooks(plan: Plan): LabelledBooks {
  const books = draft(plan)
  sales(books)
  costs(books)
  return books.finished()
}
