// One answer may show one movement twice: pages overlap when a row is booked while we page, and some banks double rows by
// themselves. Equal rows are two equal payments unless something says otherwise; what says so is gathered here.
//
//   alike in everything, an id included, on two pages   the pages overlap: one movement
//   the running balance has no room for both            one movement
//   none of these, and one id                           both kept, the later one doubtful
//   none of these, no id to tell by, on two pages       both kept, one doubtful
//   none of these, all rows of some days in pairs       all kept, every second one doubtful

import type { ProviderTransaction } from '../../providers/provider.ts'
import type { Day } from '../../values/day.ts'
import { secondOfPairs } from './doubled-days.ts'
import { kinOfFingerprint } from './fingerprint.ts'
import { toldAgainByBalance, type Alike } from './running-balance.ts'
import {
  balanceOf,
  idKinds,
  inSteadyOrder,
  isNear,
  likenessOf,
  type HeldTransaction,
  type IdKind,
  type Kin,
  type ShownRow,
} from './sides.ts'

export type Repeats = {
  /** Rows that show a movement again: they stand for nothing. */
  readonly repeated: ReadonlySet<ShownRow>
  /** Rows that may show a movement again, which nobody can know. */
  readonly doubtful: ReadonlySet<ShownRow>
}

/** All rows that there are, the settled ones too, for what they have to say about the others. */
type Around = {
  readonly held: readonly HeldTransaction[]
  readonly shown: readonly ShownRow[]
  /** What a trusted id has paired, and the kind of that id. */
  readonly settled: ReadonlySet<HeldTransaction | ShownRow>
  readonly trusted: IdKind | null
  /** The first day that the bank shows. */
  readonly from: Day
}

/**
 * Finds the repeats among what is not settled, the `kins`. What we hold from before the answer counts as shown: a movement that is
 * told on two days must not come anew when the first of them has left the window.
 */
export function findRepeats(kins: ReadonlyMap<string, Kin>, around: Around): Repeats {
  const isNamed = ({ row }: ShownRow) => around.trusted !== null && row.ids[around.trusted] !== undefined
  const isOpen = (row: ShownRow) => row.page !== null && !around.settled.has(row)
  const crowds = crowdsOf(kins, around)
  const idOf = tellingId(crowds, around.shown)
  const repeated = new Set(overlaps(crowds, idOf))

  for (const row of byBalance(without(crowds, repeated), repeated, isOpen, around)) repeated.add(row)

  const left = without(crowds, repeated)
  const doubtful = [
    ...withOneId(left, idOf, isOpen).filter((row) => !isNamed(row)),
    ...onTwoPages(left, idOf),
    ...secondOfPairs(kins, (row) => !isNamed(row) && !repeated.has(row)),
  ]
  return { repeated, doubtful: new Set(doubtful) }
}

/** Rows of one kin that may be one another, by day and then in an order that does not depend on pages. */
type Crowd = readonly ShownRow[]

function crowdsOf(kins: ReadonlyMap<string, Kin>, { shown, settled, from }: Around): readonly Crowd[] {
  const settledOf = Map.groupBy(
    settled.size === 0 ? [] : shown.filter((row) => settled.has(row) && kins.has(row.kin)),
    ({ kin }) => kin,
  )
  const crowds: Crowd[] = []
  for (const [key, kin] of kins) {
    const known = settledOf.get(key) ?? []
    if (kin.shown.length === 0 || kin.shown.length + kin.held.length + known.length < 2) continue
    const crowd = likeAnother([...shownBefore(kin.held, from), ...known, ...kin.shown])
    if (crowd.some(({ page }) => page !== null)) crowds.push(inSteadyOrder(crowd))
  }
  return crowds
}

function shownBefore(held: readonly HeldTransaction[], from: Day): readonly ShownRow[] {
  return held
    .filter(({ removed, row }) => !removed && row.bookingDate < from)
    .map(({ row, fingerprint }) => ({ row, page: null, kin: kinOfFingerprint(fingerprint) }))
}

/** Those that have an id or a balance of another or, without ids, its day. Most rows of a kin do not: rent is paid once a month. */
function likeAnother(rows: readonly ShownRow[]): Crowd {
  const times = new Map<string, number>()
  const marked = rows.map((row) => ({ row, marks: marksOf(row) }))
  for (const { marks } of marked) for (const mark of marks) times.set(mark, (times.get(mark) ?? 0) + 1)
  return marked.filter(({ marks }) => marks.some((mark) => times.get(mark) !== 1)).map(({ row }) => row)
}

