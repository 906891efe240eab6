import { test } from 'tap'
import { isAutomatic } from '../../../src/matching/model/decide.ts'
import { lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import type { Hypothesis } from '../../../src/matching/model/hypothesis.ts'
import type { DifferenceKind, Line } from '../../../src/matching/model/types.ts'
import { bars } from '../../../src/matching/model/weights.ts'
import { aLine } from '../builders.ts'

const own = ownAccountsOf([])
const certain = { confidence: bars.confidenceMax }

function aHypothesis({ line = {}, ...rest }: Partial<Hypothesis> & { readonly line?: Partial<Line> }): Hypothesis {
  const lines = [lineFeatures(aLine('t', 1_000n, line), own)]
  const nothing = { links: [], reasons: [] }
  return {
    lines,
    entries: [0],
    spends: [1_000n],
    traits: [],
    bits: 20,
    identity: 'document',
    isContradicted: false,
    explain: () => nothing,
    ...rest,
  }
}
const differing = (kind: DifferenceKind): Partial<Hypothesis> => ({ difference: kind })

for (const { name, hypothesis = {}, standing = {}, is } of [
  { name: 'a document says which', is: true },
  { name: 'a known party and the whole amount', hypothesis: { identity: 'party' }, is: true },
  { name: 'nothing but likeness', hypothesis: { identity: 'none' }, is: false },
  { name: 'somebody who is likely, and certain', hypothesis: { identity: 'likely' }, is: true },
  {
    name: 'somebody who is likely, at the bar',
    hypothesis: { identity: 'likely' },
    standing: { confidence: bars.automatic },
    is: false,
  },
  { name: 'the half of a transfer', hypothesis: { isIncomplete: true }, is: false },
  {
    name: 'one of several alike, which only time tells apart, at the bar',
    hypothesis: { identity: 'party', isByTurn: true },
    standing: { confidence: bars.automatic },
    is: false,
  },
  {
    name: 'one of several alike, of which the text names the month, or that is paid on its day, at the bar',
    hypothesis: { identity: 'party', isByTurn: true, isTurnSure: true },
    standing: { confidence: bars.automatic },
    is: true,
  },
  {
    name: 'one of several alike, which could be paid in another order as well',
    hypothesis: { identity: 'party', isByTurn: true, isEven: true },
    is: false,
  },
  {
    name: 'one of several alike, of which the reference says whose they are, at the bar',
    hypothesis: { isByTurn: true },
    standing: { confidence: bars.automatic },
    is: true,
  },
  { name: 'of a kind that is with nobody in particular', hypothesis: { identity: 'kind' }, is: true },
  { name: 'a part of a document that is named', hypothesis: { isPartial: true }, is: true },
  {
    name: 'a part, only the party known, at the bar',
    hypothesis: { identity: 'party', isPartial: true },
    standing: { confidence: bars.automatic },
    is: false,
  },
  { name: 'doubted, at the bar', hypothesis: { isDoubted: true }, standing: { confidence: bars.automatic }, is: false },
  { name: 'doubted, and yet certain', hypothesis: { isDoubted: true }, is: true },
  { name: 'below the bar', standing: { confidence: bars.automatic - 0.001 }, is: false },
  { name: 'another document is named, whatever else agrees', hypothesis: { isContradicted: true }, is: false },
  { name: 'in closed books', hypothesis: { line: { alreadyBooked: true } }, is: false },
  { name: 'a rule asks for a person', hypothesis: { line: { alwaysSuggest: true } }, is: false },
  { name: 'perhaps shown twice', hypothesis: { line: { suspect: true } }, is: false },
  { name: 'a fee, the document named', hypothesis: differing('fee'), is: true },
  {
    name: 'a fee, only the party known, at the bar',
    hypothesis: { identity: 'party', ...differing('fee') },
    standing: { confidence: bars.automatic },
    is: false,
  },
  { name: 'a discount, only the party known', hypothesis: { identity: 'party', ...differing('discount') }, is: true },
  { name: 'an overpayment, the document named', hypothesis: differing('overpayment'), is: true },
  {
    name: 'an overpayment, the document named, at the bar',
    hypothesis: differing('overpayment'),
    standing: { confidence: bars.automatic },
    is: false,
  },
  {
    name: 'an overpayment, only the party known',
    hypothesis: { identity: 'party', ...differing('overpayment') },
    is: false,
  },
] as const) {
  test(`automatic or not: ${name}`, (t) => {
    t.equal(isAutomatic(aHypothesis(hypothesis), { ...certain, ...standing }), is)
    t.end()
  })
}
