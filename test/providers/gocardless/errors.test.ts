import { existsSync, readFileSync } from 'node:fs'
import { test } from 'tap'
import { failureOf } from '../../../src/providers/gocardless/errors.ts'
import type { ProviderErrorKind } from '../../../src/providers/provider.ts'

const now = new Date('2026-11-21T12:00:00Z')

function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  const said = typeof body === 'string' ? body : JSON.stringify(body)
  return failureOf({ status, headers, body: said }, { what: 'GoCardless, transactions', now })
}

const told = (summary: string, detail: string, type?: string) => ({
  summary,
  detail,
  ...(type !== undefined && { type }),
})
const couldNot = "Couldn't update account transactions"
/** Nothing of this may come out. */
const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6'

type Expected = { readonly kind: ProviderErrorKind; readonly message: string; readonly ended?: string }
type Case = readonly [name: string, status: number, body: object, kind: ProviderErrorKind, says?: string]

/** Every error that the vendor's specification has an example of, in its shape, and what it means here. */
const cases: readonly Case[] = [
  [
    'AccessScopeFieldErrors',
    400,
    {
      access_scope: [
        told("Unknown value 'x' in access_scope", 'Choose one'),
        told('Unsupported access scope selected.', ''),
      ],
    },
    'refused',
    'about access_scope',
  ],
  [
    'AccessValidForDaysFieldErrors',
    400,
    {
      access_valid_for_days: [told('Incorrect access_valid_for_days', 'access_valid_for_days must be > 0 and <= 180')],
    },
    'refused',
    'about access_valid_for_days',
  ],
  [
    'AccountSelectionFieldErrors',
    400,
    { account_selection: told('Account selection not supported', id) },
    'refused',
    'about account_selection',
  ],
  [
    'AgreementFieldErrors',
    400,
    {
      agreement: [told(`Unknown Institution ID ${id}`, 'Get Institution IDs'), told('Invalid EndUserAgreement ID', id)],
    },
    'refused',
    'about agreement',
  ],
  [
    'DateRangeError',
    400,
    told('Incorrect date range', "Starting date '2025-11-10' is greater than end date '2025-10-31'."),
    'refused',
  ],
  [
    'EUANeedsToBeAccepted',
    400,
    told('End user agreement needs to be accepted.', `EUA '${id}' is not accepted.`),
    'refused',
  ],
  [
    'FieldsRequired',
    400,
    { redirect: ['This field is required.'], institution_id: ['This field is required.'] },
    'refused',
    'about redirect, institution_id',
  ],
  [
    'InstitutionFieldErrors',
    400,
    { institution_id: told(`Unknown Institution ID ${id}`, 'Get Institution IDs') },
    'refused',
    'about institution_id',
  ],
  ['InvalidID', 400, told('Invalid Account ID', `${id} is not a valid Account UUID. `), 'refused'],
  [
    'MaxHistoricalDaysFieldErrors',
    400,
    { max_historical_days: [told('Incorrect max_historical_days', 'must be > 0')] },
    'refused',
    'about max_historical_days',
  ],
  ['NoAccountsLeftToReconfirm', 400, told('No accounts left to reconfirm.', `For EUA '${id}'`), 'refused'],
  ['NoAccountsLinked', 400, told('No accounts linked.', `For associated requisition '${id}'`), 'refused'],
  ['NotAValidChoice', 400, told('Invalid country choice.', 'GBA is not a valid choice.'), 'refused'],
  [
    'ReconfirmationAfterAcceptancePeriod',
    400,
    told('Reconfirmation requested after acceptance period.', `For EUA '${id}'`),
    'refused',
  ],
  [
    'ReconfirmationFieldErrors',
    400,
    { reconfirmation: told('Reconfirmation not supported', `for ${id}`) },
    'refused',
    'about reconfirmation',
  ],
  [
    'ReconfirmationIsNotAllowed',
    400,
    { reconfirmation: told('Reconfirmation is not allowed', '') },
    'refused',
    'about reconfirmation',
  ],
  ['ReconfirmationNotEnabled', 400, told('Reconfirmation is not enabled.', `for agreement '${id}'.`), 'refused'],
  ['RedirectFieldErrors', 400, { redirect: [told('Redirect URL is required', 'Where')] }, 'refused', 'about redirect'],
  [
    'ReferenceFieldErrors',
    400,
    { reference: told('Client reference must be unique', `Client reference: ${id} already exists`) },
    'refused',
    'about reference',
  ],
  ['SSNFieldErrors', 400, { ssn: [told('SSN verification not supported', id)] }, 'refused', 'about ssn'],
  ['UnknownFields', 400, told('Unknown fields', `Unknown fields {${id}} in {payload}`), 'refused'],
  [
    'UserLanguageFieldErrors',
    400,
    { user_language: told('Provided user_language is invalid or not supported', id) },
    'refused',
    'about user_language',
  ],
  [
    'AccessExpiredError',
    401,
    told(
      couldNot,
      'Access has expired or it has been revoked. To restore access reconnect the account.',
      'AccessExpiredError',
    ),
    'consent_gone',
    'the bank says that access has ended',
  ],
  [
    'AccountInactiveError',
    401,
    told(couldNot, 'Account has been deactivated or it no longer exists.', 'AccountInactiveError'),
    'refused',
    'the account is closed',
  ],
  [
    'AuthenticationFailed',
    401,
    told('Authentication failed', 'No active account found with the given credentials'),
    'refused',
    'check the secret id and the secret key, which are made in the GoCardless portal',
  ],
  [
    'EUAExpiredError',
    401,
    told(`End User Agreement (EUA) ${id} has expired`, 'EUA was valid for 90 days and it expired at 2025-10-31.'),
    'consent_gone',
    'the consent has expired',
  ],
  [
    'InvalidToken',
    401,
    told('Invalid token', 'Token is invalid or expired'),
    'temporary',
    'the access token was not taken',
  ],
  [
    'PaymentRequired',
    402,
    told('Payment Required', 'Free usage limit exceeded'),
    'refused',
    'the GoCardless account’s own limit is used up',
  ],
  [
    'AccountAccessForbidden',
    403,
    told(couldNot, 'Access to account is forbidden.', 'AccountAccessForbidden'),
    'refused',
    'the person may not share this account',
  ],
  [
    'AccountEUAScopeError',
    403,
    told('End User Agreement (EUA) access scope error', "EUA doesn't allow access to account transactions."),
    'refused',
    'the consent does not cover this',
  ],
  [
    'AccountResourceUnavailable',
    403,
    told(couldNot, 'The requested resource is unavailable for this account.', 'AccountResourceUnavailable'),
    'refused',
    'the bank does not serve this',
  ],
  [
    'AccountValidEUAError',
    403,
    told(
      'No valid End User Agreement',
      'Account exists but there is no valid End User Agreement permitting you to access it',
    ),
    'consent_gone',
    'no consent covers the account',
  ],
  [
    'IPAccessDenied',
    403,
    told('IP address access denied', "Your IP 192.0.2.7 isn't whitelisted to perform this action"),
    'refused',
    'the address of this service is not on the list kept at GoCardless',
  ],
  [
    'InsufficientPermissions',
    403,
    told('Insufficient permissions', "Your company doesn't have permission to accept EUA."),
    'refused',
  ],
  [
    "YouDon'tHavePermissionsForReconfirmation",
    403,
    told('', 'You do not have permission to enable reconfirmation.'),
    'refused',
  ],
  [
    'AccountNotFoundError',
    404,
    told(`Account ID ${id} not found`, 'Please check whether you specified a valid Account ID'),
    'consent_gone',
    'the account is not known',
  ],
  [
    'AgreementNotFoundErrors',
    404,
    { agreement: told(`ID ${id} not found`, 'Please check whether you specified a valid ID') },
    'refused',
    'about agreement',
  ],
  ['NotFoundError', 404, { detail: 'Not found.', summary: 'Not found.' }, 'refused'],
  [
    'EUAAccepted',
    405,
    told('EUA cannot be accepted more than once', 'End User Agreements cannot be accepted more than once'),
    'refused',
  ],
  [
    'AccountStateError',
    409,
    {
      id,
      created: '2025-10-31 07:58:23.836351+00:00',
      iban: 'NO9386011117947',
      aspsp_identifier: 'X',
      status: 'ERROR',
    },
    'temporary',
    'the account could not be read',
  ],
  [
    'AccountSuspendedError',
    409,
    told(
      'Account suspended',
      'This account or its requisition was suspended due to numerous errors that occurred while accessing it.',
    ),
    'needs_person',
    'suspended after many failures, until it is connected anew',
  ],
  [
    'RateLimitError',
    429,
    told(couldNot, 'Daily request limit set by the Institution has been exceeded.', 'RateLimitError'),
    'rate_limited',
    'the bank’s daily limit is reached',
  ],
  [
    'RateLimitExceeded',
    429,
    told(
      'Rate limit exceeded',
      'The rate limit for this resource is <times>/<time_period>. Please try again in <time_left> seconds',
    ),
    'rate_limited',
    'asked too often',
  ],
  [
    'UnknownRequestError',
    500,
    told(couldNot, 'Request to Institution returned an error', 'UnknownRequestError'),
    'temporary',
    'the bank failed',
  ],
  [
    'ConnectionError',
    503,
    told(couldNot, "Couldn't connect to Institution", 'ConnectionError'),
    'temporary',
    'the bank could not be reached',
  ],
  [
    'ServiceError',
    503,
    told(couldNot, 'Institution service unavailable', 'ServiceError'),
    'temporary',
    'the bank is not available',
  ],
]

