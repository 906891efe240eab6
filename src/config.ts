// The environment, read once: what each variable means, its unit and its default. Everything that is wrong is told at once.

import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readProviders, type ProviderConfig } from './providers/registry.ts'
import { parseNetwork, type Network } from './shared/addresses.ts'

export type Config = {
  readonly host: string
  readonly port: number
  /** How people and banks reach the service: links and callbacks are built on it. No slash at the end. */
  readonly publicUrl: string | null
  readonly role: 'all' | 'api' | 'worker'
  readonly dataDir: string
  readonly sandbox: boolean
  /** Which networks that are not public events may be sent to, by plain HTTP too. */
  readonly webhookNetworks: readonly Network[]
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
  /** What each provider that is on is reached with. */
  readonly providers: ProviderConfig
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
  const sandbox = choice('SANDBOX', ['on', 'off'], embedded ? 'on' : 'off') === 'on'
  const config: Config = {
    host: value('HOST') ?? '127.0.0.1',
    port: portOf(value('PORT'), problems),
    publicUrl: publicUrlOf(value('PUBLIC_URL'), problems),
    role: choice('ROLE', ['all', 'api', 'worker'], 'all'),
    dataDir: value('DATA_DIR') ?? './data',
    sandbox,
    // Where there is a sandbox somebody is trying things out, with a receiver beside it.
    webhookNetworks: networksOf(value('WEBHOOK_NETWORKS') ?? (sandbox ? '127.0.0.0/8,::1/128' : 'none'), problems),
    jwt,
    logLevel: choice('LOG_LEVEL', logLevels, 'info'),
  }
  const providers = readProviders({
    value,
    file: fileOf,
    tell: (problem) => void problems.push(problem),
    sandbox: config.sandbox,
  })
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    config: Object.freeze(config),
    secrets: Object.freeze({
      database: databaseUrl === null ? null : { url: databaseUrl, ownerUrl },
      encryptionKeys,
      providers,
    }),
  }
}

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

function networksOf(text: string, problems: string[]): readonly Network[] {
  if (text === 'none') return []
  return text.split(',').flatMap((part) => {
    const network = parseNetwork(part.trim())
    if (network === null)
      problems.push('WEBHOOK_NETWORKS must be networks such as 10.20.0.0/16, separated by commas, or none')
    return network ?? []
  })
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

function jwtOf(value: (name: string) => string | null, embedded: boolean, problems: string[]): Config['jwt'] {
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
