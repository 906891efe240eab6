import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isInForce } from './agreements.ts'
import { type Branch, currentStatus, headerOf, openAccounts, saveConsents, today, tppOf } from './branch.ts'
import { type Consent, consentBody, end, termsOf } from './consents.ts'
import { allow } from './guard.ts'
import { Refusal } from './refusal.ts'
import { consentOnWire, hrefOf } from './wire.ts'

type ConsentParams = { Params: { consentId: string; authorisationId: string } }

/** `/v1/consents` and what lies under it. The only approach to authorisation is redirect, with an implicit authorisation. */
export function consentRoutes(scope: FastifyInstance, branch: Branch): void {
  const { bank, world } = branch
  const link = (path: string) => hrefOf(bank, world.origin(), path)

  scope
    .withTypeProvider<TypeBoxTypeProvider>()
    .post('/consents', { schema: { body: consentBody } }, async (request, reply) => {
      const psuIpAddress = headerOf(request, 'psu-ip-address')
      if (psuIpAddress === undefined || isIP(psuIpAddress) === 0)
        throw headerAtFault('PSU-IP-Address', 'is missing or is no IP address')
      refuseWithoutAgreement(branch, request)
      const redirectUri = redirectHeader(request, 'TPP-Redirect-URI')
      if (redirectUri === undefined) throw headerAtFault('TPP-Redirect-URI', 'is missing: authorisation is by redirect')
      const terms = termsOf(request.body, { today: today(branch), maxConsentDays: bank.maxConsentDays })
      const consent: Consent = {
        id: randomUUID(),
        bankId: bank.id,
        tpp: tppOf(request),
        createdAt: world.clock.now().getTime(),
        status: 'received',
        lastActionDate: today(branch),
        ...terms,
        redirectUri,
        nokRedirectUri: redirectHeader(request, 'TPP-Nok-Redirect-URI') ?? redirectUri,
        authorisation: { id: randomUUID(), scaStatus: 'received', person: null, finalisedAt: null },
        granted: {},
      }
      await saveConsents(branch, consent)
      const path = `/consents/${consent.id}`
      return reply
        .code(201)
        .headers({ location: `${world.origin()}/${bank.id}/v1${path}`, 'aspsp-sca-approach': 'REDIRECT' })
        .send({
          consentStatus: consent.status,
          consentId: consent.id,
          _links: {
            scaRedirect: { href: `${world.origin()}/${bank.id}/authorise/${consent.authorisation.id}` },
            self: link(path),
            status: link(`${path}/status`),
            scaStatus: link(`${path}/authorisations/${consent.authorisation.id}`),
          },
        })
    })

  scope.get<ConsentParams>('/consents/:consentId', async (request) => {
    const consent = consentInPath(branch, request)
    return consentOnWire(bank, world.origin(), consent, currentStatus(branch, consent), openAccounts(branch))
  })

  scope.get<ConsentParams>('/consents/:consentId/status', async (request) => {
    const consent = consentInPath(branch, request)
    const psuMessage = consent.message === undefined ? {} : { psuMessage: consent.message }
    return { consentStatus: currentStatus(branch, consent), ...psuMessage }
  })

  scope.delete<ConsentParams>('/consents/:consentId', async (request, reply) => {
    const consent = consentInPath(branch, request)
    const status = currentStatus(branch, consent)
    if (status === 'expired') throw new Refusal('CONSENT_EXPIRED', 'the consent has expired')
    if (status === 'rejected' || status === 'revokedByPsu')
      throw new Refusal('CONSENT_INVALID', `the consent is ${status}`)
    if (status !== 'terminatedByTpp') await saveConsents(branch, end(consent, 'terminatedByTpp', today(branch)))
    return reply.code(204).send()
  })

  scope.get<ConsentParams>('/consents/:consentId/authorisations', async (request) => ({
    authorisationIds: [consentInPath(branch, request).authorisation.id],
  }))

  scope.post<ConsentParams>('/consents/:consentId/authorisations', (request) => {
    consentInPath(branch, request)
    throw new Refusal('STATUS_INVALID', 'the consent has its authorisation already')
  })

  scope.get<ConsentParams>('/consents/:consentId/authorisations/:authorisationId', async (request) => {
    const { authorisation } = consentInPath(branch, request)
    if (authorisation.id !== request.params.authorisationId)
      throw new Refusal('RESOURCE_UNKNOWN', 'no such authorisation')
    return { scaStatus: authorisation.scaStatus }
  })

  allow(scope, '/consents', 'POST')
  allow(scope, '/consents/:consentId', 'GET', 'DELETE')
  allow(scope, '/consents/:consentId/status', 'GET')
  allow(scope, '/consents/:consentId/authorisations', 'GET', 'POST')
  allow(scope, '/consents/:consentId/authorisations/:authorisationId', 'GET')
}

/** @throws {Refusal} where the bank is reached through a programme, for a company that has not signed with it. */
function refuseWithoutAgreement({ bank, world }: Branch, request: FastifyRequest): void {
  if (bank.programme === undefined) return
  const agreement = world.store.state().agreements[headerOf(request, 'agreement-id') ?? '']
  const isTheirs = agreement?.programme === bank.programme && agreement.tpp === tppOf(request)
  if (!isTheirs || !isInForce(agreement)) throw new Refusal('FORBIDDEN', 'Agreement-ID names no agreement in force')
}

/** @throws {Refusal} for a consent that this bank never gave this TPP. */
function consentInPath({ bank, world }: Branch, request: FastifyRequest<ConsentParams>): Consent {
  const consent = world.store.state().consents[request.params.consentId]
  if (consent?.bankId !== bank.id || consent.tpp !== tppOf(request))
    throw new Refusal('CONSENT_UNKNOWN', 'no such consent')
  return consent
}

function redirectHeader(request: FastifyRequest, name: string): string | undefined {
  const uri = headerOf(request, name.toLowerCase())
  if (uri === undefined) return undefined
  if (!/^https?:$/.test(URL.parse(uri)?.protocol ?? '')) throw headerAtFault(name, 'is no http(s) URL')
  return uri
}

function headerAtFault(name: string, fault: string): Refusal {
  return new Refusal('FORMAT_ERROR', `${name} ${fault}`, { path: name })
}
