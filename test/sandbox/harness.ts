// A sandbox of a test's own, with a clock that the test turns, and a TPP that knows the specification and nothing else.

import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { startSandbox } from '../../src/sandbox/server.ts'
import { createLog } from '../../src/shared/log.ts'
import { approve, sign } from './browser.ts'
import { theContract } from './contract.ts'

/** A Tuesday, at noon in Oslo. */
const tuesdayNoon = '2026-03-10T11:00:00Z'

export type RequestHeaders = Readonly<Record<string, string>>
export type Answered<Content> = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Content
}

type Links = Readonly<Record<string, { readonly href: string } | undefined>>
type Amount = { readonly currency: string; readonly amount: string }
type Reference = { readonly iban?: string; readonly maskedPan?: string; readonly currency?: string }
type Balance = { readonly balanceType: string; readonly balanceAmount: Amount; readonly referenceDate?: string }

type Account = Reference & {
  readonly resourceId: string
  readonly currency: string
  readonly cashAccountType?: string
  readonly usage?: string
  readonly balances?: readonly Balance[]
  readonly _links: Links
}

export type Row = {
  readonly transactionId?: string
  readonly cardTransactionId?: string
  readonly entryReference?: string
  readonly bookingDate?: string
  readonly valueDate?: string
  readonly transactionAmount: Amount
  readonly creditorName?: string
  readonly debtorName?: string
  readonly remittanceInformationUnstructured?: string
  readonly remittanceInformationStructured?: { readonly reference: string }
  readonly balanceAfterTransaction?: Balance
  readonly currencyExchange?: readonly {
    readonly sourceCurrency: string
    readonly exchangeRate: string
    readonly targetCurrency: string
  }[]
  readonly additionalInformation?: string
}

type Report = { readonly booked?: readonly Row[]; readonly pending?: readonly Row[]; readonly _links: Links }

/** Whatever an answer of the interface may hold. */
type Body = {
  readonly consentId?: string
  readonly agreementId?: string
  readonly agreementStatus?: string
  readonly reviewReasons?: readonly { readonly code: string; readonly text?: string }[]
  readonly consentStatus?: string
  readonly psuMessage?: string
  readonly scaStatus?: string
  readonly authorisationIds?: readonly string[]
  readonly validUntil?: string
  readonly frequencyPerDay?: number
  readonly access?: Readonly<Record<string, readonly Reference[]>>
  readonly accounts?: readonly Account[]
  readonly cardAccounts?: readonly Account[]
  readonly account?: Account
  readonly cardAccount?: Account
  readonly balances?: readonly Balance[]
  readonly transactions?: Report
  readonly cardTransactions?: Report
  readonly tppMessages?: readonly {
    readonly category: string
    readonly code: string
    readonly path?: string
    readonly text: string
  }[]
  readonly _links?: Links
}

export type Truth = {
  readonly key: string
  readonly status: string
  readonly bookingDate: string
  readonly amount: string
  readonly counterpartyName: string | null
  readonly text: string | null
  readonly reference: string | null
}

/** Whatever an answer of control may hold. */
type ControlBody = {
  readonly error?: string
  readonly key?: string
  readonly openingBalance?: string
  readonly bookedBalance?: string
  readonly transactions?: readonly Truth[]
  readonly accounts?: readonly { readonly id: string; readonly persons: readonly string[] }[]
  readonly consents?: readonly { readonly id: string; readonly status: string; readonly person: string | null }[]
  readonly faults?: readonly unknown[]
  readonly maintenance?: readonly string[]
}

export type ConsentChange = { readonly headers?: RequestHeaders; readonly body?: Readonly<Record<string, unknown>> }

export const askHeaders: RequestHeaders = {
  'psu-ip-address': '192.0.2.7',
  'tpp-redirect-uri': 'https://tpp.example/back?state=abc',
  'tpp-nok-redirect-uri': 'https://tpp.example/no?state=abc',
}

export const askBody = {
  access: { accounts: [], balances: [], transactions: [] },
  recurringIndicator: true,
  validUntil: '9999-12-31',
  frequencyPerDay: 4,
  combinedServiceIndicator: false,
}

/** The person is there: such calls are not counted. */
export const attended: RequestHeaders = { 'psu-ip-address': '192.0.2.7' }

