// The way from a link to a consent, in pieces, for tests that stop halfway: a company with its books, our page, the bank's pages, the way back.

import { randomUUID } from 'node:crypto'
import { open, submit } from '../sandbox/browser.ts'
import type { BankedService } from '../support/bank.ts'
import { runSql } from '../support/database.ts'
import type { Answer } from '../support/service.ts'

export const iban = {
  main: 'NO9386011117947',
  second: 'NO5586011859226',
  savings: 'NO9086015740827',
  foreign: 'NO6686016283004',
  private: 'NO9586010194956',
} as const

export const card = '541275******3241'

export const fjordbanken = 'berlin-group.fjordbanken'
export const doneUrl = 'https://acme.example/done'
export const company = '/v1/companies/fjordlys'

export type Call = ReturnType<BankedService['client']>

/** A tenant of its own with a company in Norway, whose ledger account 1920 has the IBAN of Fjordbanken's main account, and two persons. */
export async function registered(
  service: Pick<BankedService, 'client'>,
  { accountPolicy = 'any' }: { readonly accountPolicy?: string } = {},
): Promise<{ readonly tenant: string; readonly call: Call }> {
  const tenant = `acme-${randomUUID()}`
  const call = service.client(tenant)
  await call('PUT', '/v1/tenant', { name: 'Acme Books', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl })
  await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO', accountPolicy })
  await call('PUT', `${company}/ledger-accounts/1920`, { name: 'Driftskonto', currency: 'NOK', iban: iban.main })
  await call('PUT', `${company}/persons/anna`, { name: 'Anna Berg', email: 'anna@fjordlys.example' })
  await call('PUT', `${company}/persons/dina`, { name: 'Dina Moe' })
  return { tenant, call }
}

export type Seen = {
  readonly status: number
  /** Where the browser is sent. */
  readonly location: string
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** A page of ours, opened, or with a form sent to it. */
export async function visit(
  service: Pick<BankedService, 'inject'>,
  url: string,
  form?: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const { pathname, search } = new URL(url)
  const answer = await service.inject({
    method: form === undefined ? 'GET' : 'POST',
    url: `${pathname}${search}`,
    headers: {
      'user-agent': 'Test browser',
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(form !== undefined && { payload: new URLSearchParams(form).toString() }),
  })
  return {
    status: answer.statusCode,
    location: answer.headers.location ?? '',
    text: answer.body,
    headers: { ...answer.headers },
  }
}

/** From the link to the bank's first page: its address. */
export async function toBank(
  service: Pick<BankedService, 'inject'>,
  link: string,
  institutionId = fjordbanken,
): Promise<string> {
  await visit(service, link)
  const agreed = await visit(service, link, { step: 'agree' })
  const sent = agreed.location.includes('?step=bank')
    ? await visit(service, link, { step: 'bank', institutionId })
    : agreed
  if (sent.status !== 303) throw new Error(`the page did not lead to the bank: ${sent.status} ${headingOf(sent)}`)
  return sent.location
}

/** Logs in at the bank and decides. The address that the bank sends the person back to, which is not opened yet. */
export async function decideAtBank(
  bankUrl: string,
  choice: {
    readonly login?: string
    readonly button?: 'approve' | 'cancel'
    readonly ticked?: readonly string[]
  } = {},
): Promise<string> {
  const { login = 'anna', button = 'approve', ticked } = choice
  const first = await open(bankUrl)
  const approval = await submit(first, first.forms[0], { typed: { login, password: 'secret' } })
  const form = approval.forms.find(({ buttons }) => buttons.some(({ value }) => value === button))
  // Whoever may share nothing is told so, and finds the way back as a link.
  const back = /href="([^"]*)">Back to the service/.exec(approval.text)?.[1]
  if (form === undefined && back !== undefined) return back.replaceAll('&amp;', '&')
  return (await submit(approval, form, { button, ...(ticked !== undefined && { ticked }) })).url
}

export const headingOf = ({ text }: Pick<Seen, 'text'>): string => /<h1>\s*(.*?)\s*<\/h1>/s.exec(text)?.[1] ?? ''

export type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>> }

/** The events of a tenant in their order, those of one kind (`consent_session`) or all. */
export async function eventsOf(
  { ownerUrl }: Pick<BankedService, 'ownerUrl'>,
  tenant: string,
  kind = '',
): Promise<readonly Told[]> {
  const rows = await runSql(
    ownerUrl,
    `select type, data::text from events where tenant_id = '${tenant}' and starts_with(type, '${kind}') order by position`,
  )
  return rows.map(({ type, data }) => ({ type: String(type), data: JSON.parse(String(data)) }))
}

/** What stands in every table, as text. */
export async function databaseText({ ownerUrl }: Pick<BankedService, 'ownerUrl'>): Promise<string> {
  const tables = await runSql(ownerUrl, `select tablename from pg_tables where schemaname = 'public'`)
  const texts = []
  for (const { tablename } of tables) {
    const rows = await runSql(ownerUrl, `select t::text as line from "${String(tablename)}" t`)
    texts.push(`${String(tablename)}\n${rows.map(({ line }) => String(line)).join('\n')}`)
  }
  return texts.join('\n')
}

/** The whole way: a session, its link, the bank, and back. The session as it is then. */
export async function authorised(
  service: BankedService,
  call: Call,
  {
    login = 'anna',
    ticked,
    ...ask
  }: { readonly login?: string; readonly ticked?: readonly string[] } & Readonly<Record<string, unknown>> = {},
): Promise<Answer['body']> {
  const { body } = await call('POST', `${company}/consent-sessions`, { institutionId: fjordbanken, ...ask })
  const choice = { login, ...(ticked !== undefined && { ticked }) }
  await visit(service, await decideAtBank(await toBank(service, body.url), choice))
  return (await call('GET', `/v1/consent-sessions/${body.id}`)).body
}

/** The company's connections by what the bank calls them: an IBAN, or a masked card number. */
export async function connectionsOf(call: Call): Promise<Readonly<Record<string, Answer['body']>>> {
  const { body } = await call('GET', `${company}/connections?limit=100`)
  const keyed = body.data.map((connection: Answer['body']) => [connection.iban ?? connection.maskedPan, connection])
  return Object.fromEntries(keyed)
}