function marksOf(row: ShownRow): readonly string[] {
  const ids = idsOf(row.row)
  const marks = ids.length === 0 ? [row.row.bookingDate] : ids
  return row.row.balanceAfter === undefined ? marks : [...marks, balanceOf(row)]
}

function without(crowds: readonly Crowd[], rows: ReadonlySet<ShownRow>): readonly Crowd[] {
  return rows.size === 0 ? crowds : crowds.map((crowd) => crowd.filter((row) => !rows.has(row)))
}

/** Gives a row's id where only rows of its kin have it: an id that unlike movements share says nothing about like ones. */
function tellingId(crowds: readonly Crowd[], shown: readonly ShownRow[]): (row: ShownRow) => string | undefined {
  const kinWith = new Map<string, string>()
  for (const crowd of crowds) for (const row of crowd) for (const id of idsOf(row.row)) kinWith.set(id, row.kin)
  if (kinWith.size === 0) return () => undefined
  const shared = new Set<string>()
  for (const { row, kin } of shown) for (const id of idsOf(row)) if ((kinWith.get(id) ?? kin) !== kin) shared.add(id)
  return ({ row }) => idsOf(row).find((id) => !shared.has(id))
}

function idsOf({ ids }: ProviderTransaction): readonly string[] {
  return idKinds.filter((kind) => ids[kind] !== undefined).map((kind) => `${kind} ${ids[kind]}`)
}

/** Of rows alike in everything, an id included, there are as many movements as the page with the most of them shows. */
function overlaps(crowds: readonly Crowd[], idOf: (row: ShownRow) => string | undefined): readonly ShownRow[] {
  return crowds.flatMap((crowd) => beyondOnePage(crowd.filter((row) => idOf(row) !== undefined)))
}

/** Where no id tells, that may be so as well. */
function onTwoPages(crowds: readonly Crowd[], idOf: (row: ShownRow) => string | undefined): readonly ShownRow[] {
  return crowds.flatMap((crowd) => beyondOnePage(crowd.filter((row) => idOf(row) === undefined)))
}

function beyondOnePage(rows: readonly ShownRow[]): readonly ShownRow[] {
  return [...Map.groupBy(rows, likenessOf).values()].flatMap((alike) => {
    if (alike.length === 1) return []
    let most = 0
    for (const onPage of Map.groupBy(alike, ({ page }) => String(page)).values()) most = Math.max(most, onPage.length)
    return alike.slice(most)
  })
}

function byBalance(
  crowds: readonly Crowd[],
  repeated: ReadonlySet<ShownRow>,
  isOpen: (row: ShownRow) => boolean,
  { held, shown, from }: Around,
): ReadonlySet<ShownRow> {
  const alike: Alike<ShownRow>[] = []
  for (const crowd of crowds) {
    const told = crowd.filter(({ row }) => row.balanceAfter !== undefined)
    for (const run of nearRuns(Map.groupBy(told, balanceOf))) {
      const days = [...Map.groupBy(run, ({ row }) => row.bookingDate)].map(([day, ofDay]) => {
        const settled = ofDay.filter((row) => !isOpen(row))
        return { day, rows: [...settled, ...ofDay.filter(isOpen)], fixed: settled.length }
      })
      if (days.some(({ rows, fixed }) => rows.length > fixed)) alike.push(days)
    }
  }
  if (alike.length === 0) return new Set()
  return toldAgainByBalance([...shownBefore(held, from), ...shown.filter((row) => !repeated.has(row))], alike)
}

/** Those that share an id and, where it is told, the balance after: all but the first. */
function withOneId(
  crowds: readonly Crowd[],
  idOf: (row: ShownRow) => string | undefined,
  isOpen: (row: ShownRow) => boolean,
): readonly ShownRow[] {
  return crowds.flatMap((crowd) => {
    const known = crowd.filter((row) => idOf(row) !== undefined)
    return nearRuns(Map.groupBy(known, (row) => `${idOf(row)} ${balanceOf(row)}`)).flatMap((run) =>
      run.slice(1).filter(isOpen),
    )
  })
}

/** The groups of several, cut where rows lie too far apart to be one another. */
function nearRuns(groups: ReadonlyMap<string, Crowd>): readonly Crowd[] {
  const runs: ShownRow[][] = []
  for (const group of groups.values()) {
    let last: ShownRow | undefined
    for (const row of group) {
      if (last !== undefined && isNear(last.row.bookingDate, row.row.bookingDate)) runs.at(-1)?.push(row)
      else runs.push([row])
      last = row
    }
  }
  return runs.filter(({ length }) => length > 1)
}
