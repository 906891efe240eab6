import { Type } from 'typebox'
import {
  closed,
  component,
  day,
  instant,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  url,
  uuid,
} from '../shared/http/schema.ts'
import { startWords } from '../connections/model/activation.ts'
import type { ConsentSession } from './model/consent-session.ts'
import { sessionStatuses } from './model/session.ts'
import { languages } from './pages/language.ts'
import type { DescribedConsent } from './read-consents.ts'
import type { Reconfirmation } from './reconfirm-consent.ts'
import type { StartedSession } from './start-session.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const sessionParams = Type.Object({ sessionId: uuid('The consent session.') })
export const consentParams = Type.Object({ consentId: uuid('The consent.') })

const institutionKey = Type.String({
  pattern: '^[A-Za-z0-9._~-]{1,129}$',
  description: 'The institution.',
  examples: ['berlin-group.fjordbanken'],
})

export const startDateField = Type.Union(
  [day('The first day to fetch.'), oneOf(startWords, 'Resolved to a day once, at activation.')],
  {
    description: 'The first day to fetch: a day, or `today`, `month_start`, `max_history`.',
    examples: ['month_start'],
  },
)
export const firstSyncField = oneOf(['now', 'next_day'], 'When the first fetch runs. Default `now`.')

export const sessionBody = component(
  'ConsentSessionInput',
  Type.Object(
    {
      personId: Type.Optional(tenantKey('Who is to approve; absent: whoever holds the link.')),
      institutionId: Type.Optional(institutionKey),
      redirectUrl: Type.Optional(
        url('One of your registered `redirectUrls`, letter by letter; else your default one.'),
      ),
      language: Type.Optional(oneOf(languages, 'Of the hosted page; else the browser’s.')),
      ledgerAccountIds: Type.Optional(
        Type.Array(tenantKey('A ledger account.'), {
          maxItems: 50,
          uniqueItems: true,
          description: 'What it is for: named on the page, to be ticked at the bank.',
        }),
      ),
      activate: Type.Optional(
        Type.Object(
          {
            startDate: startDateField,
            firstSync: Type.Optional(firstSyncField),
            unassigned: Type.Optional(
              Type.Boolean({
                description:
                  'Also accounts that have no ledger account, such as cards: what they bring is kept, and delivered once they are assigned. Without it, only those that have one.',
              }),
            ),
          },
          { ...closed, description: 'Switches on what it connects, as soon as it is completed.' },
        ),
      ),
      expiresInHours: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 720, default: 72, description: 'How long the link works.' }),
      ),
      page: Type.Optional(
        oneOf(
          ['hosted', 'none'],
          '`none` (with an institution): `url` is the bank’s own, and you have explained what is shared. Default `hosted`.',
        ),
      ),
    },
    { ...closed, description: 'An attempt to authorise access at a bank.' },
  ),
)

export const sessionView = component(
  'ConsentSession',
  Type.Object(
    {
      id: uuid('The session.'),
      companyId: tenantKey('Your key of the company.'),
      personId: Type.Optional(tenantKey('Who is to approve.')),
      institutionId: Type.Optional(institutionKey),
      status: oneOf(sessionStatuses, 'Where it stands.'),
      failure: Type.Optional(
        oneOf(
          [
            'cancelled_by_person',
            'rejected_by_bank',
            'insufficient_rights',
            'wrong_account_type',
            'bank_unavailable',
            'provider_error',
            'timed_out',
          ],
          'Why the last attempt came to nothing.',
        ),
      ),
      failureText: Type.Optional(text(1_000, 'The same in words.', 'The person cancelled on the page.')),
      url: Type.Optional(
        Type.String({
          description: 'The link: only in the answer that made it.',
          examples: ['https://bank.example/connect/5yX…'],
        }),
      ),
      redirectUrl: url('Where the person is sent back to, with `session` and `status` added.'),
      expiresAt: instant('Until when the link works.'),
      openedAt: Type.Optional(instant('When somebody first opened it.')),
      consentId: Type.Optional(uuid('The consent that came of it.')),
      connectionIds: Type.Array(uuid('A connection that the consent covers.')),
      refusedAccounts: Type.Array(
        Type.Object({
          maskedIban: Type.Optional(Type.String({ description: 'Enough for its holder to know it.' })),
          reason: Type.String({ description: 'Why it was refused; nothing of it is kept.' }),
        }),
      ),
    },
    { description: 'One attempt by one person to authorise access at one institution.' },
  ),
)
export const sessionList = listOf('ConsentSessionList', sessionView)
export const sessionQuery = Type.Object(
  { ...listQuery, status: Type.Optional(oneOf(sessionStatuses, 'Only those.')) },
  closed,
)

const consentStatuses = ['usable', 'reconfirmation_due', 'expired', 'revoked', 'superseded'] as const

