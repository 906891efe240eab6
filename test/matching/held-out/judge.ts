// What a careful bookkeeper would book unasked, told from what was left on the records and not from the story.

import type { Books, Claim, Item } from './books.ts'
import { stillReads } from './writing.ts'

export type Verdict = { readonly claim: Claim; readonly certain: boolean }

/** Goes through the lines in the order in which a bookkeeper would. */
export function judged(books: Books): Verdict[] {
  const claims = books.claims.toSorted((one, other) => one.day - other.day)
  const owner = new Map<Item, Claim>()
  for (const claim of claims) for (const item of claim.items) owner.set(item, claim)
  const kin = bookedKin(books.past)
  const amounts = new Map<string, number>()
  for (const claim of claims) {
    const key = `${Math.abs(claim.minor)} ${Math.floor(claim.day / 7)}`
    amounts.set(key, (amounts.get(key) ?? 0) + 1)
  }
  return claims.map((claim) => {
    const certain = verdict(claim, owner, kin, amounts)
    if (claim.items.length > 0 && claim.line.currency === claim.items[0]!.entry.currency) settle(claim)
    else for (const item of claim.items) item.left = 0
    return { claim, certain }
  })
}

function verdict(
  claim: Claim,
  owner: Map<Item, Claim>,
  kin: ReadonlySet<string>,
  amounts: ReadonlyMap<string, number>,
): boolean {
  if (claim.items.length === 0 && claim.others.length === 0) return false
  const paired = claim.others.length > 0
  if (claim.plain === false && paired)
    return (
      (amounts.get(`${Math.abs(claim.minor)} ${Math.floor(claim.day / 7)}`) ?? 0) <= 2 &&
      claim.line.counterpartyIban !== null
    )
  if (claim.plain !== undefined) return claim.plain
  if (claim.items.every((item) => readsIn(claim, item))) return true
  const known =
    claim.seen.length > 0 ? claim.seen : kin.has(claim.line.counterpartyName ?? '') ? [claim.items[0]!.party!] : []
  const candidates = known.flatMap((party) => party.items).filter((item) => mayBePaid(claim, item))
  if (claim.items.length > 1) return sumsOnlySo(claim, candidates)
  const meant = claim.items[0]!
  if (claim.fit === 'exact') return oldestOf(claim, meant, candidates, owner)
  const near = candidates.filter((item) => claim.fit === 'part' || closeTo(claim, item))
  return near.length === 1 && near[0] === meant && (claim.fit === 'near' || Math.abs(claim.minor) < meant.left)
}

function readsIn({ line }: Claim, { entry, serial }: Item): boolean {
  const text = `${line.remittanceInformation ?? ''} ${line.structuredReference ?? ''} ${line.endToEndId ?? ''}`
  if (entry.reference !== null && stillReads(text, entry.reference)) return true
  if (entry.endToEndId !== null && entry.endToEndId === line.endToEndId) return true
  return serial.length > 2 && (stillReads(text, serial) || shorthand(text, serial))
}

/** `1001/002` and `1001-1004`: the beginning is said once. */
function shorthand(text: string, serial: string): boolean {
  const listed = /(\d{4,})((?:\/\d{3})+)/.exec(text)
  if (listed !== null)
    return (listed[2] ?? '').split('/').some((end) => end !== '' && listed[1]!.slice(0, -3) + end === serial)
  const range = /(\d{3,})-(\d{3,})/.exec(text)
  return (
    range !== null &&
    range[1]!.length === serial.length &&
    Number(range[1]) <= Number(serial) &&
    Number(serial) <= Number(range[2])
  )
}

function mayBePaid(claim: Claim, item: Item): boolean {
  const direction = claim.minor > 0 ? 'in' : 'out'
  const netted = claim.items.length > 1
  return (
    item.left > 0 &&
    item.day <= claim.day + (claim.story === 'prepayment' ? 14 : 0) &&
    (netted || item.entry.direction === direction)
  )
}

/** Of equal sums that one party owes, the oldest is paid: so the truth is the oldest, whatever the story meant. */
function oldestOf(claim: Claim, meant: Item, candidates: readonly Item[], owner: Map<Item, Claim>): boolean {
  const equal = candidates
    .filter((item) => item.left === Math.abs(claim.minor))
    .toSorted((one, other) => one.day - other.day)
  if (!equal.includes(meant)) return false
  if (equal.some((item) => item.party !== meant.party)) return false
  const oldest = equal[0]!
  if (oldest === meant) return true
  const holder = owner.get(oldest)
  if (holder !== undefined && !couldSwap(holder, claim)) return false
  claim.items = [oldest]
  owner.set(oldest, claim)
  if (holder !== undefined) {
    holder.items = [meant]
    owner.set(meant, holder)
  }
  return true
}

function couldSwap(holder: Claim, claim: Claim): boolean {
  const { items, fit, plain, day } = holder
  return items.length === 1 && fit === 'exact' && plain === undefined && day >= claim.day && !readsIn(holder, items[0]!)
}

function closeTo({ minor, line }: Claim, { left, entry }: Item): boolean {
  if (entry.currency !== line.currency)
    return line.instructedAmount === undefined || Math.round(Number(line.instructedAmount.amount) * 100) === left
  return Math.abs(Math.abs(minor) - left) <= left * 0.06
}

/** One sum of open items and no other makes the amount; past a dozen open nobody would say so by heart. */
function sumsOnlySo(claim: Claim, candidates: readonly Item[]): boolean {
  if (candidates.length > 12 || !claim.items.every((item) => candidates.includes(item)) || claim.fit !== 'exact')
    return false
  const sums = candidates.map((item) =>
    item.entry.direction === (claim.minor > 0 ? 'in' : 'out') ? item.left : -item.left,
  )
  let ways = 0
  for (let chosen = 1; chosen < 1 << sums.length; chosen++) {
    let sum = 0
    for (let at = 0; at < sums.length; at++) if (chosen & (1 << at)) sum += sums[at]!
    if (sum === Math.abs(claim.minor)) ways++
  }
  return ways === 1
}

function settle(claim: Claim): void {
  if (claim.items.length > 1 || claim.fit !== 'part') for (const item of claim.items) item.left = 0
  else claim.items[0]!.left = Math.max(0, claim.items[0]!.left - Math.abs(claim.minor))
}

/** Printed names that people have tied to a party before. */
function bookedKin(past: readonly Claim[]): ReadonlySet<string> {
  const seen = new Map<string, number>()
  for (const { line } of past) seen.set(line.counterpartyName ?? '', (seen.get(line.counterpartyName ?? '') ?? 0) + 1)
  return new Set([...seen].filter(([name, times]) => name !== '' && times > 1).map(([name]) => name))
}
