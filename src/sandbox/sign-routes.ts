// Where the signatory is sent: `/<programme>/sign/<link>`. Read, answer two questions, sign with a pretended BankID or decline, back to the service.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Agreement, agreementNow, decided, signed } from './agreements.ts'
import { saveAgreement } from './agreement-routes.ts'
import { pageHeaders, show } from './authorise-routes.ts'
import type { World } from './branch.ts'
import { endPage } from './pages.ts'
import type { Programme } from './programmes.ts'
import { signingPage } from './sign-page.ts'

type Visit = FastifyRequest<{ Params: { linkId: string }; Body: unknown }>

export function signRoutes(scope: FastifyInstance, programme: Programme, world: World): void {
  const { store, clock } = world
  const actionOf = ({ params }: Visit) => `/${programme.id}/sign/${params.linkId}`

  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers(pageHeaders)
    if (!store.state().maintenance.includes(programme.id)) return undefined
    return show(reply, 503, endPage(programme, 'Closed for maintenance', 'Please come back later.'))
  })

  scope.get('/:linkId', async (request: Visit, reply) => {
    const agreement = openAgreement(request)
    if (typeof agreement === 'string') return show(reply, 410, agreement)
    return show(reply, 200, signingPage(programme, agreement, actionOf(request)))
  })

  scope.post('/:linkId/sign', async (request: Visit, reply) => {
    const agreement = openAgreement(request)
    if (typeof agreement === 'string') return show(reply, 410, agreement)
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const identity = (form.get('identity') ?? '').replaceAll(' ', '')
    if (!/^\d{11}$/.test(identity) || (form.get('code') ?? '') === '') {
      const warning = 'BankID did not recognise that national identity number and code.'
      return show(reply, 401, signingPage(programme, agreement, actionOf(request), warning))
    }
    const ticked = form.getAll('about')
    const answers = { isPep: ticked.includes('pep'), paysAbroad: ticked.includes('abroad') }
    const ordered = store.state().reviews[programme.id] ?? []
    await saveAgreement(world, signed(agreement, answers, { ordered, now: clock.now() }))
    return back(reply, agreement)
  })

  scope.post('/:linkId/decline', async (request: Visit, reply) => {
    const agreement = openAgreement(request)
    if (typeof agreement === 'string') return show(reply, 410, agreement)
    await saveAgreement(world, decided(agreement, { status: 'declined', reasons: [], now: clock.now() }))
    return back(reply, agreement)
  })

  /** The agreement that waits for its signature; or the page that says why there is none. */
  function openAgreement(request: Visit): Agreement | string {
    const found = Object.values(store.state().agreements).find(
      (candidate) => candidate.programme === programme.id && candidate.linkId === request.params.linkId,
    )
    if (found === undefined)
      return endPage(programme, 'Unknown link', 'Ask the service that sent you here for a new one.')
    const agreement = agreementNow(found, clock.now())
    if (agreement.status === 'awaitingSignature') return agreement
    const text = `This agreement is ${agreement.status}. Nothing more can be done here.`
    return endPage(programme, 'Nothing to sign', text, agreement.returnUri)
  }
}

const back = (reply: FastifyReply, { returnUri }: Agreement): FastifyReply => reply.redirect(returnUri, 303)
