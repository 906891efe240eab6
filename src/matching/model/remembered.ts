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
    if (known.size === max) known.delete(known.keys().next().value as Argument)
    known.set(argument, now)
    return now
  }
}
