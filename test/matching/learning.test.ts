import { t as file, test } from 'tap'
import { runSql } from '../support/database.ts'
import { type Company, type EntryRow, type Row, companiesOn, others, startCompany } from './company.ts'

const aCompany = await companiesOn(file)

const url = '/v1/companies/nordlys'
const habitsUrl = `${url}/learned-habits`
const account = 'NO5586011859226'

/** An invoice of a customer that pays under another name, from an account that the books do not have. */
const invoice = (entryId: string, amount = '780.00'): EntryRow => ({
  entryId,
  amount,
  issueDate: '2026-11-01',
  dueDate: '2026-11-06',
  counterparty: { id: 'C-17', name: 'Fjell og Fjord AS' },
})
const payment = (minor = 78_000n): Row => ({ minor, counterparty: { name: 'KJELLERMANN HOLDING', iban: account } })

const make = async ({ call }: Company, transactionId: string | undefined, entryId: string, amount = '780.00') =>
  (await call('POST', `${url}/matches`, { links: [{ transactionId, entryId, amount }] })).body
const habits = async ({ call }: Company, rest = '') => (await call('GET', `${habitsUrl}${rest}`)).body.data
/** How the payment stands after a run: with which entry, and whether by itself. */
async function outcomeOf(company: Company, transactionId: string | undefined): Promise<string> {
  await company.run()
  const matches = await company.matches(`transactionId=${transactionId}`)
  const [held] = matches.filter(({ status, rank }) => status === 'confirmed' || (status === 'suggested' && rank === 1))
  return held === undefined ? 'nothing' : `${held.status} ${held.links[0].entryId}`
}
const idsOf = (those: readonly { readonly id: string }[]) => those.map(({ id }) => id)
const lessonsHeld = (company: Company) =>
  runSql(
    company.service.ownerUrl,
    `select kind, seen, party, is_not from lessons where tenant_id = '${company.tenant}' order by learned_at, match_id, number`,
  )

test('who was confirmed to pay under another name is known by it at the next run, and no longer once that is undone', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice('A', '410.00'), invoice('B'))
  const [first] = await company.book(payment(41_000n))
  const made = await make(company, first, 'A', '410.00')
  const [second] = await company.book(payment())
  t.equal(await outcomeOf(company, second), 'confirmed B')
  const [match] = await company.matches(`transactionId=${second}`)
  t.match(
    match.reasons.map(({ text }: { text: string }) => text),
    /People matched payments like this with Fjell og Fjord AS before/,
  )
  t.equal((await company.call('POST', `/v1/matches/${made.id}/undo`)).status, 200)
  t.same(await habits(company), [], 'what was booked by itself taught nothing')
  await company.enter(invoice('C', '390.00'))
  const [third] = await company.book(payment(39_000n))
  t.notMatch(await outcomeOf(company, third), /confirmed/)
})

const only = async (company: Company): Promise<string> => (await company.matches('entryId=A'))[0].id
const undone = async (company: Company): Promise<void> => {
  await company.call('POST', `/v1/matches/${await only(company)}/undo`)
}

test('every decision of a person teaches, each once: confirmed, corrected, made, approved, refused', async (t) => {
  const decide = async (how: (company: Company, transactionId: string | undefined) => Promise<unknown>) => {
    const company = await aCompany()
    await company.enter(
      ...others,
      { ...invoice('A'), documentNumber: '50017' },
      { ...invoice('B'), counterparty: { id: 'C-18' } },
    )
    const [paid] = await company.book({ ...payment(), remittanceInformation: 'Faktura 50017 og noe' })
    await company.run()
    t.same(await lessonsHeld(company), [], 'a run teaches nothing')
    await how(company, paid)
    const held = await lessonsHeld(company)
    return held.map(({ kind, party, is_not }) => `${String(kind)} ${String(party)}${is_not === true ? ' not' : ''}`)
  }
  const said = ['account C-17', 'name C-17', 'days C-17']
  t.same(await decide(async (company) => company.call('POST', `/v1/matches/${await only(company)}/confirm`)), said)
  t.same(
    await decide(async (company) => {
      for (let times = 0; times < 3; times += 1)
        await company.call('POST', `/v1/matches/${await only(company)}/confirm`)
      const matchIds = [await only(company)]
      await company.call('POST', `${url}/matches/confirm`, { matchIds })
    }),
    said,
    'repeated, it is one decision',
  )
  t.same(await decide(undone), ['account C-17 not', 'name C-17 not'], 'what matching booked, and a person took back')
  t.same(
    await decide(async (company) => {
      await company.call('POST', `/v1/matches/${await only(company)}/confirm`)
      await undone(company)
      await undone(company)
    }),
    [],
    'what a person confirmed and took back was never said',
  )
  t.same(
    await decide(async (company, paid) => {
      await undone(company)
      await make(company, paid, 'B')
    }),
    ['account C-17 not', 'name C-17 not', 'account C-18', 'name C-18', 'days C-18'],
  )
})

