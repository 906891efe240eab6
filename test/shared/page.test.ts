import fc from 'fast-check'
import { test } from 'tap'
import { AppError } from '../../src/shared/errors.ts'
import { formatCursor, pageAsk, pageOf, parseCursor } from '../../src/shared/page.ts'

const keys = fc.array(
  fc.string({ unit: 'grapheme', maxLength: 50 }).filter((text) => text.length <= 200),
  {
    minLength: 1,
    maxLength: 3,
  },
)

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const page = (rows: readonly string[], limit: number) => pageOf(rows, { limit, after: null }, (row) => [row])

test('a cursor leads back to the key of the last row', (t) => {
  fc.assert(
    fc.property(keys, (key) => {
      t.same(parseCursor(formatCursor(key), key.length), key)
    }),
  )
  t.match(formatCursor(['æ/ø?', 'å+b']), /^[\w-]+$/, 'and can stand in a URL')
  t.end()
})

test('whatever else is sent as one is refused', (t) => {
  const refused = [
    '',
    ' ',
    'x',
    '%',
    'null',
    '{}',
    '[]',
    ...[null, {}, [], 'a', ['a', 'b'], [1], [null], [['a']], ['a\0']].map(encode),
    encode(['x'.repeat(201)]),
  ]
  for (const cursor of refused)
    t.throws(() => parseCursor(cursor, 1), { name: 'AppError', code: 'invalid_cursor' }, cursor.slice(0, 40))
  const anyText = fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    try {
      return parseCursor(text, 1).length === 1
    } catch (error) {
      return error instanceof AppError && error.code === 'invalid_cursor'
    }
  })
  fc.assert(anyText)
  t.end()
})

test('without a limit a page is 50; without a cursor it is the first', (t) => {
  t.same(pageAsk({}), { limit: 50, after: null })
  t.same(pageAsk({ limit: 7, cursor: formatCursor(['a', 'b']) }, 2), { limit: 7, after: ['a', 'b'] })
  t.throws(() => pageAsk({ cursor: formatCursor(['a']) }, 2), { code: 'invalid_cursor' })
  t.end()
})

test('the row more than was asked for says that there is a next page, and is not shown', (t) => {
  t.same(page([], 2), { data: [], nextCursor: null })
  t.same(page(['a', 'b'], 2), { data: ['a', 'b'], nextCursor: null })
  t.same(page(['a', 'b', 'c'], 2), { data: ['a', 'b'], nextCursor: formatCursor(['b']) })
  t.end()
})
