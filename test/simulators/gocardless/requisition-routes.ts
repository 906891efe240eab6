// Requisitions: what carries a person to the bank, and what came of it.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { invalidRedirect, newAgreement, notOperational, requisitionOf, unknownInstitution } from './agreement-routes.ts'
import { pageOf } from './lists.ts'
import {
  checkId,
  fieldRefusal,
  isUuid,
  notFound,
  onlyKnown,
  refusal,
  required,
  textOf,
  type FieldFaults,
} from './refusal.ts'
import { statusOf, type Agreement, type Requisition, type World } from './world.ts'

const fields = [
  'redirect',
  'institution_id',
  'agreement',
  'reference',
  'user_language',
  'ssn',
  'account_selection',
  'redirect_immediate',
]

const languages = 'BG CS DA DE EL EN ES ET FI FR HR HU IS IT LT LV NL NO PL PT RO SK SL SV'.split(' ')

export function requisitionRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/requisitions/', async (request) =>
    pageOf(world, request, [...world.requisitions.values()].toReversed(), (one) => viewOf(world, one)),
  )
  scope.post('/requisitions/', async (request, reply) => {
    const requisition = newRequisition(world, { ...(typeof request.body === 'object' ? request.body : {}) })
    world.requisitions.set(requisition.id, requisition)
    return reply.code(201).send(viewOf(world, requisition))
  })
  scope.get<{ Params: { id: string } }>('/requisitions/:id/', async ({ params }) =>
    viewOf(world, find(world, params.id)),
  )
  scope.delete<{ Params: { id: string } }>('/requisitions/:id/', async ({ params }) => {
    const { id, agreementId } = find(world, params.id)
    world.requisitions.delete(id)
    world.agreements.delete(agreementId)
    return { summary: 'Requisition deleted', detail: `Requisition ${id} deleted with all its End User Agreements` }
  })
}

function find(world: World, id: string): Requisition {
  checkId(id)
  const requisition = world.requisitions.get(id)
  if (requisition === undefined) throw notFound()
  return requisition
}

function newRequisition(world: World, sent: Readonly<Record<string, unknown>>): Requisition {
  onlyKnown(sent, fields, 'payload')
  const missing = ['redirect', 'institution_id'].filter((field) => sent[field] === undefined)
  if (missing.length > 0) {
    const faults: FieldFaults = Object.fromEntries(missing.map((field) => [field, required]))
    throw fieldRefusal(faults)
  }
  const institution = world.institutions.get(textOf(sent['institution_id']))
  if (institution === undefined) throw fieldRefusal({ institution_id: unknownInstitution(sent['institution_id']) })
  if (institution.habits.isDown === true) throw notOperational(institution)
  const faults = faultsOf(world, sent)
  if (Object.keys(faults).length > 0) throw fieldRefusal(faults)
  if (world.requisitions.size >= world.settings.requisitionsMax)
    throw refusal(402, 'Payment Required', 'Free usage limit exceeded')
  const agreement = agreementOf(world, sent)
  const id = randomUUID()
  const { reference, user_language: language } = sent
  return {
    id,
    created: world.clock.now(),
    redirect: textOf(sent['redirect']),
    institutionId: institution.id,
    agreementId: agreement.id,
    reference: typeof reference === 'string' ? reference : id,
    userLanguage: typeof language === 'string' ? language : 'EN',
    accountSelection: sent['account_selection'] === true,
    redirectImmediate: sent['redirect_immediate'] === true,
    status: 'CR',
    accounts: [],
  }
}

function faultsOf(world: World, sent: Readonly<Record<string, unknown>>): FieldFaults {
  const { redirect, reference, user_language: language, ssn, account_selection: selection } = sent
  const institution = world.institutions.get(textOf(sent['institution_id']))
  const isTaken = [...world.requisitions.values()].some((other) => other.reference === reference)
  return {
    ...(URL.parse(textOf(redirect)) === null && { redirect: [invalidRedirect] }),
    ...(textOf(redirect).length > 1024 && { redirect: ['Ensure this field has no more than 1024 characters.'] }),
    ...(reference === '' && { reference: ['This field may not be blank.'] }),
    ...(textOf(reference).length > 256 && { reference: ['Ensure this field has no more than 256 characters.'] }),
    ...(isTaken && {
      reference: {
        summary: 'Client reference must be unique',
        detail: `Client reference: ${textOf(reference)} already exists`,
      },
    }),
    ...(language !== undefined &&
      !languages.includes(textOf(language).toUpperCase()) && {
        user_language: {
          summary: 'Provided user_language is invalid or not supported',
          detail: `'${textOf(language)}' is an invalid or unsupported language`,
        },
      }),
    ...(typeof ssn === 'string' && {
      ssn: {
        summary: 'SSN verification not supported',
        detail: `SSN verification not supported for ${institution?.id ?? ''}`,
      },
    }),
    ...(selection === true &&
      institution?.supported_features.includes('account_selection') !== true && {
        account_selection: {
          summary: 'Account selection not supported',
          detail: `Account selection not supported for ${institution?.id ?? ''}`,
        },
      }),
  }
}

/** The one that is named, which must be free; else one of 90 days. */
function agreementOf(world: World, sent: Readonly<Record<string, unknown>>): Agreement {
  const { agreement: id, institution_id: institutionId } = sent
  if (id === undefined) {
    const made = newAgreement(world, { institution_id: institutionId })
    world.agreements.set(made.id, made)
    return made
  }
  const text = textOf(id)
  const agreement = world.agreements.get(text)
  if (!isUuid(text))
    throw fieldRefusal({
      agreement: [
        {
          summary: 'Invalid EndUserAgreement ID',
          detail: `${text} is not a valid EndUserAgreement UUID.  Please specify valid agreement from /api/agreements/enduser/ or create a new one`,
        },
      ],
    })
  if (agreement === undefined)
    throw fieldRefusal(
      { agreement: { summary: `ID ${text} not found`, detail: 'Please check whether you specified a valid ID' } },
      404,
    )
  if (agreement.institutionId !== institutionId)
    throw fieldRefusal({
      agreement: {
        summary: `Incorrect Institution ID ${textOf(institutionId)}`,
        detail: `Provided Institution ID: '${textOf(institutionId)}' for requisition does not match EUA institution ID '${agreement.institutionId}'. Please provide correct institution ID: '${agreement.institutionId}'`,
      },
    })
  const other = requisitionOf(world, agreement)
  if (other !== undefined)
    throw fieldRefusal({
      agreement: [
        {
          summary: `Agreement ${text} is already associated`,
          detail: `The agreement is already associated with requisition ${other.id}. Please provide a valid agreement or use a different requisition.`,
        },
      ],
    })
  return agreement
}

function viewOf(world: World, requisition: Requisition): object {
  return {
    id: requisition.id,
    created: requisition.created.toISOString(),
    redirect: requisition.redirect,
    status: statusOf(world, requisition),
    institution_id: requisition.institutionId,
    agreement: requisition.agreementId,
    reference: requisition.reference,
    accounts: [...requisition.accounts],
    user_language: requisition.userLanguage,
    link: `${world.origin}/psd2/start/${requisition.id}/${requisition.institutionId}`,
    ssn: null,
    account_selection: requisition.accountSelection,
    redirect_immediate: requisition.redirectImmediate,
  }
}
