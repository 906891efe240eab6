import type { Day } from '../../values/day.ts'
import { balanceOf, inSteadyOrder, type Kin, type ShownRow } from './sides.ts'

/** Rows of one kin, one day and one balance, whatever their ids. */
type Alike = readonly ShownRow[]

/**
 * Where every row of some booking days in succession comes in even numbers, at least three different ones: every second of each.
 * One pair is two equal payments; pairs and nothing but pairs are what a bank looks like that doubles its rows.
 */
export function secondOfPairs(
  kins: ReadonlyMap<string, Kin>,
  isInDoubt: (row: ShownRow) => boolean,
): readonly ShownRow[] {
  const pairs: Alike[] = []
  const unpaired = new Set<Day>()
  for (const { shown } of kins.values()) {
    const [only] = shown
    if (shown.length === 1 && only !== undefined) unpaired.add(only.row.bookingDate)
    else {
      const doubted = shown.filter(isInDoubt)
      for (const alike of Map.groupBy(doubted, (row) => row.row.bookingDate + balanceOf(row)).values()) {
        if (alike.length % 2 === 0) pairs.push(alike)
        else if (alike[0] !== undefined) unpaired.add(alike[0].row.bookingDate)
      }
    }
  }
  if (pairs.length < pairsMin) return []
  return stretches(pairs, unpaired)
    .filter((stretch) => stretch.length >= pairsMin)
    .flatMap((stretch) => stretch.flatMap((alike) => inSteadyOrder(alike).slice(alike.length / 2)))
}

const pairsMin = 3

/** The pairs of days that have nothing else, those of days in succession together. */
function stretches(pairs: readonly Alike[], unpaired: ReadonlySet<Day>): readonly Alike[][] {
  const days = [
    ...pairs.map((pair) => ({ day: pair[0]?.row.bookingDate, pair })),
    ...[...unpaired].map((day) => ({ day, pair: null })),
  ]
  const found: Alike[][] = [[]]
  for (const { day, pair } of days.toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))) {
    if (pair === null) found.push([])
    else if (day !== undefined && !unpaired.has(day)) found.at(-1)?.push(pair)
  }
  return found
}
