// The pages that a person goes through: Powens' own around, the bank's login within. Plain forms, no script.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { connectorUuid, connectors } from './views.ts'
import type { Connection, World } from './world.ts'

type Session = {
  readonly flow: string
  readonly userId: number
  readonly connectorUuid: string
  readonly redirectUri: string
  readonly state: string | undefined
  readonly until: Date
  connection: Connection | undefined
}

/** What the bank makes of a login. */
export const passwords = { right: 'secret', wrong: 'wrong', withoutRights: 'no rights' } as const

/** One bank at a time, which takes new connections. */
const isOpen = (uuid: string): boolean =>
  connectors.some((one) => one.uuid === uuid && !one.hidden && !one.restricted && one.capabilities.includes('bank'))

const lastsMs = 30 * 60_000

export function webview(
  app: FastifyInstance,
  world: World,
  who: { readonly domain: string; readonly clientId: string },
): void {
  const sessions = new Map<string, Session>()

  for (const flow of ['connect', 'reconnect', 'manage'])
    app.get(`/webview/${flow}`, (request, reply) => {
      const query = new URL(request.url, 'http://webview').searchParams
      const wrong = whatIsWrong(query, flow)
      if (wrong !== undefined) return page(reply.code(400), 'Something is wrong with this link', wrong)
      const user = world.useCode(query.get('code') ?? '')
      if (user === undefined) return page(reply.code(403), 'This link has expired', '')
      const asked = query.get('connection_id')
      const connections = world.connectionsOf(user)
      // Whoever manages without a word of which has the first of theirs before them.
      const connection = connections.find(({ id }) => (asked === null ? flow === 'manage' : String(id) === asked))
      if (flow !== 'connect' && connection === undefined) return page(reply.code(404), 'No such connection', '')
      const id = `s${sessions.size + 1}`
      sessions.set(id, {
        flow,
        userId: user.id,
        connectorUuid: query.get('connector_uuids') ?? connectorUuid,
        redirectUri: query.get('redirect_uri') ?? '',
        state: query.get('state') ?? undefined,
        until: new Date(world.clock.now().getTime() + lastsMs),
        connection,
      })
      if (flow === 'manage' && connection !== undefined)
        return page(reply, 'Your connection', accountsForm(id, connection) + endForm(id) + leaveForm(id))
      return page(reply, 'Log in to your bank', loginForm(id) + leaveForm(id))
    })

  function whatIsWrong(query: URLSearchParams, flow: string): string | undefined {
    const redirectUri = URL.parse(query.get('redirect_uri') ?? '')
    if (query.get('domain') !== who.domain) return 'domain'
    if (query.get('client_id') !== who.clientId) return 'client_id'
    if (redirectUri === null || redirectUri.search !== '' || redirectUri.hash !== '') return 'redirect_uri'
    if (flow === 'connect' && !isOpen(query.get('connector_uuids') ?? connectorUuid)) return 'connector_uuids'
    return undefined
  }

  app.post('/webview/sessions/:id/:step', (request, reply) => {
    const [, id = '', step] = /^\/webview\/sessions\/([^/]+)\/(\w+)/.exec(request.url) ?? []
    const session = sessions.get(id)
    if (session === undefined) return page(reply.code(404), 'This page has expired', '')
    const user = world.userOf(session.userId)
    if (user === undefined || session.until <= world.clock.now())
      return back(reply, session, { error: 'session_expired' })
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    if (step === 'login') return login(reply, id, session, fields.get('password') ?? '')
    if (step === 'accounts') return choose(reply, session, fields.getAll('account').map(Number))
    if (step === 'end') {
      if (session.connection !== undefined) world.endConnection(session.connection.id)
      return back(reply, session, { connection_deleted: 'true', ...idsOf(session) })
    }
    const error = fields.get('do') === 'decline' ? 'tos_declined' : 'access_denied'
    return back(reply, session, { error, error_description: 'The user left' })
  })

  function login(reply: FastifyReply, id: string, session: Session, password: string): FastifyReply {
    if (password === passwords.withoutRights) {
      session.connection ??= world.newConnection(session.userId, session.connectorUuid, 'actionNeeded')
      session.connection.state = 'actionNeeded'
      return back(reply, session, { error: 'server_error', error_description: 'actionNeeded' })
    }
    if (password !== passwords.right) {
      // A connection that is not there yet does not come to be; one that is has lost its access.
      if (session.connection !== undefined) session.connection.state = 'wrongpass'
      return page(reply, 'The bank refused', loginForm(id) + leaveForm(id))
    }
    if (session.flow === 'reconnect' && session.connection !== undefined) {
      world.renew(session.connection)
      return back(reply, session, idsOf(session))
    }
    session.connection = world.newConnection(session.userId, session.connectorUuid, null)
    return page(reply, 'Your accounts', accountsForm(id, session.connection) + leaveForm(id))
  }

  function choose(reply: FastifyReply, session: Session, accountIds: readonly number[]): FastifyReply {
    if (session.connection !== undefined) world.choose(session.connection, accountIds)
    return back(reply, session, idsOf(session))
  }
}

const idsOf = ({ connection }: Session): Record<string, string> => ({
  connection_id: String(connection?.id),
  connection_ids: String(connection?.id),
})

function back(
  reply: FastifyReply,
  { redirectUri, state }: Session,
  said: Readonly<Record<string, string>>,
): FastifyReply {
  const url = new URL(redirectUri)
  url.search = new URLSearchParams({ ...said, ...(state !== undefined && { state }) }).toString()
  return reply.redirect(url.href, 302)
}

function page(reply: FastifyReply, title: string, main: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="fr"><title>${title}</title><h1>${title}</h1>${main}</html>`)
}

const form = (id: string, step: string, inner: string): string =>
  `<form method="post" action="/webview/sessions/${id}/${step}">${inner}</form>`

const loginForm = (id: string): string =>
  form(id, 'login', '<input name="login" type="text"><input name="password" type="password"><button>Log in</button>')

/** What is found first is offered ticked; later each stands as the person has left it. */
function accountsForm(id: string, connection: Connection): string {
  const listed = [...connection.accounts.values()].filter(({ deleted }) => deleted === null)
  const isFirst = listed.every(({ disabled }) => disabled !== null)
  const boxes = listed.map((account) => {
    const ticked = isFirst || account.disabled === null ? ' checked' : ''
    return `<label><input type="checkbox" name="account" value="${account.id}"${ticked}> ${escaped(account.held.name)}</label>`
  })
  return form(id, 'accounts', `${boxes.join('')}<button>Share</button>`)
}

const endForm = (id: string): string => form(id, 'end', '<button name="do" value="delete">Delete</button>')

const leaveForm = (id: string): string =>
  form(
    id,
    'leave',
    '<button name="do" value="leave">Leave</button><button name="do" value="decline">Decline the terms</button>',
  )

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
