// A company's labelled books: first the world, then what people confirmed, then what is asked, then what lies around.

import { chance as chanceOf, type Chance } from '../random.ts'
import { booksOf, entryRecord, idsOf, numberer, transactionRecord, truthRecord, type Books } from './books.ts'
import { bystander } from './bulk.ts'
import { settleOldestFirst } from './convention.ts'
import type { EntryRecord, Generator, HistoryRecord } from './format.ts'
import { judge } from './judge.ts'
import { lands } from './lands/index.ts'
import { payersOf } from './payers.ts'
import type { Scene } from './scene.ts'
import { stories } from './stories/index.ts'
import { worldOf, type World } from './world.ts'

/** Half as many lines as entries; of very many, entries grow faster. */
export function linesFor(entries: number): number {
  if (entries <= 1_000) return Math.round(entries * 0.55)
  return Math.round(entries <= 50_000 ? Math.max(550, entries * 0.5) : 25_000 * (entries / 50_000) ** 0.4628)
}

export const generate: Generator = ({ seed, country, entries }) => {
  const chance = chanceOf(seed * 31 + country.charCodeAt(0) * 7 + country.charCodeAt(1))
  const land = lands[country]()
  const id = `co_${country.toLowerCase()}${seed}`
  const world = worldOf(chance, land, { id, entries })
  const lineCount = linesFor(entries)
  const [itemId, lineId] = [
    idsOf(`en_${country.toLowerCase()}${seed}`, seed),
    idsOf(`tx_${country.toLowerCase()}${seed}`, seed + 1),
  ]
  const book = (): Books => booksOf({ currency: land.currency, itemId, lineId })
  const scene = sceneOf(chance, world, { entries, lineCount })

  const past = book()
  const historyEnds = world.span.begin - 1
  const remembered = Math.round(lineCount * (0.06 + 0.08 * chance.next()))
  tell({ ...scene, books: past, from: world.span.first + 20, to: historyEnds }, remembered, taught)
  for (const item of past.items) item.open = 0

  const asked = book()
  const stage: Scene = { ...scene, books: asked, from: world.span.begin, to: world.span.end }
  tell(stage, lineCount)
  const isHistoryInBooks = chance.is(0.5)
  const rest = Math.max(0, entries - asked.items.length - (isHistoryInBooks ? past.items.length : 0))
  const openCount = Math.round(Math.min(0.45 * rest, 0.05 * entries + 0.3 * lineCount))
  for (let at = 0; at < openCount; at++) bystander(stage, { settled: false })
  const settled = settledRecords(stage, { count: rest - openCount, book, companyId: id })

  settleOldestFirst(asked.lines, asked.items)
  judge({
    lines: asked.lines,
    items: asked.items,
    payers: payersOf({ land, items: [...asked.items, ...past.items], history: past.lines, parties: partiesOf(world) }),
  })

  const pastEntries = isHistoryInBooks ? past.items.map((item) => entryRecord(item, id)) : []
  const lines = asked.lines.toSorted((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1))
  return {
    company: world.company,
    entries: [...asked.items.map((item) => entryRecord(item, id)), ...pastEntries, ...settled].toSorted(byIssue),
    transactions: lines.map((line) => transactionRecord(line, id)),
    history: historyOf(past, id),
    truth: lines.map((line) => truthRecord(line, id)),
  }
}

function byIssue(a: EntryRecord, b: EntryRecord): number {
  if (a.issueDate !== b.issueDate) return a.issueDate < b.issueDate ? -1 : 1
  return a.id < b.id ? -1 : 1
}

function sceneOf(
  chance: Chance,
  world: World,
  { entries, lineCount }: { entries: number; lineCount: number },
): Omit<Scene, 'books' | 'from' | 'to'> {
  const said = new Set<string>()
  const { first, begin, end } = world.span
  const late = (lineCount * 0.75) / (entries * 0.55 + lineCount * 0.2)
  const numbering = { first, knee: begin - 45, last: end, lateShare: Math.min(0.85, Math.max(0.3, late)) }
  return {
    chance,
    land: world.land,
    world,
    saleNumber: numberer(chance, { ...numbering, expected: Math.ceil(entries * 0.6) + 40 }),
    voucherNumber: numberer(chance, { ...numbering, expected: Math.ceil(entries * 0.2) + 40 }),
    once: (what) => said.size !== said.add(what).size,
  }
}

/** What people confirm by hand is what could not be seen at once: the parties with their own ways, over and over. */
const taught = (story: string): number => (/^kin|^less.fee|sum-only|^alike/.test(story) ? 3.5 : 0.9)

/** Tells stories until each has its share of the lines. */
function tell(scene: Scene, lineCount: number, weightOf: (story: string) => number = () => 1): void {
  const { chance, books } = scene
  const wanted = new Map(
    stories.map(({ name, share }) => [
      name,
      Math.floor((share / total()) * weightOf(name) * lineCount + chance.next()),
    ]),
  )
  const waiting = stories.filter(({ name }) => (wanted.get(name) ?? 0) > 0)
  let tries = 0
  while (waiting.length > 0) {
    const at = chance.between(0, waiting.length - 1)
    const story = waiting[at]!
    const before = books.lines.length
    story.tell(scene, story.name)
    const told = books.lines.length - before
    const left = wanted.get(story.name)! - told - (told === 0 ? emptyTry(++tries) : 0)
    wanted.set(story.name, left)
    if (left <= 0) waiting.splice(at, 1)
  }
}

const total = (): number => stories.reduce((all, { share }) => all + share, 0)

/** What cannot be told again (a month's rent is paid once) is not tried for ever. */
const emptyTry = (tries: number): number => (tries % 4 === 0 ? 1 : 0)

function settledRecords(
  stage: Scene,
  { count, book, companyId }: { count: number; book: () => Books; companyId: string },
): EntryRecord[] {
  const books = book()
  const scene = { ...stage, books }
  return Array.from({ length: count }, () => {
    bystander(scene, { settled: true })
    return entryRecord(books.items.pop()!, companyId)
  })
}

function historyOf(past: Books, companyId: string): HistoryRecord[] {
  return past.lines
    .filter((line) => line.items.length > 0)
    .toSorted((a, b) => a.day - b.day)
    .map((line) => ({
      transaction: transactionRecord(line, companyId),
      entries: line.items.map((item) => entryRecord(item, companyId)),
    }))
}

const partiesOf = (world: World) => [
  ...world.customers,
  ...world.suppliers,
  ...world.employees,
  ...world.landlords,
  world.owner,
  ...Object.values(world.bodies).flat(),
]

/** What each story's share is of all lines, in a whole of one. */
export const declaredShares = (): Map<string, number> =>
  new Map(stories.map(({ name, share }) => [name, share / total()]))
