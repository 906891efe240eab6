// What people's decisions taught of a company's counterparties: under which account, name or words somebody pays, and when.

import type { Name } from './names.ts'

/**
 * One thing that one decision says. `party` is whom the entries are with.
 *
 * - `account`  pays from, or is paid to, this account
 * - `name`     the bank calls them so
 * - `text`     the text begins so, where the bank gives no name: card purchases
 * - `days`     paid so many days after it was expected
 */
export type Lesson = {
  readonly kind: 'account' | 'name' | 'text' | 'days'
  /** The account, the name, the words; for `days` the number of them. */
  readonly seen: string
  readonly party: string
  /** Learnt from a refusal: it is not so. */
  readonly isNot: boolean
}

/** A counterparty that a line is known to be with. */
export type KnownParty = {
  readonly party: string
  readonly kind: 'account' | 'name' | 'text'
  /** How many more decisions say so than deny it, of those that name anybody; below zero, that many more deny it: it is known not to be them. */
  readonly times: number
  readonly of: number
}

export type Habits = {
  /** Whom what the line shows is known to belong to, the most often first. */
  partiesOf(seen: Seen): readonly KnownParty[]
  /** How many days after it was expected this party pays, as a rule; undefined where nothing is known or it varies. */
  daysLateOf(party: string): number | undefined
}

/** What a line shows of its other side: an account, a name, the first words of its text. */
export type Seen = { readonly account?: string; readonly name?: Name; readonly opening?: string }

export const noHabits: Habits = { partiesOf: () => [], daysLateOf: () => undefined }

/** Of more counterparties than this, the words with which a text begins are the bank's. */
const textPartiesMax = 2
/** How few decisions say when somebody pays, and within how many days of each other they must be. */
const daysLessonsMin = 3
const daysSpreadMax = 6

/** One refusal may have been of the entry and not of the party. */
const refusalsMin = 2

/** What a decision about these lines and entries teaches. Entries of several parties teach nothing of either. */
export function lessonsOf(
  lines: readonly (Seen & { readonly valueDay: number })[],
  entries: readonly Expected[],
  isNot = false,
): readonly Lesson[] {
  const [party, ...others] = new Set(entries.map((entry) => entry.party))
  if (party === undefined || others.length > 0) return []
  const lessons = lines.flatMap((line) => [
    ...shownBy(line).map(([kind, seen]) => ({ kind, seen, party, isNot })),
    ...(isNot ? [] : daysBetween(line, entries)).map((days) => ({
      kind: 'days' as const,
      seen: String(days),
      party,
      isNot,
    })),
  ])
  return lessons
}

type Expected = { readonly party?: string; readonly expectedDay?: number }

function daysBetween(line: { readonly valueDay: number }, entries: readonly Expected[]): number[] {
  const [only, ...others] = entries
  return only?.expectedDay === undefined || others.length > 0 ? [] : [line.valueDay - only.expectedDay]
}

function shownBy({ account, name, opening }: Seen): (readonly [KnownParty['kind'], string])[] {
  return [
    ...(account === undefined ? [] : [['account', account] as const]),
    ...(name === undefined ? [] : [['name', name.key] as const]),
    ...(opening === undefined ? [] : [['text', opening] as const]),
  ]
}

/** What is made of so many decisions that say it is so and so many that it is not. */
export function verdictOf({ times, refusals }: { readonly times: number; readonly refusals: number }): Verdict {
  if (times > refusals) return 'for'
  return refusals - times >= refusalsMin ? 'against' : 'none'
}

/** Whether matching takes it to be so, takes it not to be so, or makes nothing of it. */
export type Verdict = 'for' | 'against' | 'none'

/** The lessons together. */
export function habitsOf(lessons: Iterable<Lesson>): Habits {
  const parties = new Map<string, Map<string, { times: number; refusals: number }>>()
  const days = new Map<string, number[]>()
  for (const { kind, seen, party, isNot } of lessons) {
    if (kind === 'days') {
      const known = days.get(party)
      if (known === undefined) days.set(party, [Number(seen)])
      else known.push(Number(seen))
      continue
    }
    const key = `${kind} ${seen}`
    const ofSeen = parties.get(key) ?? new Map<string, { times: number; refusals: number }>()
    parties.set(key, ofSeen)
    const { times, refusals } = ofSeen.get(party) ?? { times: 0, refusals: 0 }
    ofSeen.set(party, isNot ? { times, refusals: refusals + 1 } : { times: times + 1, refusals })
  }
  const known = new Map([...parties].map(([key, ofSeen]) => [key, knownOf(ofSeen)]))
  const late = new Map([...days].flatMap(([party, all]) => ruleOf(party, all)))
  return {
    partiesOf: (shown) =>
      shownBy(shown).flatMap(([kind, seen]) => {
        const named = known.get(`${kind} ${seen}`) ?? []
        // The first words of what a bank writes on every line say nothing of anybody.
        if (kind === 'text' && named.filter(({ times }) => times > 0).length > textPartiesMax) return []
        return named.map((party) => Object.assign({ kind }, party))
      }),
    daysLateOf: (party) => late.get(party),
  }
}

/** Of whom something was said, those that it settles: the most often named first, those that were denied last. */
function knownOf(
  ofSeen: ReadonlyMap<string, { readonly times: number; readonly refusals: number }>,
): readonly Omit<KnownParty, 'kind'>[] {
  const settled = [...ofSeen].filter(([, counts]) => verdictOf(counts) !== 'none')
  const of = settled.reduce((total, [, { times, refusals }]) => total + Math.max(0, times - refusals), 0)
  return settled
    .map(([party, { times, refusals }]) => ({ party, times: times - refusals, of }))
    .toSorted((a, b) => b.times - a.times)
}

function ruleOf(party: string, all: readonly number[]): [string, number][] {
  const days = usualDays(all)
  return days?.isRule === true ? [[party, days.usual]] : []
}

/** When somebody pays, in days after it was expected; and whether that is so regular that it says something. */
export function usualDays(
  all: readonly number[],
): { readonly usual: number; readonly least: number; readonly most: number; readonly isRule: boolean } | undefined {
  const sorted = all.toSorted((a, b) => a - b)
  const [usual, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)]
  if (usual === undefined || least === undefined || most === undefined) return undefined
  return { usual, least, most, isRule: sorted.length >= daysLessonsMin && most - least <= daysSpreadMax }
}
