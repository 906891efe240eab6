import { Type, type Static } from 'typebox'
import { closed, component, oneOf, tenantKey, text, uuid } from '../../shared/http/schema.ts'
import type { Rule } from '../model/rules.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })

const phrases = (description: string, example: string) =>
  Type.Optional(
    Type.Array(text(64, 'A phrase.', example), {
      minItems: 1,
      maxItems: 10,
      description: `${description} One of these is enough. Case, accents and the number of spaces do not matter; a phrase may stand within a word.`,
    }),
  )

const condition = Type.Object(
  {
    textContains: phrases('What the remittance information contains.', 'manedspris'),
    counterpartyContains: phrases('What the name of the other side contains.', 'Nordbanken'),
    amount: Type.Optional(oneOf(['negative', 'positive'], 'Money out, or money in.')),
    connectionId: Type.Optional(uuid('Only on this connection.')),
    bankTransactionCode: Type.Optional(
      Type.String({
        pattern: '^[A-Z0-9]{4}(-[A-Z0-9]{4}){0,2}$',
        description: 'How the ISO 20022 code begins: domain, family, sub-family.',
        examples: ['ACMT-MDOP'],
      }),
    ),
  },
  { ...closed, minProperties: 1, description: 'When it fits: all that is given has to.' },
)

const outcome = Type.Union(
  [
    Type.Object({ category: text(64, 'What to call it: your own word.', 'bank-fees') }, closed),
    oneOf(['never_match', 'always_suggest'], 'What matching does with it.'),
  ],
  {
    description:
      '`never_match`: nothing is proposed for it. A category: neither, and the transaction is shown with the `category`. `always_suggest`: it is matched by a person only.',
  },
)

export const ruleList = component(
  'MatchingRules',
  Type.Object(
    {
      rules: Type.Array(
        Type.Object({ id: tenantKey('Your key of the rule.'), when: condition, then: outcome }, closed),
        {
          maxItems: 200,
          description: 'In this order: of a transaction, the first that fits holds. 500 phrases in all at most.',
        },
      ),
    },
    { ...closed, description: 'What you say of a company’s transactions beforehand.' },
  ),
)

type RuleInput = Static<typeof ruleList.schema>['rules'][number]

/** Ids are written in either case and kept in one. */
export const toRule = ({ id, when: { connectionId, ...when }, then }: RuleInput): Rule => ({
  id,
  when: { ...when, ...(connectionId !== undefined && { connectionId: connectionId.toLowerCase() }) },
  then,
})

export const toRulesView = (rules: readonly Rule[]) => ({
  rules: rules.map(({ id, when: { textContains, counterpartyContains, ...when }, then }) => ({
    id,
    when: {
      ...when,
      ...(textContains !== undefined && { textContains: [...textContains] }),
      ...(counterpartyContains !== undefined && { counterpartyContains: [...counterpartyContains] }),
    },
    then,
  })),
})
