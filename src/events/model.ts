// What can happen that a tenant wants to know: one function per business event, so that its type, its data and its meaning stay together. Data are ids
// and states, never personal.

import type {
  CompanyId,
  ConnectionId,
  ConsentId,
  EntryId,
  EventId,
  MatchId,
  PersonId,
  ProgrammeId,
  SessionId,
  SyncRunId,
  TransactionId,
} from '../values/ids.ts'

export const eventTypes = [
  'consent_session.opened',
  'consent_session.completed',
  'consent_session.failed',
  'consent_session.expired',
  'consent_session.withdrawn',
  'consent_session.unopened',
  'consent.expiring',
  'consent.expired',
  'consent.revoked',
  'consent.superseded',
  'consent.reconfirmation_due',
  'connection.status_changed',
  'connection.source_changed',
  'connection.gap_found',
  'connection.gap_filled',
  'connection.proof_mismatch',
  'connection.health_changed',
  'transactions.changed',
  'match.confirmed',
  'match.suggested',
  'match.undone',
  'agreement.changed',
  'company.deleted',
] as const

export type EventType = (typeof eventTypes)[number]

export type NewEvent = {
  readonly type: EventType
  readonly companyId: CompanyId
  readonly at: Date
  readonly data: Readonly<Record<string, unknown>>
}

/** An event as the log has it. `position` is its place among all that the tenant is told, transaction changes too: it rises, and has holes. */
export type Event = Omit<NewEvent, 'companyId'> & {
  readonly id: EventId
  readonly position: bigint
  readonly companyId: CompanyId | null
}

/** How long the log keeps what happened. */
export const keptDays = 30

/** What the tenant reads: the same from the API and in a webhook. */
export const asTold = ({ id, type, at, position, companyId, data }: Event) => ({
  id,
  type,
  at: at.toISOString(),
  sequence: Number(position),
  ...(companyId !== null && { companyId }),
  data: { ...data },
})

export const isEventType = (text: string): text is EventType => eventTypes.some((type) => type === text)

export const companyDeleted = (companyId: CompanyId, at: Date): NewEvent => ({
  type: 'company.deleted',
  companyId,
  at,
  data: { companyId },
})

/** A step of the company's agreement with a programme; what a reviewer wrote is not told, only what kind of thing it is about. */
export const agreementChanged = (
  agreement: {
    readonly companyId: CompanyId
    readonly programmeId: ProgrammeId
    readonly state: string
    readonly reasons: readonly string[]
  },
  previousState: string,
  at: Date,
): NewEvent => ({
  type: 'agreement.changed',
  companyId: agreement.companyId,
  at,
  data: { programme: agreement.programmeId, state: agreement.state, previousState, reasons: [...agreement.reasons] },
})

type ConnectionKey = { readonly id: ConnectionId; readonly companyId: CompanyId }

export const statusChanged = (
  { id, companyId }: ConnectionKey,
  change: { from: string | null; to: string; since: Date },
  at: Date,
): NewEvent => ({
  type: 'connection.status_changed',
  companyId,
  at,
  data: { connectionId: id, status: change.to, previousStatus: change.from, since: change.since.toISOString() },
})

export const sourceChanged = ({ id, companyId }: ConnectionKey, personId: PersonId | null, at: Date): NewEvent => ({
  type: 'connection.source_changed',
  companyId,
  at,
  data: { connectionId: id, personId },
})

type SessionKey = {
  readonly id: SessionId
  readonly companyId: CompanyId
  readonly status: string
  readonly failure: string | null
  readonly consentId: ConsentId | null
}

export const sessionOpened = ({ id, companyId }: SessionKey, at: Date): NewEvent => ({
  type: 'consent_session.opened',
  companyId,
  at,
  data: { sessionId: id },
})

/** Its link has not been opened, and ends soon. */
export const sessionUnopened = (
  { id, companyId, expiresAt }: Pick<SessionKey, 'id' | 'companyId'> & { readonly expiresAt: Date },
  at: Date,
): NewEvent => ({
  type: 'consent_session.unopened',
  companyId,
  at,
  data: { sessionId: id, expiresAt: expiresAt.toISOString() },
})

/** A session that came to an outcome: completed, failed or cancelled (a kind of failure), expired or withdrawn. */
export function sessionEnded({ id, companyId, status, failure, consentId }: SessionKey, at: Date): NewEvent {
  const data = { sessionId: id, status, ...(failure !== null && { failure }), ...(consentId !== null && { consentId }) }
  const type = endings[status]
  if (type === undefined) throw new Error(`a session that is ${status} has not ended`)
  return { type, companyId, at, data }
}

