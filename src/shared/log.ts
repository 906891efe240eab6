import { pino, type Logger } from 'pino'

export type Log = Logger

const secrets = [
  'authorization',
  'token',
  'url',
  'link',
  'state',
  'secret',
  'password',
  'key',
  'iban',
  'bban',
  'name',
  'owner',
  'ref',
  'remittanceInformation',
  'reference',
  'counterparty',
  'body',
  'cookie',
  'email',
  'phone',
]

/**
 * An error without what could name somebody: PostgreSQL writes values into its messages and details, so of its errors only the code and the place are kept.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, stack = '', cause } = error
  const place = stack.slice(stack.indexOf('\n    at '))
  const known = 'code' in error ? { code: error.code } : {}
  const inner = cause === undefined ? {} : { cause: describeError(cause) }
  if (!('severity' in error)) return { type: name, message: error.message, ...known, stack: place, ...inner }
  const at = ['constraint', 'table', 'routine'].flatMap((key) => (key in error ? [[key, Reflect.get(error, key)]] : []))
  return { type: name, message: 'PostgreSQL refused', ...known, ...Object.fromEntries(at), stack: place, ...inner }
}

/**
 * JSON lines on stderr or the given stream. What could name a person, an account or a secret is censored by its key here,
 * once, rather than wherever something is logged.
 */
export function createLog(options: {
  readonly level: string
  readonly destination?: { write(line: string): void }
}): Log {
  const paths = secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
  return pino(
    { level: options.level, redact: { paths, censor: '[redacted]' }, serializers: { err: describeError } },
    options.destination ?? pino.destination(2),
  )
}
