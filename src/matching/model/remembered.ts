/** The same pure function, which keeps its last answers: of many arguments that come again and again, each is worked out once. */
export function remembered<Argument, Answer>(
  max: number,
  answer: (argument: Argument) => Answer,
): (argument: Argument) => Answer {
  const known = new Map<Argument, Answer>()
  return (argument) => {
    const before = known.get(argument)
    if (before !== undefined) return before
    const now = answer(argument)
    if (known.size === max) forgetOldest(known)
    known.set(argument, now)
    return now
  }
}

function forgetOldest<Argument>(known: Map<Argument, unknown>): void {
  for (const oldest of known.keys()) {
    known.delete(oldest)
    return
  }
}
