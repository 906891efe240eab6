// The sandbox bank as the conformance suite drives any provider: one of its banks, and one person there. The bank itself is in `src/sandbox/`,
// over real HTTP; what is done here is what its control and a browser can do.

import { startSandbox } from '../../src/sandbox/server.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { createLog } from '../../src/shared/log.ts'
import { open, submit, type Form, type Page } from '../sandbox/browser.ts'
import type { Act, Fault, SimulatedAccount, Simulator } from './simulator.ts'

export type BerlinGroupSimulator = Simulator & {
  /** Everything else that the bank's control can do, as `src/sandbox/control.ts` lists it. */
  control(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>
}

const bankId = 'fjordbanken'
const person = 'anna'
/** Who may share nothing: the bank itself refuses. */
const personWithoutRights = 'carl'
const accountsPath = `/banks/${bankId}/persons/${person}/accounts`
const slowMs = 1_500

export async function startBerlinGroupSimulator({ clock }: { readonly clock: Clock }): Promise<BerlinGroupSimulator> {
  const log = createLog({ level: 'silent' })
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, stateFile: null, clock, log })

  const control: BerlinGroupSimulator['control'] = async (method, path, body) => {
    const response = await fetch(`${sandbox.url}/control${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`the bank's control, ${method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  // Until a test says what the person has, they have nothing.
  await control('PUT', accountsPath, [])

  return {
    providerId: 'berlin-group',
    providerConfig: { berlinGroup: sandbox.banks },
    nativeId: bankId,
    slowMs,
    control,
    hold: async (accounts) => void (await control('PUT', accountsPath, accounts.map(holdingOf))),
    visit: (redirectUrl, act) => visit(redirectUrl, act, sandbox.url),
    endAtBank: async () => void (await control('POST', `/banks/${bankId}/persons/${person}/revoke`)),
    async fault(fault) {
      await control('DELETE', '/faults')
      if (fault === null) return
      for (const path of ['/balances', '/transactions'])
        await control('POST', '/faults', { bank: bankId, path, ...faults[fault] })
    },
    dataCalls: sandbox.dataCalls,
    close: sandbox.close,
  }
}

const faults: Readonly<Record<Fault, object>> = {
  maintenance: { code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '600' } },
  garbage: {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><html lang="no"><title>Fjordbanken</title><h1>Velkommen</h1></html>',
  },
  slow: { delayMs: slowMs },
  quota: { code: 'ACCESS_EXCEEDED' },
}

/** An account in control's words. */
function holdingOf({ key, name, owner, usage, currency, iban, maskedPan, balance, transactions }: SimulatedAccount) {
  return {
    key,
    name,
    owner,
    usage: usage === 'business' ? 'ORGA' : 'PRIV',
    currency,
    ...(iban === undefined ? {} : { iban }),
    ...(maskedPan === undefined ? {} : { maskedPan }),
    balance,
    transactions: transactions.map(({ id, bookingDate, valueDate, amount, text, counterparty }) => ({
      key: id,
      transactionId: id,
      bookingDate,
      ...(valueDate === undefined ? {} : { valueDate }),
      amount,
      text,
      ...(counterparty === undefined ? {} : { counterpartyName: counterparty.name }),
      ...(counterparty?.iban === undefined ? {} : { counterpartyIban: counterparty.iban }),
    })),
  }
}

/** Where the bank sends the browser in the end. */
async function visit(redirectUrl: string, act: Act, bankUrl: string): Promise<string> {
  const login = act.kind === 'reject' ? personWithoutRights : person
  const first = await open(redirectUrl)
  const next = asksForLogin(first)
    ? await submit(first, first.forms[0], { typed: { login, password: 'secret' } })
    : first
  if (!next.url.startsWith(bankUrl)) return next.url
  // Whoever can do nothing more there finds the way back as a link.
  const back = /href="([^"]*)">Back to the service/.exec(next.text)?.[1]
  if (back !== undefined) return back.replaceAll('&amp;', '&')
  const end = await submit(next, formWith(next, act.kind), decisionOf(act))
  if (end.url.startsWith(bankUrl)) throw new Error(`the bank did not send the person back: ${end.status} ${end.url}`)
  return end.url
}

const asksForLogin = (page: Page): boolean =>
  page.forms.some(({ fields }) => fields.some(({ name }) => name === 'login'))

const formWith = ({ forms }: Page, decision: string): Form | undefined =>
  forms.find(({ buttons }) => buttons.some(({ value }) => value === decision))

function decisionOf(act: Act): { readonly button: string; readonly ticked?: readonly string[] } {
  if (act.kind !== 'approve' || act.only === undefined) return { button: act.kind }
  return { button: act.kind, ticked: act.only.map((key) => `${bankId}-${person}-${key}`) }
}
