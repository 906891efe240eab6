// A run that looks at what has changed decides what a run over everything would have decided, and touches nothing else.

import { t as file, test, type Test } from 'tap'
import { circumstancesOf } from '../../src/matching/circumstances.ts'
import { gatherWhole } from '../../src/matching/gather-books.ts'
import type { HeldBooks } from '../../src/matching/model/propose-matches.ts'
import { proposeMatches } from '../../src/matching/model/propose-matches.ts'
import { bars } from '../../src/matching/model/weights.ts'
import { runMatching } from '../../src/matching/run-matching.ts'
import { addDays } from '../../src/values/day.ts'
import { claim, companiesOn, others, type Company, type EntryRow, type Row } from './company.ts'
import { chance } from './random.ts'

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
    const circumstances = await circumstancesOf(stores, 'nordlys')
    const given = { circumstances, before: undefined, now: clock.now() }
    return proposeMatches((await gatherWhole(stores, 'nordlys', given)).books)
  })

type Link = { readonly transactionId: string; readonly entryId?: string | null }
const told = (links: readonly Link[]): string =>
  links
    .map(({ transactionId, entryId }) => `${transactionId.slice(-6)}>${entryId ?? 'nothing'}`)
    .toSorted()
    .join(' ')

type Shown = { readonly line: string; readonly text: string; readonly rank: number; readonly confidence: number }
const shownOf = ({ links, rank, confidence }: { links: readonly Link[]; rank: number; confidence: number }): Shown => ({
  line: links[0]?.transactionId ?? '',
  text: told(links),
  rank,
  confidence,
})
const saidOf = (those: readonly Shown[]) => those.map(({ rank, text }) => `${rank} ${text}`).toSorted()
const isAtBar = ({ confidence }: Shown): boolean =>
  [bars.suggestion, bars.alternative].some((bar) => Math.abs(confidence - bar) < 0.01)

const names = ['Fjell og Fjord AS', 'Tvilling Drift AS', 'Bakken Bygg AS', 'Solveig Lie', 'Nordis Transport AS']
const amounts = ['780.00', '1250.00', '1250.50', '299.00', '4300.00', '96.40']

