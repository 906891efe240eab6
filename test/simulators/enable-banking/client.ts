// An application that knows the API's documentation and nothing else. Every answer is held against the vendor's OpenAPI file.

import { createPrivateKey, sign } from 'node:crypto'
import type { Test } from 'tap'
import { fakeClock, type FakeClock } from '../../support/clock.ts'
import type { Act, SimulatedAccount } from '../simulator.ts'
import { enableBankingContract } from './contract.ts'
import { startEnableBankingSimulator, type EnableBankingSimulator } from './index.ts'

const now = '2026-11-21T12:00:00Z'
export const redirectUrl = 'http://127.0.0.1:9/callback'
export const aspsp = { name: 'Skogsbanken', country: 'SE' }

/** What may come in an answer, as far as tests look at it. */
type Body = {
  readonly message?: string
  readonly code?: number
  readonly error?: string
  readonly detail?: string | null
  readonly url?: string
  readonly authorization_id?: string
  readonly session_id?: string
  readonly status?: string
  readonly kid?: string
  readonly redirect_urls?: readonly string[]
  readonly aspsps?: readonly { readonly name: string; readonly country: string }[]
  readonly accounts?: readonly (string & Account)[]
  readonly accounts_data?: readonly Account[]
  readonly details?: string
  readonly access?: { readonly valid_until: string }
  readonly closed?: string | null
  readonly balances?: readonly {
    readonly balance_type: string
    readonly balance_amount: { readonly amount: string }
    readonly reference_date: string | null
  }[]
  readonly transactions?: readonly Row[]
  readonly continuation_key?: string | null
}
type Account = { readonly uid: string; readonly identification_hash: string; readonly name?: string }
type Row = {
  readonly entry_reference: string | null
  readonly transaction_id: string | null
  readonly status: string
  readonly credit_debit_indicator: string
  readonly transaction_amount: { readonly amount: string }
}

export type Answered = { readonly status: number; readonly body: Body }

type Request = {
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly body?: string
  /** Instead of one that is right. */
  readonly authorization?: string | null
}

export type Bench = Awaited<ReturnType<typeof benchFor>>

export async function benchFor(t: Test, accounts: readonly SimulatedAccount[] = [account]) {
  const clock = fakeClock(now)
  const simulator = await startEnableBankingSimulator({ clock })
  t.teardown(() => simulator.close())
  await simulator.hold(accounts)
  const contract = enableBankingContract()
  if (contract === undefined) t.comment('the OpenAPI file is not here: answers are not held against it')

  async function call(method: string, path: string, request: Request = {}): Promise<Answered> {
    const authorization = request.authorization === undefined ? tokenFor(simulator, clock) : request.authorization
    const body = request.json === undefined ? request.body : JSON.stringify(request.json)
    const response = await fetch(`${simulator.baseUrl}${path}`, {
      method,
      headers: {
        ...(authorization !== null && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(body !== undefined && { body }),
    })
    const answer = { status: response.status, body: asBody(await response.json()) }
    const [pathname = ''] = path.split('?')
    t.same(contract?.faults({ method, path: pathname, ...answer }) ?? [], [], `${method} ${pathname} ${answer.status}`)
    return answer
  }

  const auth = (change: Readonly<Record<string, unknown>> = {}) =>
    call('POST', '/auth', {
      json: {
        access: { valid_until: '2027-02-19T12:00:00.000000+00:00' },
        aspsp,
        state: 'a-state',
        redirect_url: redirectUrl,
        psu_type: 'business',
        ...change,
      },
    })

  /** Where the person comes back, after this. */
  const visited = async (act: Act, change: Readonly<Record<string, unknown>> = {}) =>
    new URL(await simulator.visit((await auth(change)).body.url ?? '', act)).searchParams

  /** A session with all accounts, or those that are ticked. */
  const session = async (act: Act = { kind: 'approve' }) =>
    (await call('POST', '/sessions', { json: { code: (await visited(act)).get('code') } })).body

  return { clock, simulator, call, auth, visited, session }
}

type Claims = Readonly<Record<string, unknown>>

/** A token for the simulator's application, with these changes. */
export function tokenFor(
  { providerConfig }: EnableBankingSimulator,
  clock: FakeClock,
  change: { readonly header?: Claims; readonly claims?: Claims; readonly key?: string } = {},
): string {
  const { applicationId = '', privateKey = '' } = providerConfig.enableBanking ?? {}
  const iat = clock.now().getTime() / 1000
  const header = part({ typ: 'JWT', alg: 'RS256', kid: applicationId, ...change.header })
  const claims = part({ iss: 'enablebanking.com', aud: 'api.enablebanking.com', iat, exp: iat + 60, ...change.claims })
  const signature = sign('sha256', Buffer.from(`${header}.${claims}`), createPrivateKey(change.key ?? privateKey))
  return `Bearer ${header}.${claims}.${signature.toString('base64url')}`
}

const part = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url')

/** Tests look at it field by field, and the contract has looked at all of it. */
function asBody(json: unknown): Body {
  return typeof json === 'object' && json !== null ? json : {}
}

export const account: SimulatedAccount = {
  key: 'operating',
  type: 'current',
  name: 'Företagskonto',
  iban: 'SE4550000000058398257466',
  currency: 'SEK',
  usage: 'business',
  owner: 'Björk Bygg AB',
  balance: '1250.00',
  transactions: [
    { id: 't-1', bookingDate: '2026-11-19', amount: '-12.50', currency: 'SEK', text: 'Kaffe' },
    {
      id: 't-2',
      bookingDate: '2026-11-20',
      valueDate: '2026-11-21',
      amount: '25000.00',
      currency: 'SEK',
      text: 'Faktura 1001',
      counterparty: { name: 'Kund AB', iban: 'SE3550000000054910000003' },
    },
    { id: 't-3', bookingDate: '2026-11-21', amount: '-50.00', currency: 'SEK', text: 'Avgift' },
  ],
}

export const card: SimulatedAccount = {
  key: 'card',
  type: 'card',
  name: 'Företagskort',
  maskedPan: '525412******3241',
  currency: 'SEK',
  usage: 'business',
  owner: 'Björk Bygg AB',
  balance: '-99.00',
  transactions: [],
}
