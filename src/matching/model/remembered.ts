/** What was used last, and is forgotten when that much else has been used since. */
export type Recent<Key, Value> = {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  delete(key: Key): void
  clear(): void
}

/**
 * Keeps between half of `max` values and all of it. Two generations, of which the older is dropped whole: to delete the oldest of one map
 * again and again costs more than what is remembered saves.
 */
export function recent<Key, Value>(max: number): Recent<Key, Value> {
  let [young, old] = [new Map<Key, Value>(), new Map<Key, Value>()]
  const set = (key: Key, value: Value): void => {
    if (young.size >= max / 2) [young, old] = [new Map(), young]
    young.set(key, value)
  }
  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    set,
    delete(key) {
      young.delete(key)
      old.delete(key)
    },
    clear() {
      young.clear()
      old.clear()
    },
  }
}

/** The same pure function, which keeps its last answers: of many arguments that come again and again, each is worked out once. */
export function remembered<Argument, Answer>(
  max: number,
  answer: (argument: Argument) => Answer,
): (argument: Argument) => Answer {
  const known = recent<Argument, Answer>(max)
  return (argument) => {
    const before = known.get(argument)
    if (before !== undefined) return before
    const now = answer(argument)
    known.set(argument, now)
    return now
  }
}
