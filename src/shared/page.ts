// Lists: how many at once, and where to go on. A cursor is opaque to callers; inside it is the key of the last row they saw.

import { AppError } from './errors.ts'

export type PageAsk = { readonly limit: number; readonly after: readonly string[] | null }
export type Page<Row> = { readonly data: readonly Row[]; readonly nextCursor: string | null }

export const pageLimitMax = 100
export const pageLimitDefault = 50

/** @throws {AppError} invalid_cursor when it is not one that we gave, for a list with keys of `parts` parts. */
export function pageAsk(query: { limit?: number; cursor?: string }, parts = 1): PageAsk {
  return {
    limit: query.limit ?? pageLimitDefault,
    after: query.cursor === undefined ? null : parseCursor(query.cursor, parts),
  }
}

/** Stores read one row more than asked: its presence says that there is a next page. */
export function pageOf<Row>(rows: readonly Row[], ask: PageAsk, keyOf: (row: Row) => readonly string[]): Page<Row> {
  const data = rows.slice(0, ask.limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > ask.limit && last !== undefined ? formatCursor(keyOf(last)) : null }
}

export const formatCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

export function parseCursor(cursor: string, parts: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(key) &&
      key.length === parts &&
      key.every((part): part is string => typeof part === 'string' && part.length <= 200 && !part.includes('\0'))
    )
      return key
  } catch {
    // Falls through to the one answer for everything that is not a cursor of ours.
  }
  throw new AppError('invalid_cursor', 'This cursor is not one that this list gave. Start again without one.')
}
