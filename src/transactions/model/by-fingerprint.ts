// The second rung, and the only one for most banks: rows of one fingerprint are paired one to one, so that what counts is how many
// there are on each side.

import type { ProviderTransaction } from '../../providers/provider.ts'
import type { Pair } from './by-id.ts'
import { detailOf, fullDetailOf } from './content.ts'
import type { Repeats } from './repeats.ts'
import { inSteadyOrder, type HeldTransaction, type Kin, type ShownRow } from './sides.ts'

/** Where each goes: the bank's rows into `pairs` or `fresh`, ours into `pairs` or `missing`. */
export type Sorted = { readonly pairs: Pair[]; readonly fresh: ShownRow[]; readonly missing: HeldTransaction[] }

/** Rows that only show a movement again are passed over; doubtful ones are paired last. */
export function pairByFingerprint(kin: Kin, { repeated, doubtful }: Repeats, into: Sorted): void {
  const { held } = kin
  const shown = repeated.size === 0 ? kin.shown : kin.shown.filter((row) => !repeated.has(row))
  if (held.length === 0 || shown.length === 0) {
    for (const row of shown) into.fresh.push(row)
    for (const each of held) into.missing.push(each)
    return
  }
  const [onlyHeld, onlyShown] = [held[0], shown[0]]
  if (held.length === 1 && shown.length === 1 && onlyHeld?.row.bookingDate === onlyShown?.row.bookingDate) {
    if (onlyHeld !== undefined && onlyShown !== undefined) into.pairs.push({ held: onlyHeld, shown: onlyShown })
    return
  }
  const shownOn = Map.groupBy(shown, ({ row }) => row.bookingDate)
  for (const [day, ofDay] of Map.groupBy(held, ({ row }) => row.bookingDate)) {
    pairOfDay({ held: ofDay, shown: shownOn.get(day) ?? [] }, doubtful, into)
    shownOn.delete(day)
  }
  for (const ofDay of shownOn.values()) for (const row of ofDay) into.fresh.push(row)
}

/**
 * Among equals those belong together that are alike in ids and in what a fingerprint does not hold. Doubtful rows come last, so
 * that a transaction is not found in a row that may be a repeat while a plain one is called new; removed ones after live ones.
 */
function pairOfDay({ held, shown }: Kin, doubtful: ReadonlySet<ShownRow>, into: Sorted): void {
  const ours = held.toSorted((a, b) => b.occurrence - a.occurrence)
  const theirs = inSteadyOrder(shown)
  const rounds: readonly Kin[] = [
    { held: ours.filter((each) => !each.removed), shown: theirs.filter((row) => !doubtful.has(row)) },
    { held: [], shown: theirs.filter((row) => doubtful.has(row)) },
    { held: ours.filter((each) => each.removed), shown: [] },
  ]
  let rest: Kin = { held: [], shown: [] }
  for (const round of rounds) {
    rest = { held: [...rest.held, ...round.held], shown: [...rest.shown, ...round.shown] }
    for (const likeness of [fullDetailOf, detailOf, () => '']) rest = takeLike(rest, likeness, into)
  }
  for (const each of rest.held) into.missing.push(each)
  for (const row of rest.shown) into.fresh.push(row)
}

function takeLike({ held, shown }: Kin, likenessOf: (row: ProviderTransaction) => string, into: Sorted): Kin {
  if (held.length === 0 || shown.length === 0) return { held, shown }
  const waiting = Map.groupBy(held, ({ row }) => likenessOf(row))
  const left = shown.filter((row) => {
    const found = waiting.get(likenessOf(row.row))?.pop()
    if (found !== undefined) into.pairs.push({ held: found, shown: row })
    return found === undefined
  })
  return { held: [...waiting.values()].flat(), shown: left }
}
