import { Type } from 'typebox'
import {
  amount,
  closed,
  component,
  currency,
  day,
  instant,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  uuid,
} from '../shared/http/schema.ts'
import type { Day } from '../values/day.ts'
import { formatMoney } from '../values/money.ts'
import type { Coverage } from './model/coverage.ts'
import type { Proof, RunProof } from './model/proof.ts'
import type { SyncRun } from './model/run.ts'
import type { CompanySync } from './request-sync.ts'
import type { KeptBalance } from './model/balance.ts'

export const connectionParams = Type.Object({ connectionId: uuid('The connection.') })
export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const runParams = Type.Object({ syncRunId: uuid('The sync run.') })
export const runQuery = Type.Object(listQuery, closed)

export const psuBody = component(
  'AttendedInput',
  Type.Object(
    {
      psu: Type.Optional(
        Type.Object(
          {
            ipAddress: Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })], {
              description: 'IPv4 or IPv6.',
              examples: ['203.0.113.7'],
            }),
            userAgent: text(500, 'Of the person’s browser.', 'Mozilla/5.0'),
          },
          {
            ...closed,
            description:
              'The person’s browser, when the person is there and asked for it: the bank does not count the call.',
          },
        ),
      ),
    },
    { ...closed, description: 'Who is asking.' },
  ),
)

const errorKinds = ['consent_gone', 'needs_person', 'rate_limited', 'temporary', 'refused', 'nonsense'] as const

const provenFigures = {
  verdict: oneOf(
    ['verified', 'unverifiable', 'mismatch'],
    'Whether opening balance and movements make the closing balance.',
  ),
  because: Type.Optional(
    oneOf(['no_closing_balance', 'no_opening_balance', 'days_missing'], 'Why it could not be proved.'),
  ),
  opening: Type.Optional(Type.Object({ day: day('At the end of this day.'), amount: amount('Balance.') })),
  closing: Type.Optional(Type.Object({ day: day('At the end of this day.'), amount: amount('Balance.') })),
  moved: Type.Optional(amount('The sum of the movements between.')),
  difference: Type.Optional(amount('What the bank has more than the movements explain: shown, never evened out.')),
}
const proofView = Type.Object(
  {
    ...provenFigures,
    byDay: Type.Array(Type.Object({ from: day('First day.'), to: day('Last day.'), ...provenFigures }), {
      description:
        'The same for each of the run’s days whose close the bank has told; for several at once where it told none between.',
    }),
  },
  { description: 'The balance proof, with its figures.' },
)

export const runView = component(
  'SyncRun',
  Type.Object(
    {
      id: uuid('The run.'),
      connectionId: uuid('The connection.'),
      status: oneOf(['queued', 'running', 'completed', 'failed'], 'Where it stands.'),
      trigger: oneOf(['schedule', 'api', 'retry'], 'What started it.'),
      window: Type.Union([Type.Object({ from: day('First day.'), to: day('Last day.') }), Type.Null()], {
        description: 'The days asked for; null when there was nothing to ask, or nothing planned yet.',
      }),
      counts: Type.Object({
        fetched: Type.Integer(),
        added: Type.Integer(),
        modified: Type.Integer(),
        removed: Type.Integer(),
        unchanged: Type.Integer(),
        suspect: Type.Integer(),
      }),
      proof: Type.Optional(oneOf(['verified', 'unverifiable', 'mismatch'], 'Whether the balances prove it.')),
      proofFigures: Type.Optional(proofView),
      error: Type.Optional(
        Type.Object({
          kind: oneOf(errorKinds, 'What decides what happens next.'),
          text: Type.String({ description: 'What was asked, and what came.' }),
          retryAt: Type.Optional(instant('When it is tried again.')),
        }),
      ),
      retryAt: Type.Optional(instant('A queued run waits until then: the bank’s limit is reached.')),
      startedAt: Type.Optional(instant('When it began.')),
      finishedAt: Type.Optional(instant('When it ended.')),
    },
    { description: 'One attempt to fetch what is new for one connection.' },
  ),
)
export const runList = listOf('SyncRunList', runView)

