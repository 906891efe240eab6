// Who goes next. Everything that a simulated process does to the database or to a bank waits here for its turn, and one thing happens at a time: so chance
// alone decides how the work of several processes falls between each other, and the same seed decides the same.

import { setImmediate as immediate } from 'node:timers/promises'

type Waiting = { readonly process: string; readonly what: string; readonly go: () => Promise<void> }

export type Turns = {
  /** Waits for a turn of that process, and then does it. Never answers once the process is dead. */
  take<Result>(process: string, what: string, work: () => Promise<Result>): Promise<Result>
  /** What waits, once everybody has done what needs no turn. */
  waiting(): Promise<readonly Waiting[]>
  go(one: Waiting): Promise<void>
  /** As `kill -9`: what it has waited for never happens. */
  kill(process: string): void
}

/**
 * A continuation goes on in the same turn of the event loop, or lets others through once or twice (`src/sync/fetch-run.ts`); where pages are packed it waits for
 * another thread, which took more than twelve rounds for one seed of two thousand.
 */
const roundsUntilStill = 60

export function createTurns(): Turns {
  let queue: Waiting[] = []
  const dead = new Set<string>()
  return {
    take: (process, what, work) =>
      new Promise((resolve, reject) => {
        if (dead.has(process)) return
        queue.push({
          process,
          what,
          async go() {
            await work().then(
              (result) => dead.has(process) || resolve(result),
              (error: unknown) => dead.has(process) || reject(error),
            )
          },
        })
      }),
    async waiting() {
      for (let round = 0; round < roundsUntilStill; round += 1) await immediate()
      return queue
    },
    go(one) {
      queue = queue.filter((other) => other !== one)
      return one.go()
    },
    kill(process) {
      dead.add(process)
      queue = queue.filter((other) => other.process !== process)
    },
  }
}