function expectedOf([, status, , kind, says]: Case): Expected {
  return { kind, message: `GoCardless, transactions: answered ${status}${says === undefined ? '' : `, ${says}`}` }
}

test('every error that the vendor tells of has its kind, and says it in our words', async (t) => {
  for (const one of cases) {
    const [name, status, body] = one
    t.match(failure(status, { ...body, status_code: status }), expectedOf(one), name)
  }
})

const file = new URL('../../../../shared/facts/upstream/gocardless/error-catalogue.json', import.meta.url)

test(
  'the vendor’s own examples, all of them, are read just so',
  { skip: !existsSync(file) && 'the catalogue is not here' },
  async (t) => {
    const examples: { name: string; status: number; body: object }[] = JSON.parse(readFileSync(file, 'utf8'))
    t.equal(examples.length, 68)
    for (const { name, status, body } of examples) {
      const one = cases.find(([known]) => known === name)
      if (one === undefined) t.fail(`no expectation of ${name}`)
      else t.match(failure(status, body), expectedOf(one), name)
    }
  },
)

test('an expired agreement has ended, whichever status it comes with; what may be otherwise is left open', async (t) => {
  const expired = told(`End User Agreement (EUA) ${id} has expired`, 'EUA was valid for 90 days and it expired at …')
  for (const status of [400, 401, 403])
    t.match(failure(status, expired), { kind: 'consent_gone', ended: 'expired' }, `${status}`)
  for (const body of [
    told(
      couldNot,
      'Access has expired or it has been revoked. To restore access reconnect the account.',
      'AccessExpiredError',
    ),
    told(couldNot, 'Access has expired or it has been revoked. To restore access reconnect the account.'),
    told('No valid End User Agreement', ''),
  ])
    t.match(failure(401, body), { kind: 'consent_gone', ended: undefined })
})

