// A run that looks at what has changed decides what a run over everything would have decided, and touches nothing else.

import { t as file, test, type Test } from 'tap'
import { circumstancesOf } from '../../src/matching/circumstances.ts'
import { gatherWhole } from '../../src/matching/gather-books.ts'
import type { HeldBooks } from '../../src/matching/model/held-books.ts'
import { proposeMatches } from '../../src/matching/model/propose-matches.ts'
import { bars } from '../../src/matching/model/weights.ts'
import { runMatching } from '../../src/matching/run-matching.ts'
import { runSql } from '../support/database.ts'
import { changingBooks } from './changing-books.ts'
import { claim, companiesOn, others, type Company, type EntryRow } from './company.ts'

const aCompany = await companiesOn(file)
const url = '/v1/companies/nordlys'

/** Does what is due until nothing is, and answers what each run was given. */
async function settled({ service, call }: Company): Promise<readonly HeldBooks[]> {
  const { deps, clock } = service
  const given: HeldBooks[] = []
  const proposer = {
    propose: (books: HeldBooks) => {
      given.push(books)
      return Promise.resolve(proposeMatches(books))
    },
  }
  await call('POST', `${url}/matching-runs`)
  clock.advance({ minutes: 1 })
  for (;;) {
    const lease = await claim(service).catch(() => null)
    if (lease === null) return given
    await runMatching({ ...deps, proposer }, lease)
    if (given.length > 20) throw new Error('matching does not end')
  }
}

const isWhole = ({ commonness }: HeldBooks): boolean => commonness === undefined

/** What a run over everything would propose now. */
const wholly = ({ service: { deps, clock }, tenant }: Company) =>
  deps.unit(tenant, async (stores) => {
    const circumstances = await circumstancesOf(stores, { id: 'nordlys', name: 'Nordlys Kaffe AS' })
    const given = { circumstances, before: undefined, now: clock.now() }
    return proposeMatches((await gatherWhole(stores, 'nordlys', given)).books)
  })

type Linked = { readonly links: readonly { readonly transactionId: string; readonly entryId?: string | null }[] }
const told = ({ links }: Linked): string =>
  links
    .map(({ transactionId, entryId }) => `${transactionId} > ${entryId ?? 'nothing'}`)
    .toSorted()
    .join(', ')

type Shown = { readonly line: string; readonly text: string; readonly rank: number; readonly confidence: number }
const shownOf = (match: Linked & { rank: number; confidence: number }): Shown => ({
  line: match.links[0]?.transactionId ?? '',
  text: told(match),
  rank: match.rank,
  confidence: match.confidence,
})
const saidOf = (those: readonly Shown[]) => those.map(({ rank, text }) => `${rank} ${text}`).toSorted()

/** What is as likely as a bar demands, is on the other side of it as soon as the company has an entry more. */
const isAtBar = ({ confidence }: Shown): boolean =>
  [bars.suggestion, bars.alternative].some((bar) => Math.abs(confidence - bar) < 0.01)

const isAtAutomaticBar = ({ confidence }: { readonly confidence: number }): boolean =>
  [bars.automatic, bars.automaticInDoubt].some((bar) => Math.abs(confidence - bar) < 0.001)

/** Of all lines, the suggestions that stand against those that a run over everything would have left. */
function compare(t: Test, name: string, standing: readonly Shown[], expected: readonly Shown[]): void {
  for (const line of new Set([...standing, ...expected].map((each) => each.line))) {
    const now = standing.filter((each) => each.line === line)
    const then = expected.filter((each) => each.line === line)
    if ([...now, ...then].some(isAtBar)) continue
    t.same(saidOf(now), saidOf(then), name)
    for (const { text, confidence } of now) {
      const other = then.find((each) => each.text === text)?.confidence ?? confidence
      t.ok(Math.abs(confidence - other) < 0.02, `${name}: ${text} is ${confidence} and not ${other}`)
    }
  }
}

async function live(t: Test, seed: number): Promise<void> {
  const company = await aCompany()
  const books = await changingBooks(company, seed)
  t.ok((await settled(company)).some(isWhole), 'the first run looks at everything')
  let [touchedRuns, compared] = [0, 0]
  for (let step = 1; step <= 28; step += 1) {
    const name = `seed ${seed}, step ${step}: ${await books.change()}`
    const whole = await wholly(company)
    const before = new Set((await company.matches('status=confirmed')).map(({ id }) => id))
    const given = await settled(company)
    touchedRuns += given.filter((each) => !isWhole(each)).length
    const booked = (await company.matches('status=confirmed')).filter(({ id }) => !before.has(id))
    const automatic = whole.filter((each) => each.automatic)
    // One that is booked or not by a hair takes its entries from the others, or leaves them.
    if ([...whole, ...booked].some(isAtAutomaticBar)) continue
    compared += 1
    t.same(booked.map(told).toSorted(), automatic.map(told).toSorted(), name)
    const suggested = await company.matches('status=suggested')
    compare(t, name, suggested.map(shownOf), whole.filter((each) => !each.automatic).map(shownOf))
  }
  t.ok(compared >= 18, `${compared} steps were compared`)
  t.ok(touchedRuns >= 20, `${touchedRuns} of the runs looked at what had changed`)
}