test('an automatic match that a person confirms is theirs; nothing else of it changes', async (t) => {
  const company = await aCompany()
  await company.enter(...others, { ...invoice('A'), reference: '10042000017' })
  await company.book({ ...payment(), reference: '10042000017' })
  await company.run()
  const [automatic] = await company.matches()
  t.match(automatic, { status: 'confirmed', origin: 'automatic' })
  t.notOk('decidedBy' in automatic)
  const { status, body } = await company.call('POST', `/v1/matches/${automatic.id}/confirm`)
  t.equal(status, 200)
  t.same(body, { ...automatic, decidedBy: `test:${company.tenant}` })
  t.same(await company.events(), ['match.confirmed'])
  t.equal((await habits(company)).length, 3)
})

const twin = (entryId: string, id: string): EntryRow => ({
  ...invoice(entryId),
  counterparty: { id, name: `Tvilling ${id} Drift AS` },
})

test('a correction teaches what it says, and a refusal whom the line is not of', async (t) => {
  const company = await aCompany()
  await company.enter(...others, twin('A', 'C-17'), twin('B', 'C-18'))
  const [paid] = await company.book({ ...payment(), counterparty: { name: 'TVILLING DRIFT AS', iban: account } })
  await company.run()
  const [suggestion] = await company.matches(`status=suggested&transactionId=${paid}`)
  const other = suggestion.links[0].entryId === 'A' ? 'B' : 'A'
  await company.call('POST', `/v1/matches/${suggestion.id}/confirm`, {
    links: [{ transactionId: paid, entryId: other, amount: '780.00' }],
  })
  t.ok((await lessonsHeld(company)).length > 0)
  t.ok(
    (await lessonsHeld(company)).every(
      ({ party, is_not }) => party === (other === 'A' ? 'C-17' : 'C-18') && is_not === false,
    ),
  )
})

const like = (entryId: string, id: string, dueDate: string): EntryRow => ({
  entryId,
  amount: '780.00',
  issueDate: '2026-11-01',
  dueDate,
  counterparty: { id, name: `${id} Eiendom AS` },
})

test('who was refused twice is no longer proposed first', async (t) => {
  const company = await aCompany()
  await company.enter(...others, like('near-1', 'Nord', '2026-11-10'), like('far-1', 'Sor', '2026-12-20'))
  const row: Row = { minor: 78_000n, counterparty: { iban: account }, remittanceInformation: 'Husleie' }
  for (const time of [1, 2]) {
    const [paid] = await company.book(row)
    t.equal(await outcomeOf(company, paid), `suggested near-${time}`)
    const [wrong] = await company.matches(`status=suggested&transactionId=${paid}&entryId=near-${time}`)
    await company.call('POST', `/v1/matches/${wrong.id}/reject`)
    // The line is none of theirs: it is settled elsewhere, and the next month comes.
    await company.service.deps.unit(company.tenant, ({ transactions }) =>
      transactions.remove([paid ?? ''], company.service.clock.now()),
    )
    await company.enter(like(`near-${time + 1}`, 'Nord', '2026-11-10'), {
      ...like(`near-${time}`, 'Nord', '2026-11-10'),
      openAmount: '0.00',
    })
  }
  const [paid] = await company.book(row)
  t.equal(await outcomeOf(company, paid), 'suggested far-1')
  const suggestions = await company.matches(`status=suggested&transactionId=${paid}`)
  const ofNord = suggestions.find(({ links }) => links[0].entryId === 'near-3')
  if (ofNord !== undefined) t.match(JSON.stringify(ofNord.reasons), /refused to match payments like this with Nord/)
  t.match(
    (await habits(company)).map(
      ({ kind, rejections, effect }: { kind: string; rejections: number; effect: string }) => [
        kind,
        rejections,
        effect,
      ],
    ),
    [
      ['account', 2, 'against'],
      ['text', 2, 'against'],
    ],
  )
})

test('refusing an entry of a party is no refusal of the party, once the line turns out to be theirs', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice('A'), invoice('B'))
  const [paid] = await company.book({ ...payment(), counterparty: { name: 'FJELL OG FJORD AS', iban: account } })
  await company.run()
  const [suggestion] = await company.matches(`status=suggested&transactionId=${paid}`)
  await company.call('POST', `/v1/matches/${suggestion.id}/reject`)
  await make(company, paid, suggestion.links[0].entryId === 'A' ? 'B' : 'A')
  for (const habit of await habits(company)) t.match(habit, { confirmations: 1, rejections: 0 })
})

