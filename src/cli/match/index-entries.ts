// The entries of a large company are indexed by two threads, half of them each.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import {
  entryIndexOf,
  indexedPart,
  type EntryIndex,
  type EntryReader,
  type IndexedPart,
} from '../../matching/model/entry-index.ts'
import type { EntryShelf } from '../../matching/model/shelf.ts'
import type { OwnAccount } from '../../matching/model/types.ts'
import type { LineFile, Spans } from './files.ts'

/** What the other thread is told. */
export type Share = {
  readonly path: string
  readonly spans: Spans
  /** Where the first of them stands among the company's entries. */
  readonly from: number
  readonly ownAccounts: readonly OwnAccount[]
}

/** Entries that stand in a file. */
type Given = {
  readonly shelf: EntryShelf
  readonly read: EntryReader
  readonly file: LineFile
  /** Which of its lines they are. */
  readonly which: Uint32Array
  readonly ownAccounts: readonly OwnAccount[]
}

/** With fewer, a thread takes longer to begin than it saves. */
const inTwoFrom = 50_000

/** @throws {BadRecord} */
export async function indexedEntries(given: Given): Promise<EntryIndex> {
  const { shelf, read } = given
  return entryIndexOf(shelf.size < inTwoFrom ? [indexedPart(shelf, read)] : await indexedInTwo(given))
}

/** Both halves. @throws {BadRecord} */
export async function indexedInTwo({
  shelf,
  read,
  file,
  which,
  ownAccounts,
}: Given): Promise<readonly [IndexedPart, IndexedPart]> {
  const middle = shelf.size >>> 1
  const those = which.subarray(middle)
  const ofThose = (list: Float64Array) => Float64Array.from(those, (number) => list[number] ?? 0)
  const spans = { starts: ofThose(file.spans.starts), ends: ofThose(file.spans.ends) }
  const share: Share = { path: file.path, spans, from: middle, ownAccounts }
  const other = new Worker(new URL('index-thread.ts', import.meta.url), { workerData: share })
  try {
    // It begins while this thread is at its half, and is heard when that is done.
    const heard = once(other, 'message').catch(() => [])
    const first = indexedPart({ size: middle, at: (index) => shelf.at(index) }, read)
    const [second]: readonly IndexedPart[] = await heard
    const rest: EntryShelf = { size: shelf.size - middle, at: (index) => shelf.at(middle + index) }
    // What it stumbled over is told when this thread comes to it.
    return [first, second ?? indexedPart(rest, read, middle)]
  } finally {
    await other.terminate()
  }
}
