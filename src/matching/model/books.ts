/**
 * What the books hold, as far as evidence depends on how common something is. Settled entries count like open ones: so nothing
 * becomes rarer because it was matched, and the next run sees what this one saw.
 */
export type Books = {
  /** How many entries are known. */
  readonly entryCount: number
  /** How many of them have this key. */
  count(key: string): number
}
