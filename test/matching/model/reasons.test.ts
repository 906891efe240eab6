import { test } from 'tap'
import { reasonLanguages, sentenceOf, type ReasonKey } from '../../../src/matching/model/reasons.ts'
import { en } from '../../../src/matching/model/sentences/en.ts'

const keys = Object.keys(en).filter((key): key is ReasonKey => key in en)
const placeholdersIn = (sentence: string) =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()

test('every reason is a whole sentence in every language, which tells what the English one tells', (t) => {
  t.ok(keys.length > 45)
  for (const language of reasonLanguages)
    for (const key of keys) {
      const told = placeholdersIn(en[key])
      t.same(placeholdersIn(sentenceOf({ key, params: {} }, language)), told, `${language} ${key}`)
      const params = Object.fromEntries(told.map((name) => [name, `<${name}>`]))
      const sentence = sentenceOf({ key, params }, language)
      t.match(sentence, /^\p{Lu}[^{}]*\.$/u, `${language} ${key}`)
      for (const name of told) t.ok(sentence.includes(`<${name}>`), `${language} ${key} tells ${name}`)
    }
  t.end()
})

test('no sentence says the same for two reasons, or the same in two languages', (t) => {
  const all = reasonLanguages.flatMap((language) => keys.map((key) => sentenceOf({ key, params: {} }, language)))
  t.equal(new Set(all).size, all.length)
  t.end()
})

test('amounts and days stand as they were written', (t) => {
  const reason = { key: 'date.near', params: { paid: '2026-11-10', expected: '2026-11-15' } } as const
  t.equal(sentenceOf(reason, 'nb'), 'Betalt 2026-11-10, da det var ventet (2026-11-15).')
  t.equal(
    sentenceOf({ key: 'amount.exact', params: { amount: '1250.00' } }, 'fr'),
    'Le montant est exactement le solde ouvert : 1250.00.',
  )
  t.end()
})
