// From POST /auth to DELETE /sessions.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { demandUuid, exactFields, textIn } from './asked.ts'
import { Refusal } from './refusal.ts'
import { aspspView, authorizedView, sessionView } from './wire.ts'
import { demandOpen, end, exchange, type Session, type World } from './world.ts'

export function consentRoutes(app: FastifyInstance, world: World, origin: () => string): void {
  app.get('/application', async () => ({
    name: 'Simulated application',
    description: null,
    kid: world.applicationId,
    environment: 'SANDBOX',
    redirect_urls: world.redirectUrls ?? [],
    active: true,
    countries: [...new Set(world.aspsps.map(({ country }) => country))],
    services: ['AIS'],
  }))

  app.get('/aspsps', async ({ query }) => {
    const { country, psu_type } = exactFields(query, ['country', 'psu_type', 'service', 'payment_type'])
    const listed = world.aspsps.filter(
      (aspsp) =>
        (country === undefined || aspsp.country === country) &&
        (typeof psu_type !== 'string' || aspsp.psuTypes.includes(psu_type)),
    )
    return { aspsps: listed.map((aspsp) => aspspView(aspsp, world.requiredPsuHeaders)) }
  })

  app.post('/auth', async ({ body }) => {
    const asked = exactFields(body, [
      'access',
      'aspsp',
      'state',
      'redirect_url',
      'psu_type',
      'auth_method',
      'credentials',
      'credentials_autosubmit',
      'language',
      'psu_id',
    ])
    const access = exactFields(asked['access'], ['valid_until', 'balances', 'transactions', 'accounts'])
    const { name, country } = exactFields(asked['aspsp'], ['name', 'country'])
    const aspsp = world.aspsps.find((each) => each.name === name && each.country === country)
    if (aspsp === undefined) throw new Refusal('WRONG_ASPSP_PROVIDED')
    const redirectUrl = textIn(asked, 'redirect_url')
    if (world.redirectUrls?.includes(redirectUrl) === false) throw new Refusal('REDIRECT_URI_NOT_ALLOWED')
    const psuType = asked['psu_type'] ?? aspsp.psuTypes[0]
    if (typeof psuType !== 'string' || !aspsp.psuTypes.includes(psuType))
      throw new Refusal('WRONG_REQUEST_PARAMETERS', 'psu_type')
    if (asked['language'] !== undefined && !/^[a-z]{2}$/.test(textIn(asked, 'language')))
      throw new Refusal('WRONG_REQUEST_PARAMETERS', 'language')
    const id = randomUUID()
    world.authorizations.set(id, {
      id,
      aspsp,
      psuType,
      redirectUrl,
      state: textIn(asked, 'state'),
      validUntil: validUntilIn(access, aspsp.maxConsentSeconds, world.clock.now()),
      isLoggedIn: false,
      outcome: 'open',
      chosen: [],
    })
    return {
      url: `${origin()}/ais/start?sessionid=${id}`,
      authorization_id: id,
      psu_id_hash: 'a73e18791266b4525b75e08995447e3cc2dca30c522091fa283220e769b05b80',
    }
  })

  app.post('/sessions', async ({ body }) =>
    authorizedView(world, exchange(world, textIn(exactFields(body, ['code']), 'code'))),
  )

  const sessionAt = (params: unknown): Session => {
    const id = demandUuid(params, 'id')
    const session = world.sessions.get(id)
    if (session === undefined) throw new Refusal('SESSION_DOES_NOT_EXIST')
    return session
  }

  app.get('/sessions/:id', async ({ params }) => sessionView(world, sessionAt(params)))

  app.delete('/sessions/:id', async ({ params }) => {
    const session = sessionAt(params)
    demandOpen(world, session)
    end(world, session, 'CLOSED')
    return { message: 'OK' }
  })
}

function validUntilIn(access: Readonly<Record<string, unknown>>, maxSeconds: number, now: Date): string {
  const text = textIn(access, 'valid_until')
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  const isServed = at > now.getTime() && at <= now.getTime() + maxSeconds * 1000
  if (!isServed) throw new Refusal('WRONG_REQUEST_PARAMETERS', 'access.valid_until')
  return text
}
