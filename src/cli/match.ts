// npm run --silent match -- --dir DIR --out FILE: proposes matches for books in files, by the code that the service runs. The files
// are those of the evaluation format (docs/matching.md); what it writes is one JSON group a line. Progress goes to stderr.

import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { booksIn } from './match/books.ts'
import { BadRecord } from './match/files.ts'
import { matchBooks } from '../matching/model/match-books.ts'
import type { MatchProposal } from '../matching/model/types.ts'

/** What is written at a time. */
const groupsAtOnce = 1000
const usage = 'usage: npm run --silent match -- --dir DIR --out FILE'

try {
  await run()
} catch (error) {
  if (!(error instanceof BadRecord)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' }, out: { type: 'string' } } })
  const { dir, out } = values
  if (dir === undefined || out === undefined) throw new BadRecord(usage)
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new BadRecord(`${dir} is no folder. ${usage}`)
  const started = performance.now()
  const file = openSync(out, 'w')
  for await (const { id, books } of booksIn(dir)) {
    progress(`${id}: ${books.lines.length} transactions, ${books.entries.size} entries`, started)
    const counts = { automatic: 0, suggested: 0 }
    const groups: string[] = []
    const write = (): void => {
      if (groups.length > 0) writeSync(file, `${groups.join('\n')}\n`)
      groups.length = 0
    }
    matchBooks(books, {
      compared(done, of) {
        if (done % 10_000 === 0) progress(`${id}: ${done} of ${of} compared`, started)
      },
      proposed(proposal) {
        counts[proposal.automatic ? 'automatic' : 'suggested'] += 1
        if (groups.push(groupOf(proposal)) === groupsAtOnce) write()
      },
    })
    write()
    progress(`${id}: ${counts.automatic} automatic matches, ${counts.suggested} suggestions`, started)
  }
  closeSync(file)
}

function groupOf({ links, confidence, automatic }: MatchProposal): string {
  return JSON.stringify({
    transactionIds: [...new Set(links.map(({ transactionId }) => transactionId))],
    entryIds: [...new Set(links.flatMap(({ entryId }) => entryId ?? []))],
    confidence: Math.round(confidence * 10_000) / 10_000,
    auto: automatic,
  })
}

function progress(text: string, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const megabytes = Math.round(process.memoryUsage.rss() / 1_048_576)
  process.stderr.write(`${seconds} s, ${megabytes} MiB. ${text}\n`)
}
