// What a tenant says of a company's lines beforehand, in a small form that is looked through in one pass over each line's text. The first rule that fits
// holds. What a person decides stands, whatever a rule says.

import type { ConnectionId } from '../../values/ids.ts'
import { foldText } from '../../values/text.ts'
import { phraseFinder } from './phrases.ts'
import type { Line } from './types.ts'

/**
 * - `never_match`     nothing is proposed for the line
 * - `always_suggest`  nothing is matched without a person
 * - a category        nothing is proposed, and the transaction is shown with it
 */
export type RuleOutcome = 'never_match' | 'always_suggest' | { readonly category: string }

/** All that is given has to fit; of several phrases one. */
export type RuleCondition = {
  readonly textContains?: readonly string[]
  readonly counterpartyContains?: readonly string[]
  readonly amount?: 'negative' | 'positive'
  readonly connectionId?: ConnectionId
  /** How the ISO 20022 code begins. */
  readonly bankTransactionCode?: string
}

export type Rule = { readonly id: string; readonly when: RuleCondition; readonly then: RuleOutcome }

type Shown = Pick<Line, 'amount' | 'connectionId' | 'counterparty' | 'remittanceInformation' | 'bankTransactionCode'>

/** Of a line, the first rule that fits. */
export function firstOf(rules: readonly Rule[]): (line: Shown) => Rule | undefined {
  if (rules.length === 0) return () => undefined
  const inText = finderOf(rules, ({ textContains }) => textContains)
  const inName = finderOf(rules, ({ counterpartyContains }) => counterpartyContains)
  return (line) => {
    const byText = inText(line.remittanceInformation)
    const byName = inName(line.counterparty?.name)
    return rules.find(
      ({ when }, at) =>
        (when.textContains === undefined || byText.has(at)) &&
        (when.counterpartyContains === undefined || byName.has(at)) &&
        (when.amount === undefined || (when.amount === 'negative' ? line.amount < 0n : line.amount > 0n)) &&
        (when.connectionId === undefined || when.connectionId === line.connectionId) &&
        (when.bankTransactionCode === undefined ||
          line.bankTransactionCode?.startsWith(when.bankTransactionCode) === true),
    )
  }
}

/** The places of the rules of which a text has a phrase. */
function finderOf(
  rules: readonly Rule[],
  phrasesOf: (when: RuleCondition) => readonly string[] | undefined,
): (text: string | undefined) => ReadonlySet<number> {
  const phrases = rules.flatMap(({ when }, says) =>
    (phrasesOf(when) ?? []).map((phrase) => ({ text: foldText(phrase), says })),
  )
  const find = phraseFinder(phrases)
  const none: ReadonlySet<number> = new Set()
  return (text) => (text === undefined || phrases.length === 0 ? none : find(foldText(text)))
}

/** The lines that matching may look at, those that only a person may match marked. */
export function underRules(lines: readonly Line[], rules: readonly Rule[]): readonly Line[] {
  if (rules.length === 0) return lines
  const ruleOf = firstOf(rules)
  return lines.flatMap((line) => {
    const then = ruleOf(line)?.then
    if (then === undefined) return [line]
    return then === 'always_suggest' ? [{ ...line, alwaysSuggest: true }] : []
  })
}

export const categoryIn = (rule: Rule | undefined): string | undefined =>
  typeof rule?.then === 'object' ? rule.then.category : undefined

type RuleFault = { readonly path: string; readonly message: string }

/** Of all rules of a company: they are made ready anew whenever its transactions are read. */
export const phrasesMax = 500

/** What makes no sense in a list of rules; paths are relative to it. */
export function faultsIn(rules: readonly Rule[]): readonly RuleFault[] {
  const ids = new Set<string>()
  const phrases = rules.flatMap(({ when }) => [...(when.textContains ?? []), ...(when.counterpartyContains ?? [])])
  if (phrases.length > phrasesMax)
    return [{ path: '', message: `must not have more than ${phrasesMax} phrases in all` }]
  return rules.flatMap(({ id, when }, at) => {
    const isRepeated = ids.has(id)
    ids.add(id)
    return [
      ...(isRepeated ? [{ path: `/${at}/id`, message: 'stands twice' }] : []),
      ...(['textContains', 'counterpartyContains'] as const).flatMap((field) =>
        (when[field] ?? []).flatMap((phrase, index) =>
          foldText(phrase) === ''
            ? [{ path: `/${at}/when/${field}/${index}`, message: 'must hold something to be seen' }]
            : [],
        ),
      ),
    ]
  })
}
