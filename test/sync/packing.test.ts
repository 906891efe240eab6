import { brotliCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { test } from 'tap'
import { pack, unpack } from '../../src/sync/packing.ts'

test('what was packed is had back byte for byte', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => unpack(pack(text)).toString() === text),
  )
  t.pass()
  t.end()
})

test('so is what an earlier version has packed and put into the spool', (t) => {
  const body = JSON.stringify({
    transactions: { booked: [{ transactionId: '1', text: 'Blåbærsyltetøy '.repeat(500) }] },
  })
  t.equal(unpack(brotliCompressSync(body)).toString(), body)
  t.end()
})
