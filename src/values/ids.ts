// The kinds of identifier, told apart by the compiler. Keys that the tenant chooses are 1–64 of `[A-Za-z0-9._~-]`; ids that we make are UUIDv7.

type Branded<Name extends string> = string & { readonly __kind?: Name }

export type TenantId = Branded<'tenant'>
export type CompanyId = Branded<'company'>
export type LedgerAccountId = Branded<'ledger-account'>
export type PersonId = Branded<'person'>
export type EntryId = Branded<'entry'>
export type InstitutionId = Branded<'institution'>
export type ProgrammeId = Branded<'programme'>
export type AgreementId = Branded<'agreement'>
export type SessionId = Branded<'session'>
export type ConsentId = Branded<'consent'>
export type ConnectionId = Branded<'connection'>
export type SyncRunId = Branded<'sync-run'>
export type TransactionId = Branded<'transaction'>
export type MatchId = Branded<'match'>
export type MatchingRunId = Branded<'matching-run'>
export type HabitId = Branded<'habit'>
export type EventId = Branded<'event'>
export type EndpointId = Branded<'endpoint'>
