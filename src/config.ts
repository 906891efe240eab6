// The environment, read once: what each variable means, its unit and its default. Everything that is wrong is told at once.

import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { BankConfig } from './providers/berlin-group/index.ts'
import type { EnableBankingConfig } from './providers/enable-banking/index.ts'
import type { GoCardlessConfig } from './providers/gocardless/index.ts'
import type { PowensConfig } from './providers/powens/index.ts'

export type Config = {
  readonly host: string
  readonly port: number
  /** How people and banks reach the service: links and callbacks are built on it. No slash at the end. */
  readonly publicUrl: string | null
  readonly role: 'all' | 'api' | 'worker'
  readonly dataDir: string
  readonly sandbox: boolean
  readonly jwt: {
    readonly issuer: string
    readonly audience: string
    readonly jwksUrl: string | null
    readonly publicKey: string | null
  } | null
  readonly logLevel: string
}

/** Never logged; a type of its own so that the compiler knows. */
export type Secrets = {
  /** null: the embedded database. */
  readonly database: { readonly url: string; readonly ownerUrl: string | null } | null
  /** Newest first. Empty: made at the first start, and kept in the data folder. */
  readonly encryptionKeys: readonly { readonly id: string; readonly key: Buffer }[]
  /** Banks that are spoken to directly, with the certificates that they know us by. */
  readonly berlinGroupBanks: readonly BankConfig[]
  /** null: that provider is off. */
  readonly gocardless: GoCardlessConfig | null
  readonly enableBanking: EnableBankingConfig | null
  readonly powens: PowensConfig | null
}

type Environment = Readonly<Record<string, string | undefined>>

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(problems: readonly string[]) {
    super(`the configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
}

/** @throws {ConfigError} with every problem. */
export function readConfig(environment: Environment = process.env): { config: Config; secrets: Secrets } {
  const problems: string[] = []
  const value = (name: string): string | null => environment[name]?.trim() || null
  const choice = <const T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const text = value(name)
    const found = allowed.find((candidate) => candidate === text)
    if (text !== null && found === undefined) problems.push(`${name} must be one of ${allowed.join(', ')}`)
    return found ?? fallback
  }

  const databaseUrl = postgresUrl(value('DATABASE_URL'), 'DATABASE_URL', problems)
  const ownerUrl = postgresUrl(value('DATABASE_OWNER_URL'), 'DATABASE_OWNER_URL', problems)
  if (databaseUrl === null && ownerUrl !== null) problems.push('DATABASE_OWNER_URL is set without DATABASE_URL')
  const embedded = databaseUrl === null
  const encryptionKeys = keysOf(value('ENCRYPTION_KEYS'), problems)
  if (!embedded && encryptionKeys.length === 0)
    problems.push(
      'ENCRYPTION_KEYS is required with DATABASE_URL: id:base64 of 32 random bytes, several separated by commas, newest first',
    )
  const jwt = jwtOf(value, embedded, problems)
  const config: Config = {
    host: value('HOST') ?? '127.0.0.1',
    port: portOf(value('PORT'), problems),
    publicUrl: publicUrlOf(value('PUBLIC_URL'), problems),
    role: choice('ROLE', ['all', 'api', 'worker'], 'all'),
    dataDir: value('DATA_DIR') ?? './data',
    sandbox: choice('SANDBOX', ['on', 'off'], embedded ? 'on' : 'off') === 'on',
    jwt,
    logLevel: choice('LOG_LEVEL', logLevels, 'info'),
  }
  const berlinGroupBanks = banksIn(value('BERLINGROUP_BANKS'), problems)
  const gocardless = gocardlessOf(value, problems)
  const enableBanking = enableBankingOf(value, problems)
  const powens = powensOf(value, problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    config: Object.freeze(config),
    secrets: Object.freeze({
      database: databaseUrl === null ? null : { url: databaseUrl, ownerUrl },
      encryptionKeys,
      berlinGroupBanks,
      gocardless,
      enableBanking,
      powens,
    }),
  }
}

type Value = (name: string) => string | null

function portOf(text: string | null, problems: string[]): number {
  if (text === null) return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push('PORT must be a number from 0 (any free one) to 65535')
  return port
}

function postgresUrl(text: string | null, name: string, problems: string[]): string | null {
  if (text === null) return null
  const url = URL.parse(text)
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || url.username === '')
    problems.push(`${name} must be a postgres:// URL with a user`)
  return text
}

function publicUrlOf(text: string | null, problems: string[]): string | null {
  if (text === null) return null
  const url = URL.parse(text)
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    problems.push('PUBLIC_URL must be an http(s) URL without query')
  return text.replace(/\/+$/, '')
}

function keysOf(text: string | null, problems: string[]): Secrets['encryptionKeys'] {
  if (text === null) return []
  const ids = new Set<string>()
  return text.split(',').map((part) => {
    const [id = '', encoded = ''] = part.trim().split(':', 2)
    const key = Buffer.from(encoded, 'base64')
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(id) || key.length !== 32)
      problems.push('ENCRYPTION_KEYS: each must be id:base64 of exactly 32 bytes')
    else if (new Set(key).size < 8) problems.push(`ENCRYPTION_KEYS: ${id} is not random`)
    else if (ids.has(id)) problems.push(`ENCRYPTION_KEYS: ${id} stands twice`)
    ids.add(id)
    return { id, key }
  })
}

