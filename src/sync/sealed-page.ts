import type { Cipher } from '../shared/crypto.ts'
import type { SyncRunId, TenantId } from '../values/ids.ts'
import { pack, unpack } from './packing.ts'

type Place = { readonly tenant: TenantId; readonly runId: SyncRunId; readonly number: number }

/** A page as the spool keeps it: packed, then encrypted and bound to its place. */
export const sealPage = (cipher: Cipher, place: Place, body: string): Buffer => cipher.seal(pack(body), rowOf(place))

/** What `sealPage` sealed, byte for byte. */
export const openPage = (cipher: Cipher, place: Place, sealed: Buffer): Buffer =>
  unpack(cipher.open(sealed, rowOf(place)))

const rowOf = ({ tenant, runId, number }: Place): readonly string[] => ['sync_pages', tenant, runId, String(number)]
