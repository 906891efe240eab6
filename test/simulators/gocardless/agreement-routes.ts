// End user agreements: what for, how far back, how long; and in the UK their reconfirmation.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { scopes, type Institution, type Scope } from './institutions.ts'
import { pageOf } from './lists.ts'
import {
  checkId,
  fieldRefusal,
  notFound,
  onlyKnown,
  refusal,
  required,
  textOf,
  type FieldFaults,
  type Told,
} from './refusal.ts'
import { dayMs, endOf, type Agreement, type Reconfirmation, type Requisition, type World } from './world.ts'

type WithId = { Params: { id: string } }

const fields = ['institution_id', 'max_historical_days', 'access_valid_for_days', 'access_scope', 'reconfirmation']

export function agreementRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/agreements/enduser/', async (request) =>
    pageOf(world, request, [...world.agreements.values()].toReversed(), viewOf),
  )
  scope.post('/agreements/enduser/', async (request, reply) => {
    const agreement = newAgreement(world, { ...(typeof request.body === 'object' ? request.body : {}) })
    world.agreements.set(agreement.id, agreement)
    return reply.code(201).send(viewOf(agreement))
  })
  scope.get<WithId>('/agreements/enduser/:id/', async ({ params }) => viewOf(find(world, params.id)))
  scope.delete<WithId>('/agreements/enduser/:id/', async ({ params }) => {
    const { id, accepted } = find(world, params.id)
    if (accepted !== null) throw refusal(400, 'End User Agreement cannot be deleted', `EUA '${id}' is accepted.`)
    world.agreements.delete(id)
    return { summary: 'End User Agreement deleted', detail: `End User Agreement ${id} deleted` }
  })
  scope.put<WithId>('/agreements/enduser/:id/accept/', async ({ params }) => {
    find(world, params.id)
    throw refusal(
      403,
      'Insufficient permissions',
      "Your company doesn't have permission to accept EUA. You'll have to use our default form for this action.",
    )
  })
  scope.get<WithId>('/agreements/enduser/:id/reconfirm/', async ({ params }) => {
    const agreement = reconfirmable(world, params.id)
    if (agreement.reconfirmed === null) throw notFound()
    return viewOfReconfirmation(world, agreement, agreement.reconfirmed)
  })
  scope.post<WithId>('/agreements/enduser/:id/reconfirm/', async ({ params, body }, reply) => {
    const agreement = reconfirmable(world, params.id)
    const sent = { ...(typeof body === 'object' ? body : {}) }
    onlyKnown(sent, ['redirect'], 'payload')
    const redirect = 'redirect' in sent ? sent.redirect : null
    if (redirect !== null && (typeof redirect !== 'string' || URL.parse(redirect) === null))
      throw fieldRefusal({ redirect: [invalidRedirect] })
    checkMayReconfirm(world, agreement)
    agreement.reconfirmed ??= {
      id: randomUUID(),
      created: world.clock.now(),
      redirect: null,
      lastAccessed: null,
      lastSubmitted: null,
      decisions: new Map(),
    }
    agreement.reconfirmed.redirect = redirect
    return reply.code(201).send(viewOfReconfirmation(world, agreement, agreement.reconfirmed))
  })
}

export const invalidRedirect: Told = {
  summary: 'Invalid redirect URI',
  detail: 'Redirect URI must have a valid URI structure',
}

function find(world: World, id: string): Agreement {
  checkId(id)
  const agreement = world.agreements.get(id)
  if (agreement === undefined) throw notFound()
  return agreement
}

/** What a requisition without an agreement gets, too. @throws {Refusal} */
export function newAgreement(world: World, sent: Readonly<Record<string, unknown>>): Agreement {
  onlyKnown(sent, fields, 'payload')
  const institution = world.institutions.get(textOf(sent['institution_id']))
  if (sent['institution_id'] === undefined) throw fieldRefusal({ institution_id: required })
  if (institution === undefined) throw fieldRefusal({ institution_id: unknownInstitution(sent['institution_id']) })
  if (institution.habits.isDown === true) throw notOperational(institution)
  const reconfirmation = sent['reconfirmation'] === true
  if (reconfirmation && !world.settings.mayReconfirm)
    throw refusal(403, '', 'You do not have permission to enable reconfirmation.')
  const { max_historical_days: history = 90, access_valid_for_days: valid = 90, access_scope: scope = scopes } = sent
  const faults: FieldFaults = {
    ...historyFaults(history, institution),
    ...validFaults(valid, institution, reconfirmation),
    ...scopeFaults(scope, institution),
    ...(reconfirmation && reconfirmationFaults(Number(valid), institution)),
  }
  if (Object.keys(faults).length > 0) throw fieldRefusal(faults)
  return {
    id: randomUUID(),
    created: world.clock.now(),
    institutionId: institution.id,
    maxHistoricalDays: Number(history),
    accessValidForDays: Number(valid),
    accessScope: scopes.filter((name) => Array.isArray(scope) && scope.includes(name)),
    reconfirmation,
    accepted: null,
    reconfirmed: null,
  }
}

export function unknownInstitution(id: unknown): Told {
  return {
    summary: `Unknown Institution ID ${textOf(id)}`,
    detail: 'Get Institution IDs from /institutions/?country={$COUNTRY_CODE}',
  }
}

export const notOperational = ({ id }: Institution) =>
  refusal(503, `Institution ${id} is not operational`, `Institution ${id} is not operational at the moment.`)

const notAnInteger = ['A valid integer is required.']

