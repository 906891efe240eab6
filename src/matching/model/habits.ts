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
  /** How many decisions say so, of those that say anything of what was seen. */
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

/** The lessons together: what was said oftener than it was denied. */
export function habitsOf(lessons: Iterable<Lesson>): Habits {
  const parties = new Map<string, Map<string, number>>()
  const days = new Map<string, number[]>()
  for (const { kind, seen, party, isNot } of lessons) {
    if (kind === 'days') {
      const known = days.get(party)
      if (known === undefined) days.set(party, [Number(seen)])
      else known.push(Number(seen))
      continue
    }
    const key = `${kind} ${seen}`
    const counts = parties.get(key) ?? new Map<string, number>()
    parties.set(key, counts.set(party, (counts.get(party) ?? 0) + (isNot ? -1 : 1)))
  }
  const late = new Map([...days].flatMap(([party, all]) => ruleOf(party, all)))
  return {
    partiesOf: (shown) =>
      shownBy(shown).flatMap(([kind, seen]) => {
        const counts = [...(parties.get(`${kind} ${seen}`) ?? [])].filter(([, times]) => times > 0)
        // The first words of what a bank writes on every line say nothing of anybody.
        if (kind === 'text' && counts.length > textPartiesMax) return []
        const of = counts.reduce((total, [, times]) => total + times, 0)
        return counts.map(([party, times]) => ({ party, kind, times, of })).toSorted((a, b) => b.times - a.times)
      }),
    daysLateOf: (party) => late.get(party),
  }
}

function ruleOf(party: string, all: readonly number[]): [string, number][] {
  const sorted = all.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  const spread = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0)
  return middle === undefined || sorted.length < daysLessonsMin || spread > daysSpreadMax ? [] : [[party, middle]]
}