const endings: Readonly<Record<string, EventType>> = {
  completed: 'consent_session.completed',
  failed: 'consent_session.failed',
  cancelled: 'consent_session.failed',
  expired: 'consent_session.expired',
  withdrawn: 'consent_session.withdrawn',
}

type ConsentKey = { readonly id: ConsentId; readonly companyId: CompanyId }

export const consentEnded = (
  { id, companyId }: ConsentKey,
  how: 'expired' | 'revoked' | 'superseded',
  at: Date,
): NewEvent => ({
  type: `consent.${how}`,
  companyId,
  at,
  data: { consentId: id },
})

/** `daysLeft`: to the day on which it ends, in the company's local days. */
export const consentExpiring = (
  { id, companyId, expiresAt }: ConsentKey & { readonly expiresAt: Date },
  daysLeft: number,
  at: Date,
): NewEvent => ({
  type: 'consent.expiring',
  companyId,
  at,
  data: { consentId: id, expiresAt: expiresAt.toISOString(), daysLeft },
})

/** `status`: whether it still serves, or rests by now until the person has reconfirmed it. */
export const reconfirmationDue = (
  { id, companyId }: ConsentKey,
  due: { readonly by: Date; readonly daysLeft: number; readonly status: 'usable' | 'reconfirmation_due' },
  at: Date,
): NewEvent => ({
  type: 'consent.reconfirmation_due',
  companyId,
  at,
  data: { consentId: id, reconfirmBy: due.by.toISOString(), daysLeft: due.daysLeft, status: due.status },
})

export const healthChanged = (
  { id, companyId }: ConnectionKey,
  health: 'ok' | 'delayed' | 'failing',
  at: Date,
): NewEvent => ({
  type: 'connection.health_changed',
  companyId,
  at,
  data: { connectionId: id, health },
})

type Days = { readonly from: string; readonly to: string }

export const gapFound = (
  { id, companyId }: ConnectionKey,
  days: Days & { readonly state: 'open' | 'unrecoverable' },
  at: Date,
): NewEvent => ({
  type: 'connection.gap_found',
  companyId,
  at,
  data: { connectionId: id, from: days.from, to: days.to, state: days.state },
})

export const gapFilled = ({ id, companyId }: ConnectionKey, days: Days, at: Date): NewEvent => ({
  type: 'connection.gap_filled',
  companyId,
  at,
  data: { connectionId: id, from: days.from, to: days.to },
})

export const proofMismatch = ({ id, companyId }: ConnectionKey, runId: SyncRunId, at: Date): NewEvent => ({
  type: 'connection.proof_mismatch',
  companyId,
  at,
  data: { connectionId: id, syncRunId: runId },
})

export const transactionsChanged = (
  { id, companyId }: ConnectionKey,
  run: {
    readonly id: SyncRunId
    readonly counts: {
      readonly added: number
      readonly modified: number
      readonly removed: number
      readonly suspect: number
    }
  },
  at: Date,
): NewEvent => ({
  type: 'transactions.changed',
  companyId,
  at,
  data: {
    connectionId: id,
    syncRunId: run.id,
    added: run.counts.added,
    modified: run.counts.modified,
    removed: run.counts.removed,
    suspect: run.counts.suspect,
  },
})

/** What is held is told anew, because its connection was assigned: no run found it. */
export const transactionsAssigned = (
  { id, companyId }: ConnectionKey,
  counts: { readonly added: number; readonly modified: number; readonly removed: number },
  at: Date,
): NewEvent => ({
  type: 'transactions.changed',
  companyId,
  at,
  data: { connectionId: id, added: counts.added, modified: counts.modified, removed: counts.removed },
})

type MatchKey = {
  readonly id: MatchId
  readonly companyId: CompanyId
  readonly origin: 'automatic' | 'manual'
  readonly links: readonly { readonly transactionId: TransactionId; readonly entryId: EntryId | null }[]
}

export const matchConfirmed = (match: MatchKey, at: Date): NewEvent => ({
  type: 'match.confirmed',
  companyId: match.companyId,
  at,
  data: { ...matchData(match), status: 'confirmed' },
})

export const matchSuggested = (match: MatchKey, at: Date): NewEvent => ({
  type: 'match.suggested',
  companyId: match.companyId,
  at,
  data: { ...matchData(match), status: 'suggested' },
})

export const matchUndone = (match: MatchKey, at: Date): NewEvent => ({
  type: 'match.undone',
  companyId: match.companyId,
  at,
  data: { ...matchData(match), status: 'undone' },
})

const matchData = ({ id, origin, links }: MatchKey) => ({
  matchId: id,
  origin,
  transactionIds: [...new Set(links.map(({ transactionId }) => transactionId))],
  entryIds: [...new Set(links.flatMap(({ entryId }) => entryId ?? []))],
})
