// Who owes the same amount again and again pays it in turn: so of a party's equal entries and the lines that may pay them, the first
// line pays the first entry, as late as that party always pays, but for what was forgotten on either side.

import type { LineFeatures } from './features.ts'
import type { Hypothesis } from './hypothesis.ts'
import { packed, unpacked, worthOf } from './traits.ts'

/** More than this of either are not put in order. */
const turnsMax = 60
/** How late or early a party may be as a rule, in days, and in what steps that is looked for. */
const lateMin = -16
const lateMax = 64
const lateStep = 4
/** What it costs, in days, to leave a line or an entry out, and for each line to pay a day before or after the day as a rule. */
const lineLeftOut = 45
const entryLeftOut = 22
const earlyFactor = 0.25
const lateFactor = 0.2
/** And what it costs to pay when the bill is written, or so many days from that. */
const promptCost = 2
const promptMax = 12
/** The same of a line that was collected by direct debit, which is done on the day. */
const collectedFactor = 1.5
/** How much cheaper, in days for each line, an order is that is clear; and how much at least, for time to tell anything. */
const clearDays = 4
const tellingDays = 0.25
/** Further ahead than this is as good. */
const aheadMax = 63
/** What it is worth, in days, to give a line the entry that it names. */
const namedWorth = 100
/** A day that is this far from the rule is as good as any other; within these days of it the rule is kept. */
const farMax = 40
const keptDays = 3

/** The hypotheses, of which those of a series say whether it is their turn. */
export function inTurn(
  hypotheses: readonly Hypothesis[],
  dayOf: (place: number) => number,
  issueDayOf: (place: number) => number,
): Hypothesis[] {
  const series = Map.groupBy(hypotheses, (hypothesis) => hypothesis.series)
  const turns = new Map<Hypothesis, Turn>()
  for (const [key, claims] of series) {
    if (key === undefined) continue
    for (const [claim, turn] of turnsOf(claims, dayOf, issueDayOf)) turns.set(claim, turn)
  }
  if (turns.size === 0) return [...hypotheses]
  return hypotheses.map((hypothesis) => {
    const turn = turns.get(hypothesis)
    if (turn === undefined) return hypothesis
    const told: Record<string, number> = {
      ...unpacked(hypothesis.traits),
      [turn.isNext ? 'in turn' : 'out of turn']: 1,
    }
    if (turn.isWhole) told[turn.isNext ? 'in turn, none left out' : 'out of turn, none left out'] = 1
    if (turn.isClear) told[turn.isNext ? 'in turn, clear' : 'out of turn, clear'] = 1
    if (turn.isNext && turn.isWholeSoFar) told['in turn, none left out before'] = 1
    if (turn.isNext && turn.isOnlyOne) told['in turn, the only one'] = 1
    if (turn.isNext) {
      told['in turn, ahead'] = Math.log2(1 + Math.min(aheadMax, turn.ahead))
      told['in turn, off'] = Math.log2(1 + turn.off)
      told['in turn, kept'] = Math.log2(1 + turn.kept)
      told['in turn, broken'] = Math.log2(1 + turn.broken)
    }
    const traits = packed(told)
    return {
      ...hypothesis,
      traits,
      bits: worthOf(traits),
      ...((turn.ahead < tellingDays || turn.isTwin) && { isEven: true }),
    }
  })
}

type Turn = {
  /** The line's turn is this entry. */
  readonly isNext: boolean
  /** Nothing was left out; nothing was before this line. */
  readonly isWhole: boolean
  readonly isWholeSoFar: boolean
  /** No other order is nearly as good. */
  readonly isClear: boolean
  /** Another entry is expected on the same day. */
  readonly isTwin: boolean
  /** How much better it is than any other, in days for each line; and how far the line's day is from the rule. */
  readonly ahead: number
  readonly off: number
  /** How many other lines keep to the rule as this one does (0: it does not), and how often lines and entries in between break it. */
  readonly kept: number
  readonly broken: number
  /** No later one had been written when the line came. */
  readonly isOnlyOne: boolean
}

