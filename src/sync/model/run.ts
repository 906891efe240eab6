import type { ProviderErrorKind } from '../../providers/provider.ts'
import type { Day } from '../../values/day.ts'
import type { CompanyId, ConnectionId, ConsentId, SyncRunId } from '../../values/ids.ts'
import type { Range } from './coverage.ts'
import type { RunProof } from './proof.ts'

/** One attempt to fetch what is new for one connection. */
export type SyncRun = {
  readonly id: SyncRunId
  readonly connectionId: ConnectionId
  readonly companyId: CompanyId
  readonly status: 'queued' | 'running' | 'completed' | 'failed'
  readonly trigger: 'schedule' | 'api' | 'retry'
  /** The person was there: the bank does not count it. */
  readonly attended: boolean
  readonly consentId: ConsentId | null
  /** The company's local day on which it was planned. */
  readonly plannedOn: Day | null
  /** The days that are fetched; null before it is planned, and when there was nothing to ask. */
  readonly window: Range | null
  readonly pages: number
  /** The last page is spooled. */
  readonly spooledAt: Date | null
  /** Days up to here are in the transactions. */
  readonly committedThrough: Day | null
  readonly counts: Counts
  readonly proof: RunProof | null
  readonly error: { readonly kind: ProviderErrorKind; readonly text: string } | null
  readonly retryAt: Date | null
  readonly queuedAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

export type Counts = {
  readonly fetched: number
  readonly added: number
  readonly modified: number
  readonly removed: number
  readonly unchanged: number
  readonly suspect: number
}

export const noCounts: Counts = { fetched: 0, added: 0, modified: 0, removed: 0, unchanged: 0, suspect: 0 }

export const addCounts = (a: Counts, b: Counts): Counts => ({
  fetched: a.fetched + b.fetched,
  added: a.added + b.added,
  modified: a.modified + b.modified,
  removed: a.removed + b.removed,
  unchanged: a.unchanged + b.unchanged,
  suspect: a.suspect + b.suspect,
})
