// Lines that belong to each other, found by account and opposite amount.

import type { ConnectionId } from '../../values/ids.ts'
import type { LineFeatures } from './features.ts'
import type { Hypothesis } from './hypothesis.ts'
import { packed, worthOf, type Told } from './traits.ts'
import type { Reason, ReasonKey, ReasonParams } from './reasons.ts'
import type { Line } from './types.ts'

/** The lines of one amount on one account within some days, both included, in order of time; a dozen, as beyond that nothing could tell them apart. */
export type LinesOf = (place: {
  readonly connectionId: ConnectionId
  readonly currency: string
  readonly amount: bigint
  readonly from: number
  readonly to: number
}) => readonly LineFeatures[]

const sameAmountMax = 12

/** `lines` in order of time. */
export function linesByAmount(lines: readonly LineFeatures[]): LinesOf {
  const byKey = Map.groupBy(lines, ({ line }) => placeKey(line))
  return ({ from, to, ...place }) => {
    const those = byKey.get(placeKey(place)) ?? []
    let [low, high] = [0, those.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((those[middle]?.day ?? 0) < from) low = middle + 1
      else high = middle
    }
    return those.slice(low, low + sameAmountMax).filter(({ day }) => day <= to)
  }
}

function placeKey({ connectionId, currency, amount }: Pick<Line, 'connectionId' | 'currency' | 'amount'>): string {
  return `${connectionId} ${currency} ${amount}`
}

/** The lines of one account in one currency on one day. */
export type LinesNear = (place: {
  readonly connectionId: ConnectionId
  readonly currency: string
  readonly day: number
}) => readonly LineFeatures[]

export function linesByDay(lines: readonly LineFeatures[]): LinesNear {
  const byKey = new Map<string, LineFeatures[]>()
  for (const features of lines) {
    const key = `${features.line.connectionId} ${features.line.currency} ${features.day}`
    const group = byKey.get(key)
    if (group === undefined) byKey.set(key, [features])
    else group.push(features)
  }
  return ({ connectionId, currency, day }) => byKey.get(`${connectionId} ${currency} ${day}`) ?? []
}

/** Two lines that belong to each other and to nothing in the books. `extra` is what is told of it besides the reasons. */
export function lineHypothesis(
  lines: readonly [LineFeatures, LineFeatures],
  extra: Told,
  reasons: readonly Reason[],
): Hypothesis {
  const told: Record<string, number> = { ...extra }
  for (const { key, strength } of reasons) told[key] = (told[key] ?? 0) + strength
  const traits = packed(told)
  return {
    lines,
    entries: [],
    spends: [],
    traits,
    bits: worthOf(traits),
    identity: reasons.some(({ key }) => tellingKeys.has(key)) ? 'document' : 'none',
    isContradicted: false,
    explain: () => ({
      links: lines.map(({ line }) => ({ transactionId: line.id, entryId: null, amount: line.amount })),
      reasons,
    }),
  }
}

/** What says that the two lines are about each other; opposite amounts and a common party may be a coincidence. */
const tellingKeys: ReadonlySet<ReasonKey> = new Set([
  'transfer.names-own-account',
  'transfer.called',
  'transfer.own-name',
  'cancel.same-reference',
  'cancel.return',
])

/** A reason that is about two lines, and so no signal's. */
export function lineReason(signal: string, key: ReasonKey, strength: number, params: ReasonParams = {}): Reason {
  return { signal, strength, key, params }
}
