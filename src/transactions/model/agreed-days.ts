// The days on which nothing is left to decide: what is held is what the bank shows, row for row. Shown the same rows again, such a day need not be decided again.
//
// Why that is safe where no id is trusted: rows are paired within their day, those alike in everything first, so as many live ones as shown ones, each the same
// as its own, are found to be the same whatever is around them. Only a row that is found to be told again could be passed over, and leave one missing. Rows of one
// day that are alike in an id too are therefore never agreed upon (pages may be cut between them the next time), and rows that reach one balance with one amount
// are looked for before a block of days is passed (src/sync/model/passing.ts).

import type { ProviderTransaction } from '../../providers/provider.ts'
import type { Day } from '../../values/day.ts'
import { fullDetailOf } from './content.ts'
import type { IdentityVerdict } from './identity.ts'
import { idKinds, isWithin, type Days } from './sides.ts'

/** Those of the days that a verdict leaves agreed, once it is committed. */
export function agreedDays(days: readonly Day[], verdict: IdentityVerdict): readonly Day[] {
  const { added, same, modified, missing, repeats, trusted, lost } = verdict
  if (trusted !== null || lost !== undefined || repeats > 0) return []
  const open = new Set<Day>()
  const equals: { readonly row: ProviderTransaction; readonly fingerprint: string }[] = []
  for (const { row } of missing) open.add(row.bookingDate)
  for (const { row, suspect, fingerprint, occurrence } of [...added, ...modified]) {
    if (suspect !== undefined) open.add(row.bookingDate)
    if (occurrence > 1) equals.push({ row, fingerprint })
  }
  for (const { held, row } of same) {
    if (!isToldAlike(held.row, row)) open.add(row.bookingDate)
    if (held.occurrence > 1) equals.push({ row, fingerprint: held.fingerprint })
  }
  for (const day of indistinct(verdict, new Set(equals.map(({ fingerprint }) => fingerprint)))) open.add(day)
  return days.filter((day) => !open.has(day))
}

/** The days of which a verdict writes something, besides those that were asked for: what was agreed upon them is no more. */
export function touchedDays({ added, same, modified, missing }: IdentityVerdict, asked: Days): readonly Day[] {
  const touched = new Set<Day>()
  const touch = ({ bookingDate }: ProviderTransaction) => {
    if (!isWithin(bookingDate, asked)) touched.add(bookingDate)
  }
  for (const { row } of added) touch(row)
  for (const { row } of missing) touch(row)
  for (const { held, row } of modified) for (const each of [held.row, row]) touch(each)
  for (const { held, row } of same)
    if (held.row.bookingDate !== row.bookingDate) for (const each of [held.row, row]) touch(each)
  return [...touched]
}

/**
 * What counts as the same may be spelled otherwise, and which of several equal rows it then belongs to is not certain. And a balance that is no longer told is
 * kept, as evidence that the answer does not show.
 */
function isToldAlike(held: ProviderTransaction, shown: ProviderTransaction): boolean {
  return (
    held.bookingDate === shown.bookingDate &&
    held.counterparty?.name === shown.counterparty?.name &&
    held.remittanceInformation === shown.remittanceInformation &&
    (held.balanceAfter === undefined || shown.balanceAfter !== undefined)
  )
}

/** The days with rows of one fingerprint that are alike in an id and everything else. */
function indistinct({ added, same, modified }: IdentityVerdict, several: ReadonlySet<string>): readonly Day[] {
  if (several.size === 0) return []
  const days: Day[] = []
  const seen = new Set<string>()
  const look = (fingerprint: string, row: ProviderTransaction) => {
    if (!several.has(fingerprint) || idKinds.every((kind) => row.ids[kind] === undefined)) return
    const whole = `${fingerprint}\n${fullDetailOf(row)}`
    if (seen.has(whole)) days.push(row.bookingDate)
    seen.add(whole)
  }
  for (const { fingerprint, row } of [...added, ...modified]) look(fingerprint, row)
  for (const { held, row } of same) look(held.fingerprint, row)
  return days
}
