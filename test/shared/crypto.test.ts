import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import { createCipher, digestOf } from '../../src/shared/crypto.ts'

const key = (id: string) => ({ id, key: randomBytes(32) })
const [older, newer] = [key('2025'), key('2026')]
const cipher = createCipher([newer])
const row = ['sync_pages', 'acme', 'run-1', '7']

test('what is sealed opens as it was, for the row that it was sealed for', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.array(fc.string()), (plain, parts) => {
      t.same(cipher.open(cipher.seal(Buffer.from(plain), parts), parts), Buffer.from(plain))
    }),
  )
  for (const text of ['', 'Ærø Bygg AS', '\0', '🏦'.repeat(1_000)])
    t.equal(cipher.open(cipher.seal(text, row), row).toString(), text)
  t.end()
})

test('a record that was changed in any bit of any byte, cut or lengthened does not open', (t) => {
  const sealed = cipher.seal('NO9386011117947', row)
  for (let at = 0; at < sealed.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(sealed.readUInt8(at) ^ (1 << bit), at)
      t.throws(() => cipher.open(changed, row), `byte ${at}, bit ${bit}`)
    }
    t.throws(() => cipher.open(sealed.subarray(0, at), row), `cut to ${at}`)
  }
  t.throws(() => cipher.open(Buffer.concat([sealed, Buffer.alloc(1)]), row))
  t.equal(cipher.open(sealed, row).toString(), 'NO9386011117947')
  t.end()
})

test('a record that was moved to another tenant, table or row does not open', (t) => {
  const sealed = cipher.seal('secret', row)
  const others = [
    ['sync_pages', 'rival', 'run-1', '7'],
    ['consents', 'acme', 'run-1', '7'],
    ['sync_pages', 'acme', 'run-2', '7'],
    ['sync_pages', 'acme', 'run-1'],
    ['sync_pages', 'acme', 'run-1', '7', ''],
    ['sync_pages', 'acme', 'run-17', ''],
    ['sync_pagesacme', 'run-1', '7'],
    [],
  ]
  for (const other of others) t.throws(() => cipher.open(sealed, other), other.join())
  t.end()
})

test('the newest key seals, and every key that is still configured opens', (t) => {
  const before = createCipher([older]).seal('secret', row)
  const rotated = createCipher([newer, older])
  t.equal(rotated.open(before, row).toString(), 'secret')
  t.equal(cipher.open(rotated.seal('secret', row), row).toString(), 'secret')
  t.throws(() => cipher.open(before, row), { message: /not configured/ })
  t.throws(() => createCipher([older]).open(rotated.seal('secret', row), row))
  t.throws(
    () => createCipher([{ id: older.id, key: newer.key }]).open(before, row),
    'another key by the same name is another key',
  )
  t.end()
})

test('a record tells nothing: no text, and no two alike', (t) => {
  const [one, two] = [cipher.seal('NO9386011117947', row), cipher.seal('NO9386011117947', row)]
  t.notOk(one.includes('NO9386011117947'))
  t.notOk(one.subarray(6).equals(two.subarray(6)))
  const sizes = new Set(Array.from({ length: 20 }, () => cipher.seal('1234567', row).length))
  t.same([...sizes], [2 + 4 + (12 + 32 + 16) + (12 + 7 + 16)], 'header, wrapped data key, text')
  t.end()
})

test('keys are 256 bits, by names of their own', (t) => {
  t.throws(() => createCipher([{ id: 'short', key: randomBytes(31) }]), { message: /256 bits/ })
  t.throws(() => createCipher([newer, { id: 'long', key: randomBytes(64) }]), { message: /256 bits/ })
  t.throws(() => createCipher([{ id: '', key: randomBytes(32) }]), RangeError)
  t.throws(() => createCipher([{ id: 'x'.repeat(65), key: randomBytes(32) }]), RangeError)
  t.throws(() => createCipher([{ id: 'ø'.repeat(33), key: randomBytes(32) }]), RangeError)
  t.throws(() => createCipher([newer, { id: newer.id, key: randomBytes(32) }]), { message: /twice/ })
  t.end()
})

test('a digest is SHA-256', (t) => {
  t.equal(digestOf('abc').toString('hex'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  t.same(digestOf(Buffer.from('abc')), digestOf('abc'))
  t.end()
})
