// A decision is remembered in the transaction in which it is made, and forgotten in the one in which it is taken back.

import { digestOf } from '../shared/crypto.ts'
import type { CompanyId, HabitId } from '../values/ids.ts'
import type { LessonStore } from './index.ts'
import type { Material } from './model/decision.ts'
import type { Lesson } from './model/habits.ts'
import { habitKeyOf, taughtBy } from './model/learning.ts'
import type { Match } from './model/match.ts'

export type TeachStores = { lessons: Pick<LessonStore, 'add'> }

/** `material` is of all that the match speaks of. */
export async function teach(
  { lessons }: TeachStores,
  match: Match,
  material: Pick<Material, 'transactions' | 'entries'>,
  decision: { readonly isNot: boolean; readonly at: Date },
): Promise<void> {
  const taught = taughtBy(match, material, decision)
  await lessons.add(
    match.companyId,
    taught.map((lesson) => Object.assign({ habitId: habitIdOf(match.companyId, lesson) }, lesson)),
  )
}

/** A UUID of version 8, made of what the habit says: nobody has to be asked whether it is known already. */
function habitIdOf(companyId: CompanyId, lesson: Lesson): HabitId {
  const hex = digestOf(JSON.stringify([companyId, ...habitKeyOf(lesson)])).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