export const companySyncView = component(
  'CompanySync',
  Type.Object(
    {
      data: Type.Array(runView.ref),
      skipped: Type.Array(
        Type.Object({ connectionId: uuid('The connection.'), reason: Type.String({ description: 'Its status.' }) }),
      ),
    },
    { description: 'The runs that were asked for, and the connections that cannot be fetched.' },
  ),
)

const days = Type.Object({ from: day('First day.'), to: day('Last day.') })
export const coverageView = component(
  'Coverage',
  Type.Object(
    {
      complete: Type.Array(days, { description: 'Days that are held completely.' }),
      excluded: Type.Array(days, { description: 'Days left out on purpose, by a later start date.' }),
      gaps: Type.Array(
        Type.Object({
          from: day('First day.'),
          to: day('Last day.'),
          state: oneOf(['open', 'unrecoverable'], 'Whether the bank still serves them.'),
        }),
      ),
      servedFrom: Type.Optional(day('The first day that the bank would still give.')),
    },
    { description: 'Which days are held; both ends included.' },
  ),
)

export const balancesView = component(
  'Balances',
  Type.Object(
    {
      data: Type.Array(
        Type.Object({
          type: oneOf(
            ['closing_booked', 'interim_booked', 'opening_booked', 'interim_available', 'expected', 'other'],
            'Which balance.',
          ),
          amount: amount('Signed; credit positive.'),
          currency: currency(),
          referenceDate: Type.Optional(day('The day that it is of.')),
          asOf: instant('When the bank said so.'),
        }),
      ),
    },
    { description: 'What the bank last said.' },
  ),
)

export const toRunView = (run: SyncRun) => ({
  id: run.id,
  connectionId: run.connectionId,
  status: run.status,
  trigger: run.trigger,
  window: run.window === null ? null : { from: run.window.from, to: run.window.to },
  counts: { ...run.counts },
  ...(run.proof !== null && { proof: run.proof.verdict, proofFigures: toRunProofView(run.proof) }),
  ...(run.error !== null && {
    error: { ...run.error, ...(run.retryAt !== null && { retryAt: run.retryAt.toISOString() }) },
  }),
  ...(run.error === null && run.retryAt !== null && { retryAt: run.retryAt.toISOString() }),
  ...(run.startedAt !== null && { startedAt: run.startedAt.toISOString() }),
  ...(run.finishedAt !== null && { finishedAt: run.finishedAt.toISOString() }),
})

const toRunProofView = ({ byDay, ...proof }: RunProof) => ({
  ...toProofView(proof),
  byDay: byDay.map(({ days: { from, to }, proof: ofDays }) => ({ from, to, ...toProofView(ofDays) })),
})

const toProofView = (proof: Proof) =>
  proof.verdict === 'unverifiable'
    ? { verdict: proof.verdict, because: proof.because }
    : {
        verdict: proof.verdict,
        opening: { day: proof.opening.day, amount: formatMoney(proof.opening.amount) },
        closing: { day: proof.closing.day, amount: formatMoney(proof.closing.amount) },
        moved: formatMoney(proof.moved),
        difference: formatMoney(proof.difference),
      }

export const toCompanySyncView = ({ runs, skipped }: CompanySync) => ({
  data: runs.map(toRunView),
  skipped: [...skipped],
})

export const toCoverageView = ({
  complete,
  excluded,
  gaps,
  servedFrom,
}: Coverage & { readonly servedFrom: Day | null }) => ({
  complete: [...complete],
  excluded: [...excluded],
  gaps: [...gaps],
  ...(servedFrom !== null && { servedFrom }),
})

export const toBalancesView = (balances: readonly KeptBalance[]) => ({
  data: balances.map((balance) => ({
    type: balance.type,
    amount: formatMoney(balance.amount),
    currency: balance.amount.currency,
    ...(balance.referenceDate !== undefined && { referenceDate: balance.referenceDate }),
    asOf: balance.asOf.toISOString(),
  })),
})
