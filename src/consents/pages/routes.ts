// The public side: the hosted page behind a link, and the way back from the bank. Nobody here has a token; the link's own secret is what lets somebody in.

import { Type } from 'typebox'
import type { Picture } from '../../institutions/model.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { statusOf } from '../../shared/http/problem.ts'
import type { App } from '../../shared/http/routes.ts'
import { maskIban } from '../../values/iban.ts'
import type { InstitutionId } from '../../values/ids.ts'
import { completeSession, type CompleteSessionDeps } from '../complete-session.ts'
import type { ConsentSession } from '../model/consent-session.ts'
import { withOutcome } from '../model/redirect-url.ts'
import {
  agreementNext,
  bankName,
  banksToChoose,
  cancelSession,
  chooseBank,
  openSession,
  type OfferedBank,
  type OpenedSession,
} from '../open-session.ts'
import { agreementNeededPage } from './agreement-needed.ts'
import { bankUnavailablePage } from './bank-unavailable.ts'
import { chooseBankPage } from './choose-bank.ts'
import { chooseLanguage, type Notice, type SpokenLanguage } from './texts.ts'
import { contentSecurityPolicy } from './layout.ts'
import { noticePage } from './notice.ts'
import { welcomePage } from './welcome.ts'

type Deps = Parameters<typeof chooseBank>[0] &
  CompleteSessionDeps & {
    /** What is kept of a bank's picture. */
    readonly pictureOf: (institutionId: InstitutionId) => Promise<Picture | undefined>
    /** Where somebody goes on to who comes back from signing a company's agreement. */
    readonly afterSigning: (of: string) => Promise<string>
  }

type Request = {
  readonly ip: string
  readonly url: string
  readonly headers: { readonly 'user-agent'?: string | undefined; readonly 'accept-language'?: string | undefined }
}
type Reply = {
  code(status: number): Reply
  header(name: string, value: string): Reply
  send(body: string): unknown
  redirect(url: string, status: number): unknown
}

const banksShown = 50
const html = 'text/html; charset=utf-8'

