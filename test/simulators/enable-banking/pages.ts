// What the person sees: Enable Banking's own page, and the bank's behind it. Plain forms.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { approve, type Authorization, type World } from './world.ts'

export function pageRoutes(app: FastifyInstance, world: World): void {
  const authorizationAt = (id: unknown): Authorization | undefined => {
    const found = typeof id === 'string' ? world.authorizations.get(id) : undefined
    return found?.outcome === 'open' ? found : undefined
  }

  app.get('/ais/start', async (request, reply) => {
    const authorization = authorizationAt(fieldIn(request.query, 'sessionid'))
    if (authorization === undefined) return gone(reply)
    const { id, aspsp } = authorization
    return html(
      reply,
      `<h1>Share account information</h1><p>You will be taken to ${escaped(aspsp.name)}.</p>
       <form method="post" action="/ais/${id}"><button name="decision" value="continue">Continue</button><button name="decision" value="cancel">Cancel</button></form>`,
    )
  })

  app.post('/ais/:id', async (request, reply) => {
    const authorization = authorizationAt(fieldIn(request.params, 'id'))
    if (authorization === undefined) return gone(reply)
    return fieldIn(request.body, 'decision') === 'continue'
      ? reply.redirect(`/bank/${authorization.id}`, 303)
      : back(reply, authorization, cancelled)
  })

  app.get('/bank/:id', async (request, reply) => {
    const authorization = authorizationAt(fieldIn(request.params, 'id'))
    if (authorization === undefined) return gone(reply)
    return html(reply, authorization.isLoggedIn ? choice(world, authorization) : login(authorization))
  })

  app.post('/bank/:id/login', async (request, reply) => {
    const authorization = authorizationAt(fieldIn(request.params, 'id'))
    if (authorization === undefined) return gone(reply)
    if (fieldIn(request.body, 'password') === 'wrong')
      return back(reply, authorization, { error: 'access_denied', description: 'Invalid credentials' })
    if (world.bankSays !== null) return back(reply, authorization, world.bankSays)
    authorization.isLoggedIn = true
    return reply.redirect(`/bank/${authorization.id}`, 303)
  })

  app.post('/bank/:id/decision', async (request, reply) => {
    const authorization = authorizationAt(fieldIn(request.params, 'id'))
    if (authorization === undefined) return gone(reply)
    if (fieldIn(request.body, 'decision') !== 'approve' || !authorization.isLoggedIn)
      return back(reply, authorization, cancelled)
    const ticked = fieldsIn(request.body, 'account')
    const chosen = world.accounts.map(({ key }) => key).filter((key) => ticked.includes(key))
    return reply.redirect(sentBack(authorization, { code: approve(world, authorization, chosen) }), 303)
  })
}

const cancelled = { error: 'access_denied', description: 'Cancelled by user' }

function back(
  reply: FastifyReply,
  authorization: Authorization,
  { error, description }: { readonly error: string; readonly description?: string },
): FastifyReply {
  authorization.outcome = 'ended'
  const told = { error, ...(description !== undefined && { error_description: description }) }
  return reply.redirect(sentBack(authorization, told), 303)
}

function sentBack({ redirectUrl, state }: Authorization, told: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUrl)
  for (const [name, value] of Object.entries({ ...told, state })) url.searchParams.set(name, value)
  return url.href
}

const login = ({ id, aspsp }: Authorization): string =>
  `<h1>Log in to ${escaped(aspsp.name)}</h1>
   <form method="post" action="/bank/${id}/login"><input name="login" type="text" value="person"><input name="password" type="password"><button>Log in</button></form>
   <form method="post" action="/bank/${id}/decision"><button name="decision" value="cancel">Cancel</button></form>`

const choice = ({ accounts }: World, { id, validUntil }: Authorization): string =>
  `<h1>Which accounts?</h1><p>Until ${escaped(validUntil)}.</p>
   <form method="post" action="/bank/${id}/decision">${accounts
     .map(
       ({ key, name }) =>
         `<label><input type="checkbox" name="account" value="${escaped(key)}" checked> ${escaped(name)}</label>`,
     )
     .join(
       '',
     )}<button name="decision" value="approve">Approve</button><button name="decision" value="cancel">Cancel</button></form>`

function html(reply: FastifyReply, main: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(`<!doctype html><html lang="en"><body>${main}</body></html>`)
}

const gone = (reply: FastifyReply): FastifyReply => html(reply.code(410), '<p>This link is no longer valid.</p>')

/** A form's or a query's field, the first of its name. */
const fieldIn = (fields: unknown, name: string): string | undefined => fieldsIn(fields, name)[0]

function fieldsIn(fields: unknown, name: string): readonly string[] {
  if (fields instanceof URLSearchParams) return fields.getAll(name)
  const value =
    typeof fields === 'object' && fields !== null ? Object.entries(fields).find(([key]) => key === name)?.[1] : ''
  return typeof value === 'string' && value !== '' ? [value] : []
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