/** Everybody changes something, and then it is matched: like everything, each time. */
async function live(t: Test, seed: number, steps: number): Promise<void> {
  const company = await aCompany()
  const { call } = company
  const luck = chance(seed)
  const known = new Map<string, EntryRow>()
  const lines: string[] = []
  let made = 0
  const entry = (entryId: string): EntryRow => {
    const number = 10_000 + (made += 1)
    const amount = luck.pick(amounts)
    const isBill = luck.is(0.25)
    return {
      entryId,
      amount: isBill ? `-${amount}` : amount,
      ...(luck.is(0.8) && { documentNumber: String(number) }),
      ...(luck.is(0.3) && { reference: `${number}00017` }),
      issueDate: '2026-11-01',
      dueDate: addDays('2026-11-08', luck.between(0, 14)),
      counterparty: { name: luck.pick(names) },
    }
  }
  const row = (): Row => {
    const about = luck.is(0.8) ? luck.pick([...known.values()]) : undefined
    const amount = about?.amount ?? luck.pick(amounts)
    const minor = BigInt(Math.round(Number(amount) * 100)) - (luck.is(0.15) ? 4000n : 0n)
    const name = String((about?.['counterparty'] as { name: string } | undefined)?.name ?? luck.pick(names))
    const number = about?.['documentNumber']
    return {
      minor: luck.is(0.08) ? -minor : minor,
      bookingDate: addDays('2026-11-05', luck.between(0, 15)),
      ...(luck.is(0.7) && { counterparty: { name: name.toUpperCase() } }),
      ...(luck.is(0.4) && number !== undefined && { remittanceInformation: `Faktura ${number}` }),
      ...(luck.is(0.2) && { remittanceInformation: `Betaling ${name}` }),
      ...(luck.is(0.2) && about?.['reference'] !== undefined && { reference: String(about['reference']) }),
    }
  }
  const put = async (changed: EntryRow): Promise<void> => {
    known.set(changed.entryId, changed)
    await company.enter(changed)
  }
  const some = async (status: string) => {
    const matches = await company.matches(`status=${status}`)
    return matches.length === 0 ? undefined : luck.pick(matches)
  }
  const actions: Record<string, () => Promise<unknown>> = {
    enter: () => put(entry(`e-${made}`)),
    amend: () =>
      put({
        ...luck.pick([...known.values()]),
        ...(luck.is(0.5) ? { dueDate: '2026-11-30' } : entry('')),
        entryId: luck.pick([...known.keys()]),
      }),
    settle: () => put({ ...luck.pick([...known.values()]), openAmount: '0.00' }),
    erase: async () => {
      const id = luck.pick([...known.keys()])
      known.delete(id)
      await call('DELETE', `${url}/entries/${id}`)
    },
    book: async () => lines.push(...(await company.book(row()))),
    modify: () => company.modify(luck.pick(lines), row()),
    withdraw: () => company.withdraw(luck.pick(lines)),
    confirm: async () => {
      const match = await some('suggested')
      if (match !== undefined) await call('POST', `/v1/matches/${match.id}/confirm`)
    },
    reject: async () => {
      const match = await some('suggested')
      if (match !== undefined) await call('POST', `/v1/matches/${match.id}/reject`)
    },
    undo: async () => {
      const match = await some('confirmed')
      if (match !== undefined) await call('POST', `/v1/matches/${match.id}/undo`)
    },
    make: async () => {
      const [line, to] = [await company.transaction(luck.pick(lines)), luck.pick([...known.values()])]
      await call('POST', `${url}/matches`, {
        links: [{ transactionId: line.id, entryId: to.entryId, amount: line.amount }],
      })
    },
  }
  await company.enter(
    ...others,
    ...Array.from({ length: 160 }, (_, at) => ({
      entryId: `more-${at}`,
      amount: `${5_001 + at * 37}.20`,
      documentNumber: `7${7_000 + at * 3}`,
      dueDate: '2026-11-20',
      counterparty: { name: `Flere Part ${String.fromCodePoint(65 + (at % 26))}${at} AS` },
    })),
  )
  for (let at = 0; at < 14; at += 1) await put(entry(`e-${at}`))
  for (let at = 0; at < 16; at += 1) lines.push(...(await company.book(row())))
  t.ok((await settled(company)).some(isWhole), 'the first run looks at everything')
  let touchedRuns = 0
  for (let step = 1; step <= steps; step += 1) {
    const done: string[] = []
    for (let count = luck.between(1, 3); count > 0; count -= 1) {
      const name = luck.weighed({
        enter: 3,
        amend: 3,
        settle: 2,
        erase: 1,
        book: 5,
        modify: 2,
        withdraw: 1,
        confirm: 2,
        reject: 2,
        undo: 2,
        make: 1,
      })
      await actions[name]?.()
      done.push(name)
    }
    const whole = await wholly(company)
    const before = new Set((await company.matches('status=confirmed')).map(({ id }) => id))
    const given = await settled(company)
    touchedRuns += given.filter((books) => !isWhole(books)).length
    const name = `seed ${seed} step ${step}: ${done.join(', ')}`
    const automatic = (await company.matches('status=confirmed')).filter(({ id }) => !before.has(id))
    t.same(
      automatic.map(({ links }) => told(links)).toSorted(),
      whole
        .filter((each) => each.automatic)
        .map(({ links }) => told(links))
        .toSorted(),
      name,
    )
    const suggested = (await company.matches('status=suggested')).map(shownOf)
    const expected = whole.filter((each) => !each.automatic).map(shownOf)
    for (const line of new Set([...suggested, ...expected].map((each) => each.line))) {
      const [now, then] = [suggested, expected].map((those) => those.filter((each) => each.line === line)) as [
        Shown[],
        Shown[],
      ]
      // What is as likely as the bar, is on either side of it as soon as there is one entry more.
      if ([...now, ...then].some(isAtBar)) continue
      t.same(saidOf(now), saidOf(then), name)
      for (const { text, confidence } of now) {
        const off = Math.abs(confidence - (then.find((each) => each.text === text)?.confidence ?? confidence))
        if (off > 0.02) t.fail(`${name}: ${text} is ${off} off`)
      }
    }
  }
  t.ok(touchedRuns > steps / 2, `${touchedRuns} of the runs looked at what had changed`)
}

for (const seed of [1, 2, 3, 4])
  test(`whatever changes, a run over what has changed decides as one over everything: seed ${seed}`, (t) =>
    live(t, seed, 25))
