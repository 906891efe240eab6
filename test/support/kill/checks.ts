// What must hold whenever one looks, whoever was killed: nothing is lost, nothing is there twice, and the feed tells of what is there, once.

export type Held = { readonly id: string; readonly row: string; readonly version: number }
export type Told = { readonly id: string; readonly version: number; readonly type: string }

export type Seen = {
  /** What the bank has booked, each movement as one text: equal ones are there as often as it has them. */
  readonly truth: readonly string[]
  /** Of these, what must be held by now. */
  readonly due: readonly string[]
  readonly held: readonly Held[]
  /** The feed, in its order. */
  readonly feed: readonly Told[]
  /** The feed as a consumer has it that has kept its cursor; null where nobody has asked. */
  readonly consumed: readonly Told[] | null
  /** How many numbers of the tenant's feeds were given out, and how many of them stand for something. */
  readonly numbers: { readonly given: number; readonly used: number }
}

/** What is wrong, in words; nothing when nothing is. */
export function faultsOf({ truth, due, held, feed, consumed, numbers }: Seen): readonly string[] {
  const rows = countsOf(held.map(({ row }) => row))
  const [booked, needed] = [countsOf(truth), countsOf(due)]
  const lost = surplus(needed, rows)
  const extra = surplus(rows, booked)
  const replayed = new Map<string, string>()
  for (const { id, version, type } of feed) {
    if (type === 'removed') replayed.delete(id)
    else replayed.set(id, `version ${version}`)
  }
  const table = new Map(held.map(({ id, version }) => [id, `version ${version}`]))
  const told = countsOf(feed.filter(({ type }) => type === 'added').map(({ id }) => id))
  return [
    counted('rows are lost', lost),
    counted(
      'rows are there twice',
      extra.filter((row) => booked.has(row)),
    ),
    counted(
      'rows are there that the bank never had',
      extra.filter((row) => !booked.has(row)),
    ),
    counted(
      'rows were not told',
      held.filter(({ id }) => !told.has(id)).map(({ row }) => row),
    ),
    counted(
      'rows were told more than once',
      held.filter(({ id }) => (told.get(id) ?? 0) > 1).map(({ row }) => row),
    ),
    counted(
      'rows are otherwise in the feed than in the table',
      [...new Set([...replayed.keys(), ...table.keys()])].filter((id) => replayed.get(id) !== table.get(id)),
    ),
    consumed === null || JSON.stringify(consumed) === JSON.stringify(feed)
      ? null
      : `whoever kept the cursor has ${consumed.length} changes, and the feed has ${feed.length}: others, or in another order`,
    numbers.given === numbers.used ? null : `${numbers.given} numbers were given out, and ${numbers.used} are used`,
  ].filter((fault) => fault !== null)
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

/** What the first has more often than the second, as often as it has it more often. */
function surplus(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): readonly string[] {
  return [...some].flatMap(([text, count]) =>
    Array.from({ length: Math.max(0, count - (others.get(text) ?? 0)) }, () => text),
  )
}

const counted = (what: string, which: readonly string[]): string | null =>
  which.length === 0 ? null : `${which.length} ${what}: ${which.slice(0, 3).join('; ')}${which.length > 3 ? ' …' : ''}`
