// The other thread of index-entries.ts.

import { parentPort, workerData } from 'node:worker_threads'
import { indexedPart } from '../../matching/model/entry-index.ts'
import { entryFeatures, ownAccountsOf } from '../../matching/model/features.ts'
import { entryIn } from './books.ts'
import { linesAt } from './files.ts'
import type { Share } from './index-entries.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what index-entries.ts hands over
const { path, spans, from, ownAccounts } = workerData as Share
const own = ownAccountsOf(ownAccounts)
const lines = linesAt(path, spans)
const part = indexedPart(
  { size: lines.count, at: (index) => entryIn(lines.at(index), path) },
  (entry, place) => entryFeatures(entry, own, place),
  from,
)
lines.close()
const { keys, open, days, isTransfer, currencyOf } = part
parentPort?.postMessage(
  part,
  [keys.firsts, keys.seconds, keys.places, open, days, isTransfer, currencyOf].map(({ buffer }) => buffer),
)
