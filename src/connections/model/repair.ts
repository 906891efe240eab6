import { obstacleOf } from '../../agreements/model.ts'
import { consentStatus } from '../../consents/model/consent.ts'
import type { InstitutionId, PersonId } from '../../values/ids.ts'
import { chosenSource } from './cover.ts'
import type { AgreementFact, ConnectionFacts, ConsentFact } from './facts.ts'
import { bankOf, type Finding } from './finding.ts'

export type RepairAction =
  'activate' | 'assign' | 'authorise' | 'renew' | 'reconfirm' | 'choose_source' | 'sign' | 'wait'

/** A call of our own API. `body` is whole, but for `assign` and `sign`: only the caller knows where the transactions belong, and who is to sign. */
export type RepairStep = {
  readonly action: RepairAction
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly href: string
  readonly body?: Readonly<Record<string, string | boolean | readonly string[]>>
}

/** What mends a finding, first step first; nothing where there is nothing to mend. */
export function repairOf(finding: Finding, facts: ConnectionFacts, now: Date): readonly RepairStep[] {
  switch (finding.status) {
    case 'ignored':
    case 'active':
      return []
    case 'deactivated':
    case 'inactive':
      return [activate(facts)]
    case 'agreement_pending':
      return [agree(finding.agreement, facts)]
    case 'ledger_account_not_found':
    case 'unassigned':
      return [{ action: 'assign', method: 'PATCH', href: connection(facts) }]
    case 'iban_not_found': {
      const step = authorise(facts, {
        institutionId: finding.consent.institutionId,
        personId: finding.consent.personId,
      })
      return finding.onceCovered && facts.connection.activatedAt === null ? [step, activate(facts)] : [step]
    }
    case 'access_lost':
      return [
        finding.other === undefined ? authoriseAgain(finding.last, facts, now) : chooseSource(finding.other, facts),
      ]
    case 'revoked':
      return [authoriseAgain(finding.last, facts, now)]
    case 'expired':
      return [rests(finding.last, now) ? reconfirm(finding.last) : renew(finding.last, facts)]
    case 'authorisation_incomplete':
      return [authorise(facts, finding.session)]
    case 'not_connected':
      return [authorise(facts, { institutionId: onlyOne(bankOf(facts, now)), personId: null })]
  }
}

function activate(facts: ConnectionFacts): RepairStep {
  return { action: 'activate', method: 'POST', href: `${connection(facts)}/activate` }
}

function agree({ state, institutionId }: AgreementFact, facts: ConnectionFacts): RepairStep {
  const href = `${company(facts)}/agreement`
  const action = obstacleOf(state)?.next ?? 'wait'
  // Where it waits to be signed, the link is there to be read.
  return action === 'wait' || state === 'to_sign'
    ? { action, method: 'GET', href: `${href}?institutionId=${encodeURIComponent(institutionId)}` }
    : { action, method: 'POST', href, body: { institutionId } }
}

/** A consent of somebody unknown cannot be chosen by person; letting it take over comes to the same. */
function chooseSource({ personId }: ConsentFact, facts: ConnectionFacts): RepairStep {
  return {
    action: 'choose_source',
    method: 'PATCH',
    href: connection(facts),
    body: personId === null ? { sourceFallback: true } : { sourcePersonId: personId },
  }
}

/** Whoever is to fetch it, else whoever gave the last consent, gives another; unless that person was removed. */
function authoriseAgain(last: ConsentFact, facts: ConnectionFacts, now: Date): RepairStep {
  const wanted = chosenSource(facts, now).personId ?? last.personId
  if (rests(last, now) && last.personId === wanted) return reconfirm(last)
  const removed = facts.consents.some(
    ({ personId, personRemovedAt }) => personId === wanted && personRemovedAt !== null && personRemovedAt <= now,
  )
  return authorise(facts, { institutionId: last.institutionId, personId: removed ? null : wanted })
}

function renew(last: ConsentFact, facts: ConnectionFacts): RepairStep {
  return {
    action: 'renew',
    method: 'POST',
    href: `${company(facts)}/consent-renewals`,
    body: { consentIds: [last.id] },
  }
}

/** A consent that rests for want of a reconfirmation needs no visit to the bank. */
function reconfirm({ id }: ConsentFact): RepairStep {
  return { action: 'reconfirm', method: 'POST', href: `/v1/consents/${id}/reconfirm` }
}

function rests(consent: ConsentFact, now: Date): boolean {
  return consentStatus(consent, now) === 'reconfirmation_due'
}

function authorise(
  facts: ConnectionFacts,
  { institutionId, personId }: { readonly institutionId: InstitutionId | null; readonly personId: PersonId | null },
): RepairStep {
  const { ledgerAccount } = facts
  return {
    action: 'authorise',
    method: 'POST',
    href: `${company(facts)}/consent-sessions`,
    body: {
      ...(institutionId !== null && { institutionId }),
      ...(personId !== null && { personId }),
      ...(ledgerAccount !== null && { ledgerAccountIds: [ledgerAccount.id] }),
    },
  }
}

/** Where its bank can be reached in several ways the person chooses on the page. */
function onlyOne<T>(those: readonly T[]): T | null {
  return those.length === 1 ? (those[0] ?? null) : null
}

const company = ({ connection: { companyId } }: ConnectionFacts) => `/v1/companies/${companyId}`
const connection = ({ connection: { id } }: ConnectionFacts) => `/v1/connections/${id}`
