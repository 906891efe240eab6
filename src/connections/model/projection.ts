import { asWritten } from '../../values/as-written.ts'
import type { ConsentId } from '../../values/ids.ts'
import type { Connection } from './connection.ts'
import type { DerivedStatus } from './status.ts'

/** What lists show of the derived status: recorded whenever a fact changes, and when time alone changes it. */
export type Projection = DerivedStatus & {
  /** The consents that cover its account and are usable. */
  readonly consentIds: readonly ConsentId[]
}

/** Whether its transactions are fetched: unassigned ones are too, to be read before anybody has said where they belong. */
export const fetches = (
  { status }: Pick<Projection, 'status'>,
  { activatedAt }: Pick<Connection, 'activatedAt'>,
): boolean => status === 'active' || (status === 'unassigned' && activatedAt !== null)

export const projectionText = (projection: Projection): string => JSON.stringify(projection)

type Stored = {
  readonly [Key in keyof Projection]: Projection[Key] extends Date
    ? string
    : Projection[Key] extends Date | null
      ? string | null
      : Projection[Key]
}

/** What `projectionText` wrote. */
export function projectionOf(json: unknown): Projection {
  const stored: Stored = asWritten(json)
  return {
    ...stored,
    since: new Date(stored.since),
    expiresAt: dateOf(stored.expiresAt),
    renewFrom: dateOf(stored.renewFrom),
    nextChangeAt: dateOf(stored.nextChangeAt),
  }
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text))
