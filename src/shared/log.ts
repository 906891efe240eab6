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
  // Of a database error: the row that it is about.
  'detail',
  'where',
]

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
    { level: options.level, redact: { paths, censor: '[redacted]' } },
    options.destination ?? pino.destination(2),
  )
}
