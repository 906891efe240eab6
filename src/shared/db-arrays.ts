// Arrays as PostgreSQL sends them itself: many rows go over as one array for each column, and reading those takes it half the time that JSON or text takes.

import type { Day } from '../values/day.ts'

type Absent = null | undefined

/** A parameter of the type that its name says, for `unnest`: `$1::text[]`. */
export function textArray(values: readonly (string | Absent)[]): Buffer {
  let size = headerSize + values.length * 4
  for (const value of values) if (value !== null && value !== undefined) size += value.length * 3
  const array = size <= desk.length ? desk : Buffer.allocUnsafeSlow(size)
  let hasNull = false
  let at = headerSize
  for (const value of values) {
    if (value === null || value === undefined) {
      hasNull = true
      at = array.writeInt32BE(-1, at)
      continue
    }
    const length = writeText(value, array, at + 4)
    array.writeInt32BE(length, at)
    at += 4 + length
  }
  writeHeader(array, 25, values.length, hasNull)
  return Buffer.from(array.subarray(0, at))
}

/** Where an array of texts is written, since its size is not known before; a larger one has a place of its own. */
const desk = Buffer.allocUnsafeSlow(4 * 1024 * 1024)

/** Most texts are short and ASCII, and those are written before a call into Node's own code has come back. */
function writeText(text: string, array: Buffer, at: number): number {
  const { length } = text
  if (length > shortMax) return array.write(text, at)
  for (let n = 0; n < length; n += 1) {
    const code = text.charCodeAt(n)
    if (code > 0x7f) return array.write(text, at)
    array[at + n] = code
  }
  return length
}

const shortMax = 20

/** @throws {RangeError} at what is no UUID */
export const uuidArray = (values: readonly (string | Absent)[]): Buffer => arrayOfSize(2950, 16, values, writeUuid)

function writeUuid(array: DataView, uuid: string, at: number): void {
  let digits = 0
  let high = 0
  for (let n = 0; n < uuid.length; n += 1) {
    const code = uuid.charCodeAt(n)
    if (code === hyphen) continue
    const digit = hexDigits[code] ?? noDigit
    if (digit === noDigit || digits === uuidDigits) throw new RangeError(`not a UUID: ${uuid}`)
    if (digits % 2 === 0) high = digit
    else array.setUint8(at + (digits >> 1), (high << 4) | digit)
    digits += 1
  }
  if (digits < uuidDigits) throw new RangeError(`not a UUID: ${uuid}`)
}

const uuidDigits = 32
const hyphen = 0x2d
const noDigit = 255
/** What a hexadecimal digit is worth, by its code. */
const hexDigits = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase())
  return digit < 0 ? noDigit : digit
})

export const int4Array = (values: readonly (number | Absent)[]): Buffer =>
  arrayOfSize(23, 4, values, (array, number, at) => array.setInt32(at, number))

export const int8Array = (values: readonly (bigint | Absent)[]): Buffer =>
  arrayOfSize(20, 8, values, (array, number, at) => array.setBigInt64(at, number))

export const booleanArray = (values: readonly (boolean | Absent)[]): Buffer =>
  arrayOfSize(16, 1, values, (array, value, at) => array.setUint8(at, value ? 1 : 0))

export function dateArray(values: readonly (Day | Absent)[]): Buffer {
  let last: { readonly day: Day; readonly number: number } | undefined
  return arrayOfSize(1082, 4, values, (array, day, at) => {
    if (last?.day !== day) last = { day, number: Date.parse(day) / dayMs - epochDay }
    array.setInt32(at, last.number)
  })
}

const dayMs = 24 * 3_600_000
/** PostgreSQL counts days from 2000-01-01. */
const epochDay = Date.parse('2000-01-01') / dayMs

function arrayOfSize<Value>(
  elementType: number,
  size: number,
  values: readonly (Value | Absent)[],
  write: (array: DataView, value: Value, at: number) => void,
): Buffer {
  let absent = 0
  for (const value of values) if (value === null || value === undefined) absent += 1
  const array = Buffer.allocUnsafe(headerSize + values.length * 4 + (values.length - absent) * size)
  writeHeader(array, elementType, values.length, absent > 0)
  const view = new DataView(array.buffer, array.byteOffset)
  let at = headerSize
  for (const value of values) {
    if (value === null || value === undefined) view.setInt32(at, -1)
    else {
      view.setInt32(at, size)
      write(view, value, at + 4)
      at += size
    }
    at += 4
  }
  return array
}

/** Before the elements, of each of which there is its length, -1 for null, and itself. */
const headerSize = 20

/** The number of dimensions, whether anything is null, the elements' type, their number, the first index. */
function writeHeader(array: Buffer, elementType: number, length: number, hasNull: boolean): void {
  array.writeInt32BE(1, 0)
  array.writeInt32BE(hasNull ? 1 : 0, 4)
  array.writeInt32BE(elementType, 8)
  array.writeInt32BE(length, 12)
  array.writeInt32BE(1, 16)
}
