// Answers read with care: what we cannot do without is checked where it stands, and what is wrong there is told by its path, never by its value.

import { ProviderError } from '../provider.ts'

/** Where in an answer we are. Kept as a chain, because the path is spelled out only when something is wrong there. */
export type Place = { readonly key: string | number; readonly parent?: Place }

export const below = (parent: Place, key: string | number): Place => ({ key, parent })

/** The answer to a question such as `Sandbox Bank, transactions`. */
export const answerTo = (what: string): Place => ({ key: what })

/** What is wrong, and where as a JSON path; never the value, which may be personal. */
export function nonsense(place: Place, should: string): ProviderError {
  let path = ''
  let at = place
  while (at.parent !== undefined) {
    path = (typeof at.key === 'number' ? `[${at.key}]` : `.${at.key}`) + path
    at = at.parent
  }
  return new ProviderError('nonsense', `${at.key}: $${path} should be ${should}`)
}

export type Fields = Readonly<Record<string, unknown>>

export function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

export function asFields(json: unknown, place: Place): Fields {
  if (!isFields(json)) throw nonsense(place, 'an object')
  return json
}

export function asList(json: unknown, place: Place): readonly unknown[] {
  if (!Array.isArray(json)) throw nonsense(place, 'a list')
  return json
}

export function asText(json: unknown, place: Place): string {
  if (typeof json !== 'string' || json === '' || !json.isWellFormed()) throw nonsense(place, 'a text')
  return json
}

/**
 * The entries of a list that can be read, so that one odd entry does not cost the others. Where fewer can be than `least`, by default half of them, the list has
 * become another than we know, and the first that is wrong is told.
 */
export function entriesOf<T>(
  json: unknown,
  place: Place,
  read: (entry: unknown, place: Place) => T,
  least = listOf(json).length / 2,
): readonly T[] {
  const list = asList(json, place)
  const entries: T[] = []
  let firstWrong: ProviderError | undefined
  for (const [index, entry] of list.entries()) {
    try {
      entries.push(read(entry, below(place, index)))
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      firstWrong ??= error
    }
  }
  if (firstWrong !== undefined && entries.length < least) throw firstWrong
  return entries
}

export const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : [])