function jwtOf(value: Value, embedded: boolean, problems: string[]): Config['jwt'] {
  const [publicKey, jwksUrl, issuer, audience] = ['JWT_PUBLIC_KEY', 'JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'].map(
    value,
  )
  const given = publicKey ?? jwksUrl ?? issuer ?? audience ?? null
  if (given === null && embedded) return null
  if (publicKey === null && jwksUrl === null) problems.push('JWT_PUBLIC_KEY or JWT_JWKS_URL is required')
  if (publicKey !== null && jwksUrl !== null) problems.push('JWT_PUBLIC_KEY and JWT_JWKS_URL exclude each other')
  if (jwksUrl != null && !/^https?:$/.test(URL.parse(jwksUrl)?.protocol ?? ''))
    problems.push('JWT_JWKS_URL must be an http(s) URL')
  if (issuer === null) problems.push('JWT_ISSUER is required')
  if (audience === null) problems.push('JWT_AUDIENCE is required')
  return {
    issuer: issuer ?? '',
    audience: audience ?? '',
    jwksUrl: jwksUrl ?? null,
    publicKey: pemOf(publicKey ?? null, problems),
  }
}

/** A PEM, or the path of a file that holds one. */
function pemOf(text: string | null, problems: string[]): string | null {
  if (text === null) return null
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : fileOf(text)
  if (pem?.includes('-----BEGIN PUBLIC KEY-----') !== true || !isKey(pem))
    problems.push('JWT_PUBLIC_KEY must be a PEM public key, or the path of a file that holds one')
  return pem
}

function isKey(pem: string): boolean {
  try {
    return createPublicKey(pem).type === 'public'
  } catch {
    return false
  }
}

function fileOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/**
 * BERLINGROUP_BANKS: a JSON file with an array of these. Certificates and keys are paths of PEM files: the client's for banks that ask for one in TLS
 * (QWAC), the seal's for banks that want every request signed (QSEAL). `caFile` holds whom to trust there instead of the usual authorities.
 */
function gocardlessOf(value: Value, problems: string[]): GoCardlessConfig | null {
  const given = allOrNone(value, ['GOCARDLESS_SECRET_ID', 'GOCARDLESS_SECRET_KEY'], problems)
  const baseUrl = baseUrlOf(value, 'GOCARDLESS_BASE_URL', 'https://bankaccountdata.gocardless.com/api/v2', problems)
  if (given === null) return null
  const [secretId = '', secretKey = ''] = given
  return { secretId, secretKey, baseUrl }
}

function enableBankingOf(value: Value, problems: string[]): EnableBankingConfig | null {
  const given = allOrNone(value, ['ENABLEBANKING_APPLICATION_ID', 'ENABLEBANKING_PRIVATE_KEY'], problems)
  const baseUrl = baseUrlOf(value, 'ENABLEBANKING_BASE_URL', 'https://api.enablebanking.com', problems)
  if (given === null) return null
  const [applicationId = '', key = ''] = given
  const privateKey = key.includes('-----BEGIN') ? key.replaceAll('\\n', '\n') : fileOf(key)
  if (privateKey === null || !isRsaPrivateKey(privateKey))
    problems.push('ENABLEBANKING_PRIVATE_KEY must be an RSA private key in PEM, or the path of a file that holds one')
  return { applicationId, privateKey: privateKey ?? '', baseUrl }
}

function isRsaPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

function powensOf(value: Value, problems: string[]): PowensConfig | null {
  const given = allOrNone(value, ['POWENS_DOMAIN', 'POWENS_CLIENT_ID', 'POWENS_CLIENT_SECRET'], problems)
  const [domain = '', clientId = '', clientSecret = ''] = given ?? []
  if (given !== null && !/^[a-z0-9-]{1,63}$/.test(domain))
    problems.push('POWENS_DOMAIN must be lower-case letters, digits and hyphens: what stands before .biapi.pro')
  const baseUrl = baseUrlOf(value, 'POWENS_BASE_URL', `https://${domain || 'your-domain'}.biapi.pro/2.0`, problems)
  const webviewUrl = baseUrlOf(value, 'POWENS_WEBVIEW_URL', 'https://webview.powens.com', problems)
  const webhookSecret = value('POWENS_WEBHOOK_SECRET')
  if (given === null) return null
  return { domain, clientId, clientSecret, baseUrl, webviewUrl, ...(webhookSecret !== null && { webhookSecret }) }
}

