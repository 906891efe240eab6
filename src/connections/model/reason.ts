import { obstacleOf } from '../../agreements/model.ts'
import { consentStatus } from '../../consents/model/consent.ts'
import type { SessionFailure } from '../../providers/provider.ts'
import { maskIban } from '../../values/iban.ts'
import { chosenSource, usableCovers } from './cover.ts'
import type { AgreementFact, ConnectionFacts, ConsentFact, SessionFact } from './facts.ts'
import type { Finding } from './finding.ts'

/** The finding in plain words, for the people who keep the books. Says no more of anybody than the tenant's own keys, the bank and a masked IBAN. */
export function reasonOf(finding: Finding, facts: ConnectionFacts, now: Date): string {
  switch (finding.status) {
    case 'ignored':
      return 'It is assigned to none: it is never fetched.'
    case 'deactivated':
      return `It was switched off here.${usableCovers(facts, now).length === 0 ? '' : ' The bank may still list the consent.'}`
    case 'agreement_pending':
      return ofAgreement(finding.agreement)
    case 'ledger_account_not_found':
      return finding.exists
        ? `Ledger account ${finding.ledgerAccountId} no longer has ${accountIn(facts)}.`
        : `Ledger account ${finding.ledgerAccountId} no longer exists.`
    case 'unassigned':
      return 'It is connected, and not yet assigned to anything in the books.'
    case 'inactive':
      return 'It is connected, and not yet activated: nothing is fetched.'
    case 'active':
      return ofSource(finding.used, facts, now)
    case 'iban_not_found':
      return `The consent at ${finding.consent.institutionName} does not cover ${accountIn(facts)}: it has to be ticked at the bank.`
    case 'access_lost':
      return ofLostAccess(finding.last, finding.other, facts, now)
    case 'revoked':
      return `The consent at ${finding.last.institutionName} was withdrawn${finding.last.ended?.by === 'bank' ? ' at the bank' : ''}.`
    case 'expired':
      return `The consent at ${finding.last.institutionName} ${ranOut(finding.last, now)}.`
    case 'authorisation_incomplete':
      return ofSession(finding.session)
    case 'not_connected':
      return 'Nobody has authorised access to it yet.'
  }
}

function ofAgreement({ state, reasons }: AgreementFact): string {
  const text = obstacleOf(state)?.text ?? 'The company’s agreement was not approved yet'
  return `${text}${reasons.length === 0 ? '' : `: ${reasons.join(', ')}`}.`
}

function ofSource(used: ConsentFact, facts: ConnectionFacts, now: Date): string {
  const { personId } = chosenSource(facts, now)
  const instead = personId !== null && personId !== used.personId
  return instead
    ? `It is fetched with another person’s consent at ${used.institutionName}: the chosen source has none that can be used.`
    : `It is fetched with a consent at ${used.institutionName}.`
}

function ofLostAccess(last: ConsentFact, other: ConsentFact | undefined, facts: ConnectionFacts, now: Date): string {
  const { personId } = chosenSource(facts, now)
  const others = other === undefined ? 'nobody else’s covers it' : 'fallback to another person’s is not allowed'
  if (personId !== null && personId !== last.personId)
    return `The chosen source has no consent that covers it, and ${others}.`
  if (last.personRemovedAt !== null && last.personRemovedAt <= now)
    return `The person whose consent fetched it was removed, and ${others}.`
  const gone = consentStatus(last, now) === 'revoked' ? 'was withdrawn' : ranOut(last, now)
  return `The chosen source’s consent at ${last.institutionName} ${gone}, and ${others}.`
}

function ranOut(consent: ConsentFact, now: Date): string {
  return consentStatus(consent, now) === 'reconfirmation_due' ? 'waits to be reconfirmed' : 'has run out'
}

function ofSession({ status, failure }: SessionFact): string {
  if (failure !== null) return `The authorisation was not completed: ${failures[failure]}.`
  return status === 'redirected' || status === 'opened'
    ? 'Somebody was sent to the bank and has not come back yet.'
    : 'Somebody was sent to the bank and did not complete the authorisation.'
}

const failures: Readonly<Record<SessionFailure, string>> = {
  cancelled_by_person: 'the person cancelled it',
  rejected_by_bank: 'the bank rejected it',
  insufficient_rights: 'the person does not have the rights that it takes at the bank',
  wrong_account_type: 'the accounts were not of a kind that can be connected',
  bank_unavailable: 'the bank could not be reached',
  provider_error: 'the connection to the bank failed',
  timed_out: 'it took too long',
}

function accountIn({ connection: { iban } }: ConnectionFacts): string {
  return iban === null ? 'this account' : maskIban(iban)
}
