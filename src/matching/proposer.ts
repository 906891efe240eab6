import { Piscina } from 'piscina'
import type { HeldBooks } from './model/held-books.ts'
import { proposeMatches } from './model/propose-matches.ts'
import type { MatchProposal } from './model/types.ts'

/**
 * `proposeMatches`, on another thread where it takes long: the processor is taken for seconds where a company has many open lines, and requests are
 * answered meanwhile. What takes milliseconds is done at once, as to begin a thread takes longer.
 */
export type Proposer = {
  readonly propose: (books: HeldBooks) => Promise<readonly MatchProposal[]>
  /** Whoever still waits is refused. */
  close(): Promise<void>
}

/** How long an idle thread waits for the next company, which comes soon while books and banks are being read. */
const idleMs = 10_000

/** Up to so many lines, and entries to compare them with, take some milliseconds. */
const linesAtOnce = 60
const entriesAtOnce = 2_000

export function createProposer(): Proposer {
  const threads = new Piscina({
    filename: new URL('model/propose-matches.ts', import.meta.url).href,
    name: 'proposeMatches',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMs,
  })
  return {
    propose: async (books) => (isQuick(books) ? proposeMatches(books) : threads.run(books)),
    close: () => threads.destroy(),
  }
}

const isQuick = ({ lines, entries }: HeldBooks): boolean =>
  lines.length <= linesAtOnce && entries.length <= entriesAtOnce
