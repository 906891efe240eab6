// What the person sees: GoCardless's page of consent, then the bank's login and its choice of accounts; and GoCardless's page of reconfirmation. Plain forms.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { SimulatedAccount } from '../simulator.ts'
import type { Requisition, World } from './world.ts'

type Visit = { Params: { id: string }; Body: URLSearchParams }

const errors = {
  UserCancelledSession: 'User cancelled the session.',
  UserSessionRejected: 'The session was rejected by the institution.',
  RequisitionLinkReused: 'This link has already been used for authorization and is no longer valid.',
  InstitutionTechnicalError: 'A technical error occurred while trying to connect to the institution, please try again.',
  GoCardlessTechnicalError: 'An unexpected error occurred in the GoCardless system.',
} as const

export function pageRoutes(app: FastifyInstance, world: World): void {
  const find = (id: string): Requisition => {
    const requisition = world.requisitions.get(id)
    if (requisition === undefined) throw Object.assign(new Error('no such link'), { statusCode: 404 })
    return requisition
  }
  /** At this stage, or whoever comes is sent away. */
  const at = (id: string, stages: readonly Requisition['status'][]) => {
    const requisition = find(id)
    return { requisition, isAt: stages.includes(requisition.status) }
  }

  app.get<Visit>('/psd2/start/:id/:institution', async ({ params }, reply) => {
    const { requisition, isAt } = at(params.id, ['CR', 'GC', 'UA', 'SA'])
    if (!isAt) return back(reply, requisition, 'RequisitionLinkReused')
    requisition.status = 'GC'
    const days = world.agreements.get(requisition.agreementId)?.accessValidForDays ?? 90
    const bank = world.institutions.get(requisition.institutionId)?.name ?? ''
    return show(
      reply,
      'GoCardless',
      `<p>You agree to share your data of ${escaped(bank)} for ${days} days.</p>
      ${form(`/psd2/consent/${requisition.id}`, '', ['agree', 'cancel'])}`,
    )
  })

  app.post<Visit>('/psd2/consent/:id', async ({ params, body }, reply) => {
    const { requisition, isAt } = at(params.id, ['GC'])
    if (!isAt) return back(reply, requisition, 'RequisitionLinkReused')
    if (body.get('decision') !== 'agree') return back(reply, requisition, 'UserCancelledSession')
    const agreement = world.agreements.get(requisition.agreementId)
    if (agreement !== undefined) agreement.accepted ??= world.clock.now()
    requisition.status = 'UA'
    return reply.redirect(`/bank/${requisition.id}/login`, 303)
  })

  app.get<Visit>('/bank/:id/login', async ({ params }, reply) => {
    const { requisition, isAt } = at(params.id, ['UA'])
    if (!isAt) return back(reply, requisition, 'RequisitionLinkReused')
    if (world.settings.failsAtBank !== null) return back(reply, requisition, world.settings.failsAtBank)
    const inputs = '<input name="login" type="text" value=""> <input name="password" type="password" value="">'
    return show(reply, 'The bank', form(`/bank/${requisition.id}/login`, inputs, ['login', 'cancel']))
  })

  app.post<Visit>('/bank/:id/login', async ({ params, body }, reply) => {
    const { requisition, isAt } = at(params.id, ['UA'])
    if (!isAt) return back(reply, requisition, 'RequisitionLinkReused')
    if (body.get('decision') !== 'login') return back(reply, requisition, 'UserCancelledSession')
    if (body.get('login') !== 'customer' || body.get('password') !== 'secret') {
      requisition.status = 'RJ'
      return back(reply, requisition, 'UserSessionRejected')
    }
    requisition.status = 'SA'
    return reply.redirect(`/bank/${requisition.id}/accounts`, 303)
  })

  app.get<Visit>('/bank/:id/accounts', async ({ params }, reply) => {
    const { requisition, isAt } = at(params.id, ['SA'])
    if (!isAt) return back(reply, requisition, 'RequisitionLinkReused')
    return show(reply, 'The bank', accountsForm(requisition, [...world.held.values()]))
  })

  app.post<Visit>('/bank/:id/accounts', async ({ params, body }, reply) => {
    const { requisition, isAt } = at(params.id, ['SA'])
    if (!isAt) return back(reply, requisition, 'RequisitionLinkReused')
    if (body.get('decision') !== 'confirm') return back(reply, requisition, 'UserCancelledSession')
    const chosen = body.getAll('account').flatMap((key) => world.held.get(key) ?? [])
    if (chosen.length === 0) return show(reply, 'The bank', accountsForm(requisition, [...world.held.values()]))
    requisition.status = 'GA'
    for (const held of chosen) link(world, requisition, held)
    requisition.status = 'LN'
    return back(reply, requisition)
  })

  app.get<Visit>('/reconfirm/:id', async ({ params }, reply) => {
    const found = reconfirmationOf(world, params.id)
    if (found === undefined) return reply.code(404).send('')
    found.reconfirmation.lastAccessed = world.clock.now()
    const inputs = found.requisition.accounts.map(
      (id) => `<input type="checkbox" name="account" value="${id}" checked>`,
    )
    return show(reply, 'GoCardless', form(`/reconfirm/${params.id}`, inputs.join(' '), ['reconfirm', 'reject']))
  })

  app.post<Visit>('/reconfirm/:id', async ({ params, body }, reply) => {
    const found = reconfirmationOf(world, params.id)
    if (found === undefined) return reply.code(404).send('')
    const { reconfirmation, requisition } = found
    const now = world.clock.now()
    const isYes = body.get('decision') === 'reconfirm'
    for (const id of body.getAll('account')) {
      const before = reconfirmation.decisions.get(id) ?? { reconfirmed: null, rejected: null }
      reconfirmation.decisions.set(id, isYes ? { ...before, reconfirmed: now } : { ...before, rejected: now })
    }
    reconfirmation.lastSubmitted = now
    return back(reply, { ...requisition, redirect: reconfirmation.redirect ?? requisition.redirect })
  })
}

