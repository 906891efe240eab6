import { Piscina } from 'piscina'
import type { HeldBooks } from './model/propose-matches.ts'
import type { MatchProposal } from './model/types.ts'

/** `proposeMatches` on another thread: it takes the processor for seconds where a company has many open lines, and requests are answered meanwhile. */
export type Proposer = {
  readonly propose: (books: HeldBooks) => Promise<readonly MatchProposal[]>
  /** Whoever still waits is refused. */
  close(): Promise<void>
}

/** How long an idle thread waits for the next company, which comes soon while books and banks are being read. */
const idleMs = 10_000

export function createProposer(): Proposer {
  const threads = new Piscina({
    filename: new URL('model/propose-matches.ts', import.meta.url).href,
    name: 'proposeMatches',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMs,
  })
  return { propose: (books) => threads.run(books), close: () => threads.destroy() }
}
