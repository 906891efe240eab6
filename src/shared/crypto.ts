// Envelope encryption at rest: AES-256-GCM with a fresh data key per record, wrapped by a key-encryption key that is named in the record, and
// bound (as additional data) to the row it belongs to: a ciphertext moved to another row, table or tenant does not open.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

export type EncryptionKey = { readonly id: string; readonly key: Buffer }

export type Cipher = {
  /** `row` names table, tenant and row, always in that order. */
  readonly seal: (plain: string | Buffer, row: readonly string[]) => Buffer
  /** @throws when the record was changed, belongs to another row, or its key is not among ours. */
  readonly open: (sealed: Buffer, row: readonly string[]) => Buffer
}

const version = 1
const ivSize = 12
const tagSize = 16
const keySize = 32

/** `keys`: newest first; the first seals, all open. */
export function createCipher(
  keys: readonly [EncryptionKey, ...EncryptionKey[]],
  random: (size: number) => Buffer = randomBytes,
): Cipher {
  const byId = new Map(keys.map((key) => [key.id, key.key]))
  if (byId.size < keys.length) throw new RangeError('an encryption key id stands twice')
  for (const { id, key } of keys) {
    if (key.length !== keySize) throw new RangeError(`encryption key ${id} is not 256 bits long`)
    if (id === '' || Buffer.byteLength(id) > 64) throw new RangeError('an encryption key id is 1 to 64 bytes')
  }
  const [{ id: sealingId, key: sealingKey }] = keys
  return {
    seal(plain, row) {
      const dataKey = random(keySize)
      const header = Buffer.concat([Buffer.from([version, Buffer.byteLength(sealingId)]), Buffer.from(sealingId)])
      const bound = boundTo(header, row)
      return Buffer.concat([
        header,
        encrypt(sealingKey, dataKey, bound, random),
        encrypt(dataKey, plain, bound, random),
      ])
    },
    open(sealed, row) {
      if (sealed[0] !== version) throw new Error('sealed by a version that is not known here')
      const headerSize = 2 + (sealed[1] ?? 0)
      const header = sealed.subarray(0, headerSize)
      const id = header.subarray(2).toString()
      const key = byId.get(id)
      if (key === undefined) throw new Error('sealed with an encryption key that is not configured')
      const bound = boundTo(header, row)
      const wrappedSize = ivSize + keySize + tagSize
      const dataKey = decrypt(key, sealed.subarray(headerSize, headerSize + wrappedSize), bound)
      return decrypt(dataKey, sealed.subarray(headerSize + wrappedSize), bound)
    },
  }
}

/** What a secret is looked up by: never the secret itself. The secrets are 256 random bits, so a plain digest cannot be guessed back. */
export const digestOf = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest()

const boundTo = (header: Buffer, row: readonly string[]): Buffer =>
  Buffer.concat([header, Buffer.from(JSON.stringify(row))])

function encrypt(key: Buffer, plain: string | Buffer, bound: Buffer, random: (size: number) => Buffer): Buffer {
  const iv = random(ivSize)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagSize }).setAAD(bound)
  return Buffer.concat([
    iv,
    typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

function decrypt(key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  if (sealed.length < ivSize + tagSize) throw new Error('sealed record is cut short')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivSize), { authTagLength: tagSize })
  decipher.setAAD(bound).setAuthTag(sealed.subarray(sealed.length - tagSize))
  return Buffer.concat([decipher.update(sealed.subarray(ivSize, sealed.length - tagSize)), decipher.final()])
}