/** Back to where the requisition wants the person, with its reference, and why it came to nothing if it did. */
function back(
  reply: FastifyReply,
  { redirect, reference }: Pick<Requisition, 'redirect' | 'reference'>,
  error?: keyof typeof errors,
): FastifyReply {
  const url = new URL(redirect)
  url.searchParams.set('ref', reference)
  if (error !== undefined) {
    url.searchParams.set('error', error)
    url.searchParams.set('details', errors[error])
  }
  return reply.redirect(url.href, 302)
}

function link(world: World, requisition: Requisition, known: SimulatedAccount): void {
  const id = randomUUID()
  const created = world.clock.now()
  requisition.accounts.push(id)
  world.accounts.set(id, {
    id,
    requisitionId: requisition.id,
    key: known.key,
    created,
    known,
    // Whoever wants the person back at once has to wait for the data.
    readyAt: new Date(created.getTime() + (requisition.redirectImmediate ? 60_000 : 0)),
    lastAccessed: null,
    failures: 0,
    isRevoked: false,
    calls: new Map(),
  })
}

function reconfirmationOf(world: World, id: string) {
  for (const agreement of world.agreements.values()) {
    if (agreement.reconfirmed?.id !== id) continue
    const requisition = [...world.requisitions.values()].find(({ agreementId }) => agreementId === agreement.id)
    const { reconfirmed: reconfirmation } = agreement
    if (requisition !== undefined) return { reconfirmation, requisition }
  }
  return undefined
}

function accountsForm({ id }: Requisition, held: readonly SimulatedAccount[]): string {
  const inputs = held.map(
    ({ key, name }) =>
      `<label><input type="checkbox" name="account" value="${escaped(key)}" checked> ${escaped(name)}</label>`,
  )
  return form(`/bank/${id}/accounts`, inputs.join('\n'), ['confirm', 'cancel'])
}

function form(action: string, inputs: string, decisions: readonly string[]): string {
  const buttons = decisions.map((decision) => `<button name="decision" value="${decision}">${decision}</button>`)
  return `<form method="post" action="${action}">${inputs} ${buttons.join(' ')}</form>`
}

function show(reply: FastifyReply, title: string, main: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(`<!doctype html><title>${title}</title><main>${main}</main>`)
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