test('what is learned is listed by party as a bookkeeper reads it, accounts masked, and can be forgotten', async (t) => {
  const company = await aCompany()
  const { call, service } = company
  await company.enter(...others, ...[1, 2, 3].map((at) => invoice(`A${at}`)), {
    entryId: 'shop',
    amount: '-99.00',
    issueDate: '2026-11-09',
    counterparty: { iban: 'NO8330001234567' },
  })
  for (const at of [1, 2, 3]) {
    const [paid] = await company.book(payment())
    await make(company, paid, `A${at}`)
    service.clock.advance({ days: 1 })
  }
  const [bought] = await company.book({ minor: -9_900n, remittanceInformation: 'Varekjop Kiwi 505 Oslo' })
  await make(company, bought, 'shop', '-99.00')
  const learned = await habits(company)
  const span = { since: '2026-11-21T09:00:00.000Z', last: '2026-11-23T09:00:00.000Z' }
  const party = { id: 'C-17', name: 'Fjell og Fjord AS' }
  const thrice = { confirmations: 3, rejections: 0, effect: 'for', ...span }
  t.match(learned, [
    { kind: 'days', party: { account: '•••• 4567' }, days: { usual: 1, least: 1, most: 1 }, effect: 'none' },
    { kind: 'text', party: { account: '•••• 4567' }, seen: 'VAREKJOP KIWI', confirmations: 1 },
    { kind: 'account', party, seen: '•••• 9226', ...thrice },
    { kind: 'days', party, days: { usual: 4, least: 4, most: 4 }, ...thrice },
    { kind: 'name', party, seen: 'HOLDING KJELLERMANN', ...thrice },
  ])
  t.notMatch(JSON.stringify(learned), /8601185|3000123/)
  const ids: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `${habitsUrl}?limit=2${cursor}`)
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  t.same(ids, idsOf(learned), 'page by page it is the same')
  t.match(await call('GET', `${habitsUrl}?cursor=nonsense`), { status: 400, body: { code: 'invalid_cursor' } })

  const [, , account17] = learned
  t.equal((await call('DELETE', `${habitsUrl}?habitId=${account17.id}`)).status, 204)
  t.same(
    idsOf(await habits(company)),
    ids.filter((id) => id !== account17.id),
  )
  t.match(await call('DELETE', `${habitsUrl}?habitId=${account17.id}`), {
    status: 404,
    body: { code: 'habit_not_found' },
  })
  t.equal((await call('DELETE', habitsUrl)).status, 204)
  t.same(await habits(company), [])
  t.equal((await call('DELETE', habitsUrl)).status, 204)
  t.equal((await company.matches('status=confirmed')).length, 4, 'what people decided stands')
  const reader = service.client(company.tenant, { scope: 'matching:read' })
  t.equal((await reader('DELETE', habitsUrl)).status, 403)
})

test('what one company’s people said, no other company’s run hears of, of the same tenant or of another', async (t) => {
  const company = await aCompany()
  const rival = await startCompany(t, `${company.tenant}-rival`, company.service)
  for (const each of [company, rival]) await each.enter(...others, invoice('A', '410.00'), invoice('B'))
  const [first] = await company.book(payment(41_000n))
  await make(company, first, 'A', '410.00')
  t.equal((await habits(company)).length, 3)
  const [second] = await rival.book(payment())
  t.notMatch(await outcomeOf(rival, second), /confirmed/)
  t.same(await habits(rival), [])
  const [{ id }] = await habits(company)
  t.match(await rival.call('DELETE', `${habitsUrl}?habitId=${id}`), { status: 404, body: { code: 'habit_not_found' } })
  t.equal((await rival.call('DELETE', habitsUrl)).status, 204)

  await company.call('PUT', '/v1/companies/second', { name: 'Annen AS', country: 'NO' })
  const elsewhere = '/v1/companies/second/learned-habits'
  t.same((await company.call('GET', elsewhere)).body.data, [])
  t.equal((await company.call('DELETE', elsewhere)).status, 204)
  t.match(await company.call('DELETE', `${elsewhere}?habitId=${id}`), { status: 404 })
  t.equal((await habits(company)).length, 3)
  t.match((await company.call('GET', '/v1/companies/nobody/learned-habits')).body, { code: 'company_not_found' })
})

test('only the newest is remembered, however much was decided', async (t) => {
  const company = await aCompany()
  await company.enter(...['A', 'B', 'C'].map((entryId) => invoice(entryId)))
  for (const entryId of ['A', 'B', 'C']) {
    const [paid] = await company.book(payment())
    await make(company, paid, entryId)
    company.service.clock.advance({ days: 1 })
  }
  const newest = (max: number) =>
    company.service.deps.unit(company.tenant, ({ lessons }) => lessons.newest('nordlys', max))
  const [all, last] = [await newest(100), await newest(3)]
  t.equal(all.length, 9)
  t.same(last, all.slice(0, 3))
  t.ok(last.every(({ at }) => at.getTime() === Math.max(...all.map((each) => each.at.getTime()))))
})