function turnsOf(
  claims: readonly Hypothesis[],
  dayOf: (place: number) => number,
  issueDayOf: (place: number) => number,
): (readonly [Hypothesis, Turn])[] {
  const theirs = claims.filter(mayBeTheirs)
  const lines = [...new Set((theirs.length > 0 ? theirs : claims).flatMap((claim) => claim.lines))].toSorted(
    (a, b) => a.day - b.day,
  )
  const entries = [...new Set(claims.flatMap((claim) => claim.entries))].toSorted(
    (a, b) => dayOf(a) - dayOf(b) || a - b,
  )
  if (entries.length < 2 || lines.length > turnsMax || entries.length > turnsMax) return []
  const named = namedBy(claims)
  const term = medianOf(entries.flatMap((place) => (issueDayOf(place) === 0 ? [] : [dayOf(place) - issueDayOf(place)])))
  const orders = lates(term).map((late) => {
    const order = inOrder(lines, entries, (line, place) => {
      const isBefore = line.day < issueDayOf(place) - 3
      const off = isBefore ? farMax : Math.min(farMax, Math.abs(line.day - dayOf(place) - late))
      const said = named.get(line)
      if (said === undefined) return off
      return said.has(place) ? off - namedWorth : namedWorth
    })
    return { ...order, late, cost: order.misfit + lines.reduce((total, line) => total + costOf(line, late, term), 0) }
  })
  const best = orders.reduce((cheapest, order) => (order.cost < cheapest.cost ? order : cheapest))
  const offOf = (line: LineFeatures, place: number): number => Math.abs(line.day - dayOf(place) - best.late)
  const keeping = new Set([...best.next].flatMap(([line, place]) => (offOf(line, place) <= keptDays ? [line] : [])))
  const broken = breaksIn(best.next, lines, entries, keeping)
  return claims.flatMap((claim) => {
    const [line] = claim.lines
    const [place] = claim.entries
    if (line === undefined || place === undefined) return []
    // Another order that gives this line something else: how much worse it fits, for each line.
    const others = orders.filter(({ next }) => next.get(line) !== best.next.get(line))
    const ahead = Math.max(0, Math.min(...others.map(({ misfit }) => misfit - best.misfit)) / lines.length)
    const at = entries.indexOf(place)
    const turn: Turn = {
      isNext: best.next.get(line) === place,
      isWhole: best.isWhole,
      isWholeSoFar: lines.slice(0, at + 1).every((each, before) => best.next.get(each) === entries[before]),
      isClear: ahead >= clearDays,
      isTwin: entries.some((other) => other !== place && dayOf(other) === dayOf(place)),
      ahead,
      off: Math.min(farMax, offOf(line, place)),
      kept: keeping.has(line) ? keeping.size - 1 : 0,
      broken,
      isOnlyOne: entries.slice(at + 1).every((later) => issueDayOf(later) > line.day),
    }
    return [[claim, turn] as const]
  })
}

/** What it costs that the rule is so many days late, for one line, of what is due so many days after it is written. */
function costOf({ isCollected }: LineFeatures, late: number, term = 0): number {
  if (isCollected === true) return Math.abs(late) * collectedFactor
  if (late >= 0) return late * lateFactor
  return Math.min(-late * earlyFactor, promptCost + Math.abs(late + term) * earlyFactor)
}

function medianOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** How many lines and entries between the first that are given and the last do not keep to the rule. */
function breaksIn(
  next: ReadonlyMap<LineFeatures, number>,
  lines: readonly LineFeatures[],
  entries: readonly number[],
  keeping: ReadonlySet<LineFeatures>,
): number {
  const given = lines.map((line) => next.has(line))
  const paid = new Set(next.values())
  const isPaid = entries.map((place) => paid.has(place))
  return lengthOf(given) - keeping.size + lengthOf(isPaid) - paid.size
}

