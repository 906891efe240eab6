// Calls the one function that production calls, and counts.

import { proposeMatches } from '../../../src/matching/model/propose-matches.ts'
import type { MatchProposal } from '../../../src/matching/model/types.ts'
import type { LabelledBooks, Truth } from './books.ts'

export type Figures = {
  /** Lines that belong to an entry or to another line. */
  readonly withCounterpart: number
  readonly withoutCounterpart: number
  readonly automatic: number
  readonly automaticRight: number
  /** Automatic ones whose lines belong to nothing. */
  readonly automaticOfNothing: number
  readonly rightFirst: number
  readonly rightInThree: number
  readonly spentTwice: number
  /** Each wrong automatic match, told so that it can be found. */
  readonly wrong: readonly string[]
  /** Lines with a counterpart by story, and how many of them were booked. */
  readonly stories: ReadonlyMap<string, { readonly lines: number; readonly booked: number; readonly first: number }>
  /** Confidence and rightness of every first proposal, for calibration. */
  readonly said: readonly { readonly confidence: number; readonly right: boolean }[]
}

export function measure({ truth, ...books }: LabelledBooks): {
  readonly figures: Figures
  readonly proposals: readonly MatchProposal[]
} {
  const proposals = proposeMatches({ ...books, decided: { confirmed: [], rejected: [] } })
  const byLine = new Map<string, MatchProposal[]>()
  for (const proposal of proposals) {
    for (const id of new Set(proposal.links.map(({ transactionId }) => transactionId)))
      byLine.set(id, [...(byLine.get(id) ?? []), proposal])
  }
  const stories = new Map<string, { lines: number; booked: number; first: number }>()
  const counts = {
    withCounterpart: 0,
    withoutCounterpart: 0,
    automatic: 0,
    automaticRight: 0,
    automaticOfNothing: 0,
    rightFirst: 0,
    rightInThree: 0,
  }
  const wrong: string[] = []
  const said: { confidence: number; right: boolean }[] = []
  for (const [id, expected] of truth) {
    const ranked = (byLine.get(id) ?? []).toSorted((a, b) => a.rank - b.rank)
    const hasCounterpart = expected.entryIds.length + expected.lineIds.length > 0
    counts[hasCounterpart ? 'withCounterpart' : 'withoutCounterpart'] += 1
    const story = stories.get(expected.story) ?? { lines: 0, booked: 0, first: 0 }
    stories.set(expected.story, story)
    story.lines += 1
    const [first] = ranked
    if (first === undefined) continue
    const right = isRight(first, id, expected)
    said.push({ confidence: first.confidence, right })
    if (right) {
      counts.rightFirst += 1
      story.first += 1
    }
    if (ranked.some((proposal) => isRight(proposal, id, expected))) counts.rightInThree += 1
    if (!first.automatic) continue
    counts.automatic += 1
    story.booked += 1
    if (right) counts.automaticRight += 1
    else
      wrong.push(
        `${expected.story} ${id}: ${JSON.stringify(first, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`,
      )
    if (!hasCounterpart) counts.automaticOfNothing += 1
  }
  return { figures: { ...counts, wrong, stories, said, spentTwice: spentTwice(books, proposals) }, proposals }
}

/** Whether the proposal gives this line exactly its entries, or its other line. */
function isRight(proposal: MatchProposal, id: string, { entryIds, lineIds }: Truth): boolean {
  const linked = proposal.links
    .filter(({ transactionId }) => transactionId === id)
    .flatMap(({ entryId }) => entryId ?? [])
  if (entryIds.length > 0) return sameSet(linked, entryIds)
  const others = proposal.links.map(({ transactionId }) => transactionId).filter((other) => other !== id)
  return linked.length === 0 && lineIds.length > 0 && sameSet(others, lineIds)
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each))
}

/** Entries of which automatic matches spend more than is open, by direction (a transfer's halves spend it once each). */
function spentTwice({ entries }: Pick<LabelledBooks, 'entries'>, proposals: readonly MatchProposal[]): number {
  const spent = new Map<string, bigint>()
  for (const { automatic, links } of proposals) {
    if (!automatic) continue
    for (const { entryId, entryAmount, amount } of links) {
      if (entryId === null) continue
      const key = `${entryId} ${amount > 0n}`
      spent.set(key, (spent.get(key) ?? 0n) + (entryAmount ?? amount))
    }
  }
  const open = new Map<string, bigint>(entries.map(({ id, openAmount }) => [id, size(openAmount)]))
  return [...spent].filter(([key, amount]) => size(amount) > (open.get(key.split(' ')[0]!) ?? 0n)).length
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
