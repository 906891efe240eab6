import type { ConnectionStatus } from './finding.ts'

/** One line of a connection's status history. */
export type StatusChange = {
  readonly status: ConnectionStatus
  readonly reason: string
  /** The instant of the fact that caused it. */
  readonly since: Date
  readonly recordedAt: Date
}
