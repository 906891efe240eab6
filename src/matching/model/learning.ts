// What a decision of a person teaches, and what all decisions together come to, as a bookkeeper would read it.

import type { HabitId, MatchId, TransactionId } from '../../values/ids.ts'
import type { Material } from './decision.ts'
import { entryFeatures, lineFeatures, ownAccountsOf } from './features.ts'
import { lessonsOf, usualDays, verdictOf, type Lesson, type Verdict } from './habits.ts'
import { bookEntryOf, lineOf } from './input.ts'
import { entryIdsOf, transactionIdsOf, type Match } from './match.ts'
import { order } from './order.ts'

/** A lesson with what it was learned from, and how the books called the party then. */
export type Taught = Lesson & {
  readonly matchId: MatchId
  /** The line that showed it. */
  readonly transactionId: TransactionId
  readonly partyId: string | null
  readonly partyName: string | null
  readonly at: Date
}

/** As it is kept. */
export type Learned = Taught & { readonly habitId: HabitId }

const noAccounts = ownAccountsOf([])

/**
 * What is learned of a match that a person confirmed, made or refused. Whoever refuses several together has said that they do not belong together all of
 * them: part of them may, so that teaches nothing.
 */
export function taughtBy(
  match: Pick<Match, 'id' | 'links'>,
  { transactions, entries }: Pick<Material, 'transactions' | 'entries'>,
  { isNot, at }: { readonly isNot: boolean; readonly at: Date },
): readonly Taught[] {
  const those = entryIdsOf(match).flatMap((id) => entries.get(id) ?? [])
  const lines = transactionIdsOf(match).flatMap((id) => transactions.get(id) ?? [])
  if (isNot && (those.length > 1 || lines.length > 1)) return []
  const features = those.map((entry) => entryFeatures(bookEntryOf(entry, entry.openMinor), noAccounts))
  const { id: partyId = null, name: partyName = null } = those[0]?.counterparty ?? {}
  const from = { matchId: match.id, partyId, partyName, at }
  return lines.flatMap((line) =>
    lessonsOf([lineFeatures(lineOf(line), noAccounts)], features, isNot).map((lesson) => ({
      ...from,
      ...lesson,
      transactionId: line.id,
    })),
  )
}

/** Without the refusals of a party whose the line turned out to be: what was refused there was the entry. */
export function inForce<Any extends Taught>(lessons: readonly Any[]): readonly Any[] {
  const said = new Set(lessons.filter(({ isNot }) => !isNot).map(lineAndParty))
  return lessons.filter((lesson) => !lesson.isNot || !said.has(lineAndParty(lesson)))
}

const lineAndParty = ({ transactionId, party }: Taught): string => `${transactionId} ${party}`

/** What is the same for all lessons that together make a habit: all days of a party are one. */
export const habitKeyOf = ({ kind, seen, party }: Lesson): readonly string[] =>
  kind === 'days' ? [kind, party] : [kind, party, seen]

/** What was learned of one party. */
export type Habit = {
  readonly id: HabitId
  readonly kind: Lesson['kind']
  readonly party: string
  /** As the books called the party last. */
  readonly partyId: string | null
  readonly partyName: string | null
  /** The account, the name, the words. */
  readonly seen: string
  /** Of `days`: how many after it was expected. */
  readonly days: { readonly usual: number; readonly least: number; readonly most: number } | null
  readonly times: number
  readonly refusals: number
  readonly since: Date
  readonly last: Date
  readonly verdict: Verdict
}

/** All that these lessons come to, by party. */
export function habitsIn(lessons: readonly Learned[]): readonly Habit[] {
  return [...Map.groupBy(inForce(lessons), ({ habitId }) => habitId).values()]
    .flatMap(habitIn)
    .map((habit) => ({ habit, place: placeOf(habit) }))
    .toSorted((a, b) => byPlace(a.place, b.place))
    .map(({ habit }) => habit)
}

/** Where a habit stands in the list: its party (as much of it as a cursor holds), its kind, its id. */
export const placeOf = ({ party, kind, id }: Pick<Habit, 'party' | 'kind' | 'id'>): readonly string[] => [
  party.slice(0, 100),
  kind,
  id,
]

/** Whether it stands behind that place in the list. */
export const isBehind = (habit: Habit, place: readonly string[] | null): boolean =>
  place === null || byPlace(placeOf(habit), place) > 0

const byPlace = (a: readonly string[], b: readonly string[]): number =>
  a.map((part, at) => order(part, b[at] ?? '')).find((each) => each !== 0) ?? 0

/** Of lessons that say the same. */
function habitIn(lessons: readonly Learned[]): Habit[] {
  const byTime = lessons.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const [first, last] = [byTime[0], byTime.at(-1)]
  if (first === undefined || last === undefined) return []
  const refusals = lessons.filter(({ isNot }) => isNot).length
  const times = lessons.length - refusals
  const days = last.kind === 'days' ? usualDays(lessons.map(({ seen }) => Number(seen))) : undefined
  const { habitId: id, kind, party, partyId, partyName, seen } = last
  return [
    {
      id,
      kind,
      party,
      partyId,
      partyName,
      seen,
      times,
      refusals,
      days: days === undefined ? null : { usual: days.usual, least: days.least, most: days.most },
      since: first.at,
      last: last.at,
      verdict: days === undefined ? verdictOf({ times, refusals }) : days.isRule ? 'for' : 'none',
    },
  ]
}
