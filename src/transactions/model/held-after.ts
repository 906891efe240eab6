import type { TransactionId } from '../../values/ids.ts'
import type { IdentityVerdict } from './identity.ts'
import type { HeldTransaction } from './sides.ts'

/**
 * What is held once a verdict on `held` is committed, with the ids of what it added, in its order: what the store would read, without
 * asking it.
 */
export function heldAfter(
  held: readonly HeldTransaction[],
  verdict: IdentityVerdict,
  addedIds: readonly TransactionId[],
): readonly HeldTransaction[] {
  const changed = new Map<TransactionId, HeldTransaction>()
  for (const { held: before, row, fingerprint, occurrence } of verdict.modified)
    changed.set(before.id, { id: before.id, row, fingerprint, occurrence, removed: false, missed: 0 })
  for (const { held: before, row, evidenceChanged } of verdict.same) {
    if (!evidenceChanged && before.missed === 0) continue
    const { ids, balanceAfter } = row
    changed.set(before.id, {
      ...before,
      row: { ...before.row, ids, ...(balanceAfter !== undefined && { balanceAfter }) },
      missed: 0,
    })
  }
  const added = verdict.added.flatMap(({ row, fingerprint, occurrence }, at) => {
    const id = addedIds[at]
    return id === undefined ? [] : [{ id, row, fingerprint, occurrence, removed: false, missed: 0 }]
  })
  return [...(changed.size === 0 ? held : held.map((each) => changed.get(each.id) ?? each)), ...added]
}
