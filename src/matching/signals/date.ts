import type { Signal } from './signal.ts'
import type { EntryKind } from '../model/types.ts'
import { weights } from '../model/weights.ts'

/** When it was paid against when it was expected: the due day, else the day of issue. */
export const date: Signal = {
  name: 'date',
  family: 'time',
  compare({ line, valueDay, day, isCollected }, { entry, expectedDay, issueDay, habitualDay }) {
    const expected = entry.dueDate ?? entry.issueDate
    if (expectedDay === undefined || expected === undefined) return null
    const paid = line.bookingDate
    if (issueDay !== undefined && day < issueDay - weights.date.beforeIssueDays && isOnCredit(entry.kind)) {
      return {
        bits: weights.date.beforeIssue,
        key: 'date.early',
        params: () => ({ paid, issued: entry.issueDate ?? expected }),
      }
    }
    if (habitualDay !== undefined) {
      const days = Math.abs(valueDay - habitualDay)
      const habit = weights.date.habitual.find(({ upTo }) => days <= upTo)?.bits ?? 0
      if (habit > 0) return { bits: habit, key: 'date.habit', params: () => ({ paid, expected }) }
    }
    const table = isCollected === true && entry.dueDate !== undefined ? weights.date.collected : tableOf(entry.kind)
    const daysLate = valueDay - expectedDay
    const bits = table.find(({ upTo }) => daysLate <= upTo)?.bits ?? 0
    const key = bits > 0 ? 'date.near' : bits > -1 ? 'date.late' : 'date.far'
    return { bits, key, params: () => ({ paid, expected }) }
  },
}

function tableOf(kind: EntryKind): readonly { readonly upTo: number; readonly bits: number }[] {
  if (kind === 'transfer') return weights.date.transfer
  return isOnCredit(kind) ? weights.date.onCredit : weights.date.atOnce
}

function isOnCredit(kind: EntryKind): boolean {
  return kind.startsWith('sales_') || kind.startsWith('purchase_')
}
