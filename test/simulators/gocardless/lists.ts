// Lists that are told page by page: how many there are, the addresses of the pages before and after, and a page.

import type { FastifyRequest } from 'fastify'
import { fieldRefusal, onlyKnown, textOf } from './refusal.ts'
import type { World } from './world.ts'

export function pageOf<T>(
  world: World,
  request: FastifyRequest,
  all: readonly T[],
  view: (one: T) => unknown,
): unknown {
  const query = { ...(typeof request.query === 'object' ? request.query : {}) }
  onlyKnown(query, ['limit', 'offset'], 'query parameters')
  const [limit = 100, offset = 0] = [numberIn(query, 'limit', 1), numberIn(query, 'offset', 0)]
  const path = request.url.split('?', 1)[0]
  const at = (from: number) => `${world.origin}${path}?limit=${limit}&offset=${from}`
  return {
    count: all.length,
    next: offset + limit < all.length ? at(offset + limit) : null,
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
    results: all.slice(offset, offset + limit).map(view),
  }
}

function numberIn(query: Readonly<Record<string, unknown>>, field: string, min: number): number | undefined {
  const text = query[field]
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(textOf(text)) || Number(text) < min)
    throw fieldRefusal({ [field]: [`Ensure this value is greater than or equal to ${min}.`] })
  return Number(text)
}
