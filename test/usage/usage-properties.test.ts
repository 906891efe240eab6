// Whatever happens in whatever order, usage is what somebody would have counted who followed the feed with a pencil.

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { t as file, test } from 'tap'
import { addDays, localDay, type Day } from '../../src/values/day.ts'
import { company, fjord, storyteller, type Story } from '../sync/story.ts'

const begin = await storyteller(file)
const accounts = [fjord.main, fjord.second]
const zones = ['Europe/Oslo', 'Pacific/Auckland', 'America/Los_Angeles']

const account = fc.nat({ max: accounts.length - 1 })
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 5, max: 90 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('book' as const),
      account,
      daysAgo: fc.nat({ max: 12 }),
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), account, which: fc.nat() }) },
  // Booked, gone for two nights, and there again.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flicker' as const), account }) },
  // To the hours about the turn of the month, when it is not the same month everywhere.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('turn' as const), hours: fc.integer({ min: -14, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('change' as const), account, which: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      account,
      to: fc.constantFrom('ledger', 'ledger', 'card', 'card', 'none', null),
      movePast: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('close books' as const),
      account,
      daysAgo: fc.option(fc.nat({ max: 20 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('activate' as const),
      account,
      startDate: fc.constantFrom(undefined, 'month_start', 'max_history', 'today'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deactivate' as const), account }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('renew' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('put company' as const),
      timeZone: fc.constantFrom(...zones),
      groupId: fc.constantFrom(undefined, 'nordic', 'baltic'),
    }),
  },
)
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

/** Somebody with a pencil: knows the rules, and of the service only its feed, its runs and what they did themselves. */
type Pencil = {
  readonly ids: readonly string[]
  timeZone: string
  readonly firstActivatedOn: Map<string, Day>
  /** In which month each transaction counted. */
  readonly counted: Map<string, { connectionId: string; month: string }>
  /** `month connection`. */
  readonly active: Set<string>
  readonly groups: Map<string, string | null>
  readonly seenRuns: Set<string>
  /** What was said of months that were over. */
  readonly final: Map<string, string>
  cursor: string | undefined
}

const monthAt = (instant: string | Date, { timeZone }: Pencil) => localDay(new Date(instant), timeZone).slice(0, 7)
const today = (story: Story, pencil: Pencil) => localDay(story.service.clock.now(), pencil.timeZone)

async function perform(story: Story, pencil: Pencil, step: Act): Promise<void> {
  const id = 'account' in step ? (pencil.ids[step.account] ?? '') : ''
  const { id: at } = accounts['account' in step ? step.account : 0] ?? fjord.main
  const books = `/accounts/${at}/transactions`
  switch (step.kind) {
    case 'wait':
      story.service.clock.advance({ hours: step.hours })
      return story.service.work()
    case 'book': {
      const bookingDate = addDays(localDay(story.service.clock.now(), 'Europe/Oslo'), -step.daysAgo)
      for (let n = 0; n < step.count; n += 1)
        await story.service.bank.control(books, { bookingDate, amount: '-12.00', text: 'Coffee' })
      return undefined
    }
    case 'turn': {
      const { clock } = story.service
      const [year = 0, month = 0] = clock.now().toISOString().split('-').map(Number)
      const turn = new Date(Date.UTC(year, month, 1, step.hours))
      if (turn > clock.now()) clock.set(turn.toISOString())
      return story.service.work()
    }
    case 'flicker': {
      const bookingDate = localDay(story.service.clock.now(), 'Europe/Oslo')
      const show = () => story.service.bank.control(books, { bookingDate, amount: '-7.00', text: 'Flicker' })
      const { key } = await show()
      for (const night of [1, 2, 3, 4]) {
        story.service.clock.advance({ days: 1 })
        await story.service.work()
        if (night === 1) await story.service.bank.control(`${books}/${key}`, undefined, 'DELETE')
        if (night === 3) await show()
      }
      return undefined
    }
    case 'withdraw':
    case 'change': {
      const rows = await story.truth(at, { from: addDays(today(story, pencil), -30) })
      const key = rows[step.which % rows.length]?.key
      if (key === undefined) return
      if (step.kind === 'withdraw') return story.service.bank.control(`${books}/${key}`, undefined, 'DELETE')
      return story.service.bank.control(`${books}/${key}`, { amount: '-33.00' }, 'PATCH')
    }
    case 'assign': {
      const ledgerAccountId = `ledger-${step.account}`
      const assignment =
        step.to === 'ledger'
          ? { ledgerAccountId }
          : step.to === 'card'
            ? { personId: 'anna', expensePolicy: 'company' }
            : step.to
      await story.ask('PATCH', `/v1/connections/${id}`, { assignment, movePast: step.movePast })
      return story.service.work()
    }
    case 'close books': {
      const bookedThrough = step.daysAgo === null ? undefined : addDays(today(story, pencil), -step.daysAgo)
      await story.ask('PUT', `${company}/ledger-accounts/ledger-${step.account}`, {
        name: 'Bank',
        currency: 'NOK',
        ...(bookedThrough !== undefined && { bookedThrough }),
      })
      return undefined
    }
    case 'activate': {
      const answer = await story.call('POST', `/v1/connections/${id}/activate`, {
        ...(step.startDate !== undefined && { startDate: step.startDate }),
      })
      if (answer.status === 409) return
      if (!pencil.firstActivatedOn.has(id)) pencil.firstActivatedOn.set(id, today(story, pencil))
      return story.service.work()
    }
    case 'deactivate':
      await story.call('POST', `/v1/connections/${id}/deactivate`, {})
      return
    case 'renew':
      await story.authorise()
      return story.service.work()
    case 'put company': {
      const { timeZone, groupId } = step
      const name = 'Fjordlys Handel AS'
      await story.ask('PUT', company, { name, country: 'NO', timeZone, ...(groupId !== undefined && { groupId }) })
      pencil.timeZone = timeZone
      const month = monthAt(story.service.clock.now(), pencil)
      for (const later of pencil.groups.keys()) if (later > month) pencil.groups.delete(later)
      pencil.groups.set(month, groupId ?? null)
      return undefined
    }
  }
}

