// The errors of the API: every one that the simulator knows, with its status and message.

/** From the vendor's list of error codes; the statuses are those that its clients report. */
const refusals = {
  ACCOUNT_DOES_NOT_EXIST: [404, 'No account found matching provided id'],
  ALREADY_AUTHORIZED: [422, 'Session is already authorized'],
  ASPSP_ACCOUNT_NOT_ACCESSIBLE: [403, "The PSU does not have access to the requested account or it doesn't exist"],
  ASPSP_ERROR: [500, 'Error interacting with ASPSP'],
  ASPSP_RATE_LIMIT_EXCEEDED: [429, 'ASPSP Rate limit exceeded'],
  AUTHORIZATION_NOT_PROVIDED: [401, 'Authorization header is not provided'],
  CLOSED_SESSION: [401, 'Session is closed'],
  DATE_FROM_IN_FUTURE: [422, 'date_from can not be in the future'],
  DATE_TO_WITHOUT_DATE_FROM: [422, 'date_from must be provided if date_to provided'],
  EXPIRED_AUTHORIZATION_CODE: [422, 'Authorization code is expired'],
  EXPIRED_SESSION: [401, 'Session is expired'],
  PSU_HEADER_NOT_PROVIDED: [422, 'Required PSU header is not provided'],
  REDIRECT_URI_NOT_ALLOWED: [400, 'Redirect URI not allowed'],
  REVOKED_SESSION: [401, 'Session is revoked'],
  SESSION_DOES_NOT_EXIST: [404, 'No session found matching provided id'],
  UNAUTHORIZED_ACCESS: [401, 'Unauthorized access'],
  WRONG_ASPSP_PROVIDED: [400, 'Wrong ASPSP name provided'],
  WRONG_AUTHORIZATION_CODE: [422, 'Wrong authorization code provided'],
  WRONG_CONTINUATION_KEY: [422, 'Wrong continuation key provided'],
  WRONG_DATE_INTERVAL: [422, 'date_from should be less than or equal date_to'],
  WRONG_REQUEST_PARAMETERS: [422, 'Wrong request parameters provided'],
  WRONG_TRANSACTIONS_PERIOD: [422, 'Wrong transactions period requested'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>

export type RefusalCode = keyof typeof refusals

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: {
    readonly message: string
    readonly code: number
    readonly error: RefusalCode
    readonly detail: string | null
  }

  constructor(error: RefusalCode, detail?: string) {
    const [status, message] = refusals[error]
    super(message)
    this.status = status
    this.body = { message, code: status, error, detail: detail ?? null }
  }
}
