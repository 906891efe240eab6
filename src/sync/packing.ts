// Text that repeats itself, as a bank's answers do: a tenth of it says the same. Within a small window, which takes less memory.

import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

export const pack = (text: string): Buffer =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 } })

/** What `pack` packed, byte for byte. */
export const unpack = (packed: Buffer): Buffer => brotliDecompressSync(packed)
