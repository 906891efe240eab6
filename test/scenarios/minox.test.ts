// Minox’s bank connections, for companies in the Netherlands: each account with its status and what mends it, whose consent fetches it, and from when.

import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import type { Day } from '../../src/values/day.ts'
import { toBank, visit } from '../consents/journey.ts'
import { startEnableBankingSimulator } from '../simulators/enable-banking/index.ts'
import type { Act, SimulatedAccount, SimulatedTransaction } from '../simulators/simulator.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'
import { openGuide } from './support/guide.ts'

const clock = fakeClock('2026-11-02T09:00:00Z')
const bank = await startEnableBankingSimulator({ clock })
file.teardown(() => bank.close())
const service = await startService(file, { clock, providers: bank.providerConfig })
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())

const call = service.client('minox')
const guide = openGuide('minox', call)
const { show } = guide
const bakery = '/v1/companies/bakkerij-de-halm'
const polderbank = 'enable-banking.NL-Polderbank'
const waddenbank = 'enable-banking.NL-Waddenbank'

const keys = ['zakelijk', 'sparen', 'kas', 'winkel'] as const
type Key = (typeof keys)[number]
const ibans: Record<Key, string> = {
  zakelijk: 'NL20POLD0417164300',
  sparen: 'NL23POLD0300065264',
  kas: 'NL20POLD0998877665',
  winkel: 'NL35WADD0123456789',
}
const names: Record<Key, string> = {
  zakelijk: 'Zakelijke rekening',
  sparen: 'Spaarrekening',
  kas: 'Kasgeldrekening',
  winkel: 'Winkelrekening',
}
const statements: Record<Key, SimulatedTransaction[]> = { zakelijk: [], sparen: [], kas: [], winkel: [] }

/** The banks have booked it, and show it. */
function booked(key: Key, bookingDate: Day, amount: string, text: string) {
  statements[key].push({
    id: `${key}-${statements[key].length + 1}`,
    bookingDate,
    amount,
    currency: 'EUR',
    text,
  })
  return bank.hold(
    keys.map((each): SimulatedAccount => ({
      key: each,
      type: 'current',
      name: names[each],
      iban: ibans[each],
      currency: 'EUR',
      usage: 'business',
      owner: 'Bakkerij De Halm BV',
      balance: statements[each].reduce((sum, row) => sum + Number(row.amount), 2_500).toFixed(2),
      transactions: statements[each],
    })),
  )
}

type Json = any // oxlint-disable-line typescript/no-explicit-any -- every answer has been checked against the contract

const rows = async (): Promise<readonly Json[]> => (await call('GET', `${bakery}/connections`)).body.data
const rowOf = async (key: Key): Promise<Json> => (await rows()).find(({ iban }) => iban === ibans[key])

/** The row of the page for an account, as the guide shows it: what is wrong, and what mends it. */
const page = ['name', 'iban', 'status', 'since', 'reason', 'repair']
const showRow = async (name: string, key: Key) =>
  (await show(name, 'GET', `/v1/connections/${(await rowOf(key)).id}`, undefined, { fields: page })).body

/** “Herstellen”: the first step of the repair, sent as it stands. */
async function mend(key: Key): Promise<Json> {
  const [{ method, href, body }] = (await rowOf(key)).repair
  const answer = await call(method, href, body)
  return answer.body
}

/** The person opens the link, agrees, and does this at the bank. */
async function follow(link: string, act: Act): Promise<string> {
  clock.advance({ minutes: 5 })
  const back = await bank.visit(await toBank(service, link), act)
  return (await visit(service, back)).location
}
const tick = (...only: readonly Key[]): Act => ({ kind: 'approve', only })

/** What the feed has told since it was last read. */
let cursor = ''
async function news(): Promise<readonly string[]> {
  await schedule.drain()
  const { body } = await call('GET', `${bakery}/transactions/changes?limit=100${cursor && `&after=${cursor}`}`)
  cursor = body.nextCursor
  return body.data
    .map(({ transaction }: Json) => `${transaction.bookingDate} ${transaction.remittanceInformation}`)
    .toSorted()
}

/** Whoever's consent serves the account, by person. */
const sourcesOf = async (key: Key): Promise<Readonly<Record<string, Json>>> => {
  const { id } = await rowOf(key)
  const { body } = await call('GET', `${bakery}/consents?status=usable`)
  const serving = body.data.filter(({ accounts }: Json) => accounts.some((each: Json) => each.connectionId === id))
  return Object.fromEntries(serving.map((consent: Json) => [consent.personId, consent]))
}

