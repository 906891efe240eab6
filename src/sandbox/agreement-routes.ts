import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Agreement, agreementBody, agreementNow, decided } from './agreements.ts'
import { tppOf, type World } from './branch.ts'
import { allow } from './guard.ts'
import type { Programme } from './programmes.ts'
import { Refusal } from './refusal.ts'

type InPath = { Params: { agreementId: string } }

/**
 * `/v1/agreements` of a programme. No standard knows of it: the programme's own interface, with the manners of the standard.
 *
 *   POST   /v1/agreements         { externalId, organisation, signatory, returnUri } → 201, or 200 with the one of that externalId
 *   GET    /v1/agreements/{id}    status, reviewReasons
 *   DELETE /v1/agreements/{id}    withdraws it, signed or not
 */
export function agreementRoutes(scope: FastifyInstance, programme: Programme, world: World): void {
  const { store, clock } = world

  scope
    .withTypeProvider<TypeBoxTypeProvider>()
    .post('/agreements', { schema: { body: agreementBody } }, async (request, reply) => {
      const { externalId: key, organisation, signatory, returnUri } = request.body
      const tpp = tppOf(request)
      const former = Object.values(store.state().agreements).find(
        (agreement) => agreement.programme === programme.id && agreement.tpp === tpp && agreement.key === key,
      )
      if (former !== undefined) return onWire(programme, world, former)
      const now = clock.now().getTime()
      const agreement: Agreement = {
        id: randomUUID(),
        programme: programme.id,
        tpp,
        key,
        organisation,
        signatory,
        returnUri,
        linkId: randomUUID(),
        createdAt: now,
        linkEndsAt: now + programme.linkDays * 86_400_000,
        status: 'awaitingSignature',
        statusAt: now,
        reasons: [],
      }
      await saveAgreement(world, agreement)
      return reply.code(201).send(onWire(programme, world, agreement))
    })

  scope.get<InPath>('/agreements/:agreementId', async (request) =>
    onWire(programme, world, agreementInPath(programme, world, request)),
  )

  scope.delete<InPath>('/agreements/:agreementId', async (request, reply) => {
    const agreement = agreementInPath(programme, world, request)
    const isOver = ['withdrawnByTpp', 'terminated', 'rejected', 'declined', 'linkExpired'].includes(agreement.status)
    if (!isOver)
      await saveAgreement(world, decided(agreement, { status: 'withdrawnByTpp', reasons: [], now: clock.now() }))
    return reply.code(204).send()
  })

  allow(scope, '/agreements', 'POST')
  allow(scope, '/agreements/:agreementId', 'GET', 'DELETE')
}

export async function saveAgreement({ store }: World, agreement: Agreement): Promise<void> {
  await store.change((state) => ({ ...state, agreements: { ...state.agreements, [agreement.id]: agreement } }))
}

/** @throws {Refusal} for an agreement that this programme never made with this TPP. */
function agreementInPath({ id }: Programme, { store, clock }: World, request: FastifyRequest<InPath>): Agreement {
  const agreement = store.state().agreements[request.params.agreementId]
  if (agreement?.programme !== id || agreement.tpp !== tppOf(request))
    throw new Refusal('RESOURCE_UNKNOWN', 'no such agreement')
  return agreementNow(agreement, clock.now())
}

function onWire({ id }: Programme, { origin, clock }: World, agreement: Agreement) {
  const { status, statusAt, reasons, linkId, linkEndsAt } = agreementNow(agreement, clock.now())
  return {
    agreementId: agreement.id,
    agreementStatus: status,
    lastStatusChange: new Date(statusAt).toISOString(),
    reviewReasons: reasons,
    signingValidUntil: new Date(linkEndsAt).toISOString(),
    _links: {
      signing: { href: `${origin()}/${id}/sign/${linkId}` },
      self: { href: `${origin()}/${id}/v1/agreements/${agreement.id}` },
    },
  }
}