function historyFaults(days: unknown, { id, transaction_total_days: total = '90' }: Institution): FieldFaults {
  if (!Number.isInteger(days)) return { max_historical_days: notAnInteger }
  if (Number(days) > 0 && Number(days) <= Number(total)) return {}
  const detail = `max_historical_days must be > 0 and <= ${id} transaction_total_days (${total})`
  return { max_historical_days: { summary: 'Incorrect max_historical_days', detail } }
}

function validFaults(days: unknown, institution: Institution, reconfirmation: boolean): FieldFaults {
  if (!Number.isInteger(days)) return { access_valid_for_days: notAnInteger }
  const told = reconfirmation
    ? institution.max_access_valid_for_days_reconfirmation
    : institution.max_access_valid_for_days
  const max = institution.habits.accessDaysMax ?? Number(told ?? '90')
  if (Number(days) > 0 && Number(days) <= max) return {}
  const detail = `access_valid_for_days must be > 0 and <= ${max}`
  return { access_valid_for_days: { summary: 'Incorrect access_valid_for_days', detail } }
}

const listed = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`

function scopeFaults(scope: unknown, { habits }: Institution): FieldFaults {
  if (!Array.isArray(scope)) return { access_scope: ['Expected a list of items.'] }
  const asked = scope.map(String)
  const among = listed(scopes)
  const unknown = asked.filter((name) => !scopes.some((known) => known === name))
  const { scopesTogether: together = [], scopesSupported: supported = scopes } = habits
  const unsupported = asked.filter(
    (name) => scopes.some((known) => known === name) && !supported.some((one) => one === name),
  )
  const isTorn = together.some((name) => asked.includes(name)) && !together.every((name) => asked.includes(name))
  const faults: Told[] = [
    ...unknown.map((name) => ({
      summary: `Unknown value '${name}' in access_scope`,
      detail: `Choose one or several from ${among}`,
    })),
    ...(asked.length > 0
      ? []
      : [
          {
            summary: "Field 'access_scope' may not be an empty list.",
            detail: `Please choose one or several of ${among}.`,
          },
        ]),
    ...(unsupported.length === 0
      ? []
      : [
          {
            summary: 'Unsupported access scope selected.',
            detail: `The access scopes supported by the institution are ${listed(supported)}. The following scopes are not supported: ${listed(unsupported)}`,
          },
        ]),
    ...(isTorn
      ? [
          {
            summary: 'Institution access scope dependencies error',
            detail: `For this institution the following scopes are required together: ${listed(together)}`,
          },
        ]
      : []),
  ]
  return faults.length === 0 ? {} : { access_scope: faults }
}

function reconfirmationFaults(days: number, institution: Institution): FieldFaults {
  if (institution.max_access_valid_for_days_reconfirmation === undefined) {
    const detail = `Reconfirmation not supported for ${institution.id}`
    return { reconfirmation: { summary: 'Reconfirmation not supported', detail } }
  }
  if (days > 90) return {}
  const detail = 'Reconfirmation is not allowed when access_valid_for_days <= 90 days.'
  return { reconfirmation: { summary: 'Reconfirmation is not allowed', detail } }
}

function viewOf(agreement: Agreement): object {
  return {
    id: agreement.id,
    created: agreement.created.toISOString(),
    institution_id: agreement.institutionId,
    max_historical_days: agreement.maxHistoricalDays,
    access_valid_for_days: agreement.accessValidForDays,
    access_scope: agreement.accessScope satisfies readonly Scope[],
    accepted: agreement.accepted?.toISOString() ?? null,
    reconfirmation: agreement.reconfirmation,
  }
}

function reconfirmable(world: World, id: string): Agreement {
  const agreement = find(world, id)
  if (!agreement.reconfirmation)
    throw refusal(400, 'Reconfirmation is not enabled.', `Reconfirmation is not enabled for agreement '${id}'.`)
  return agreement
}

function checkMayReconfirm(world: World, agreement: Agreement): void {
  const { id } = agreement
  const end = endOf(agreement)
  if (end === null) throw refusal(400, 'End user agreement needs to be accepted.', `EUA '${id}' is not accepted.`)
  if (end <= world.clock.now())
    throw refusal(
      400,
      'Reconfirmation requested after acceptance period.',
      `For EUA '${id}' reconfirmation period was until ${end.toISOString().replace('T', ' ').replace('Z', '000')}.`,
    )
  const requisition = requisitionOf(world, agreement)
  if (requisition === undefined || requisition.accounts.length === 0)
    throw refusal(
      400,
      'No accounts linked.',
      `For associated requisition '${requisition?.id ?? ''}', there are no accounts linked.`,
    )
}

export function requisitionOf(world: World, { id }: Agreement): Requisition | undefined {
  return [...world.requisitions.values()].find(({ agreementId }) => agreementId === id)
}

function viewOfReconfirmation(world: World, agreement: Agreement, reconfirmation: Reconfirmation): object {
  const accounts = requisitionOf(world, agreement)?.accounts ?? []
  return {
    reconfirmation_url: `${world.origin}/reconfirm/${reconfirmation.id}`,
    created: reconfirmation.created.toISOString(),
    url_valid_from: reconfirmation.created.toISOString(),
    url_valid_to: new Date(reconfirmation.created.getTime() + 28 * dayMs).toISOString(),
    redirect: reconfirmation.redirect,
    last_accessed: reconfirmation.lastAccessed?.toISOString() ?? null,
    last_submitted: reconfirmation.lastSubmitted?.toISOString() ?? null,
    accounts: Object.fromEntries(
      accounts.map((account) => {
        const decision = reconfirmation.decisions.get(account)
        return [account, { reconfirmed: told(decision?.reconfirmed), rejected: told(decision?.rejected) }]
      }),
    ),
  }
}

/** What has not happened is an empty text. */
const told = (at: Date | null | undefined): string => at?.toISOString().replace('Z', '000Z') ?? ''