await call('PUT', '/v1/tenant', {
  name: 'Minox',
  redirectUrls: ['https://minox.example/bankenkoppeling'],
  defaultRedirectUrl: 'https://minox.example/bankenkoppeling',
})
await call('PUT', bakery, { name: 'Bakkerij De Halm BV', country: 'NL' })
await booked('zakelijk', '2026-10-20', '-310.00', 'MEEL EN GIST')
await booked('zakelijk', '2026-10-28', '840.00', 'KLANT 11')

test('nog niet verbonden met bank: every journal with an IBAN stands on the page from the first day', async (t) => {
  await show('person', 'PUT', `${bakery}/persons/eva`, { name: 'Eva de Wit', email: 'eva@dehalm.example' })
  await call('PUT', `${bakery}/persons/pieter`, { name: 'Pieter Bos' })
  await show('journal', 'PUT', `${bakery}/ledger-accounts/1010`, {
    name: names.zakelijk,
    currency: 'EUR',
    iban: ibans.zakelijk,
  })
  await call('PUT', `${bakery}/ledger-accounts/1020`, { name: names.sparen, currency: 'EUR', iban: ibans.sparen })
  await call('PUT', `${bakery}/ledger-accounts/1030`, { name: names.winkel, currency: 'EUR', iban: ibans.winkel })
  const list = await show('page', 'GET', `${bakery}/connections`, undefined, { fields: ['id', ...page] })
  t.equal(list.body.data.length, 3)
  for (const { status, repair, iban } of list.body.data) {
    t.equal(status, 'not_connected')
    t.match(repair, [{ action: 'authorise', body: { institutionId: iban.includes('POLD') ? polderbank : waddenbank } }])
  }
})

test('the invitation leads to the bank, and the account is then there to be activated', async (t) => {
  const { repair } = await rowOf('zakelijk')
  const [{ href, body }] = repair
  const session = await show('invite', 'POST', href, { ...body, personId: 'eva', language: 'nl' })
  const opened = await visit(service, session.body.url)
  t.match(opened.text, 'lang="nl"')
  t.match(opened.text, names.zakelijk, 'the page names the account to tick')
  t.match(await follow(session.body.url, tick('zakelijk')), /status=completed$/)
  const row = await showRow('connected', 'zakelijk')
  t.match(row, { status: 'inactive', repair: [{ action: 'activate' }] })
  t.strictSame(await news(), [], 'nothing is fetched before it is activated')
})

test('choose whose consent fetches the account, and activate it from a date', async (t) => {
  const { id } = await rowOf('zakelijk')
  const sources = await show('sources', 'GET', `${bakery}/consents?status=usable`, undefined, {
    fields: ['id', 'personId', 'institutionId', 'expiresAt', 'accounts'],
  })
  t.match(sources.body.data, [{ personId: 'eva', accounts: [{ connectionId: id }] }])
  t.equal(sources.body.data[0].expiresAt.slice(0, 10), '2027-01-31', 'the ninety days of this bank')
  const chosen = await show(
    'choose',
    'PATCH',
    `/v1/connections/${id}`,
    { sourcePersonId: 'eva' },
    { fields: ['id', 'sourcePersonId', 'sourceFallback', 'effectiveConsentId', 'status'] },
  )
  t.match(chosen.body, { sourcePersonId: 'eva', sourceFallback: true })
  const [{ href }] = (await rowOf('zakelijk')).repair
  const active = await show(
    'activate',
    'POST',
    href,
    { startDate: '2026-10-25' },
    { fields: ['connection.id', 'connection.status', 'connection.startDate', 'servedFrom'] },
  )
  t.match(active.body, { connection: { status: 'active', startDate: '2026-10-25' } })
  t.strictSame(await news(), ['2026-10-28 KLANT 11'], 'from that date, and not before')
})

