import type { CompanyId, MatchingRunId } from '../../values/ids.ts'

/** One attempt to match what a company's bank shows with its books. */
export type MatchingRun = {
  readonly id: MatchingRunId
  readonly companyId: CompanyId
  readonly status: 'queued' | 'running' | 'completed' | 'failed'
  readonly counts: RunCounts
  /** Why it failed, in words for the caller. */
  readonly error: string | null
  readonly queuedAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

export type RunCounts = {
  /** Matches that it confirmed. */
  readonly automatic: number
  /** Suggestions that stand after it. */
  readonly suggested: number
  /** Transactions that it left with neither. */
  readonly unmatched: number
}

export const noCounts: RunCounts = { automatic: 0, suggested: 0, unmatched: 0 }
