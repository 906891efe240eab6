import type { BookEntry } from './types.ts'

/** Entries by their place: an array of them, or a file of which each is read when somebody looks at it. */
export type EntryShelf = { readonly size: number; at(index: number): BookEntry }

export function shelfOf(entries: readonly BookEntry[]): EntryShelf {
  return {
    size: entries.length,
    at(index) {
      const entry = entries[index]
      if (entry === undefined) throw new RangeError(`there is no entry ${index} of ${entries.length}`)
      return entry
    },
  }
}
