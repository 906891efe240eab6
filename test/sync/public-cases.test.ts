// What other bank feeds were found to lose or double, each at a bank over HTTP (import.test.ts has the rest of them).

import { t as file, test } from 'tap'
import type { RawPage } from '../../src/providers/provider.ts'
import { addDays, parseDay, type Day } from '../../src/values/day.ts'
import { agrees, anotherProcess, company, fjord, psu, storyteller } from './story.ts'

const begin = await storyteller(file)
const movements = `/accounts/${fjord.main.id}/transactions`

async function connected() {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const main = await story.activate(fjord.main.iban, '2026-11-01')
  const { cursor } = await story.feed()
  return { story, main, cursor, before: await story.rows(main.id) }
}

test('ids that are given anew together with other texts make new versions, not new movements', async (t) => {
  const { story, main, before } = await connected()
  const recent = await story.truth(fjord.main.id, { from: '2026-11-13', through: '2026-11-20' })
  for (const [n, { key, text }] of recent.entries())
    await story.service.bank.control(
      `${movements}/${key}`,
      { transactionId: `ny-${n}`, entryReference: `ny-${n}`, text: `${text ?? ''} (bokført)` },
      'PATCH',
    )
  t.match(await story.importNow(main.id, psu), {
    counts: { added: 0, removed: 0, modified: recent.length, suspect: 0 },
  })
  t.strictSame(
    (await story.rows(main.id)).map(({ id }) => id),
    before.map(({ id }) => id),
  )
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('a booking whose day and id are both changed later is marked until it is known, and then one movement', async (t) => {
  const { story, main, before, cursor } = await connected()
  const [moved] = await story.truth(fjord.main.id, { from: '2026-11-16', through: '2026-11-18' })
  const bookingDate = addDays(asDay(moved?.bookingDate), 2)
  await story.service.bank.control(`${movements}/${moved?.key}`, { bookingDate, transactionId: 'annen' }, 'PATCH')
  t.match(await story.importNow(main.id, psu), { counts: { added: 1, suspect: 1, removed: 0 } })
  const marked = (await story.rows(main.id)).filter(({ suspect }) => suspect !== undefined)
  t.match(marked, [{ bookingDate, suspect: { reason: 'may_replace' } }])
  t.match(await story.importNow(main.id, psu), { counts: { added: 0, removed: 1 } })
  const after = await story.rows(main.id)
  t.equal(after.length, before.length)
  t.ok(after.every(({ suspect }) => suspect === undefined))
  t.strictSame(
    (await story.feed({ after: cursor })).changes.map(({ type }) => type),
    ['added', 'removed', 'modified'],
    'all of it was told',
  )
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('ids that are used again for other movements make nobody’s movement another’s', async (t) => {
  const { story, main, before } = await connected()
  await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { ids: 'reused' }, 'PUT')
  t.match(await story.importNow(main.id, psu), { counts: { added: 0, modified: 0, removed: 0 } })
  story.service.clock.advance({ days: 3 })
  await story.service.work()
  t.strictSame((await story.rows(main.id)).slice(0, before.length), before)
  await agrees(t, story, main, fjord.main.id, '2026-11-23')
})

test('a movement that is told twice, with another id and another day, is one where the running balance has no room for two', async (t) => {
  const story = await begin({ country: 'FI' })
  const [account, iban] = ['suomen-testipankki-main', 'FI3279956459379425']
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'EUR', iban })
  await story.authorise({ institutionId: 'berlin-group.suomen-testipankki' })
  const { id } = await story.connection(iban)
  await story.ask('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
  let doubled = 0
  const process = anotherProcess(t, story, (bank) => ({
    ...bank,
    async fetchPage(ask) {
      const page = await bank.fetchPage(ask)
      doubled += 1
      return twice(page)
    },
  }))
  await process.drain()
  t.equal(doubled, 1, 'one page')
  t.match(await story.lastRun(id), { status: 'completed', counts: { suspect: 0 } })
  await agrees(t, story, await story.connection(iban), account, '2026-11-20')
})

test('a bank whose pages change while they are read costs no movement and doubles none for long', async (t) => {
  for (const change of ['booked', 'withdrawn']) {
    const { story, main } = await connected()
    await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { pageSize: 4 }, 'PUT')
    const [first] = await story.truth(fjord.main.id, { from: '2026-11-11', through: '2026-11-13' })
    let pages = 0
    const process = anotherProcess(t, story, (bank) => ({
      ...bank,
      async fetchPage(ask) {
        pages += 1
        // Whatever the order of its list is, everything after the change moves by one.
        if (pages === 2 && change === 'booked')
          for (const bookingDate of ['2026-11-11', '2026-11-20'])
            await story.service.bank.control(movements, { amount: '-3.50', bookingDate, text: 'Gebyr' })
        if (pages === 2 && change === 'withdrawn')
          await story.service.bank.control(`${movements}/${first?.key}`, undefined, 'DELETE')
        return bank.fetchPage(ask)
      },
    }))
    await story.ask('POST', `/v1/connections/${main.id}/sync-runs`, { psu })
    await process.drain()
    t.ok(pages > 2, `${pages} pages`)
    for (let times = 0; times < 2; times += 1) await story.importNow(main.id, psu)
    await agrees(t, story, main, fjord.main.id, '2026-11-20')
  }
})

/** The page with its first booking told once more: under another id, a day later, with the same balance after it. */
function twice(page: RawPage): RawPage {
  const body = JSON.parse(page.body)
  const booked: Record<string, unknown>[] = body.transactions?.booked ?? []
  const [row] = booked
  if (row === undefined) return page
  const bookingDate = addDays(asDay(String(row['bookingDate'])), 1)
  booked.push({ ...row, transactionId: 'toinen', entryReference: 'toinen', bookingDate })
  return { ...page, body: JSON.stringify(body) }
}

function asDay(text = ''): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error(`${text} is no day`)
  return day
}
