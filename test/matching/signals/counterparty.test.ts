// Who is on the other side: by account, by name, and by its being ourselves.

import { test } from 'tap'
import { counterpartyIban } from '../../../src/matching/signals/counterparty-iban.ts'
import { counterpartyName } from '../../../src/matching/signals/counterparty-name.ts'
import { ledgerAccount } from '../../../src/matching/signals/ledger-account.ts'
import { ownAccount } from '../../../src/matching/signals/own-account.ts'
import type { Line } from '../../../src/matching/model/types.ts'
import { evidenceOf, saidOf } from '../builders.ts'

const iban = 'NO9386011117947'
const other = 'DE89370400440532013000'

for (const { name, counterparty, known, says } of [
  { name: 'the same', counterparty: { iban: 'NO93 8601 1117 947' }, known: iban, says: 'counterparty-iban.equal +' },
  {
    name: 'the same, in the national form',
    counterparty: { bban: '8601.11.17947' },
    known: iban,
    says: 'counterparty-iban.equal +',
  },
  { name: 'another', counterparty: { iban: other }, known: iban, says: 'counterparty-iban.differs -' },
  { name: 'none at the bank', counterparty: { name: 'Acme' }, known: iban, says: 'nothing' },
  { name: 'one that is no IBAN', counterparty: { iban: 'NOTPROVIDED' }, known: iban, says: 'nothing' },
] as const) {
  test(`counterparty IBAN: ${name}`, (t) => {
    t.equal(
      saidOf(evidenceOf(counterpartyIban, { line: { counterparty }, entry: { counterparty: { iban: known } } })),
      says,
    )
    t.end()
  })
}

test("an account that is another customer's counts more against than one that nobody knows", (t) => {
  const given = { line: { counterparty: { iban: other } }, entry: { counterparty: { iban } } }
  const unknown = evidenceOf(counterpartyIban, { ...given, books: { count: () => 0 } })!.bits
  t.ok(evidenceOf(counterpartyIban, { ...given, books: { count: () => 3 } })!.bits < unknown)
  t.end()
})

for (const [atBank, inBooks, says] of [
  ['ÅKERLUND MÅLERI AB', 'Åkerlund Måleri AB', 'counterparty-name.equal +'],
  ['AAKERLUND MAALERI', 'Åkerlund Måleri AB', 'counterparty-name.equal +'],
  ['Mueller Strasser Bau', 'Müller & Straßer Bau GmbH & Co. KG', 'counterparty-name.equal +'],
  ['HØJGAARD TØMRER A/S', 'Hojgaard Tomrer ApS', 'counterparty-name.equal +'],
  ['HANSEN OLA', 'Ola Hansen', 'counterparty-name.equal +'],
  ['NORDISK ELEKTROINSTALL', 'Nordisk Elektroinstallasjon Bergen AS', 'counterparty-name.equal +'],
  ['KLARNA*BRANDT ELEKTRO', 'Brandt Elektro AS', 'counterparty-name.equal +'],
  ['Vipps:Brandt Elektro', 'Brandt Elektro AS', 'counterparty-name.equal +'],
  ['EON ENERGI', 'E.ON Energi AB', 'counterparty-name.equal +'],
  ['BRANDT ELEKTOR', 'Brandt Elektro AS', 'counterparty-name.equal +'],
  ['J. Whitfield', 'James Whitfield', 'counterparty-name.equal +'],
  ['Brandt Elektro AS, Storgata 1, 0150 Oslo', 'Brandt Elektro AS', 'counterparty-name.equal +'],
  ['Solheim Trygve', 'Brandt Elektro AS', 'counterparty-name.differs -'],
  ['Nilsen AS', 'Nielsen Transport og Spedisjon AS', 'counterparty-name.differs -'],
  ['KLARNA AB', 'Brandt Elektro AS', 'nothing'],
  ['AS', 'Brandt Elektro AS', 'nothing'],
] as const) {
  test(`counterparty name: "${atBank}" for "${inBooks}"`, (t) => {
    const given = { line: { counterparty: { name: atBank } }, entry: { counterparty: { name: inBooks } } }
    t.equal(saidOf(evidenceOf(counterpartyName, given)), says)
    t.end()
  })
}

test('the name in the text of a card purchase', (t) => {
  const given = {
    line: { remittanceInformation: 'VISA KØB BRANDT ELEKTRO OSLO 4411' },
    entry: { counterparty: { name: 'Brandt Elektro AS' } },
  }
  t.equal(saidOf(evidenceOf(counterpartyName, given)), 'counterparty-name.in-text +')
  t.end()
})

test('a rare name is worth more than a common one', (t) => {
  const given = { line: { counterparty: { name: 'Hansen Bygg' } }, entry: { counterparty: { name: 'Hansen Bygg AS' } } }
  const rare = evidenceOf(counterpartyName, given)!.bits
  t.ok(evidenceOf(counterpartyName, { ...given, books: { count: () => 200 } })!.bits < rare - 3)
  t.end()
})

const own = [
  { connectionId: 'cn-1', ledgerAccountId: 'la-1', iban },
  { connectionId: 'cn-2', ledgerAccountId: 'la-2', iban: other },
] as const
const transfer = { kind: 'transfer', fromLedgerAccountId: 'la-1', toLedgerAccountId: 'la-2' } as const
const toOther: Partial<Line> = { amount: -125_050n, counterparty: { iban: other } }

type Given = Parameters<typeof evidenceOf>[1]

for (const { name, entry, says } of [
  { name: 'the transfer between the two', entry: transfer, says: 'own-account.equal +' },
  { name: 'a transfer to another', entry: { ...transfer, toLedgerAccountId: 'la-3' }, says: 'own-account.differs -' },
  { name: 'a bill', entry: { amount: -125_050n }, says: 'own-account.differs -' },
] as const) {
  test(`money to an own account, against ${name}`, (t) => {
    t.equal(saidOf(evidenceOf(ownAccount, { line: toOther, ownAccounts: own, entry })), says)
    t.end()
  })
}

const expected: readonly { readonly name: string; readonly given: Given; readonly says: string }[] = [
  { name: 'the same', given: { entry: { ledgerAccountId: 'la-1' } }, says: 'ledger-account.equal +' },
  { name: 'another', given: { entry: { ledgerAccountId: 'la-2' } }, says: 'ledger-account.differs -' },
  {
    name: 'a transfer leaves where it should',
    given: { line: { amount: -5n }, entry: transfer },
    says: 'ledger-account.equal +',
  },
  {
    name: 'a transfer arrives where it left',
    given: { line: { amount: 5n }, entry: transfer },
    says: 'ledger-account.differs -',
  },
  { name: 'none expected', given: {}, says: 'nothing' },
]
for (const { name, given, says } of expected) {
  test(`ledger account: ${name}`, (t) => {
    t.equal(saidOf(evidenceOf(ledgerAccount, { ownAccounts: own, ...given })), says)
    t.end()
  })
}
