/**
 * The same items, each made while the one before it is being dealt with: one ahead and no more. Whoever stops early, or fails, first
 * waits until the one ahead is made: nothing goes on unseen.
 */
export async function* oneAhead<Item>(items: AsyncGenerator<Item, void, void>): AsyncGenerator<Item, void, void> {
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done === true) return
      next = items.next()
      // Its failure is told when it is asked for; until then it must not pass for one that nobody handles.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await items.return()
  }
}
