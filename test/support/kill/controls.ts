// Negative controls: mistakes that a service could make, made on purpose. A harness that does not see them sees nothing.

import { killAtPlaces } from './kills.ts'
import type { Mistake, Place } from './steps.ts'
import type { World } from './world.ts'

type Control = {
  readonly what: string
  readonly mistake: Mistake | null
  /** Of those that guard a movement's identity. */
  readonly hasUniqueKey: boolean
  readonly place: Place
  /** What the harness must say of it; null: something else holds, and it must say nothing. */
  readonly says: RegExp | null
}

const inTheBlock: Place = { step: 'block written', nth: 1, how: 'SIGKILL' }
/** With its decision made, and its rows not written: when it wakes, another has written them. */
const asleepBeforeTheBlock: Place = { step: 'decision committed', nth: 1, how: 'SIGSTOP' }

/** The key is not put back: whatever needs it comes first. */
const controls: readonly Control[] = [
  {
    what: 'the watermark moves before the rows are committed',
    mistake: 'watermark_first',
    hasUniqueKey: true,
    place: inTheBlock,
    says: /^\d+ rows are lost/,
  },
  {
    what: 'no fence, but a unique key',
    mistake: 'no_fence',
    hasUniqueKey: true,
    place: asleepBeforeTheBlock,
    says: null,
  },
  {
    what: 'no unique key, but a fence',
    mistake: null,
    hasUniqueKey: false,
    place: asleepBeforeTheBlock,
    says: null,
  },
  {
    what: 'no unique key, and no fence',
    mistake: 'no_fence',
    hasUniqueKey: false,
    place: asleepBeforeTheBlock,
    says: /^\d+ rows are there twice/,
  },
]

/**
 * Makes the mistakes, each in a company of its own, and expects the harness to find them; with `guards`, also those that something else keeps from harm. The world's database is spoilt afterwards.
 * @throws when one is not found, or something else is
 */
export async function controlsAreCaught(
  world: World,
  { guards, say }: { guards: boolean; say: (line: string) => void },
): Promise<readonly string[]> {
  const caught: string[] = []
  for (const { what, mistake, hasUniqueKey, place, says } of controls.filter(
    (control) => guards || control.says !== null,
  )) {
    if (!hasUniqueKey) await world.sql('drop index if exists transactions_identity')
    const fault = await killAtPlaces(world, { places: [place], mistake, say: () => undefined }).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    if (says === null ? fault !== null : fault === null || !says.test(fault))
      throw new Error(`the control "${what}" was not caught: ${fault ?? 'nothing was said'}`)
    if (fault !== null) caught.push(fault)
    say(`control: ${what}: ${fault ?? 'nothing lost, nothing twice'}`)
  }
  return caught
}
