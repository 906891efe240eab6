import { Type } from 'typebox'
import {
  closed,
  component,
  currency,
  day,
  instant,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  uuid,
} from '../shared/http/schema.ts'
import { startWords } from './model/activation.ts'
import { connectionStatuses } from './model/finding.ts'
import { offersOf } from './model/offer.ts'
import type { DescribedConnection } from './read-connections.ts'
import type { StatusChange } from './model/status-change.ts'

export const connectionParams = Type.Object({ connectionId: uuid('The connection.') })
export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })

const status = oneOf(connectionStatuses, 'Derived from the facts, never stored as truth.')
const institutionKey = Type.String({ description: 'The institution.', examples: ['berlin-group.fjordbanken'] })

const assignmentFields = Type.Object(
  {
    ledgerAccountId: Type.Optional(tenantKey('The ledger account.')),
    personId: Type.Optional(tenantKey('The card holder.')),
    expensePolicy: Type.Optional(oneOf(['company', 'reimbursable'], 'Who bears what is bought with the card.')),
  },
  { ...closed, minProperties: 1 },
)
const assignment = Type.Union([assignmentFields, Type.Literal('none'), Type.Null()], {
  description:
    'Where its transactions belong: a ledger account, a card holder, both; `none` is deliberately nowhere and never fetched; null nothing yet.',
})

export const connectionQuery = Type.Object(
  {
    ...listQuery,
    status: Type.Optional(oneOf(connectionStatuses, 'Only those.')),
    companyId: Type.Optional(tenantKey('Only this company’s.')),
    expiresBefore: Type.Optional(instant('Only those whose consent in use ends before.')),
  },
  closed,
)
export const companyConnectionQuery = Type.Object(
  { ...listQuery, status: Type.Optional(oneOf(connectionStatuses, 'Only those.')) },
  closed,
)

const repairView = Type.Object({
  action: oneOf(
    ['activate', 'assign', 'authorise', 'renew', 'reconfirm', 'choose_source', 'sign', 'wait'],
    'What it does.',
  ),
  method: oneOf(['GET', 'POST', 'PATCH'], 'HTTP method.'),
  href: Type.String({ description: 'Path.' }),
  body: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'What to send, ready to use.' })),
})

const offerView = Type.Object({
  action: oneOf(['revoke'], 'What it does.'),
  method: oneOf(['DELETE'], 'HTTP method.'),
  href: Type.String({ description: 'Path.' }),
  text: Type.String({ description: 'What comes of it, in plain words.' }),
})

export const connectionView = component(
  'Connection',
  Type.Object(
    {
      id: uuid('Stays the same through renewals and changes of source.'),
      companyId: tenantKey('Your key of the company.'),
      institutionId: Type.Optional(institutionKey),
      name: text(200, 'As the bank calls the account, or the books while it waits.', 'Driftskonto'),
      type: oneOf(['current', 'savings', 'card', 'fuel_card', 'loan'], 'What kind of account.'),
      iban: Type.Optional(text(34, 'IBAN.', 'NO9386011117947')),
      bban: Type.Optional(text(64, 'Account number, where there is no IBAN.', '86011117947')),
      maskedPan: Type.Optional(text(40, 'Card number, masked.', '492500******1234')),
      currency: currency(),
      owner: Type.Optional(text(200, 'Whose account the bank says it is.', 'Nordlys Kaffe AS')),
      assignment,
      sourcePersonId: Type.Optional(tenantKey('Whose consent may fetch; absent: anybody’s.')),
      sourceFallback: Type.Boolean({ description: 'Whether another usable consent may take over.' }),
      effectiveConsentId: Type.Optional(uuid('The consent that fetches.')),
      consents: Type.Array(uuid('A usable consent that covers it.')),
      status,
      since: instant('The instant of the fact that caused the status.'),
      reason: Type.String({ description: 'Why, in plain words.' }),
      repair: Type.Array(repairView, { description: 'What mends it, first step first; each is a call of this API.' }),
      offers: Type.Array(offerView, {
        description: 'What may be done besides and mends nothing; each is a call of this API, for somebody to want.',
      }),
      expiresAt: Type.Optional(instant('When the consent in use ends.')),
      renewFrom: Type.Optional(instant('From when renewing it is asked for.')),
      bankAccess: oneOf(['live', 'ended', 'unknown', 'none'], 'Whether the bank still gives this account’s data.'),
      activatedAt: Type.Optional(instant('When it was last switched on.')),
      startDate: Type.Optional(day('The first day that is fetched.')),
      health: Type.Object(
        {
          state: oneOf(['ok', 'delayed', 'failing'], 'How fetching goes; a failing bank does not change the status.'),
          kind: Type.Optional(
            oneOf(['consent_gone', 'needs_person', 'rate_limited', 'temporary', 'refused', 'nonsense'], 'Why not.'),
          ),
          since: Type.Optional(instant('Since the first of the failures in a row.')),
          nextTryAt: Type.Optional(instant('When it is tried again.')),
        },
        { description: 'How fetching goes.' },
      ),
      lastSync: Type.Optional(
        Type.Object({
          syncRunId: uuid('The last finished run.'),
          status: oneOf(['completed', 'failed', 'queued', 'running'], 'How it ended.'),
          at: instant('When.'),
          added: Type.Integer({ description: '0 with status completed: nothing new.' }),
          errorKind: Type.Optional(Type.String({ description: 'Why it failed.' })),
        }),
      ),
      nextSyncAt: Type.Optional(instant('When it is fetched next.')),
    },
    { description: 'One bank account (or card) of one company, connected to the books.' },
  ),
)
export const connectionList = listOf('ConnectionList', connectionView)

