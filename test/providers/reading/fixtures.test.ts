import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { profiles } from '../../../src/providers/gocardless/profiles/index.ts'
import { defaultProfile, ProviderError, type ProviderTransaction } from '../../../src/providers/provider.ts'
import { asTransaction, movementOf, readerOf } from '../../../src/providers/reading/movement.ts'
import { answerTo, asFields } from '../../../src/providers/reading/place.ts'
import { formatMoney, type Money } from '../../../src/values/money.ts'

/** A real row of a bank, with what a careful bookkeeper wants to see of it, or what is wrong with it. */
type Case = {
  readonly row: object
  readonly filledIn?: object
  readonly expected?: object
  readonly nonsense?: string
}

type Fixture = {
  readonly bank: string
  readonly institutionId: string
  readonly source: { readonly repository: string }
  readonly holder: { readonly currency: string; readonly iban?: string; readonly owner?: string }
  readonly rows: readonly Case[]
}

const folder = join(import.meta.dirname, 'fixtures')

for (const file of readdirSync(folder).toSorted()) {
  const { bank, institutionId, holder, rows, source } = fixtureOf(readFileSync(join(folder, file), 'utf8'))
  const reader = readerOf({ iban: undefined, ...holder, profile: { ...defaultProfile, ...profiles[institutionId] } })
  const place = answerTo('fixture')

  test(`the rows of ${bank} are read as a bookkeeper wants to see them (${source.repository})`, async (t) => {
    for (const [index, { row, filledIn, expected, nonsense }] of rows.entries()) {
      const read = () => told(movementOf(asTransaction({ ...row, ...filledIn }, place), reader, place))
      if (nonsense === undefined) t.strictSame(read(), expected, `row ${index}`)
      else t.throws(read, messageOf(nonsense), `row ${index}`)
    }
  })
}

test('fixtures are there', async (t) => {
  t.ok(readdirSync(folder).length >= 20)
})

function messageOf(path: string): ProviderError {
  const should = path === '.transactionAmount' ? 'an amount and a currency' : 'a day'
  return new ProviderError('nonsense', `fixture: $${path} should be ${should}`)
}

/** Money as text, since JSON has no whole numbers of its size. */
function told({ amount, balanceAfter, exchange, ...others }: ProviderTransaction): object {
  return {
    ...others,
    amount: textOf(amount),
    ...(balanceAfter && { balanceAfter: textOf(balanceAfter) }),
    ...(exchange && { exchange: { ...exchange, ...(exchange.amount && { amount: textOf(exchange.amount) }) } }),
  }
}

function textOf(money: Money): string {
  return `${formatMoney(money)} ${money.currency}`
}

function fixtureOf(json: string): Fixture {
  const fixture: unknown = JSON.parse(json)
  if (!isFixture(fixture)) throw new Error('a fixture has a bank, its rows and their source')
  return fixture
}

function isFixture(json: unknown): json is Fixture {
  const { bank, institutionId, source, rows, holder } = asFields(json, answerTo('fixture'))
  return (
    typeof bank === 'string' &&
    typeof institutionId === 'string' &&
    typeof source === 'object' &&
    typeof holder === 'object' &&
    Array.isArray(rows)
  )
}
