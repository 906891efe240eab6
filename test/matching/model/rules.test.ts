import fc from 'fast-check'
import { test } from 'tap'
import { phraseFinder } from '../../../src/matching/model/phrases.ts'
import { faultsIn, firstOf, phrasesMax, underRules, type Rule } from '../../../src/matching/model/rules.ts'
import { aLine, anEntry, automaticOnes, proposalsFor } from '../builders.ts'

const rule = (id: string, when: Rule['when'], then: Rule['then'] = 'never_match'): Rule => ({ id, when, then })
const fee = aLine('t', -3_500n, {
  connectionId: 'cn-2',
  remittanceInformation: 'Månedspris   bedriftspakke 11/2026',
  counterparty: { name: 'Nordbanken Ærø' },
  bankTransactionCode: 'ACMT-MDOP-CHRG',
})
const fits = (when: Rule['when']): boolean => firstOf([rule('r', when)])(fee) !== undefined

test('a rule fits where all that it asks for is there, and of several phrases one', (t) => {
  const asked: readonly (readonly [Rule['when'], boolean])[] = [
    [{ textContains: ['manedspris'] }, true],
    [{ textContains: ['PRIS bedrifts'] }, true],
    [{ textContains: ['husleie', 'pakke 11'] }, true],
    [{ textContains: ['husleie'] }, false],
    [{ textContains: ['nordbanken'] }, false],
    [{ counterpartyContains: ['ÆRØ'] }, true],
    [{ counterpartyContains: ['aero'] }, true],
    [{ counterpartyContains: ['månedspris'] }, false],
    [{ amount: 'negative' }, true],
    [{ amount: 'positive' }, false],
    [{ connectionId: 'cn-2' }, true],
    [{ connectionId: 'cn-1' }, false],
    [{ bankTransactionCode: 'ACMT' }, true],
    [{ bankTransactionCode: 'ACMT-MDOP-CHRG' }, true],
    [{ bankTransactionCode: 'PMNT' }, false],
    [{ textContains: ['pris'], counterpartyContains: ['banken'], amount: 'negative', connectionId: 'cn-2' }, true],
    [{ textContains: ['pris'], counterpartyContains: ['banken'], amount: 'positive', connectionId: 'cn-2' }, false],
  ]
  for (const [when, is] of asked) t.equal(fits(when), is, JSON.stringify(when))
  const bare = aLine('t', 0n)
  for (const [when] of asked)
    t.equal(firstOf([rule('r', when)])(bare) !== undefined, when.connectionId === 'cn-1', JSON.stringify(when))
  t.end()
})

test('the first rule that fits holds', (t) => {
  const rules = [
    rule('other', { textContains: ['husleie'] }),
    rule('first', { textContains: ['manedspris'] }, { category: 'bank-fees' }),
    rule('second', { amount: 'negative' }, 'always_suggest'),
  ]
  t.equal(firstOf(rules)(fee)?.id, 'first')
  t.equal(firstOf(rules.toReversed())(fee)?.id, 'second')
  t.equal(firstOf([])(fee), undefined)
  t.end()
})

test('phrases are found as one by one they would be, however they overlap', (t) => {
  const text = fc.string({ unit: fc.constantFrom('A', 'B', 'C', ' '), maxLength: 40 })
  const phrase = fc.string({ unit: fc.constantFrom('A', 'B', 'C', ' '), minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(text, fc.array(phrase, { maxLength: 12 }), (haystack, phrases) => {
      const found = phraseFinder(phrases.map((each, says) => ({ text: each, says })))(haystack)
      const one = phrases.flatMap((each, says) => (haystack.includes(each) ? [says] : []))
      return JSON.stringify([...found].toSorted((a, b) => a - b)) === JSON.stringify(one)
    }),
    { numRuns: 2_000 },
  )
  t.end()
})

test('no list of rules takes long, however it is written', (t) => {
  const nasty = Array.from({ length: 50 }, (_, at) =>
    rule(String(at), {
      textContains: Array.from({ length: 10 }, (_each, index) => 'A'.repeat(14 + at) + (index % 2 === 0 ? 'B' : 'C')),
    }),
  )
  const line = aLine('t', 1n, { remittanceInformation: 'A'.repeat(2_000) })
  const ruleOf = firstOf(nasty)
  const started = performance.now()
  for (let times = 0; times < 100; times += 1) t.equal(ruleOf(line), undefined)
  const took = performance.now() - started
  t.ok(took < 2_000, `${took} ms for 100 lines of 2,000 letters`)
  t.end()
})

test('nothing is proposed for a line that is never matched or has a category; what is only suggested is never booked', (t) => {
  const entries = [anEntry('e', 125_050n, { reference: '10042000017' })]
  const lines = [aLine('t', 125_050n, { reference: '10042000017', remittanceInformation: 'Faktura' })]
  const when = { textContains: ['faktura'] }
  t.same(automaticOnes({ lines, entries }), ['t -> e'])
  t.same(proposalsFor({ lines: underRules(lines, [rule('r', when)]), entries }), [])
  t.same(proposalsFor({ lines: underRules(lines, [rule('r', when, { category: 'x' })]), entries }), [])
  const [only, ...rest] = proposalsFor({ lines: underRules(lines, [rule('r', when, 'always_suggest')]), entries })
  t.match(only, { automatic: false, rank: 1 })
  t.same(rest, [])
  t.end()
})

test('rules that make no sense are told where', (t) => {
  t.same(faultsIn([rule('a', { textContains: ['x', ' \u0301 '] }), rule('a', { counterpartyContains: ['\u200b'] })]), [
    { path: '/0/when/textContains/1', message: 'must hold something to be seen' },
    { path: '/1/id', message: 'stands twice' },
    { path: '/1/when/counterpartyContains/0', message: 'must hold something to be seen' },
  ])
  const many = Array.from({ length: phrasesMax }, () => 'x')
  t.same(faultsIn([rule('a', { textContains: many })]), [])
  t.equal(faultsIn([rule('a', { textContains: many, counterpartyContains: ['y'] })]).length, 1)
  t.end()
})