export function connectRoutes(app: App, deps: Deps, limits: { readonly perMinute: number }): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  )
  const policy = contentSecurityPolicy()
  app.addHook('onRequest', async (_request, reply) => {
    void reply
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex')
      .type(html)
  })
  app.setErrorHandler((error: unknown, request, reply) => {
    const { status, notice } = noticeOf(error)
    if (notice === 'went_wrong' && status >= 500) request.log.error({ err: error }, 'the hosted page failed')
    // An error takes the headers of what the answer was to be with it.
    return reply
      .code(status)
      .type(html)
      .send(noticePage({ language: languageOf(request, null), notice }))
  })
  const config = { rateLimit: { max: limits.perMinute, timeWindow: 60_000 } }
  const params = Type.Object({ token: Type.String({ minLength: 1, maxLength: 100 }) })
  const pageQuery = Type.Object({
    step: Type.Optional(Type.String({ maxLength: 20 })),
    search: Type.Optional(Type.String({ maxLength: 100 })),
  })
  const form = Type.Object({
    step: Type.Optional(Type.String({ maxLength: 20 })),
    institutionId: Type.Optional(Type.String({ maxLength: 129 })),
  })

  app.get(
    '/connect/:token',
    { config, schema: { hide: true, params, querystring: pageQuery } },
    async (request, reply) => {
      const { token } = request.params
      const opened = await openSession(deps, token)
      if (!opened.linkWorks) return ended(request, reply, opened.session, opened.tenantName)
      if (request.query.step !== 'bank') return reply.send(welcome(request, token, opened))
      return reply.send(await bankChoice(request, token, opened, request.query.search?.trim() ?? ''))
    },
  )

  app.post('/connect/:token', { config, schema: { hide: true, params, body: form } }, async (request, reply) => {
    const { token } = request.params
    const opened = await openSession(deps, token)
    if (!opened.linkWorks) return ended(request, reply, opened.session, opened.tenantName)
    const { step, institutionId = '' } = request.body
    if (step === 'cancel') return leave(reply, await cancelSession(deps, token))
    if (step === 'bank') return toBank(request, reply, token, opened, institutionId)
    if (step !== 'agree') return reply.redirect(pathOf(token), 303)
    return opened.institution === undefined
      ? reply.redirect(`${pathOf(token)}?step=bank`, 303)
      : toBank(request, reply, token, opened, opened.institution.id)
  })

  const pictured = Type.Object({ institutionId: Type.String({ maxLength: 129 }) })
  app.get(
    '/connect/pictures/:institutionId',
    // One page shows many.
    {
      config: { rateLimit: { max: limits.perMinute * banksShown, timeWindow: 60_000 } },
      schema: { hide: true, params: pictured },
    },
    async (request, reply) => {
      const picture = await deps.pictureOf(request.params.institutionId)
      if (picture === undefined) return reply.code(404).type('text/plain').send('There is no such picture.')
      return reply
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'public, max-age=86400')
        .header('x-content-type-options', 'nosniff')
        .type(picture.mediaType)
        .send(picture.bytes)
    },
  )

  const provider = Type.Object({ provider: Type.String({ maxLength: 64 }) })
  const callbackQuery = Type.Record(Type.String(), Type.Unknown())
  app.get(
    '/callback/:provider',
    { config, schema: { hide: true, params: provider, querystring: callbackQuery } },
    async (request, reply) => {
      const query = onlyOnce(request.query)
      const ask = { providerId: request.params.provider, query, psu: psuOf(request) }
      const session = await completeSession(deps, ask)
      return session.status === 'redirected' ? unconfirmed(request, reply, session) : leave(reply, session)
    },
  )

  const agreedQuery = Type.Object({ of: Type.String({ maxLength: 1_000 }) })
  app.get('/agreed', { config, schema: { hide: true, querystring: agreedQuery } }, async (request, reply) =>
    reply.redirect(await deps.afterSigning(request.query.of), 303),
  )

  async function toBank(
    request: Request,
    reply: Reply,
    token: string,
    opened: OpenedSession,
    institutionId: string,
  ): Promise<unknown> {
    try {
      return reply.redirect(await chooseBank(deps, { token, institutionId, psu: psuOf(request) }), 303)
    } catch (error) {
      if (!(error instanceof AppError) || !isAboutTheBank(error.code)) throw error
      const name = (await bankName(deps, token, institutionId)) ?? institutionId
      const view = { language: languageOf(request, opened.session), path: pathOf(token), tenantName: opened.tenantName }
      if (error.code === 'agreement_required')
        return reply.code(409).send(
          agreementNeededPage({
            ...view,
            companyName: opened.companyName,
            institution: { id: institutionId, name },
            next: await agreementNext(deps, token, institutionId),
            mayChooseAnother: opened.institution === undefined,
          }),
        )
      return reply.code(503).send(
        bankUnavailablePage({
          ...view,
          institution: { id: institutionId, name },
          refuses: error.code === 'bank_refused',
          mayChooseAnother: opened.institution === undefined,
        }),
      )
    }
  }

  async function bankChoice(request: Request, token: string, opened: OpenedSession, search: string): Promise<string> {
    const found = await banksToChoose(deps, token, search === '' ? undefined : search)
    return chooseBankPage({
      language: languageOf(request, opened.session),
      path: pathOf(token),
      tenantName: opened.tenantName,
      institutions: found.slice(0, banksShown).map(viewOf),
      hasMore: found.length > banksShown,
      ...(search !== '' && { search }),
      ledgerAccounts: accountsOf(opened),
    })
  }
}

/** What can be told on a page that goes on from there. */
const isAboutTheBank = (code: ErrorCode): boolean =>
  code === 'bank_unavailable' || code === 'bank_refused' || code === 'agreement_required'

/** What was said twice was said by nobody. */
const onlyOnce = (query: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(query).filter((field): field is [string, string] => typeof field[1] === 'string'))

