// Predictions against the truth: the figures by which matching is judged.

import type { TruthRecord } from './labelled/format.ts'

/** A group as `npm run match` writes it. */
export type Group = {
  readonly transactionIds: readonly string[]
  readonly entryIds: readonly string[]
  readonly confidence: number
  readonly auto: boolean
}

export type Figures = {
  readonly lines: number
  readonly withCounterpart: number
  readonly certain: number
  /** Lines that were booked, and of them those that were booked right. */
  readonly booked: number
  readonly bookedRight: number
  /** Of the lines with a counterpart and of the certain ones, those that were booked right. */
  readonly certainBooked: number
  readonly bookedOfNothing: number
  readonly rightFirst: number
  readonly rightInThree: number
  /** Confidence and rightness of every group. */
  readonly said: readonly (readonly [confidence: number, isRight: boolean])[]
  readonly stories: ReadonlyMap<string, Story>
  readonly wrong: readonly { readonly story: string; readonly transactionId: string; readonly group: Group }[]
}

export type Story = { lines: number; booked: number; wrong: number; first: number; inThree: number; certain: number }

export function figuresOf(truth: Iterable<TruthRecord>, groups: Iterable<Group>): Figures {
  const expected = new Map<string, TruthRecord>()
  for (const record of truth) expected.set(record.transactionId, record)
  const byLine = new Map<string, Group[]>()
  const said: [number, boolean][] = []
  for (const group of groups) {
    said.push([
      group.confidence,
      group.transactionIds.every((id) => {
        const record = expected.get(id)
        return record !== undefined && isRight(group, record)
      }),
    ])
    for (const id of group.transactionIds) {
      const known = byLine.get(id)
      if (known === undefined) byLine.set(id, [group])
      else known.push(group)
    }
  }
  const counts = {
    lines: 0,
    withCounterpart: 0,
    certain: 0,
    booked: 0,
    bookedRight: 0,
    certainBooked: 0,
    bookedOfNothing: 0,
    rightFirst: 0,
    rightInThree: 0,
  }
  const stories = new Map<string, Story>()
  const wrong: { story: string; transactionId: string; group: Group }[] = []
  for (const [id, record] of expected) {
    const story = stories.get(record.story) ?? { lines: 0, booked: 0, wrong: 0, first: 0, inThree: 0, certain: 0 }
    stories.set(record.story, story)
    counts.lines += 1
    story.lines += 1
    const has = record.entryIds.length + record.withTransactionIds.length > 0
    if (has) counts.withCounterpart += 1
    if (has && record.certain) {
      counts.certain += 1
      story.certain += 1
    }
    const ranked = (byLine.get(id) ?? []).toSorted(
      (a, b) => Number(b.auto) - Number(a.auto) || b.confidence - a.confidence,
    )
    const rights = ranked.slice(0, 3).map((group) => isRight(group, record))
    if (rights[0] === true) {
      counts.rightFirst += 1
      story.first += 1
    }
    if (rights.includes(true)) {
      counts.rightInThree += 1
      story.inThree += 1
    }
    const [first] = ranked
    if (first?.auto !== true) continue
    counts.booked += 1
    story.booked += 1
    if (rights[0] === true) {
      counts.bookedRight += 1
      if (record.certain) counts.certainBooked += 1
      continue
    }
    story.wrong += 1
    wrong.push({ story: record.story, transactionId: id, group: first })
    if (!has) counts.bookedOfNothing += 1
  }
  return { ...counts, said, stories, wrong }
}

/** Whether the group gives this line exactly its entries; or, where the books hold nothing, exactly its other lines. */
function isRight({ transactionIds, entryIds }: Group, record: TruthRecord): boolean {
  if (record.entryIds.length > 0) return sameSet(entryIds, record.entryIds)
  const others = transactionIds.filter((id) => id !== record.transactionId)
  return entryIds.length === 0 && others.length > 0 && sameSet(others, record.withTransactionIds)
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each))
}

/** The expected calibration error: how far, in ten classes of confidence, the share that is right is from what was said. */
export function calibrationError(said: Figures['said']): number {
  const classes = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }))
  for (const [confidence, right] of said) {
    const at = classes[Math.min(9, Math.floor(confidence * 10))]
    if (at === undefined) continue
    at.count += 1
    at.confidence += confidence
    at.right += Number(right)
  }
  return (
    classes.reduce((total, { confidence, right }) => total + Math.abs(confidence - right), 0) / Math.max(1, said.length)
  )
}

export function tableOf(figures: Figures): string {
  const { withCounterpart, certain, booked, bookedRight, lines } = figures
  return [
    `automatic matches that are right        ${share(bookedRight, booked)}`,
    `with a counterpart, booked right        ${share(bookedRight, withCounterpart)}`,
    `certain ones, booked right              ${share(figures.certainBooked, certain)}`,
    `right answer first                      ${share(figures.rightFirst, withCounterpart)}`,
    `right answer among three                ${share(figures.rightInThree, withCounterpart)}`,
    `without a counterpart, booked           ${share(figures.bookedOfNothing, lines - withCounterpart)}`,
    `calibration error, all groups           ${calibrationError(figures.said).toFixed(4)}`,
  ].join('\n')
}

export function storiesOf({ stories }: Figures): string {
  const rows = [...stories].toSorted(([, a], [, b]) => b.lines - a.lines)
  return rows
    .map(
      ([name, story]) =>
        `${name.padEnd(44)} ${String(story.lines).padStart(6)} lines, ${percent(story.certain, story)} certain, ` +
        `${percent(story.booked, story)} booked, ${String(story.wrong).padStart(4)} wrong, ${percent(story.first, story)} first, ${percent(story.inThree, story)} in three`,
    )
    .join('\n')
}

function share(some: number, all: number): string {
  return `${((100 * some) / Math.max(1, all)).toFixed(2)} % (${some} of ${all})`
}

function percent(some: number, { lines }: Story): string {
  return `${Math.round((100 * some) / lines)} %`.padStart(5)
}