test('IBAN niet gevonden: the repair is an invitation that names the account, and then activation', async (t) => {
  const missing = await showRow('iban-not-found', 'sparen')
  t.match(missing, {
    status: 'iban_not_found',
    repair: [{ action: 'authorise', body: { ledgerAccountIds: ['1020'] } }],
  })
  const invitation = await mend('sparen')
  t.match((await visit(service, invitation.url)).text, names.sparen)
  await follow(invitation.url, tick('zakelijk', 'sparen'))
  t.match(await rowOf('sparen'), { status: 'inactive', repair: [{ action: 'activate' }] })
  t.match(await mend('sparen'), { connection: { status: 'active' } })
  t.match(await rowOf('zakelijk'), { status: 'active' }, 'what was active stays so')
})

test('the chosen person’s consent goes, and another’s takes over: nothing stops', async (t) => {
  const session = await call('POST', `${bakery}/consent-sessions`, { institutionId: polderbank, personId: 'pieter' })
  await follow(session.body.url, tick('zakelijk'))
  const { eva, pieter } = await sourcesOf('zakelijk')
  t.ok(eva && pieter, 'both may')
  t.equal((await rowOf('zakelijk')).effectiveConsentId, eva.id, 'the chosen one does')

  t.match(await call('DELETE', `/v1/consents/${eva.id}`), { status: 200 })
  const taken = await show('taken-over', 'GET', `/v1/connections/${(await rowOf('zakelijk')).id}`, undefined, {
    fields: ['name', 'status', 'reason', 'sourcePersonId', 'sourceFallback', 'effectiveConsentId'],
  })
  t.match(taken.body, { status: 'active', effectiveConsentId: pieter.id, sourcePersonId: 'eva' })
  await booked('zakelijk', '2026-11-02', '512.40', 'KLANT 12')
  clock.advance({ days: 1 })
  t.strictSame(await news(), ['2026-11-02 KLANT 12'])
  const told = await show('told', 'GET', '/v1/events?type=connection.source_changed', undefined, {
    fields: ['type', 'data'],
  })
  t.equal(told.body.data.length, 1)
})

test('geen toegang meer tot de geselecteerde gebruiker: another is chosen, or the person authorises anew', async (t) => {
  const { id } = await rowOf('zakelijk')
  await show('no-fallback', 'PATCH', `/v1/connections/${id}`, { sourceFallback: false }, { fields: ['id', 'status'] })
  const lost = await showRow('access-lost', 'zakelijk')
  t.match(lost, {
    status: 'access_lost',
    repair: [{ action: 'choose_source', method: 'PATCH', body: { sourcePersonId: 'pieter' } }],
  })
  t.match(await mend('zakelijk'), { status: 'active', sourcePersonId: 'pieter' })

  t.equal((await call('DELETE', `${bakery}/persons/pieter`)).status, 204)
  const nobody = await showRow('nobody-left', 'zakelijk')
  t.match(nobody, { status: 'access_lost', repair: [{ action: 'authorise' }] })
  const again = await call('POST', nobody.repair[0].href, { ...nobody.repair[0].body, personId: 'eva' })
  await follow(again.body.url, tick('zakelijk', 'sparen'))
  t.match(await rowOf('zakelijk'), { status: 'access_lost', repair: [{ body: { sourcePersonId: 'eva' } }] })
  t.match(await mend('zakelijk'), { status: 'active' })
  t.match(await rowOf('sparen'), { status: 'active' })
})

test('geen geautoriseerde IBAN meer: ended at the bank, authorised anew', async (t) => {
  await bank.endAtBank()
  clock.advance({ days: 1 })
  await schedule.drain()
  const ended = await showRow('revoked', 'sparen')
  t.match(ended, { status: 'revoked', repair: [{ action: 'authorise' }] })
  t.match(await rowOf('zakelijk'), { status: 'access_lost' }, 'where a person is chosen, it is theirs that is gone')
  await follow((await mend('sparen')).url, tick('zakelijk', 'sparen'))
  for (const key of ['zakelijk', 'sparen'] as const) t.match(await rowOf(key), { status: 'active' }, key)
})

test('autorisatie niet afgemaakt: whoever turned back at the bank is asked again', async (t) => {
  const first = await mend('winkel')
  t.match(await follow(first.url, { kind: 'cancel' }), /status=cancelled$/)
  const unfinished = await showRow('unfinished', 'winkel')
  t.match(unfinished, {
    status: 'authorisation_incomplete',
    reason: /cancelled/,
    repair: [{ action: 'authorise', body: { institutionId: waddenbank, ledgerAccountIds: ['1030'] } }],
  })
  await follow((await mend('winkel')).url, tick('winkel'))
  t.match(await rowOf('winkel'), { status: 'inactive' })
})