function welcome(request: Request, token: string, opened: OpenedSession): string {
  const { institution, session } = opened
  const { lastFailure: failure, refusedAccounts } = session
  const refused = failure === 'wrong_account_type' ? refusedAccounts.flatMap(({ maskedIban }) => maskedIban ?? []) : []
  return welcomePage({
    language: languageOf(request, session),
    path: pathOf(token),
    tenantName: opened.tenantName,
    companyName: opened.companyName,
    ...(institution !== undefined && { institution: viewOf(institution) }),
    ledgerAccounts: accountsOf(opened),
    ...(failure !== null && { last: { failure, refused } }),
  })
}

const pathOf = (token: string): string => `/connect/${encodeURIComponent(token)}`

const psuOf = ({ ip, headers }: Request) => ({
  ipAddress: ip,
  userAgent: (headers['user-agent'] ?? 'unknown').slice(0, 500),
})

function languageOf({ headers }: Request, session: ConsentSession | null): SpokenLanguage {
  const accept = headers['accept-language']
  return chooseLanguage({
    ...(session !== null && session.language !== null && { session: session.language }),
    ...(accept !== undefined && { acceptLanguage: accept }),
  })
}

const viewOf = (institution: OfferedBank) => ({
  id: institution.id,
  name: institution.name,
  ...(institution.isPictured
    ? { logo: `/connect/pictures/${encodeURIComponent(institution.id)}` }
    : institution.logo !== null && { logo: institution.logo }),
  countries: institution.countries,
  ...(institution.approverHint !== null && { approverHint: institution.approverHint }),
  maxConsentDays: institution.maxConsentDays,
})

const accountsOf = ({ ledgerAccounts }: OpenedSession) =>
  ledgerAccounts.map(({ name, iban }) => ({ name, ...(iban !== null && { maskedIban: maskIban(iban) }) }))

/** Back to where the tenant wants the person, with what became of it. */
function leave(reply: Reply, session: ConsentSession): unknown {
  const status = session.status === 'completed' || session.status === 'cancelled' ? session.status : 'failed'
  return reply.redirect(withOutcome(session.redirectUrl, { session: session.id, status }), 303)
}

/** The bank has not said yet what became of it: the state stays good, and the page asks again by itself. */
function unconfirmed(request: Request, reply: Reply, session: ConsentSession): unknown {
  const language = languageOf(request, session)
  return reply.header('refresh', '15').send(noticePage({ language, notice: 'unconfirmed', againPath: request.url }))
}

/** The link has ended: what happened, and where it led to something, the way back. */
function ended(request: Request, reply: Reply, session: ConsentSession, tenantName: string): unknown {
  const language = languageOf(request, session)
  const { id, status, redirectUrl } = session
  const tenant = { name: tenantName }
  if (status === 'completed') {
    const returnUrl = withOutcome(redirectUrl, { session: id, status })
    return reply.code(410).send(noticePage({ language, notice: 'link_used', tenant: { ...tenant, returnUrl } }))
  }
  const notice = status === 'withdrawn' ? 'link_withdrawn' : 'link_expired'
  return reply.code(410).send(noticePage({ language, notice, tenant }))
}

/** A link that leads nowhere is told as such; all else went wrong. */
function noticeOf(error: unknown): { readonly status: number; readonly notice: Notice } {
  if (error instanceof AppError && error.code === 'session_not_found') return { status: 404, notice: 'link_unknown' }
  if (error instanceof AppError && error.code === 'session_ended') return { status: 410, notice: 'link_expired' }
  if (error instanceof AppError) {
    const status = statusOf[error.code]
    return { status, notice: status === 429 ? 'too_many_requests' : 'went_wrong' }
  }
  const status = statusIn(error)
  return { status, notice: status === 429 || status === 503 ? 'too_many_requests' : 'went_wrong' }
}

/** What Fastify says that the request deserves, where the request is to blame, or the throng of them. */
function statusIn(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  return (status >= 400 && status < 500) || status === 503 ? status : 500
}
