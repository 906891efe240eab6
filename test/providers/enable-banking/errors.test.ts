import { test } from 'tap'
import { codeOf, failureOf } from '../../../src/providers/enable-banking/errors.ts'
import type { ProviderErrorKind } from '../../../src/providers/provider.ts'
import { enableBankingContract } from '../../simulators/enable-banking/contract.ts'

const now = new Date('2026-11-21T12:00:00Z')

function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return failureOf({ status, headers, body: text }, { what: 'Enable Banking, transactions', now })
}

const problem = (error: string) => ({ message: 'Some text', code: 422, error, detail: 'Some detail' })

const codes: [code: string, kind: ProviderErrorKind, ended?: 'expired' | 'revoked'][] = [
  ['ACCESS_DENIED', 'refused'],
  ['ACCOUNT_DOES_NOT_EXIST', 'consent_gone'],
  ['ALREADY_AUTHORIZED', 'refused'],
  ['ASPSP_ACCOUNT_NOT_ACCESSIBLE', 'refused'],
  ['ASPSP_ERROR', 'temporary'],
  ['ASPSP_PAYMENT_NOT_ACCESSIBLE', 'refused'],
  ['ASPSP_PSU_ACTION_REQUIRED', 'needs_person'],
  ['ASPSP_RATE_LIMIT_EXCEEDED', 'rate_limited'],
  ['ASPSP_TIMEOUT', 'temporary'],
  ['AUTHORIZATION_NOT_PROVIDED', 'refused'],
  ['CLOSED_SESSION', 'consent_gone', 'revoked'],
  ['DATE_FROM_IN_FUTURE', 'refused'],
  ['DATE_TO_WITHOUT_DATE_FROM', 'refused'],
  ['EXPIRED_AUTHORIZATION_CODE', 'refused'],
  ['EXPIRED_SESSION', 'consent_gone', 'expired'],
  ['INVALID_ACCOUNT_ID', 'refused'],
  ['INVALID_HOST', 'refused'],
  ['INVALID_PAYMENT', 'refused'],
  ['NO_ACCOUNTS_ADDED', 'refused'],
  ['PAYMENT_LIMIT_EXCEEDED', 'refused'],
  ['PAYMENT_NOT_FINALIZED', 'refused'],
  ['PAYMENT_NOT_FOUND', 'refused'],
  ['PSU_HEADER_INVALID', 'refused'],
  ['PSU_HEADER_NOT_PROVIDED', 'refused'],
  ['REDIRECT_URI_NOT_ALLOWED', 'refused'],
  ['REVOKED_SESSION', 'consent_gone', 'revoked'],
  ['SESSION_DOES_NOT_EXIST', 'consent_gone'],
  ['TRANSACTION_DOES_NOT_EXIST', 'refused'],
  ['UNAUTHORIZED_ACCESS', 'refused'],
  ['UNAUTHORIZED_IP', 'refused'],
  ['UNTRUSTED_PAYMENT_PARTY', 'refused'],
  ['WEBHOOK_URI_NOT_ALLOWED', 'refused'],
  ['WRONG_ASPSP_PROVIDED', 'refused'],
  ['WRONG_AUTHORIZATION_CODE', 'refused'],
  ['WRONG_CONTINUATION_KEY', 'temporary'],
  ['WRONG_CREDENTIALS_PROVIDED', 'needs_person'],
  ['WRONG_DATE_INTERVAL', 'refused'],
  ['WRONG_REQUEST_PARAMETERS', 'refused'],
  ['WRONG_SESSION_STATUS', 'consent_gone'],
  ['WRONG_TRANSACTIONS_PERIOD', 'refused'],
]

test('every code has its kind, whatever its status', async (t) => {
  for (const [code, kind, ended] of codes) {
    for (const status of [422, 500]) {
      const { message, ...told } = failure(status, problem(code))
      t.match(told, { kind, tooFarBack: code === 'WRONG_TRANSACTIONS_PERIOD' }, code)
      t.equal(told.ended, ended)
      t.ok(message.startsWith(`Enable Banking, transactions: answered ${status} ${code}`))
    }
  }
})

const contract = enableBankingContract()

test(
  'no code of the vendor is missing',
  { skip: contract === undefined && 'the OpenAPI file is not here' },
  async (t) => {
    t.same(
      codes.map(([code]) => code),
      contract?.errorCodes.toSorted((a, b) => (a < b ? -1 : 1)),
    )
    for (const code of contract?.errorCodes ?? []) t.equal(codeOf(JSON.stringify(problem(code))), code)
  },
)

test('where the operator can help, they are told how', async (t) => {
  const check = 'check the application’s id, its private key, and the clock of this machine'
  t.equal(
    failure(401, problem('UNAUTHORIZED_ACCESS')).message,
    `Enable Banking, transactions: answered 401 UNAUTHORIZED_ACCESS; ${check}`,
  )
  t.equal(failure(401, '').message, `Enable Banking, transactions: answered 401; ${check}`)
  t.equal(failure(401, '').kind, 'refused')
})

test('a body that is no error body, or has a code of its own, leaves it to the status', async (t) => {
  const bodies = ['', '<html>Closed</html>', '{"error":', '[]', 'null', '{"error":7}', '{"detail":[{"msg":"x"}]}']
  for (const body of [...bodies, ...['OWN_CODE', 'constructor', '__proto__', ''].map(problem)]) {
    t.equal(failure(503, body).kind, 'temporary')
    t.equal(failure(422, body).kind, 'refused')
    t.equal(failure(429, body).kind, 'rate_limited')
    t.equal(failure(302, body).kind, 'nonsense')
    t.equal(failure(503, body).message, 'Enable Banking, transactions: answered 503')
  }
})

test('when to ask again is told where it helps to ask again', async (t) => {
  const headers = { 'retry-after': '60' }
  const at = '2026-11-21T12:01:00.000Z'
  t.equal(failure(429, problem('ASPSP_RATE_LIMIT_EXCEEDED'), headers).retryAt?.toISOString(), at)
  t.equal(failure(503, '', headers).retryAt?.toISOString(), at)
  t.equal(failure(429, '').retryAt, undefined)
  t.equal(failure(403, problem('ACCESS_DENIED'), headers).retryAt, undefined)
})

test('what is written for people is not passed on: it may name them', async (t) => {
  const text = 'Kari Nordmann has no account NO9386011117947'
  for (const body of [{ ...problem('ACCESS_DENIED'), message: text, detail: text }, problem(text), text]) {
    const { message, cause } = failure(403, body)
    t.notMatch(`${message} ${String(cause)}`, /Kari|NO93/)
  }
})
