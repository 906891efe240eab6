// Where the person is sent: `/<bank>/authorise/<authorisation>`. Log in, choose accounts, approve or cancel, back to the service.
// Who has the link has the authorisation, and who logged in is remembered with it: a real bank would also bind it to the browser.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { normaliseIban } from '../values/iban.ts'
import type { Account, Person } from './accounts.ts'
import { type Branch, currentStatus, ownAccounts, saveConsents, today } from './branch.ts'
import {
  type AccountReference,
  approve,
  cancel,
  type Consent,
  end,
  identify,
  isSupersededBy,
  refuse,
  type Right,
  rights,
} from './consents.ts'
import { approvalPage, endPage, loginPage } from './pages.ts'

type Visit = FastifyRequest<{ Params: { authorisationId: string }; Body: unknown }>

export function authoriseRoutes(scope: FastifyInstance, branch: Branch): void {
  const { bank, persons, world } = branch
  const actionOf = (request: Visit) => `/${bank.id}/authorise/${request.params.authorisationId}`

  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers(pageHeaders)
    if (!world.store.state().maintenance.includes(bank.id)) return undefined
    return show(reply, 503, endPage(bank, 'Closed for maintenance', 'Please come back later.'))
  })

  scope.get('/:authorisationId', async (request: Visit, reply) => {
    const consent = openConsent(branch, request)
    if (typeof consent === 'string') return show(reply, 410, consent)
    const person = personOf(branch, consent)
    if (person === undefined) return show(reply, 200, loginPage(bank, persons, actionOf(request)))
    return show(reply, 200, approvalPage(bank, choiceOf(branch, consent, person), actionOf(request)))
  })

  scope.post('/:authorisationId/login', async (request: Visit, reply) => {
    const consent = openConsent(branch, request)
    if (typeof consent === 'string') return show(reply, 410, consent)
    const form = formOf(request)
    const login = (form.get('login') ?? '').trim().toLowerCase()
    const person = persons.find((candidate) => candidate.login === login)
    if (person === undefined || form.get('password') === '') {
      return show(reply, 401, loginPage(bank, persons, actionOf(request), 'That user name and password do not match.'))
    }
    const refusal = refusalOf(branch, consent, person)
    if (refusal === undefined) {
      await saveConsents(branch, identify(consent, person.login))
      return reply.redirect(actionOf(request), 303)
    }
    await saveConsents(branch, refuse(identify(consent, person.login), today(branch), refusal))
    return show(reply, 403, endPage(bank, 'This cannot be shared', refusal, consent.nokRedirectUri))
  })

  scope.post('/:authorisationId/decision', async (request: Visit, reply) => {
    const consent = openConsent(branch, request)
    if (typeof consent === 'string') return show(reply, 410, consent)
    const form = formOf(request)
    if (form.get('decision') !== 'approve') {
      await saveConsents(branch, cancel(consent, today(branch)))
      return reply.redirect(consent.nokRedirectUri, 303)
    }
    const person = personOf(branch, consent)
    if (person === undefined) return reply.redirect(actionOf(request), 303)
    const choice = choiceOf(branch, consent, person)
    const ticked = form.getAll('account')
    const chosen = choice.isFree ? choice.accounts.filter(({ id }) => ticked.includes(id)) : choice.accounts
    if (chosen.length === 0) {
      return show(reply, 400, approvalPage(bank, choice, actionOf(request), 'Choose at least one account, or cancel.'))
    }
    const approved = approve(consent, grantOf(consent, chosen), world.clock.now(), today(branch))
    const former = Object.values(world.store.state().consents).filter((other) => isSupersededBy(other, approved))
    await saveConsents(branch, approved, ...former.map((other) => end(other, 'expired', today(branch))))
    return reply.redirect(consent.redirectUri, 303)
  })
}

export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export function show(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

/** What was filled in; nothing where something else than a form was sent. */
function formOf({ body }: Visit): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams()
}

/** The consent that waits for a decision; or the page that says why there is none. */
function openConsent(branch: Branch, request: Visit): Consent | string {
  const { bank, world } = branch
  const consent = Object.values(world.store.state().consents).find(
    ({ bankId, authorisation }) => bankId === bank.id && authorisation.id === request.params.authorisationId,
  )
  if (consent === undefined) return endPage(bank, 'Unknown link', 'Ask the service that sent you here for a new one.')
  const status = currentStatus(branch, consent)
  if (status === 'received') return consent
  const backTo = status === 'valid' ? consent.redirectUri : consent.nokRedirectUri
  return endPage(bank, 'Already decided', `This request is ${status}. Nothing more can be done here.`, backTo)
}

function personOf({ persons }: Branch, { authorisation }: Consent): Person | undefined {
  return persons.find(({ login }) => login === authorisation.person)
}

/** Why this person cannot give what is asked; undefined when they can. */
function refusalOf(branch: Branch, consent: Consent, person: Person): string | undefined {
  const own = ownAccounts(branch, person)
  if (own.length === 0) return 'You do not have the right to share any account.'
  const foreign = askedReferences(consent).find((reference) => !own.some((account) => isNamed(account, reference)))
  return foreign === undefined ? undefined : 'You do not have the right to share an account that the service asks for.'
}

function choiceOf(branch: Branch, consent: Consent, person: Person) {
  const references = askedReferences(consent)
  const own = ownAccounts(branch, person)
  const isFree = references.length === 0
  const accounts = isFree ? own : own.filter((account) => references.some((reference) => isNamed(account, reference)))
  return { person, accounts, isFree, validUntil: consent.validUntil, recurring: consent.recurring }
}

function askedReferences({ asked }: Consent): readonly AccountReference[] {
  return Object.values(asked).flat()
}

/** The rights that each chosen account gets. Whoever may see an account's balances or transactions may see the account. */
function grantOf({ asked }: Consent, chosen: readonly Account[]): Consent['granted'] {
  const isAsked = (right: Right, account: Account) => {
    const list = asked[right]
    return list !== undefined && (list.length === 0 || list.some((reference) => isNamed(account, reference)))
  }
  return Object.fromEntries(
    chosen.map((account) => [account.id, rights.filter((right) => right === 'accounts' || isAsked(right, account))]),
  )
}

function isNamed(account: Account, { iban, bban, maskedPan, currency }: AccountReference): boolean {
  if (currency !== undefined && currency !== account.currency) return false
  if (maskedPan !== undefined) return account.maskedPan === maskedPan
  if (iban !== undefined) return account.iban !== undefined && account.iban === normaliseIban(iban)
  return bban !== undefined && account.iban?.slice(4) === bban
}
