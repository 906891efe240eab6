// Text that repeats itself, as a bank's answers do: a twelfth of it says the same. zstd packs in half of brotli's time, and tighter.

import { brotliDecompressSync, constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

export const pack = (text: string): Buffer =>
  zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })

/** What `pack` packed, byte for byte; and what it packed when that was brotli, which is kept in the spool. */
export const unpack = (packed: Buffer): Buffer =>
  packed.subarray(0, zstdBegins.length).equals(zstdBegins) ? zstdDecompressSync(packed) : brotliDecompressSync(packed)

/** RFC 8878 §3.1.1. Brotli with the window that it was packed in begins otherwise. */
const zstdBegins = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