/** The values of variables that only mean something together; null where none is set. */
function allOrNone(value: Value, names: readonly string[], problems: string[]): readonly string[] | null {
  const values = names.map((name) => value(name))
  if (values.every((each) => each === null)) return null
  const missing = names.filter((_, index) => values[index] === null)
  if (missing.length > 0) problems.push(`${missing.join(' and ')} must be set too: ${names.join(', ')} belong together`)
  return values.map((each) => each ?? '')
}

function baseUrlOf(value: Value, name: string, fallback: string, problems: string[]): string {
  const text = value(name)
  if (text === null) return fallback
  const url = URL.parse(text)
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    problems.push(`${name} must be an http(s) URL without query`)
  else if (url.protocol === 'http:' && !isLoopback(url.hostname))
    problems.push(`${name} must be https, but for a server on this machine`)
  return text.replace(/\/+$/, '')
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)

/** BERLINGROUP_BANKS: a JSON file with an array of these. Certificate and key are paths of PEM files, for banks that ask for a client certificate. */
const bankEntry = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9._~-]{1,64}$' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    baseUrl: Type.String({ pattern: '^https?://' }),
    countries: Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { minItems: 1 }),
    bankCodes: Type.Optional(Type.Array(Type.String())),
    bic: Type.Optional(Type.String()),
    logo: Type.Optional(Type.String()),
    approverHint: Type.Optional(Type.String({ maxLength: 500 })),
    maxHistoryDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
    maxConsentDays: Type.Integer({ minimum: 1, maximum: 365 }),
    clientCertificateFile: Type.Optional(Type.String()),
    clientKeyFile: Type.Optional(Type.String()),
    caFile: Type.Optional(Type.String()),
    sealCertificateFile: Type.Optional(Type.String()),
    sealKeyFile: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

function banksIn(path: string | null, problems: string[]): readonly BankConfig[] {
  if (path === null) return []
  const text = fileOf(path)
  if (text === null) {
    problems.push('BERLINGROUP_BANKS must be the path of a file that can be read')
    return []
  }
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    problems.push('BERLINGROUP_BANKS: the file is not JSON')
    return []
  }
  const shape = Type.Array(bankEntry)
  for (const { instancePath, message } of Value.Errors(shape, entries).slice(0, 20))
    problems.push(`BERLINGROUP_BANKS: ${instancePath || 'the file'} ${message}`)
  return Value.Check(shape, entries) ? entries.map((entry) => bankOf(entry, problems)) : []
}

function bankOf(
  {
    clientCertificateFile,
    clientKeyFile,
    caFile,
    sealCertificateFile,
    sealKeyFile,
    bankCodes,
    ...bank
  }: Static<typeof bankEntry>,
  problems: string[],
): BankConfig {
  const tell = (problem: string) => problems.push(`BERLINGROUP_BANKS: ${bank.id} ${problem}`)
  const client = identityOf('client', { certificate: clientCertificateFile, key: clientKeyFile }, tell)
  const seal = identityOf('seal', { certificate: sealCertificateFile, key: sealKeyFile }, tell)
  // What the standard calls rsa-sha256.
  if (seal !== null && createPrivateKey(seal.key).asymmetricKeyType !== 'rsa') tell('needs an RSA key in sealKeyFile')
  const ca = caFile === undefined ? undefined : fileOf(caFile)
  if (ca === null || (ca !== undefined && certificateIn(ca) === null))
    tell('needs a caFile that can be read and holds a PEM certificate, or none')
  if (ca !== undefined && clientCertificateFile === undefined)
    tell('has a caFile, which goes with a client certificate')
  return {
    ...bank,
    bankCodes: bankCodes ?? [],
    ...(client !== null && { tls: { ...client, ...(ca != null && { ca }) } }),
    ...(seal !== null && { seal }),
  }
}

/** A certificate and its key; null where the entry has none, or where something is wrong with them, which is told. */
function identityOf(
  whose: 'client' | 'seal',
  paths: { readonly certificate: string | undefined; readonly key: string | undefined },
  tell: (problem: string) => void,
): { readonly cert: string; readonly key: string } | null {
  if (paths.certificate === undefined && paths.key === undefined) return null
  const names = `${whose}CertificateFile and ${whose}KeyFile`
  const cert = fileOf(paths.certificate ?? '')
  const key = fileOf(paths.key ?? '')
  if (cert === null || key === null) {
    tell(`needs both ${names}, readable, or neither`)
    return null
  }
  if (!belongTogether(cert, key)) {
    tell(`has ${names} that are not a certificate and its own key, in PEM and without a passphrase`)
    return null
  }
  return { cert, key }
}

function belongTogether(cert: string, key: string): boolean {
  try {
    return certificateIn(cert)?.checkPrivateKey(createPrivateKey(key)) ?? false
  } catch {
    return false
  }
}

/** The first one, where a chain follows. */
function certificateIn(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}