/** From the first that is to the last. */
function lengthOf(among: readonly boolean[]): number {
  return among.lastIndexOf(true) - among.indexOf(true) + 1
}

/** Somebody else's line of the same amount has no turn, and is none that was left out. */
function mayBeTheirs({ identity, bits }: Hypothesis): boolean {
  return identity !== 'none' || bits >= 0
}

/** What says which of its entries a line is for: that is its turn, whatever the order. A reference that all of them carry says nothing. */
function namedBy(claims: readonly Hypothesis[]): ReadonlyMap<LineFeatures, ReadonlySet<number>> {
  const named = new Map<LineFeatures, Set<number>>()
  const unnamed = new Set<LineFeatures>()
  for (const { lines, entries, identity } of claims) {
    const [line, place] = [lines[0], entries[0]]
    if (line === undefined || place === undefined) continue
    if (identity === 'document') named.set(line, (named.get(line) ?? new Set()).add(place))
    else unnamed.add(line)
  }
  for (const line of named.keys()) if (!unnamed.has(line)) named.delete(line)
  return named
}

/** About when it is due; and, where that is long after it is written, about then. */
function lates(term = 0): number[] {
  return [...latesBetween(-term, Math.min(promptMax - term, lateMin - 1)), ...latesBetween(lateMin, lateMax)]
}

function latesBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / lateStep) + 1 }, (_, at) => from + at * lateStep)
}

type Order = {
  /** In days. */
  readonly misfit: number
  readonly next: ReadonlyMap<LineFeatures, number>
  /** No line is left out, and no entry before the last that is paid. */
  readonly isWhole: boolean
}

/** The cheapest way to give lines to entries so that neither overtakes. */
function inOrder(
  lines: readonly LineFeatures[],
  entries: readonly number[],
  misfitOf: (line: LineFeatures, place: number) => number,
): Order {
  const width = entries.length + 1
  const costs = new Float64Array((lines.length + 1) * width)
  const steps = new Uint8Array(costs.length)
  const [leaveLine, leaveEntry, give] = [1, 2, 3]
  for (let at = 0; at <= lines.length; at++) {
    for (let to = 0; to <= entries.length; to++) {
      if (at === 0 && to === 0) continue
      let [cost, step] = [Infinity, 0]
      if (at > 0) [cost, step] = [(costs[(at - 1) * width + to] ?? 0) + lineLeftOut, leaveLine]
      // Entries behind the last line are not due yet, and cost nothing.
      const left = to > 0 ? (costs[at * width + to - 1] ?? 0) + (at === lines.length ? 0 : entryLeftOut) : Infinity
      if (left < cost) [cost, step] = [left, leaveEntry]
      const [line, place] = [lines[at - 1], entries[to - 1]]
      if (line !== undefined && place !== undefined) {
        const given = (costs[(at - 1) * width + to - 1] ?? 0) + misfitOf(line, place)
        if (given <= cost) [cost, step] = [given, give]
      }
      costs[at * width + to] = cost
      steps[at * width + to] = step
    }
  }
  const next = new Map<LineFeatures, number>()
  for (let [at, to] = [lines.length, entries.length]; at > 0 || to > 0;) {
    const step = steps[at * width + to]
    if (step === give) {
      const [line, place] = [lines[at - 1], entries[to - 1]]
      if (line !== undefined && place !== undefined) next.set(line, place)
    }
    if (step !== leaveEntry) at -= 1
    if (step !== leaveLine) to -= 1
  }
  const paid = new Set(next.values())
  const last = entries.findLastIndex((place) => paid.has(place))
  const isWhole = next.size === lines.length && last + 1 === paid.size
  return { misfit: costs[lines.length * width + entries.length] ?? 0, next, isWhole }
}
