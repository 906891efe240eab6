import { Type } from 'typebox'
import {
  amount,
  closed,
  component,
  currency,
  instant,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  uuid,
} from '../shared/http/schema.ts'
import { spokenOf, tagsByPreference } from '../values/language.ts'
import { formatMoney } from '../values/money.ts'
import type { BatchOutcome } from './confirm-matches.ts'
import { attentions, differenceKinds, matchStatuses, type Evidence, type MatchLink } from './model/match.ts'
import { reasonLanguages, sentenceOf, type ReasonLanguage } from './model/reasons.ts'
import type { MatchingRun } from './model/run.ts'
import type { Expansion, ExpandedMatch } from './read-matches.ts'

/** Of answers that show reasons. */
export const languageHeader = Type.Object({
  'accept-language': Type.Optional(
    Type.String({
      description: `In which language reasons are told: ${reasonLanguages.map((language) => `\`${language}\``).join(', ')}. Others, and none, are answered in English.`,
      examples: ['nb-NO, en;q=0.5'],
    }),
  ),
})

export const languageIn = (headers: { readonly 'accept-language'?: string }): ReasonLanguage =>
  spokenOf(tagsByPreference(headers['accept-language'] ?? ''), reasonLanguages)

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const matchParams = Type.Object({ matchId: uuid('The match.') })
export const runParams = Type.Object({ matchingRunId: uuid('The matching run.') })

const expand = Type.Optional(
  Type.String({
    pattern: '^(transactions|entries)(,(transactions|entries))?$',
    description: 'What to show whole beside its ids: `transactions`, `entries`, or both with a comma.',
    examples: ['transactions,entries'],
  }),
)
export const matchQuery = Type.Object({ expand }, closed)
export const matchListQuery = Type.Object(
  {
    ...listQuery,
    status: Type.Optional(oneOf(matchStatuses, 'Only those that stand so.')),
    rank: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: '1: only the best of their transactions, so each stands once.',
      }),
    ),
    transactionId: Type.Optional(uuid('Only those that speak of this transaction.')),
    entryId: Type.Optional(tenantKey('Only those that speak of this entry.')),
    connectionId: Type.Optional(uuid('Only those that speak of a transaction of this connection.')),
    attention: Type.Optional(oneOf(['true'], 'Only those that hold and no longer agree with the books.')),
    expand,
  },
  closed,
)

export const expansionsIn = (asked: string | undefined): readonly Expansion[] =>
  (['transactions', 'entries'] as const).filter((expansion) => asked?.split(',').includes(expansion) === true)

const link = {
  transactionId: uuid('The transaction.'),
  entryId: Type.Union([tenantKey('Your key of the entry.'), Type.Null()], {
    description: 'Null: the transaction belongs to another transaction of the match, and to nothing in the books.',
  }),
  amount: amount(
    'What the transaction settles of the entry, in the transaction’s currency, with the sign of the entry.',
  ),
  entryAmount: Type.Optional(amount('The same in the entry’s currency, where that is another one.')),
}
const difference = {
  amount: amount('What the transactions are more than the links.'),
  kind: oneOf(differenceKinds, 'What it is.'),
}

const drawn = {
  difference: Type.Optional(
    Type.Object(difference, {
      ...closed,
      description:
        'What the transactions are more than the links, and why. Left out, it gets the name that matching would give it, if there is one within bounds.',
    }),
  ),
}
const links = Type.Array(Type.Object(link, closed), {
  minItems: 1,
  maxItems: 200,
  description: 'Which transaction settles how much of which entry.',
})

export const makeBody = component(
  'MatchInput',
  Type.Object({ links, ...drawn }, { ...closed, description: 'A match made by hand.' }),
)
export const confirmBody = component(
  'MatchConfirmation',
  Type.Object(
    { links: Type.Optional(links), ...drawn },
    { ...closed, description: 'Nothing, or the links that it should have had.' },
  ),
)
export const batchBody = component(
  'MatchConfirmationBatch',
  Type.Object(
    {
      matchIds: Type.Array(uuid('A match.'), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Confirmed in this order.',
      }),
    },
    { ...closed, description: 'Up to 100 suggestions to confirm.' },
  ),
)

const reasons = Type.Array(
  Type.Object({
    signal: text(64, 'What speaks.', 'document-number'),
    strength: Type.Number({
      description: 'How much, in bits: each makes it twice as likely. Negative speaks against.',
      examples: [13.2],
    }),
    text: text(500, 'In words, in the language that `Accept-Language` asks for.', 'The text names document 10042.'),
  }),
  { description: 'The strongest first.' },
)
const confidence = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'How probable it is that this is right.',
  examples: [0.998],
})

export const matchView = component(
  'Match',
  Type.Object(
    {
      id: uuid('A suggestion keeps it while it says the same.'),
      companyId: tenantKey('Your key of the company.'),
      status: oneOf(matchStatuses, 'Only a confirmed one holds. `superseded`: a suggestion that no longer does.'),
      origin: oneOf(['automatic', 'manual'], 'Who drew the links: matching, or a person.'),
      rank: Type.Integer({ minimum: 1, description: '1 for the best proposal of its transactions.', examples: [1] }),
      confidence,
      links: Type.Array(
        Type.Object({
          ...link,
          currency: currency('Of the transaction.'),
          entryCurrency: Type.Optional(currency('Of the entry, where that is another one.')),
        }),
      ),
      difference: Type.Optional(Type.Object(difference)),
      reasons,
      runnerUp: Type.Optional(
        Type.Object(
          {
            transactionIds: Type.Array(uuid('A transaction.')),
            entryIds: Type.Array(tenantKey('An entry.')),
            confidence,
            reasons,
          },
          { description: 'What else it might have been.' },
        ),
      ),
      decidedBy: Type.Optional(
        Type.String({
          description: 'The subject of the token that decided last. Absent while nobody has, and where matching did.',
          examples: ['user-17'],
        }),
      ),
      decidedAt: Type.Optional(instant('When it was decided.')),
      createdAt: instant('When it was first proposed, or made.'),
      attention: Type.Optional(
        Type.Object(
          {
            reason: oneOf(
              attentions,
              '`entry_deleted`: the books no longer have an entry that it settles. `entry_changed`: an entry is in another currency, or to be paid the other way. `entry_overspent`: less is open of an entry than confirmed matches settle, and its `appliedMatchIds` do not name this one: it was settled otherwise, lowered, or booked without saying so.',
            ),
          },
          {
            description:
              'Only while it holds and the books say something else. It stays as it was decided: send the entry as it is, with `appliedMatchIds`, or undo the match.',
          },
        ),
      ),
      transactions: Type.Optional(
        Type.Array(Type.Unsafe<object>({ $ref: 'Transaction#' }), { description: 'Where `expand` asks for them.' }),
      ),
      entries: Type.Optional(
        Type.Array(Type.Unsafe<object>({ $ref: 'Entry#' }), { description: 'Where `expand` asks for them.' }),
      ),
    },
    { description: 'Transactions and entries that belong together, or are said to, and why.' },
  ),
)
export const matchList = listOf('MatchList', matchView)

export const batchView = component(
  'MatchConfirmationResult',
  Type.Object(
    {
      data: Type.Array(
        Type.Object({
          matchId: uuid('The match.'),
          status: oneOf(['confirmed', 'refused'], 'Each stands for itself.'),
          match: Type.Optional(matchView.ref),
          refusal: Type.Optional(
            Type.Object({
              code: oneOf(
                ['match_not_found', 'match_not_decidable', 'match_does_not_add_up', 'match_overspends'],
                'As the same refusal of one match.',
              ),
              detail: Type.String({ description: 'In words.' }),
            }),
          ),
        }),
      ),
    },
    { description: 'What became of each, in the order sent.' },
  ),
)

export const runView = component(
  'MatchingRun',
  Type.Object(
    {
      id: uuid('The run.'),
      companyId: tenantKey('Your key of the company.'),
      status: oneOf(['queued', 'running', 'completed', 'failed'], 'Where it stands.'),
      counts: Type.Object({
        automatic: Type.Integer({ description: 'Matches that it confirmed.', examples: [12] }),
        suggested: Type.Integer({ description: 'Suggestions that stand after it.', examples: [3] }),
        unmatched: Type.Integer({ description: 'Transactions that it left with neither.', examples: [5] }),
      }),
      error: Type.Optional(Type.Object({ text: Type.String({ description: 'Why it failed.' }) })),
      queuedAt: instant('When it was asked for.'),
      startedAt: Type.Optional(instant('When it last began.')),
      finishedAt: Type.Optional(instant('When it ended.')),
    },
    { description: 'One attempt to match what a company’s bank shows with its books.' },
  ),
)

/** How other slices show theirs: they are handed in, as a slice does not reach into another one's contract. */
export type Views = {
  readonly transaction: (transaction: NonNullable<ExpandedMatch['transactions']>[number]) => object
  readonly entry: (entry: NonNullable<ExpandedMatch['entries']>[number]) => object
}

export const matchViewWith = (views: Views, language: ReasonLanguage) => (match: ExpandedMatch) => ({
  id: match.id,
  companyId: match.companyId,
  status: match.status,
  origin: match.origin,
  rank: match.rank,
  confidence: match.confidence,
  links: match.links.map(toLinkView),
  ...(match.difference !== null && {
    difference: {
      amount: formatMoney({ minor: match.difference.minor, currency: match.links[0]?.amount.currency ?? '' }),
      kind: match.difference.kind,
    },
  }),
  reasons: toReasonViews(match.reasons, language),
  ...(match.runnerUp !== null && {
    runnerUp: {
      transactionIds: [...match.runnerUp.transactionIds],
      entryIds: [...match.runnerUp.entryIds],
      confidence: match.runnerUp.confidence,
      reasons: toReasonViews(match.runnerUp.reasons, language),
    },
  }),
  ...(match.decidedBy !== null && { decidedBy: match.decidedBy }),
  ...(match.decidedAt !== null && { decidedAt: match.decidedAt.toISOString() }),
  createdAt: match.createdAt.toISOString(),
  ...(match.attention !== null && { attention: { reason: match.attention } }),
  ...(match.transactions !== undefined && { transactions: match.transactions.map(views.transaction) }),
  ...(match.entries !== undefined && { entries: match.entries.map(views.entry) }),
})

const toLinkView = ({ transactionId, entryId, amount: settled, entryAmount }: MatchLink) => ({
  transactionId,
  entryId,
  amount: formatMoney(settled),
  currency: settled.currency,
  ...(entryAmount !== null && { entryAmount: formatMoney(entryAmount), entryCurrency: entryAmount.currency }),
})

const toReasonViews = (those: Evidence['reasons'], language: ReasonLanguage) =>
  those.map((reason) => ({ signal: reason.signal, strength: reason.strength, text: sentenceOf(reason, language) }))

export const batchViewWith = (views: Views, language: ReasonLanguage) => (outcomes: readonly BatchOutcome[]) => ({
  data: outcomes.map((outcome) =>
    outcome.kind === 'confirmed'
      ? { matchId: outcome.matchId, status: 'confirmed' as const, match: matchViewWith(views, language)(outcome.match) }
      : { matchId: outcome.matchId, status: 'refused' as const, refusal: { code: outcome.code, detail: outcome.text } },
  ),
})

export const toRunView = (run: MatchingRun) => ({
  id: run.id,
  companyId: run.companyId,
  status: run.status,
  counts: run.counts,
  ...(run.error !== null && { error: { text: run.error } }),
  queuedAt: run.queuedAt.toISOString(),
  ...(run.startedAt !== null && { startedAt: run.startedAt.toISOString() }),
  ...(run.finishedAt !== null && { finishedAt: run.finishedAt.toISOString() }),
})
