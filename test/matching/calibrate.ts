// node test/matching/calibrate.ts DIR…: learns from labelled books (node test/matching/labelled/main.ts --out DIR …) what each trait of
// a hypothesis is worth, and writes src/matching/model/learned.ts. What is there was learnt from labelled books of seeds 11 and 14 (3,000
// and 400 entries, all countries), 16 (20,000, SE and GB), 17 and 18 (5,000), and from businesses of seeds 21 and 22 (2,500), 23 (400),
// 24 (20,000, DK and NL), and 31 to 33 (2,000).
//
// Of each line, one of its explanations is right or none: so the worths are those under which the right ones are likeliest (a
// conditional logit, "none" being worth 0). What labelled books seldom show stays near what was judged: a worth is pulled towards
// its first value, which is 1 for evidence (a bit is a bit).

import { createReadStream, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { booksIn } from '../../src/cli/match/books.ts'
import type { LineFeatures } from '../../src/matching/model/features.ts'
import type { Hypothesis } from '../../src/matching/model/hypothesis.ts'
import { learned } from '../../src/matching/model/learned.ts'
import { placeTraits } from '../../src/matching/model/confidence.ts'
import { matchBooks, type CompanyBooks } from '../../src/matching/model/match-books.ts'
import { shelfOf } from '../../src/matching/model/shelf.ts'
import { unpacked, type Told } from '../../src/matching/model/traits.ts'
import type { TruthRecord } from './labelled/format.ts'

/** A line: its explanations' traits, and which of them is right (-1: none of them). */
type Choice = { readonly options: readonly Option[]; readonly right: number }
type Option = { readonly traits: Int32Array; readonly values: Float64Array }

const sets: { readonly books: CompanyBooks; readonly truth: ReadonlyMap<string, TruthRecord> }[] = []
for (const dir of process.argv.slice(2)) {
  const truth = new Map<string, TruthRecord>()
  for await (const line of createInterface({ input: createReadStream(`${dir}/truth.jsonl`) })) {
    if (line === '') continue
    const record: TruthRecord = JSON.parse(line)
    truth.set(record.transactionId, record)
  }
  for await (const { books } of booksIn(dir)) {
    // The files are closed when the next folder is read.
    const entries = Array.from({ length: books.entries.size }, (_, at) => books.entries.at(at))
    sets.push({ books: { ...books, entries: shelfOf(entries) }, truth })
  }
}

/** The same object that the engine reads. */
const worthsNow = learned as Record<string, number>
const names = new Map<string, number>()
const choices: Choice[] = []
for (const { books, truth } of sets) {
  const byLine = new Map<LineFeatures, Hypothesis[]>()
  matchBooks(books, {
    round(round, standings) {
      if (round > 1) return
      for (const { hypothesis } of standings) {
        for (const line of hypothesis.lines) {
          const known = byLine.get(line)
          if (known === undefined) byLine.set(line, [hypothesis])
          else known.push(hypothesis)
        }
      }
    },
  })
  const idAt = (place: number): string => books.entries.at(place).id
  const isGone = goneBefore([...byLine.keys()], truth)
  for (const [features, hypotheses] of byLine) {
    const expected = truth.get(features.line.id)
    if (expected === undefined) continue
    // Of a series it is the engine that says whose turn it is, and with all of them before it.
    const left = hypotheses.filter(
      ({ entries, series }) => series !== undefined || !entries.some((place) => isGone(idAt(place), features)),
    )
    choices.push({
      options: left.map(({ traits }) => optionOf(unpacked(traits))),
      right: left.findIndex((hypothesis) => isRight(hypothesis, expected, idAt)),
    })
  }
}

/**
 * Whether an entry is settled before the line by others, as an invoice is that is paid a second time: what that line says of it is as
 * good evidence as the first one's, and what makes it wrong is the first one, which `learnedPlaces` weighs.
 */
function goneBefore(
  lines: readonly LineFeatures[],
  truth: ReadonlyMap<string, TruthRecord>,
): (entryId: string, line: LineFeatures) => boolean {
  const settled = new Map<string, { lastDay: number; readonly by: Set<string> }>()
  for (const { line, day } of lines) {
    for (const entryId of truth.get(line.id)?.entryIds ?? []) {
      const known = settled.get(entryId) ?? { lastDay: day, by: new Set() }
      settled.set(entryId, known)
      known.lastDay = Math.max(known.lastDay, day)
      known.by.add(line.id)
    }
  }
  return (entryId, { line, day }) => {
    const known = settled.get(entryId)
    return known !== undefined && !known.by.has(line.id) && known.lastDay <= day
  }
}

function optionOf(traits: Told): Option {
  return numbered(traits, names)
}

function numbered(traits: Told, numbers: Map<string, number>): Option {
  const told = Object.entries(traits)
  for (const [name] of told) if (!numbers.has(name)) numbers.set(name, numbers.size)
  return {
    traits: Int32Array.from(told, ([name]) => numbers.get(name) ?? 0),
    values: Float64Array.from(told, ([, value]) => value),
  }
}

function isRight({ lines, entries }: Hypothesis, expected: TruthRecord, idAt: (place: number) => string): boolean {
  if (expected.entryIds.length > 0)
    return (
      (lines.length === 1 ||
        lines.every(
          ({ line }) => line.id === expected.transactionId || expected.withTransactionIds.includes(line.id),
        )) &&
      entries.length === expected.entryIds.length &&
      entries.every((place) => expected.entryIds.includes(idAt(place)))
    )
  const others = lines.map(({ line }) => line.id).filter((id) => id !== expected.transactionId)
  return entries.length === 0 && others.length > 0 && others.every((id) => expected.withTransactionIds.includes(id))
}

const all = [...names.keys()]
const isEvidence = all.map((name) => name.includes('.'))
const first = Float64Array.from(all, (name, at) => (isEvidence[at] === true ? 1 : (judged(name) ?? 0)))
const worths = Float64Array.from(all, (name, at) => learned[name] ?? first[at] ?? 0)

/** What was thought of traits that are no evidence before anything was learnt. */
function judged(name: string): number | undefined {
  if (
    /^(books|sum (bits|members|documents|foreign document|party|time|text|account)|batch bits|cancel shared)$/.test(
      name,
    )
  )
    return 1
  return { any: 0.6, 'half missing': -6, 'is cancellation': -6, 'is bare transfer': -6, 'is booked transfer': 8 }[name]
}

/**
 * How strongly a worth is held to its first value. Of several, the one under which what was learnt from stories does best for businesses, and
 * the other way round.
 */
const hold = 10
const placesHold = 30
const rounds = 200
const step = 0.05
const moments = { first: new Float64Array(all.length), second: new Float64Array(all.length) }
for (let round = 1; round <= rounds; round++) {
  const slope = new Float64Array(all.length)
  let loss = 0
  for (const { options, right } of choices) {
    const bits = options.map(bitsOf)
    const most = Math.max(0, ...bits)
    const powers = bits.map((each) => 2 ** (each - most))
    const total = powers.reduce((sum, each) => sum + each, 2 ** -most)
    loss += Math.log2(total) + most - (right < 0 ? 0 : (bits[right] ?? 0))
    for (const [at, option] of options.entries()) {
      const excess = (powers[at] ?? 0) / total - (at === right ? 1 : 0)
      for (const [index, trait] of option.traits.entries()) slope[trait]! += excess * option.values[index]!
    }
  }
  for (const [at, worth] of worths.entries()) {
    const pull = slope[at]! + hold * (worth - first[at]!)
    moments.first[at] = 0.9 * moments.first[at]! + 0.1 * pull
    moments.second[at] = 0.999 * moments.second[at]! + 0.001 * pull * pull
    const mean = moments.first[at] / (1 - 0.9 ** round)
    const spread = Math.sqrt(moments.second[at] / (1 - 0.999 ** round))
    worths[at] = worth - (step * slowed(round, rounds) * mean) / (spread + 1e-9)
    // Evidence may turn out to be worth nothing, never the opposite of what it says.
    if (isEvidence[at] === true) worths[at] = Math.max(0, worths[at])
  }
  if (round % 50 === 0) process.stderr.write(`${round}: ${(loss / choices.length).toFixed(4)} bits a line\n`)
}

/** Steps get smaller at the end. */
function slowed(round: number, of: number): number {
  return Math.min(1, ((of - round + 1) / of) * 3)
}

function bitsOf({ traits, values }: Option): number {
  let bits = 0
  for (const [index, trait] of traits.entries()) bits += worths[trait]! * values[index]!
  return bits
}

for (const [at, name] of all.entries()) worthsNow[name] = worths[at]!

// With those worths, where do right and wrong hypotheses stand among each other? A logistic curve over the numbers of the place.
const placeNames = new Map<string, number>()
const stood: { readonly option: Option; readonly isRight: boolean }[] = []
for (const { books, truth } of sets) {
  const idAt = (place: number): string => books.entries.at(place).id
  matchBooks(books, {
    round(round, standings) {
      if (round > 1) return
      for (const { hypothesis, place } of standings) {
        const expected = truth.get(hypothesis.lines[0]!.line.id)
        if (expected === undefined) continue
        stood.push({
          option: numbered(placeTraits(place, hypothesis), placeNames),
          isRight: isRight(hypothesis, expected, idAt),
        })
      }
    },
  })
}
const places = logistic(stood, [...placeNames.keys()])

function logistic(standing: typeof stood, keys: readonly string[]): Float64Array {
  const before = Float64Array.from(keys, (name) => ({ own: 1, earlier: -1, later: -1 })[name] ?? 0)
  const weights = before.slice()
  const [drift, spread] = [new Float64Array(keys.length), new Float64Array(keys.length)]
  for (let round = 1; round <= 200; round++) {
    const slope = new Float64Array(keys.length)
    for (const { option, isRight: right } of standing) {
      let bits = 0
      for (const [index, trait] of option.traits.entries()) bits += weights[trait]! * option.values[index]!
      const excess = 1 / (1 + 2 ** -bits) - Number(right)
      for (const [index, trait] of option.traits.entries()) slope[trait]! += excess * option.values[index]!
    }
    for (const at of keys.keys()) {
      const pull = slope[at]! + placesHold * (weights[at]! - before[at]!)
      drift[at] = 0.9 * drift[at]! + 0.1 * pull
      spread[at] = 0.999 * spread[at]! + 0.001 * pull * pull
      weights[at]! -=
        (0.03 * slowed(round, 200) * drift[at]) /
        (1 - 0.9 ** round) /
        (Math.sqrt(spread[at] / (1 - 0.999 ** round)) + 1e-9)
    }
  }
  return weights
}

const rowsOf = (keys: readonly string[], values: Float64Array): string =>
  keys
    .map((name, at) => [name, Math.round(values[at]! * 1000) / 1000] as const)
    .filter(([, worth]) => Math.abs(worth) >= 0.02)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, worth]) => `  '${name}': ${worth},`)
    .join('\n')
writeFileSync(
  new URL('../../src/matching/model/learned.ts', import.meta.url),
  `// Made by \`node test/matching/calibrate.ts\`, from ${choices.length} lines.
// oxlint-disable oxc/approx-constant

/** What each trait of a hypothesis is worth, in bits. */
export const learned: Readonly<Record<string, number>> = {
${rowsOf(all, worths)}
}

/** What each number of where a hypothesis stands is worth, in bits of the odds that it is right. */
export const learnedPlaces: Readonly<Record<string, number>> = {
${rowsOf([...placeNames.keys()], places)}
}
`,
)
