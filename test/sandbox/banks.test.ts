import { test } from 'tap'
import { accountsOf, personsOf } from '../../src/sandbox/accounts.ts'
import { banks } from '../../src/sandbox/banks.ts'
import { logoOf } from '../../src/sandbox/pages.ts'
import { referenceOf } from '../../src/sandbox/references.ts'
import { vocabularies } from '../../src/sandbox/vocabulary.ts'
import { bankCodeOf, normaliseIban } from '../../src/values/iban.ts'
import { referenceSchemes } from '../../src/values/reference.ts'

test('every account of every bank has a valid IBAN of that bank, and no two share one', async (t) => {
  const ibans = banks.flatMap((bank) => Object.values(bank.ibans))
  t.equal(new Set(ibans).size, ibans.length)
  for (const bank of banks) {
    for (const iban of Object.values(bank.ibans)) {
      t.equal(normaliseIban(iban), iban)
      t.equal(bankCodeOf(iban), bank.bankCode)
    }
  }
})

test('every counterparty has a valid IBAN of its country, at no bank of the sandbox', async (t) => {
  const codes = new Set(banks.map(({ bankCode }) => bankCode))
  for (const [country, { customers, suppliers, landlord, taxOffice, employer }] of Object.entries(vocabularies)) {
    for (const { iban = '' } of [...customers, ...suppliers, landlord, taxOffice, employer]) {
      t.equal(normaliseIban(iban), iban)
      t.match(iban, new RegExp(`^${country}`))
      t.notOk(codes.has(bankCodeOf(iban) ?? ''))
    }
  }
})

test("a biller's reference has the check digit of its scheme", async (t) => {
  for (const [country, { scheme }] of Object.entries(vocabularies)) {
    if (scheme === null) continue
    for (let n = 0; n < 200; n += 1) {
      const reference = referenceOf(scheme, String(1001 + n), `2026${String(100 + n).padStart(4, '0')}`)
      const schemes = referenceSchemes(reference, country).map((found) => found.scheme)
      t.ok(schemes.includes(scheme), `${scheme} ${reference} is read as ${schemes.join()}`)
    }
  }
})

test('persons see accounts that exist, and somebody sees none', async (t) => {
  for (const bank of banks) {
    const ids = new Set(accountsOf(bank).map(({ id }) => id))
    const persons = personsOf(bank)
    t.ok(persons.every(({ accountIds }) => accountIds.every((id) => ids.has(id))))
    t.ok(persons.some(({ accountIds }) => accountIds.length === 0))
  }
})

test('BICs are BICs, and a logo is a data: URI of an SVG', async (t) => {
  for (const bank of banks) {
    t.match(bank.bic, /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]$/)
    t.equal(bank.bic.slice(4, 6), bank.country)
    t.match(decodeURIComponent(logoOf(bank)), /^data:image\/svg\+xml,<svg .*<\/svg>$/)
  }
})