test('texts that come in lists, as they once did, are read as well', async (t) => {
  const scopes = { summary: ['Institution access scope dependencies error'], detail: ['For this institution …'] }
  t.match(failure(400, scopes), { kind: 'refused', message: 'GoCardless, transactions: answered 400' })
  t.match(failure(401, { summary: ['Account suspended'], detail: ['x'] }), { kind: 'needs_person' })
  t.match(failure(401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }), {
    kind: 'temporary',
  })
})

test('an account in place of an error tells by its state', async (t) => {
  const states = {
    PROCESSING: 'temporary',
    DISCOVERED: 'temporary',
    ERROR: 'temporary',
    SUSPENDED: 'needs_person',
    EXPIRED: 'consent_gone',
    NEW: 'temporary',
  }
  for (const [status, kind] of Object.entries(states)) t.equal(failure(409, { id, status }).kind, kind, status)
  t.equal(failure(409, told('Account processing', '', 'AccountProcessing')).kind, 'temporary')
  t.equal(failure(409, told('Something else', '')).kind, 'temporary')
  t.equal(failure(400, { id, status: 'SUSPENDED' }).kind, 'refused', 'a state is only told with 409')
})

test('days are refused as too far back, or as not begun yet', async (t) => {
  const future = { date_from: told("Date can't be in future", "'2026-11-22' can't be greater than 2026-11-21") }
  t.match(failure(400, future), { kind: 'temporary', tooFarBack: false })
  const before = { date_from: told('Incorrect date', 'date_from can be no more than 90 days ago') }
  t.match(failure(400, before), { kind: 'refused', tooFarBack: true })
  t.match(failure(400, { date_to: told('Incorrect date', '') }), { kind: 'refused', tooFarBack: false })
})