export async function sandboxFor(t: Test, options: { now?: string; stateFile?: string } = {}) {
  const clock = { current: new Date(options.now ?? tuesdayNoon), now: () => clock.current }
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    stateFile: options.stateFile ?? null,
    clock,
    log: createLog({ level: 'silent' }),
  })
  t.teardown(() => sandbox.close())

  const contract = theContract()
  if (contract === undefined) t.comment('the specification is not here: answers are not held against it')
  const call: Call = async (bank, method, path, { headers = {}, body, raw = false } = {}) => {
    const url = new URL(path.startsWith('/v1') ? `/${bank}${path}` : path, sandbox.url)
    const answer = await answered<Body>(await send(url, method, { 'x-request-id': randomUUID(), ...headers }, body))
    if (contract !== undefined && !raw) {
      const faults = contract.faults({ method, path: url.pathname.slice(bank.length + 1), ...answer })
      t.same(faults, [], `${method} ${url.pathname} ${answer.status} is as specified`)
    }
    return answer
  }
  const agreements = new Map<string, string>()
  const ask = async (bank: string, change: ConsentChange = {}) =>
    call(bank, 'POST', '/v1/consents', {
      headers: { ...askHeaders, ...(await agreementHeader(bank)), ...change.headers },
      body: { ...askBody, ...change.body },
    })
  /** At a bank that is reached through a programme, a company has signed with that first. */
  async function agreementHeader(bank: string): Promise<RequestHeaders> {
    const programme = sandbox.banks.find(({ id }) => id === bank)?.agreement?.id
    if (programme === undefined) return {}
    const known = agreements.get(programme)
    if (known !== undefined) return { 'agreement-id': known }
    const { body } = await agreement(programme, 'POST', '/v1/agreements', agreementAsk(randomUUID()))
    await sign(linkOf(body, 'signing'))
    agreements.set(programme, body.agreementId ?? '')
    return { 'agreement-id': body.agreementId ?? '' }
  }
  /** A programme's own interface, which no specification knows of. */
  const agreement = async (programme: string, method: string, path: string, body?: unknown) =>
    answered<Body>(
      await send(new URL(`/${programme}${path}`, sandbox.url), method, { 'x-request-id': randomUUID() }, body),
    )
  const control = async (method: string, path: string, body?: unknown) =>
    answered<ControlBody>(await send(new URL(`${sandbox.url}/control${path}`), method, {}, body))

  return {
    sandbox,
    call,
    ask,
    agreement,
    control,
    /** Turns the clock. */
    at(instant: string) {
      clock.current = new Date(instant)
    },
    later(minutes: number) {
      clock.current = new Date(clock.current.getTime() + minutes * 60_000)
    },
    /** The truth about an account, from control. */
    async truth(accountId: string) {
      const {
        openingBalance = '',
        bookedBalance = '',
        transactions = [],
      } = (await control('GET', `/accounts/${accountId}`)).body
      return { openingBalance, bookedBalance, transactions }
    },
    /** A consent that this person approved, with all their accounts unless some are named. */
    async consent(
      bank: string,
      person: string,
      change: ConsentChange & { readonly accounts?: readonly string[] } = {},
    ) {
      const { body } = await ask(bank, change)
      await approve(linkOf(body, 'scaRedirect'), person, change.accounts)
      return tppOf(bank, body.consentId ?? '', call)
    },
  }
}

export const agreementAsk = (externalId: string) => ({
  externalId,
  organisation: { name: 'Fjordlys Handel AS', country: 'NO', registrationNumber: '923609016' },
  signatory: { name: 'Anna Berg', email: 'anna@fjordlys.example', phone: '+47 400 00 000' },
  returnUri: 'https://tpp.example/agreed?of=abc',
})

/** Every answer is held against the specification, unless `raw`. `path` begins with `/v1`, or is a link as the bank wrote it. */
type Call = (
  bank: string,
  method: string,
  path: string,
  request?: { readonly headers?: RequestHeaders; readonly body?: unknown; readonly raw?: boolean },
) => Promise<Answered<Body>>

export type Tpp = ReturnType<typeof tppOf>

/** Where a link of the specification leads. */
export function linkOf(body: { readonly _links?: Links }, name: string): string {
  const link = body['_links']?.[name]
  if (link === undefined) throw new Error(`no link ${name}`)
  return link.href
}

/** The code of the refusal, with its status: `401 CONSENT_EXPIRED`. */
export function refusalOf({ status, body }: Answered<Body>): string {
  return `${status} ${body.tppMessages?.[0]?.code}`
}

function tppOf(bank: string, consentId: string, call: Call) {
  const get = (path: string, headers: RequestHeaders = attended, raw = false) =>
    call(bank, 'GET', path, { headers: { 'consent-id': consentId, ...headers }, raw })
  return {
    consentId,
    get,
    status: async () => (await call(bank, 'GET', `/v1/consents/${consentId}/status`)).body.consentStatus,
    accounts: async () => (await get('/v1/accounts')).body.accounts ?? [],
    /** The account of that IBAN or masked PAN; without one, the first. */
    async account(number?: string): Promise<Account> {
      const accounts = await this.accounts()
      const found = accounts.find(
        ({ iban, maskedPan }) => number === undefined || iban === number || maskedPan === number,
      )
      if (found === undefined) throw new Error(`no account ${number}`)
      return found
    },
    /** The rows of all pages. */
    async transactions(account: Account, query: string): Promise<{ booked: Row[]; pending: Row[]; pages: number }> {
      const rows = { booked: new Array<Row>(), pending: new Array<Row>(), pages: 0 }
      let href: string | undefined = `${linkOf(account, 'transactions')}?${query}`
      while (href !== undefined) {
        const { body }: Answered<Body> = await get(href)
        const report = body.transactions ?? body.cardTransactions
        rows.booked.push(...(report?.booked ?? []))
        rows.pending.push(...(report?.pending ?? []))
        rows.pages += 1
        href = report?.['_links']['next']?.href
      }
      return rows
    },
  }
}

async function send(url: URL, method: string, headers: RequestHeaders, body: unknown): Promise<Response> {
  if (body === undefined) return fetch(url, { method, headers })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, body: text })
}

async function answered<Content>(response: Response): Promise<Answered<Content>> {
  const text = await response.text()
  const body: Content = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, body }
}