test('when a bank goes from 90 to 180 days, new consents get 180 with no change of ours', async (t) => {
  t.equal(await consentDays(), 90)
  t.equal((await rowOf('sparen')).expiresAt.slice(0, 10), '2027-02-02')
  bank.consentsLast('Polderbank', 180)
  // What the clock does every night.
  await refreshInstitutions(service.deps)
  t.equal(await consentDays(), 180)
  t.equal((await rowOf('sparen')).expiresAt.slice(0, 10), '2027-02-02', 'what was given stays as it was given')
})

const consentDays = async () => (await call('GET', `/v1/institutions/${polderbank}`)).body.maxConsentDays

test('autorisatie met de bank vervallen: renewed, and nothing in between is lost', async (t) => {
  clock.set('2027-01-30T09:00:00Z')
  await news()
  await booked('zakelijk', '2027-02-03', '95.00', 'IN DE TUSSENTIJD')
  clock.set('2027-02-12T09:00:00Z')
  await schedule.drain()
  const expired = await showRow('expired', 'sparen')
  t.match(expired, { status: 'expired', repair: [{ action: 'renew' }] })
  const renewals = await show('renew', expired.repair[0].method, expired.repair[0].href, expired.repair[0].body, {
    fields: ['id', 'personId', 'institutionId', 'status', 'url'],
  })
  await follow(renewals.body.data[0].url, tick('zakelijk', 'sparen'))
  for (const key of ['zakelijk', 'sparen'] as const)
    t.match(await rowOf(key), { status: 'active', expiresAt: /^2027-08-11/ }, `${key}: 180 days from now`)
  t.strictSame(await news(), ['2027-02-03 IN DE TUSSENTIJD'])
})

test('inactieve koppeling en geen geautoriseerde IBAN: authorised first, activated then', async (t) => {
  const neither = await showRow('inactive-and-expired', 'winkel')
  t.match(neither, { status: 'expired', repair: [{ action: 'renew' }] })
  t.equal((await rowOf('winkel')).activatedAt, undefined, 'it never was active')
  await follow((await mend('winkel')).data[0].url, tick('winkel'))
  t.match(await rowOf('winkel'), { status: 'inactive', repair: [{ action: 'activate' }] })
  t.match(await mend('winkel'), { connection: { status: 'active' } })
})

test('geen dagboek meer met dat IBAN: it is assigned to one that is there', async (t) => {
  const { id } = await rowOf('sparen')
  t.equal((await call('DELETE', `${bakery}/ledger-accounts/1020`)).status, 204)
  const lost = await showRow('no-journal', 'sparen')
  t.match(lost, { status: 'ledger_account_not_found', repair: [{ action: 'assign', method: 'PATCH' }] })
  await call('PUT', `${bakery}/ledger-accounts/1025`, { name: 'Spaarrekening nieuw', currency: 'EUR' })
  const assigned = await show(
    'assign',
    'PATCH',
    lost.repair[0].href,
    { assignment: { ledgerAccountId: '1025' } },
    { fields: ['id', 'assignment', 'status'] },
  )
  t.match(assigned.body, { id, status: 'active' })
})

test('switched off, and on again', async (t) => {
  const { id } = await rowOf('winkel')
  t.match((await call('POST', `/v1/connections/${id}/deactivate`)).body, { status: 'deactivated' })
  t.match(await rowOf('winkel'), { status: 'deactivated', repair: [{ action: 'activate' }] })
  t.match(await mend('winkel'), { connection: { status: 'active' } })
})

test('what the page has shown can be read again: every status, since when, and why', async (t) => {
  const { id } = await rowOf('zakelijk')
  const history = await show('history', 'GET', `/v1/connections/${id}/status-history`, undefined, {
    fields: ['status', 'reason', 'since'],
    rows: 6,
  })
  t.strictSame(
    history.body.data.map(({ status }: Json) => status),
    [
      'not_connected',
      'authorisation_incomplete',
      'inactive',
      'active',
      'access_lost',
      'active',
      'access_lost',
      'active',
      'access_lost',
      'active',
      'access_lost',
      'active',
    ],
  )
})

test('the guide shows what went over the wire', (t) => guide.isTrue(t))