test('an answer that says nothing that we know goes by its status', async (t) => {
  const bodies = [
    '',
    '<html>Bad gateway</html>',
    '[]',
    'null',
    '"no"',
    '{}',
    '{"summary":7}',
    '{"x":[{"y":1}]}',
    '{"a":{"b":2}}',
  ]
  for (const body of bodies) {
    for (const [status, kind] of [
      [400, 'refused'],
      [401, 'refused'],
      [404, 'refused'],
      [408, 'temporary'],
      [418, 'refused'],
      [429, 'rate_limited'],
      [500, 'temporary'],
      [502, 'temporary'],
      [302, 'nonsense'],
    ] as const)
      t.equal(failure(status, body).kind, kind, `${status} ${body}`)
  }
  t.notMatch(failure(400, { 'Kari Testperson': ['x'] }).message, /Kari/, 'what is no field of theirs is not repeated')
})

test('when to ask again is in the words, or in one of the headers', async (t) => {
  const limited = (detail: string) => told('Rate limit exceeded', detail)
  const words = limited('The rate limit for this resource is 4/day. Please try again in 85092 seconds')
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  const waits: readonly (readonly [body: object, headers: Record<string, string>, at: Date | undefined])[] = [
    [words, {}, later(85_092)],
    [words, { 'retry-after': '5' }, later(85_092)],
    [limited('Please try again in 999999 seconds'), {}, later(86_400)],
    [limited('later'), {}, undefined],
    [limited('later'), { 'retry-after': '120' }, later(120)],
    [limited('later'), { http_x_ratelimit_remaining: '0', http_x_ratelimit_reset: '41' }, later(41)],
    [limited('later'), { 'x-ratelimit-reset': '41' }, later(41)],
    [
      limited('later'),
      {
        http_x_ratelimit_remaining: '280',
        http_x_ratelimit_reset: '41',
        http_x_ratelimit_account_success_remaining: '0',
        http_x_ratelimit_account_success_reset: '3600',
      },
      later(3600),
    ],
    [limited('later'), { http_x_ratelimit_reset: '-7' }, now],
    [limited('later'), { http_x_ratelimit_reset: 'soon' }, undefined],
  ]
  for (const [body, headers, at] of waits)
    t.same(failure(429, body, headers).retryAt, at, JSON.stringify([body, headers]))
  t.same(failure(503, told(couldNot, '', 'ServiceError'), { 'retry-after': '600' }).retryAt, later(600))
  t.same(
    failure(503, told(couldNot, '', 'ServiceError'), { http_x_ratelimit_reset: '41' }).retryAt,
    undefined,
    'no limit',
  )
})

test('nothing personal and no id comes out', async (t) => {
  for (const [name, status, body] of cases)
    t.notMatch(failure(status, body).message, /3fa85f64|192\.0\.2\.7|NO93/, name)
})
