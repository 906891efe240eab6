// The keys of a service that was given none (the embedded mode): made at the first start, kept in the data folder, readable by its owner only.

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EncryptionKey } from './crypto.ts'

export type OwnKeys = {
  /** PEM of an ES256 key pair: signs and checks the tokens of `npm run token`. */
  readonly jwt: { readonly privateKey: string; readonly publicKey: string }
  readonly encryption: EncryptionKey
  /** Of the service's own role in the embedded database. */
  readonly databasePassword: string
}

export const ownIssuer = 'bankfeed-embedded'
export const ownAudience = 'bankfeed'

/** Reads the keys, or makes them. Several processes may start at once: the first to write wins and the others read. */
export async function ownKeys(dataDir: string): Promise<OwnKeys> {
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const privateKey = await readOrMake(join(folder, 'jwt-private.pem'), () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  const encoded = await readOrMake(join(folder, 'encryption-key'), () => randomBytes(32).toString('base64'))
  const databasePassword = await readOrMake(join(folder, 'database-password'), () =>
    randomBytes(24).toString('base64url'),
  )
  const publicKey = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'pem' }).toString()
  return {
    jwt: { privateKey, publicKey },
    encryption: { id: 'embedded', key: Buffer.from(encoded, 'base64') },
    databasePassword,
  }
}

/** A token of the embedded service, valid from `now` for so many hours. */
export function ownToken(
  { jwt }: Pick<OwnKeys, 'jwt'>,
  ask: {
    readonly sub: string
    readonly tenant: string
    readonly scope: string
    readonly now: Date
    readonly hours: number
  },
): string {
  const { now, hours, ...claims } = ask
  const iat = Math.floor(now.getTime() / 1000)
  const whole = { iss: ownIssuer, aud: ownAudience, ...claims, iat, exp: iat + hours * 3_600 }
  const unsigned = [{ alg: 'ES256', typ: 'JWT' }, whole]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const key = createPrivateKey(jwt.privateKey)
  const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' })
  return `${unsigned}.${signature.toString('base64url')}`
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  try {
    await writeFile(path, make(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFile(path, 'utf8')
}
