import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Cipher } from '../shared/crypto.ts'
import type { SyncRunId, TenantId } from '../values/ids.ts'

type Place = { readonly tenant: TenantId; readonly runId: SyncRunId; readonly number: number }

/** A page as the spool keeps it: packed, since a bank's JSON repeats itself and a tenth of it says the same (and within a small window, which takes less memory), then encrypted and bound to its place. */
export const sealPage = (cipher: Cipher, place: Place, body: string): Buffer =>
  cipher.seal(
    brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 } }),
    rowOf(place),
  )

/** What `sealPage` sealed, byte for byte. */
export const openPage = (cipher: Cipher, place: Place, sealed: Buffer): Buffer =>
  brotliDecompressSync(cipher.open(sealed, rowOf(place)))

const rowOf = ({ tenant, runId, number }: Place): readonly string[] => ['sync_pages', tenant, runId, String(number)]