export const connectionPatch = component(
  'ConnectionPatch',
  Type.Object(
    {
      assignment: Type.Optional(assignment),
      movePast: Type.Optional(
        Type.Boolean({
          description: 'Whether already imported transactions move too, or stay where they were. Default false.',
        }),
      ),
      sourcePersonId: Type.Optional(Type.Union([tenantKey('Whose consent may fetch.'), Type.Null()])),
      sourceFallback: Type.Optional(Type.Boolean({ description: 'Whether another usable consent may take over.' })),
    },
    { ...closed, minProperties: 1, description: 'What to change; what is absent stays.' },
  ),
)

export const activateBody = component(
  'ActivateInput',
  Type.Object(
    {
      startDate: Type.Optional(
        Type.Union([day('The first day to fetch.'), oneOf(startWords, 'Resolved to a day once.')], {
          description:
            'The first day to fetch: a day, or `today`, `month_start`, `max_history`. Without one a connection that fetched before goes on where it stood, and a new one takes all that the bank serves.',
        }),
      ),
      firstSync: Type.Optional(oneOf(['now', 'next_day'], 'When the first fetch runs. Default `now`.')),
    },
    { ...closed, description: 'From when to fetch.' },
  ),
)
export const activatedView = component(
  'ActivatedConnection',
  Type.Object(
    {
      connection: connectionView.ref,
      servedFrom: day('The first day that the bank still serves: what is asked before it is a gap.'),
    },
    { description: 'The connection, switched on.' },
  ),
)

export const statusHistoryView = component(
  'StatusHistory',
  Type.Object(
    {
      data: Type.Array(
        Type.Object({
          status,
          reason: Type.String(),
          since: instant('The instant of the fact that caused it.'),
          recordedAt: instant('When it was recorded.'),
        }),
      ),
    },
    { description: 'Every status it has had, the oldest first.' },
  ),
)

export function toConnectionView(connection: DescribedConnection) {
  const { projection, health, lastSync } = connection
  return {
    id: connection.id,
    companyId: connection.companyId,
    ...(connection.institutionId !== null && { institutionId: connection.institutionId }),
    name: connection.name,
    type: connection.type,
    ...(connection.iban !== null && { iban: connection.iban }),
    ...(connection.bban !== null && { bban: connection.bban }),
    ...(connection.maskedPan !== null && { maskedPan: connection.maskedPan }),
    currency: connection.currency,
    ...(connection.owner !== null && { owner: connection.owner }),
    assignment: connection.assignment,
    ...(connection.sourcePersonId !== null && { sourcePersonId: connection.sourcePersonId }),
    sourceFallback: connection.sourceFallback,
    ...(projection.effectiveConsentId !== null && { effectiveConsentId: projection.effectiveConsentId }),
    consents: [...projection.consentIds],
    status: projection.status,
    since: projection.since.toISOString(),
    reason: projection.reason,
    repair: projection.repair.map(({ action, method, href, body }) => ({
      action,
      method,
      href,
      ...(body !== undefined && { body: { ...body } }),
    })),
    offers: [...offersOf(projection)],
    ...(projection.expiresAt !== null && { expiresAt: projection.expiresAt.toISOString() }),
    ...(projection.renewFrom !== null && { renewFrom: projection.renewFrom.toISOString() }),
    bankAccess: projection.bankAccess,
    ...(connection.activatedAt !== null && { activatedAt: connection.activatedAt.toISOString() }),
    ...(connection.startDate !== null && { startDate: connection.startDate }),
    health:
      health.state === 'ok'
        ? { state: health.state }
        : {
            state: health.state,
            kind: health.kind,
            since: health.since.toISOString(),
            ...(health.nextTryAt !== null && { nextTryAt: health.nextTryAt.toISOString() }),
          },
    ...(lastSync !== null && {
      lastSync: {
        syncRunId: lastSync.id,
        status: lastSync.status,
        at: lastSync.at.toISOString(),
        added: lastSync.added,
        ...(lastSync.errorKind !== null && { errorKind: lastSync.errorKind }),
      },
    }),
    ...(connection.nextSyncAt !== null && { nextSyncAt: connection.nextSyncAt.toISOString() }),
  }
}

export const toStatusHistoryView = (changes: readonly StatusChange[]) => ({
  data: changes.map((change) => ({
    status: change.status,
    reason: change.reason,
    since: change.since.toISOString(),
    recordedAt: change.recordedAt.toISOString(),
  })),
})
