// The evaluation's files, read so that a million entries never stand in memory as objects: what is kept of an entry is where its
// line begins, and it is parsed when somebody looks at it.

import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { EntryShelf } from '../../matching/model/shelf.ts'
import type { BookEntry } from '../../matching/model/types.ts'

/** What a record is told as: where, and what is wrong with it. */
export class BadRecord extends Error {}

type Check<Shape> = {
  Check(value: unknown): value is Shape
  Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[]
}

/** The record in `line`. @throws {BadRecord} */
export function parseRecord<Shape>(line: string, check: Check<Shape>, place: string): Shape {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new BadRecord(`${place} is not JSON`)
  }
  if (check.Check(value)) return value
  const [fault] = check.Errors(value)
  throw new BadRecord(
    `${place}${fault === undefined ? '' : ` ${fault.instancePath}`}: ${fault?.message ?? 'is not what it should be'}`,
  )
}

/** Where lines begin and end in their file, in bytes. */
export type Spans = { readonly starts: Float64Array; readonly ends: Float64Array }

/** A JSONL file of which each line can be read by its number. */
export type LineFile = {
  readonly path: string
  readonly count: number
  readonly spans: Spans
  at(index: number): string
  close(): void
}

const chunkBytes = 1 << 20
const newline = 0x0a

/** Nothing, or the end of a line that a Windows program wrote. */
const isBlank = (from: number, to: number): boolean => to - from < 2

/** A file that is not there has no lines. */
export function openLines(path: string): LineFile {
  return linesAt(path, existsSync(path) ? spansIn(path) : { starts: new Float64Array(), ends: new Float64Array() })
}

function spansIn(path: string): Spans {
  const file = openSync(path, 'r')
  const size = fstatSync(file).size
  const ends = new Growing()
  const chunk = Buffer.allocUnsafe(chunkBytes)
  const starts = new Growing()
  let from = 0
  for (let read = 0; read < size;) {
    const got = readSync(file, chunk, 0, chunkBytes, read)
    if (got === 0) break
    for (let at = chunk.indexOf(newline); at !== -1 && at < got; at = chunk.indexOf(newline, at + 1)) {
      if (!isBlank(from, read + at)) {
        starts.push(from)
        ends.push(read + at)
      }
      from = read + at + 1
    }
    read += got
  }
  if (!isBlank(from, size)) {
    starts.push(from)
    ends.push(size)
  }
  closeSync(file)
  return { starts: starts.all(), ends: ends.all() }
}

/** The lines of a file that stand there. */
export function linesAt(path: string, spans: Spans): LineFile {
  const { starts, ends } = spans
  if (starts.length === 0) return { path, count: 0, spans, at: () => '', close: () => undefined }
  const file = openSync(path, 'r')
  const size = fstatSync(file).size
  // A window over the file: records are mostly read one after the other, else each by itself.
  let window = { from: 0, to: 0 }
  const held = Buffer.allocUnsafe(chunkBytes)
  let last = -2
  return {
    path,
    count: starts.length,
    spans,
    at(index) {
      const [start = 0, end = 0] = [starts[index], ends[index]]
      if (start < window.from || end > window.to) {
        const isNext = index === last + 1
        const bytes = Math.max(end - start, isNext ? Math.min(chunkBytes, size - start) : 0)
        if (bytes > chunkBytes) throw new BadRecord(`${path} line ${index + 1} is longer than ${chunkBytes} bytes`)
        readSync(file, held, 0, bytes, start)
        window = { from: start, to: start + bytes }
      }
      last = index
      return held.toString('utf8', start - window.from, end - window.from)
    },
    close: () => closeSync(file),
  }
}

/** Every record of a file; none where there is no such file. */
export function* recordsIn<Shape>(path: string, check: Check<Shape>): Generator<Shape> {
  const lines = openLines(path)
  try {
    for (let at = 0; at < lines.count; at++) yield parseRecord(lines.at(at), check, `${path} line ${at + 1}`)
  } finally {
    lines.close()
  }
}

export function readJson<Shape>(path: string, check: Check<Shape>): Shape | undefined {
  return existsSync(path) ? parseRecord(readFileSync(path, 'utf8'), check, path) : undefined
}

/** The lines of a file by the company that each names, without parsing them whole. */
export function byCompany(lines: LineFile): ReadonlyMap<string, Uint32Array> {
  const groups = new Map<string, Growing>()
  for (let at = 0; at < lines.count; at++) {
    const [, companyId] = /"companyId"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(lines.at(at)) ?? []
    if (companyId === undefined) throw new BadRecord(`${lines.path} line ${at + 1} /companyId: is missing`)
    const group = groups.get(companyId) ?? new Growing()
    groups.set(companyId, group)
    group.push(at)
  }
  return new Map([...groups].map(([id, group]) => [id, Uint32Array.from(group.all())]))
}

/** Those entries of the file, parsed when they are looked at. */
export function shelfOfLines(
  lines: LineFile,
  which: Uint32Array,
  parse: (line: string, place: string) => BookEntry,
): EntryShelf {
  return {
    size: which.length,
    at(index) {
      const number = which[index] ?? 0
      return parse(lines.at(number), `${lines.path} line ${number + 1}`)
    },
  }
}

export const fileIn = (dir: string, name: string): string => join(dir, name)

/** A list of numbers that grows without an object for each. */
class Growing {
  #values = new Float64Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  all(): Float64Array {
    return this.#values.subarray(0, this.length)
  }
}