for (const seed of [3, 8])
  test(`whatever changes, a run over what has changed decides as one over everything: seed ${seed}`, (t) =>
    live(t, seed))

/** The matches as rows: each version of a row has another xmin. */
const rowsOf = ({ service, tenant }: Company) =>
  runSql(
    service.ownerUrl,
    `select match_id, xmin::text as version from matches where tenant_id = '${tenant}' and status in ('suggested', 'confirmed') order by 1`,
  )

const pair = (name: string, amount: string): EntryRow[] =>
  ['A', 'B'].map((which) => ({
    entryId: `${name}-${which}`,
    amount,
    issueDate: '2026-11-01',
    dueDate: '2026-11-15',
    counterparty: { name: `${name} AS` },
  }))

test('what a change does not touch is not written again, and nobody hears of it', async (t) => {
  const company = await aCompany()
  await company.enter(...others, ...pair('Tvilling', '780.00'), ...pair('Makker', '4310.00'))
  await company.book({ minor: 78_000n, counterparty: { name: 'TVILLING AS' } })
  await settled(company)
  const before = await rowsOf(company)
  t.ok(before.length > 0)
  const heard = (await company.events()).length
  await company.book({ minor: 431_000n, counterparty: { name: 'MAKKER AS' } })
  await company.enter({ entryId: 'unrelated', amount: '-91.20', counterparty: { name: 'Porto og Frakt AS' } })
  const given = await settled(company)
  t.notOk(given.some(isWhole))
  t.same(
    given.flatMap(({ lines }) => lines.map(({ amount }) => amount)),
    [431_000n],
    'the other line is not even read',
  )
  const after = await rowsOf(company)
  t.same(
    after.filter(({ match_id: id }) => before.some(({ match_id: other }) => id === other)),
    before,
  )
  t.equal(after.length, before.length * 2, 'the new line has its suggestions')
  t.same((await company.events()).slice(heard), ['match.suggested', 'match.suggested'])
  t.same(
    (await settled(company)).map(({ lines }) => lines.length),
    [0],
    'nothing has changed: nothing is looked at',
  )
  t.same(await rowsOf(company), after)
})

test('a settled entry releases what was suggested of it, and a new one is found by an old line', async (t) => {
  const company = await aCompany()
  const [one = others[0]!, two = others[1]!] = pair('Tvilling', '780.00')
  await company.enter(...others, one, two)
  const [paid, other] = await company.book(
    { minor: 78_000n, counterparty: { name: 'TVILLING AS' } },
    { minor: 55_500n, remittanceInformation: 'Faktura 55321' },
  )
  await settled(company)
  t.equal((await company.matches('status=suggested')).length, 2)
  await company.enter({ ...one, openAmount: '0.00' }, { entryId: 'late', amount: '555.00', documentNumber: '55321' })
  t.notOk((await settled(company)).some(isWhole))
  t.match((await company.transaction(other)).match, { status: 'confirmed' })
  const match = await company.call('GET', `/v1/matches/${(await company.transaction(paid)).match.id}`)
  t.equal(match.body.links[0].entryId, 'Tvilling-B')
})

test('what was suggested of an entry is looked at again when the books say something else of the entry', async (t) => {
  const company = await aCompany()
  const [one = others[0]!, two = others[1]!] = pair('Tvilling', '780.00')
  await company.enter(...others, one, two)
  // They have but a word of the name in common.
  const [paid] = await company.book({ minor: 74_000n, remittanceInformation: 'TVILLING DELVIS' })
  await settled(company)
  const said = async () =>
    (await company.matches('status=suggested')).map(({ rank, links }) => `${rank} ${links[0].entryId}`).toSorted()
  t.same(await said(), ['1 Tvilling-A', '2 Tvilling-B'])
  await company.enter({ ...one, amount: '12.00', counterparty: { name: 'En Annen AS' } })
  t.notOk((await settled(company)).some(isWhole))
  t.same(await said(), ['1 Tvilling-B'], 'what is left is the first')
  t.equal((await company.transaction(paid)).match.status, 'suggested')
})

