import pg from 'pg'
import { test } from 'tap'
import { booleanArray, dateArray, int4Array, int8Array, textArray, uuidArray } from '../../src/shared/db-arrays.ts'
import type { Day } from '../../src/values/day.ts'
import { freshDatabase } from '../support/database.ts'

const days: readonly (Day | undefined)[] = ['2000-01-01', '1999-12-31', undefined, '2026-11-22', '2024-02-29']

test('PostgreSQL reads an array as the values that were written, absent ones as null', async (t) => {
  const { ownerUrl } = await freshDatabase(t)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  t.teardown(() => client.end())
  for (const [type, sent, read] of [
    [
      'text',
      textArray(['a', '', undefined, 'Ærøskøbing 🏦', '{"\\,}', null]),
      ['a', '', null, 'Ærøskøbing 🏦', '{"\\,}', null],
    ],
    [
      'text',
      textArray(['x'.repeat(300), 'ø'.repeat(200), 'ÿ\u0080', '\x7f']),
      ['x'.repeat(300), 'ø'.repeat(200), 'ÿ\u0080', '\x7f'],
    ],
    ['uuid', uuidArray(['01931f5e-8c00-7000-8000-000000000001', null]), ['01931f5e-8c00-7000-8000-000000000001', null]],
    ['int4', int4Array([0, -1, 2_147_483_647, undefined]), ['0', '-1', '2147483647', null]],
    [
      'int8',
      int8Array([0n, -9_223_372_036_854_775_808n, 9_007_199_254_740_993n]),
      ['0', '-9223372036854775808', '9007199254740993'],
    ],
    ['int8', int8Array([null, 1n]), [null, '1']],
    ['bool', booleanArray([true, false, null]), ['true', 'false', null]],
    ['date', dateArray(days), days.map((day) => day ?? null)],
    ['text', textArray([]), []],
  ] as const) {
    const { rows } = await client.query<{ value: string | null }>(
      `select r::text as value from unnest($1::${type}[]) as r`,
      [sent],
    )
    t.same(
      rows.map(({ value }) => value),
      read,
      type,
    )
  }
})

test('a long array does not spoil the one before it', async (t) => {
  const first = textArray(['first'])
  const copy = Buffer.from(first)
  textArray(Array.from({ length: 10_000 }, () => 'overwritten'))
  t.same(first, copy)
})

test('what is no UUID is refused, not sent as another', (t) => {
  for (const text of [
    '',
    '01931f5e-8c00-7000-8000-00000000000',
    '01931f5e-8c00-7000-8000-0000000000012',
    '01931f5e-8c00-7000-8000-00000000000g',
    'å1931f5e-8c00-7000-8000-000000000001',
  ])
    t.throws(() => uuidArray([text]), RangeError, text)
  t.end()
})