/** Notes down what has happened since the last look. */
async function note(story: Story, pencil: Pencil): Promise<void> {
  for (const id of pencil.ids) {
    const { assignment } = await story.ask('GET', `/v1/connections/${id}`)
    for (const run of await story.runs(id)) {
      if (run.status !== 'completed' || pencil.seenRuns.has(run.id)) continue
      pencil.seenRuns.add(run.id)
      if (assignment !== null && assignment !== 'none') pencil.active.add(`${monthAt(run.finishedAt, pencil)} ${id}`)
    }
  }
  const { changes, cursor } = await story.feed(pencil.cursor === undefined ? {} : { after: pencil.cursor })
  pencil.cursor = cursor
  for (const { type, at, transaction } of changes) {
    if (type !== 'added') continue
    const { id, connectionId, alreadyBooked } = transaction
    const month = monthAt(at, pencil)
    pencil.active.add(`${month} ${connectionId}`)
    const from = pencil.firstActivatedOn.get(connectionId)
    if (pencil.counted.has(id) || alreadyBooked === true || from === undefined || transaction.bookingDate < from)
      continue
    pencil.counted.set(id, { connectionId, month })
  }
}

function expected(pencil: Pencil, month: string) {
  const [, groupId] = [...pencil.groups]
    .filter(([since]) => since <= month)
    .reduce((last, each) => (each[0] > last[0] ? each : last), ['', null])
  return {
    groupId,
    transactions: [...pencil.counted.values()].filter((each) => each.month === month).length,
    activeConnections: [...pencil.active].filter((each) => each.startsWith(month)).length,
  }
}

const months = ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03']

async function compare(story: Story, pencil: Pencil, through: readonly string[]): Promise<void> {
  for (const month of through) {
    const { groupId, transactions, activeConnections } = expected(pencil, month)
    const own = await story.ask('GET', `${company}/usage?month=${month}`)
    const told = [await usage(story, month), await usage(story, month, 'group')]
    const isUsed = activeConnections > 0
    const used = { transactions, activeConnections }
    const total = { ...used, activeCompanies: isUsed ? 1 : 0 }
    same({ ...own, final: undefined }, { companyId: 'fjordlys', groupId, month, ...used, final: undefined }, month)
    const [byCompany, byGroup] = told
    same(byCompany.total, total, month)
    same(byCompany.data, isUsed ? [{ companyId: 'fjordlys', groupId, ...used }] : [], month)
    same(byGroup.data, isUsed ? [{ groupId, ...used, activeCompanies: 1 }] : [], month)
    if (!own.final) continue
    const said = JSON.stringify([own, ...told])
    if (said !== (pencil.final.get(month) ?? said)) throw new Error(`${month} was over and has changed`)
    pencil.final.set(month, said)
  }
}

const usage = (story: Story, month: string, by = 'company') =>
  story.ask('GET', `/v1/usage?month=${month}&by=${by}&limit=100`)

function same(told: unknown, counted: unknown, month: string): void {
  if (!isDeepStrictEqual(told, counted))
    throw new Error(`${month}: told ${JSON.stringify(told)}, counted ${JSON.stringify(counted)}`)
}

test('usage is what the feed delivered, each once, in the month in which it came; a month that is over never changes', async (t) => {
  let counted = 0
  const holds = fc.asyncProperty(fc.array(act, { minLength: 25, maxLength: 40 }), async (steps) => {
    const story = await begin({ now: '2026-11-17T09:00:00Z' })
    for (const index of accounts.keys())
      await story.ask('PUT', `${company}/ledger-accounts/ledger-${index}`, { name: 'Bank', currency: 'NOK' })
    await story.authorise()
    const connections = await Promise.all(accounts.map(({ iban }) => story.connection(iban)))
    const pencil: Pencil = {
      ids: connections.map(({ id }) => id),
      timeZone: 'Europe/Oslo',
      firstActivatedOn: new Map(),
      counted: new Map(),
      active: new Set(),
      groups: new Map([['2026-11', null]]),
      seenRuns: new Set(),
      final: new Map(),
      cursor: undefined,
    }
    const opening = accounts.flatMap((_, index): readonly Act[] => [
      { kind: 'assign', account: index, to: index === 0 ? 'ledger' : 'card', movePast: false },
      { kind: 'activate', account: index, startDate: 'month_start' },
    ])
    for (const step of [...opening, ...steps]) {
      await perform(story, pencil, step)
      await note(story, pencil)
      const month = monthAt(story.service.clock.now(), pencil)
      await compare(story, pencil, months.slice(0, months.indexOf(month) + 1).slice(-2))
    }
    await compare(story, pencil, months)
    counted += pencil.counted.size
  })
  await fc.assert(holds, { numRuns: 6, seed: 20261122, endOnFailure: true })
  t.ok(counted > 100, `${counted} counted`)
})