export const consentView = component(
  'Consent',
  Type.Object(
    {
      id: uuid('The consent.'),
      companyId: tenantKey('Your key of the company.'),
      personId: Type.Optional(tenantKey('Whose it is.')),
      institutionId: institutionKey,
      status: oneOf(consentStatuses, 'Whether it serves, and why not.'),
      bankAccess: oneOf(['live', 'ended', 'unknown'], 'Whether the bank still lists it.'),
      validFrom: instant('Since when.'),
      expiresAt: instant('The first instant at which it no longer serves.'),
      reconfirmBy: Type.Optional(instant('Until when the person has to reconfirm (UK).')),
      accounts: Type.Array(Type.Object({ connectionId: uuid('A connection that it serves.') })),
    },
    { description: 'One person’s permission at one institution.' },
  ),
)
export const consentList = listOf('ConsentList', consentView)
export const consentQuery = Type.Object(
  {
    ...listQuery,
    personId: Type.Optional(tenantKey('Only this person’s.')),
    status: Type.Optional(oneOf(consentStatuses, 'Only those.')),
  },
  closed,
)
export const consentPatch = component(
  'ConsentPatch',
  Type.Object({ personId: tenantKey('Whose it is.') }, { ...closed, description: 'Says whose consent it is.' }),
)
export const revokedView = component(
  'RevokedConsent',
  Type.Object(
    {
      status: oneOf(['bank_action_required'], 'Only the bank can end it.'),
      consent: consentView.ref,
    },
    { description: 'It is no longer used here; the person has to end it at the bank.' },
  ),
)

export const reconfirmationBody = component(
  'ReconfirmationInput',
  Type.Object(
    {
      redirectUrl: Type.Optional(
        url('Where the person goes afterwards: one of your registered `redirectUrls`; else your default one.'),
      ),
    },
    { ...closed, description: 'How to have a consent reconfirmed.' },
  ),
)
export const reconfirmationView = component(
  'Reconfirmation',
  Type.Object(
    {
      url: Type.String({ description: 'The provider’s page: send the person there. No bank login is asked for.' }),
      reconfirmBy: instant('Until when the consent serves without it. Afterwards it rests until they have.'),
    },
    { description: 'Where the person says that a consent still stands.' },
  ),
)

export const renewalBody = component(
  'ConsentRenewalInput',
  Type.Object(
    {
      redirectUrl: Type.Optional(url('One of your registered `redirectUrls`; else your default one.')),
      consentIds: Type.Optional(
        Type.Array(uuid('A consent.'), {
          maxItems: 100,
          uniqueItems: true,
          description: 'Only these; else every one that needs it.',
        }),
      ),
      activeWithinDays: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 730,
          default: 90,
          description: 'Expired ones too, if they served this many days ago.',
        }),
      ),
    },
    { ...closed, description: 'What to renew.' },
  ),
)
export const renewalView = component(
  'ConsentRenewal',
  Type.Object(
    { data: Type.Array(sessionView.ref) },
    { description: 'One session per institution and person, each with its link.' },
  ),
)

export const toSessionView = (session: ConsentSession) => ({
  id: session.id,
  companyId: session.companyId,
  ...(session.personId !== null && { personId: session.personId }),
  ...(session.institutionId !== null && { institutionId: session.institutionId }),
  status: session.status,
  ...(session.failure !== null && { failure: session.failure }),
  ...(session.failureText !== null && { failureText: session.failureText }),
  redirectUrl: session.redirectUrl,
  expiresAt: session.expiresAt.toISOString(),
  ...(session.openedAt !== null && { openedAt: session.openedAt.toISOString() }),
  ...(session.consentId !== null && { consentId: session.consentId }),
  connectionIds: [...session.connectionIds],
  refusedAccounts: session.refusedAccounts.map(({ maskedIban, reason }) => ({
    ...(maskedIban !== null && { maskedIban }),
    reason,
  })),
})

export const toStartedView = ({ session, url: link }: StartedSession) => ({ ...toSessionView(session), url: link })
export const toRenewalView = (started: readonly StartedSession[]) => ({ data: started.map(toStartedView) })

export const toReconfirmationView = ({ consent, url: page }: Reconfirmation) => ({
  url: page,
  reconfirmBy: (consent.reconfirmBy ?? consent.expiresAt).toISOString(),
})

export const toConsentView = (consent: DescribedConsent) => ({
  id: consent.id,
  companyId: consent.companyId,
  ...(consent.personId !== null && { personId: consent.personId }),
  institutionId: consent.institutionId,
  status: consent.status,
  bankAccess: consent.bankAccess,
  validFrom: consent.validFrom.toISOString(),
  expiresAt: consent.expiresAt.toISOString(),
  ...(consent.reconfirmBy !== null && { reconfirmBy: consent.reconfirmBy.toISOString() }),
  accounts: consent.connectionIds.map((connectionId) => ({ connectionId })),
})
