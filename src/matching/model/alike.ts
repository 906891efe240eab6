// A party's entries of one amount, which only time tells apart: rent, subscriptions, the same purchase twice; and a bank's fees.

import type { LineFeatures } from './features.ts'
import { seriesOf } from './hypothesis.ts'
import type { Pair } from './pairs.ts'
import type { Alike } from './traits.ts'

/** How each pair stands among those of the same party and amount. A day nearer than this is no nearer. */
const nearerDays = 5
/** What a document says of one of them more than of each other, for it to be the one that is named. */
const namedBits = 6

export function alikeAmong({ day }: LineFeatures, pairs: readonly Pair[]): (pair: Pair) => Alike {
  const groups = Map.groupBy(
    pairs.filter(({ settlement }) => settlement.kind === 'exact'),
    ({ entry }) => seriesOf(entry),
  )
  const distance = ({ entry }: Pair): number => Math.abs((entry.expectedDay ?? day) - day)
  return (pair) => {
    const { entry, settlement } = pair
    const group = settlement.kind === 'exact' ? groups.get(seriesOf(entry)) : undefined
    if (group === undefined || group.length < 2) return {}
    const others = group.filter((other) => other !== pair)
    return {
      among: group.length,
      isNearest: others.every((other) => distance(other) >= distance(pair) + nearerDays),
      isNamed: others.every(({ scored }) => scored.byFamily.document <= pair.scored.byFamily.document - namedBits),
      isOldest: others.every((other) => (other.entry.expectedDay ?? 0) > (entry.expectedDay ?? 0)),
    }
  }
}
