import { test } from 'tap'
import { defaultProfile, type ProviderTransaction } from '../../src/providers/provider.ts'
import { heldAfter } from '../../src/transactions/model/held-after.ts'
import { decideIdentity } from '../../src/transactions/model/identity.ts'
import type { HeldTransaction } from '../../src/transactions/model/sides.ts'
import { november, row } from './ledger.ts'

/** What is held after these answers, one after the other; the ids are `1`, `2`, … */
function after(answers: readonly (readonly ProviderTransaction[])[], begin: readonly HeldTransaction[] = []) {
  let lastId = begin.length
  return answers.reduce((held, shown) => {
    const verdict = decideIdentity({ held, pages: [shown], profile: defaultProfile, window: november })
    return heldAfter(
      held,
      verdict,
      verdict.added.map(() => String((lastId += 1))),
    )
  }, begin)
}

const [coffee, rent] = [row({ amount: -4_500 }), row({ amount: -900_000, counterparty: { name: 'Utleie AS' } })]

test('what a verdict adds is held under its id, and shown again it is the same', (t) => {
  const held = after([[coffee, coffee, rent]])
  t.strictSame(
    held.map(({ id, row: { amount }, occurrence }) => [id, amount.minor, occurrence]),
    [
      ['1', -4_500n, 1],
      ['2', -4_500n, 2],
      ['3', -900_000n, 1],
    ],
  )
  t.strictSame(after([[rent, coffee, coffee]], held), held)
  t.end()
})

test('a new version is held in the place of the one before, under the fingerprint that it has now', (t) => {
  const told = { ...rent, remittanceInformation: 'Husleie november' }
  const [first, second] = after([
    [coffee, rent],
    [coffee, told],
  ])
  t.match(first, { id: '1', row: coffee })
  t.match(second, { id: '2', row: told, removed: false, missed: 0 })
  t.not(second?.fingerprint, after([[coffee, rent]])[1]?.fingerprint)
  t.end()
})

test('one that had been missed or removed is there again when it is shown', (t) => {
  const [held] = after([[rent]])
  if (held === undefined) throw new Error('nothing is held')
  t.match(after([[rent]], [{ ...held, missed: 1 }]), [{ id: '1', missed: 0, removed: false }])
  t.match(after([[rent]], [{ ...held, removed: true }]), [{ id: '1', missed: 0, removed: false }])
  t.end()
})

test('other ids and another balance are evidence for the next decision; what was delivered stays', (t) => {
  const shown = {
    ...rent,
    ids: { transactionId: 'b' },
    remittanceInformation: 'VAREKJØP',
    balanceAfter: { minor: 7n, currency: 'NOK' },
  }
  const [held] = after([[{ ...rent, ids: { transactionId: 'a' } }], [shown]])
  t.match(held?.row, { ids: { transactionId: 'b' }, remittanceInformation: 'Varekjøp', balanceAfter: { minor: 7n } })
  t.end()
})
