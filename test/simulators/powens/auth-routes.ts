// Users and their tokens.

import type { FastifyInstance } from 'fastify'
import { onlyKnown, Refusal } from './refusal.ts'
import { userView } from './views.ts'
import type { User, World } from './world.ts'

export type Client = { readonly id: string; readonly secret: string }

const temporaryMs = 30 * 60_000

export type Authenticated = (authorization: string | undefined) => { readonly user: User; readonly token: string }

export function authenticating(world: World): Authenticated {
  return (authorization) => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? ''
    const user = world.userWith(token)
    if (user === undefined) throw new Refusal(401, 'unauthorized', 'The token is missing, expired or revoked')
    return { user, token }
  }
}

export function authRoutes(app: FastifyInstance, world: World, client: Client): void {
  const whose = authenticating(world)

  function isClient(body: Readonly<Record<string, unknown>>): boolean {
    const { client_id: id, client_secret: given } = body
    if (id === undefined && given === undefined) return false
    if (String(id) !== client.id || (given !== undefined && given !== client.secret))
      throw new Refusal(403, 'forbidden', 'Unknown client')
    return given !== undefined
  }

  app.post('/auth/init', (request) => {
    const isTrusted = isClient(onlyKnown(request.body, ['client_id', 'client_secret']))
    const user = world.newUser()
    return {
      auth_token: world.newToken(user, isTrusted ? null : temporaryMs),
      type: isTrusted ? 'permanent' : 'temporary',
      id_user: user.id,
      ...(!isTrusted && { expires_in: temporaryMs / 1000 }),
    }
  })

  app.post('/auth/renew', (request) => {
    const known = ['grant_type', 'client_id', 'client_secret', 'id_user', 'revoke_previous']
    const body = onlyKnown(request.body, known)
    if (body['grant_type'] !== 'client_credentials') throw new Refusal(400, 'invalidValue', 'Unknown grant type')
    if (!isClient(body)) throw new Refusal(403, 'forbidden', 'A secret is required')
    const id = body['id_user']
    const user = id === undefined ? world.newUser() : world.userOf(Number(id))
    if (user === undefined) throw new Refusal(404, 'notFound', 'No such user')
    if (body['revoke_previous'] === true) user.tokens.clear()
    return { access_token: world.newToken(user, null), token_type: 'Bearer' }
  })

  app.get('/auth/token/code', (request) => {
    const { type = 'requestAccess' } = onlyKnown(request.query, ['type'])
    const { user } = whose(request.headers.authorization)
    if (type !== 'requestAccess' && type !== 'singleAccess') throw new Refusal(400, 'invalidValue', 'Unknown type')
    const isSingle = type === 'singleAccess'
    const code = world.newCode(user, isSingle)
    return { code, type: 'temporary', access: isSingle ? 'single' : 'standard', expires_in: temporaryMs / 1000 }
  })

  app.post('/auth/token/access', (request) => {
    const body = onlyKnown(request.body, ['grant_type', 'client_id', 'client_secret', 'code', 'redirect_uri'])
    if (!isClient(body)) throw new Refusal(403, 'forbidden', 'A secret is required')
    const user = world.useCode(String(body['code']))
    if (user === undefined) throw new Refusal(403, 'forbidden', 'The code is expired or was used')
    return { access_token: world.newToken(user, null), token_type: 'Bearer' }
  })

  app.delete('/auth/token', (request, reply) => {
    const { user, token } = whose(request.headers.authorization)
    user.tokens.delete(token)
    return reply.code(204).send()
  })

  app.get('/users/me', (request) => userView(whose(request.headers.authorization).user))

  app.delete('/users/me', (request, reply) => {
    world.endUser(whose(request.headers.authorization).user)
    return reply.code(204).send()
  })
}
