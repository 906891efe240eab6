// The table of statuses, row by row, as one function of the facts and an instant. What a finding means in words is in `reason.ts`, what mends it
// in `repair.ts`.

import { consentStatus, endOf, lastToExpire } from '../../consents/model/consent.ts'
import type { InstitutionId, LedgerAccountId } from '../../values/ids.ts'
import { ledgerAccountIdOf } from './connection.ts'
import { chosenSource, consentInUse, coveringSoFar, lastCover, usableCovers, usableWithoutCover } from './cover.ts'
import type { AgreementFact, ConnectionFacts, ConsentFact, SessionFact } from './facts.ts'

export const connectionStatuses = [
  'ignored',
  'deactivated',
  'agreement_pending',
  'ledger_account_not_found',
  'unassigned',
  'inactive',
  'active',
  'iban_not_found',
  'access_lost',
  'revoked',
  'expired',
  'authorisation_incomplete',
  'not_connected',
] as const

export type ConnectionStatus = (typeof connectionStatuses)[number]

/** A status with what it was found from. */
export type Finding =
  | { readonly status: 'ignored' | 'deactivated' | 'not_connected' }
  | { readonly status: 'agreement_pending'; readonly agreement: AgreementFact }
  | { readonly status: 'ledger_account_not_found'; readonly ledgerAccountId: LedgerAccountId; readonly exists: boolean }
  | { readonly status: 'unassigned' | 'inactive' | 'active'; readonly used: ConsentFact }
  /** `consent` is usable, and does not cover it. */
  | { readonly status: 'iban_not_found'; readonly onceCovered: boolean; readonly consent: ConsentFact }
  /** `other` still covers it, and may not be used. */
  | { readonly status: 'access_lost'; readonly last: ConsentFact; readonly other: ConsentFact | undefined }
  | { readonly status: 'revoked' | 'expired'; readonly last: ConsentFact }
  | { readonly status: 'authorisation_incomplete'; readonly session: SessionFact }

/** The first row that holds at that instant. */
export function findingAt(facts: ConnectionFacts, at: Date): Finding {
  return decidedHere(facts, at) ?? covered(facts, at) ?? onceCovered(facts, at) ?? neverCovered(facts, at)
}

/** Rows 1 to 4: whatever the bank says. */
function decidedHere(facts: ConnectionFacts, at: Date): Finding | undefined {
  const { connection, agreement } = facts
  if (assignedTo(facts, at) === 'none') return { status: 'ignored' }
  if (connection.deactivatedAt !== null && connection.deactivatedAt <= at) return { status: 'deactivated' }
  if (agreement !== null && !(agreement.state === 'approved' && agreement.at <= at))
    return { status: 'agreement_pending', agreement }
  return withoutLedgerAccount(facts, at)
}

/** Rows 5 to 7. */
function covered(facts: ConnectionFacts, at: Date): Finding | undefined {
  const used = consentInUse(facts, at)
  if (used === undefined) return undefined
  if (assignedTo(facts, at) === 'nothing') return { status: 'unassigned', used }
  const { activatedAt } = facts.connection
  return { status: activatedAt !== null && activatedAt <= at ? 'active' : 'inactive', used }
}

/**
 * Rows 8 to 11. Where a source is chosen its consent is what counts, and however that went, access is lost: revoked and expired tell of a connection
 * that anybody may serve.
 */
function onceCovered(facts: ConnectionFacts, at: Date): Finding | undefined {
  const covers = coveringSoFar(facts, at)
  const lastOfAll = lastCover(covers)
  if (lastOfAll === undefined) return undefined
  const chosen = chosenSource(facts, at).personId
  const lastOfChosen = chosen === null ? lastOfAll : lastCover(covers.filter(({ personId }) => personId === chosen))
  const consent = lastOfChosen && newerWithoutCover(facts, lastOfChosen, at)
  if (consent !== undefined) return { status: 'iban_not_found', onceCovered: true, consent }
  const last = lastOfChosen ?? lastOfAll
  const { how, at: endedAt } = endOf(last)
  if (chosen !== null || (how === 'person_removed' && endedAt <= at))
    return { status: 'access_lost', last, other: lastToExpire(usableCovers(facts, at)) }
  return { status: consentStatus(last, at) === 'revoked' ? 'revoked' : 'expired', last }
}

/** Rows 12 to 14. */
function neverCovered(facts: ConnectionFacts, at: Date): Finding {
  const bank = bankOf(facts, at)
  const consent = lastToExpire(
    usableWithoutCover(facts, at).filter(({ institutionId }) => bank.includes(institutionId)),
  )
  if (consent !== undefined) return { status: 'iban_not_found', onceCovered: false, consent }
  const session = latest(
    facts.sessions.filter(
      ({ namesIt, institutionId }) => namesIt || (institutionId !== null && bank.includes(institutionId)),
    ),
    ({ redirectedAt }) => redirectedAt,
    at,
  )
  const completed = session?.status === 'completed' && session.endedAt !== null && session.endedAt <= at
  return session === undefined || completed
    ? { status: 'not_connected' }
    : { status: 'authorisation_incomplete', session }
}

/** What the same person consented to since at that institution, leaving the account out. */
function newerWithoutCover(facts: ConnectionFacts, last: ConsentFact, at: Date): ConsentFact | undefined {
  return lastToExpire(
    usableWithoutCover(facts, at).filter(
      ({ personId, institutionId, validFrom }) =>
        personId === last.personId && institutionId === last.institutionId && validFrom > last.validFrom,
    ),
  )
}

/** Before it was last assigned it was assigned otherwise, whatever that was. */
function assignedTo(
  { connection: { assignment, assignedAt } }: ConnectionFacts,
  at: Date,
): 'nothing' | 'none' | 'something' {
  if (at < assignedAt) return assignment === null ? 'something' : 'nothing'
  if (assignment === null) return 'nothing'
  return assignment === 'none' ? 'none' : 'something'
}

/** One that never had this IBAN, because a person assigned it so, may do without. */
function withoutLedgerAccount({ connection, ledgerAccount }: ConnectionFacts, at: Date): Finding | undefined {
  const ledgerAccountId = ledgerAccountIdOf(connection)
  if (ledgerAccountId === null || at < connection.assignedAt) return undefined
  const exists = ledgerAccount !== null
  const lost = !exists || (connection.ledgerAccountHadIban && ledgerAccount.iban !== connection.iban)
  const lostAt = (exists ? ledgerAccount.ibanChangedAt : connection.ledgerAccountGoneAt) ?? connection.assignedAt
  return lost && lostAt <= at ? { status: 'ledger_account_not_found', ledgerAccountId, exists } : undefined
}

/** The institutions that are its bank: the one of the session that last named it, else the ledger account's, else those of the IBAN's bank code. */
export function bankOf(facts: ConnectionFacts, at: Date): readonly InstitutionId[] {
  const named = facts.sessions.filter(({ namesIt, institutionId }) => namesIt && institutionId !== null)
  const asked =
    latest(named, ({ createdAt }) => createdAt, at)?.institutionId ?? facts.ledgerAccount?.institutionId ?? null
  return asked === null ? facts.bankInstitutionIds : [asked]
}

/** The session to which it happened last by then. */
function latest(
  sessions: readonly SessionFact[],
  instantOf: (session: SessionFact) => Date | null,
  at: Date,
): SessionFact | undefined {
  const timeOf = (session: SessionFact) => instantOf(session)?.getTime() ?? Infinity
  return sessions.filter((session) => timeOf(session) <= at.getTime()).toSorted((a, b) => timeOf(b) - timeOf(a))[0]
}