const payable = (kind: string, entryId: string, amount: string, dueDate: string): EntryRow => ({
  entryId,
  kind,
  amount,
  issueDate: '2026-11-01',
  dueDate,
  counterparty: { name: `Mottaker ${entryId} AS` },
})

test('a bill that comes late is found by the payment run that it was in', async (t) => {
  const company = await aCompany()
  await company.enter(
    ...others,
    payable('purchase_bill', 'one', '-4153.20', '2026-11-12'),
    payable('purchase_bill', 'two', '-977.85', '2026-11-18'),
  )
  const [paid] = await company.book({ minor: -1_374_217n, remittanceInformation: 'Remittering 3' })
  await settled(company)
  t.equal((await company.transaction(paid)).match, undefined)
  await company.enter(payable('purchase_bill', 'three', '-8611.12', '2026-11-29'))
  t.notOk((await settled(company)).some(isWhole))
  const [match] = await company.matches('')
  t.same(match?.links.map(({ entryId }: { entryId: string }) => entryId).toSorted(), ['one', 'three', 'two'])
})

test('wages that are booked after they were paid in one sum are found by it', async (t) => {
  const company = await aCompany()
  await company.enter(...others, payable('payroll', 'one', '-31153.20', '2026-11-12'))
  const [paid] = await company.book({ minor: -7_081_105n, bookingDate: '2026-11-13', remittanceInformation: 'Lonn' })
  await settled(company)
  t.equal((await company.transaction(paid)).match, undefined)
  await company.enter(payable('payroll', 'two', '-39657.85', '2026-11-12'))
  t.notOk((await settled(company)).some(isWhole))
  const [match] = await company.matches('')
  t.same(match?.links.map(({ entryId }: { entryId: string }) => entryId).toSorted(), ['one', 'two'])
})

const takings = (entryId: string, amount: string, issueDate: string): EntryRow => ({
  ...payable('ledger_posting', entryId, amount, issueDate),
  issueDate,
  counterparty: {},
  description: 'Innskudd kontanter',
})

test('takings that are booked after they were paid in together are found by the deposit', async (t) => {
  const company = await aCompany()
  await company.enter(...others, takings('one', '1467.00', '2026-11-07'), takings('two', '1855.00', '2026-11-08'))
  const [paid] = await company.book({ minor: 461_500n, remittanceInformation: 'Innskudd 5851' })
  await settled(company)
  t.equal((await company.transaction(paid)).match, undefined)
  await company.enter(takings('three', '1293.00', '2026-11-09'))
  t.notOk((await settled(company)).some(isWhole))
  const [match] = await company.matches('')
  t.same(match?.links.map(({ entryId }: { entryId: string }) => entryId).toSorted(), ['one', 'three', 'two'])
})

test('a change that no run has finished with is looked at by the next', async (t) => {
  const company = await aCompany()
  const { deps } = company.service
  await company.enter(...others)
  await settled(company)
  await company.enter({ entryId: 'late', amount: '555.00', documentNumber: '55321' })
  const [paid] = await company.book({ minor: 55_500n, remittanceInformation: 'Faktura 55321' })
  await company.call('POST', `${url}/matching-runs`)
  let units = 0
  const unit: typeof deps.unit = async (tenant, work) => {
    units += 1
    if (units === 2) throw new Error('the database is away')
    return deps.unit(tenant, work)
  }
  await t.rejects(runMatching({ ...deps, unit }, await claim(company.service)))
  company.service.clock.advance({ minutes: 1 })
  t.notOk((await settled(company)).some(isWhole))
  t.match((await company.transaction(paid)).match, { status: 'confirmed' })
})

test('other own accounts are a reason to match everything', async (t) => {
  const company = await aCompany()
  await company.enter(...others)
  await settled(company)
  await company.call('PUT', `${url}/ledger-accounts/1921`, { name: 'Annen', currency: 'NOK', iban: 'NO5586011859226' })
  t.ok((await settled(company)).some(isWhole))
  t.notOk((await settled(company)).some(isWhole))
})

test('a company that is deleted leaves no keys', async (t) => {
  const company = await aCompany()
  await company.enter(...others)
  await company.book({ minor: 55_500n })
  await settled(company)
  const count = async () =>
    runSql(
      company.service.ownerUrl,
      `select (select count(*) from entry_keys where tenant_id = '${company.tenant}')::int as entries,
         (select count(*) from line_keys where tenant_id = '${company.tenant}')::int as lines`,
    )
  t.ok((await count()).every(({ entries, lines }) => Number(entries) > 100 && Number(lines) > 0))
  t.equal((await company.call('DELETE', url)).status, 204)
  t.same(await count(), [{ entries: 0, lines: 0 }])
})
