import pg from 'pg'
import { t as file, test, type Test } from 'tap'
import { runSql, waitForLock } from '../../support/database.ts'
import { startService } from '../../support/service.ts'

const service = await startService(file)
const call = service.client('acme')
for (const company of ['nordlys', 'fjell'])
  await call('PUT', `/v1/companies/${company}`, { name: company, country: 'NO' })

const entry = (entryId: string, amount = '100.00') => ({ entryId, kind: 'sales_invoice', amount, currency: 'NOK' })
const batch = (...entries: object[]) => ({ entries })
const post = (key: string | null, body: object, company = 'nordlys', caller = call) =>
  caller('POST', `/v1/companies/${company}/entries/batch`, body, key === null ? {} : { 'idempotency-key': key })

/** How often entries of a company were saved: each time asks for matching once. */
async function timesSaved(company = 'nordlys'): Promise<number> {
  const rows = await runSql(
    service.ownerUrl,
    `select asked from due_work where kind = 'match' and subject = '${company}'`,
  )
  return Number(rows[0]?.['asked'] ?? 0)
}

/** Keeps whoever saves the entry waiting until `release`. */
async function lockEntry(t: Test, id: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: service.ownerUrl })
  await client.connect()
  t.teardown(() => client.end())
  await client.query('begin')
  const { rowCount } = await client.query(`select from entries where entry_id = '${id}' for update`)
  t.equal(rowCount, 1, 'the entry is there to be locked')
  return { release: async () => void (await client.query('rollback')) }
}

test('a request that is sent again is answered again, to the letter, and done once', async (t) => {
  const saved = await timesSaved()
  const body = batch(entry('first'), entry('wrong', '0.00'))
  const first = await post('replay', body)
  t.match(first, { status: 200, body: { data: [{ status: 'saved' }, { status: 'refused' }] } })
  t.notOk('idempotency-replayed' in first.headers)
  await call('PUT', '/v1/companies/nordlys/entries/first', { kind: 'sales_invoice', amount: '5.00', currency: 'NOK' })
  service.clock.advance({ hours: 23 })
  const again = await post('replay', body)
  t.same([again.status, again.body], [first.status, first.body])
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.equal((await call('GET', '/v1/companies/nordlys/entries/first')).body.amount, '5.00', 'what came since stands')
  t.equal(await timesSaved(), saved + 2)
})

test('the same request is the same whatever the order of its fields, and another tenant’s is another', async (t) => {
  await post('order', batch({ entryId: 'ordered', kind: 'sales_invoice', amount: '1.00', currency: 'NOK' }))
  const turned = await post(
    'order',
    batch({ currency: 'NOK', amount: '1.00', kind: 'sales_invoice', entryId: 'ordered' }),
  )
  t.match(turned, { status: 200, headers: { 'idempotency-replayed': 'true' } })
  const stranger = await post('order', batch(entry('ordered')), 'nordlys', service.client('rival'))
  t.match(stranger, { status: 404, body: { code: 'company_not_found' } })
})

test('a key that was used for another body or another path is refused', async (t) => {
  await post('reused', batch(entry('reused')))
  const refused = { status: 422, body: { code: 'idempotency_key_reused' } }
  t.match(await post('reused', batch(entry('reused', '100.01'))), refused)
  t.match(await post('reused', batch(entry('reused'), entry('more'))), refused)
  t.match(await post('reused', batch(entry('reused')), 'fjell'), refused)
  t.equal(await timesSaved('fjell'), 0)
})

test('without a key, each request is one of its own', async (t) => {
  const saved = await timesSaved()
  await post(null, batch(entry('twice')))
  await post(null, batch(entry('twice')))
  t.equal(await timesSaved(), saved + 2)
})

test('of fifty at once one is done; the others are told that it is under way, or its answer', async (t) => {
  const saved = await timesSaved()
  const answers = await Promise.all(Array.from({ length: 50 }, () => post('fifty', batch(entry('one-of-fifty')))))
  const done = answers.filter(({ status, headers }) => status === 200 && !('idempotency-replayed' in headers))
  t.equal(done.length, 1)
  for (const answer of answers)
    if (answer.status === 200) t.same(answer.body, done[0]?.body)
    else t.match(answer, { status: 409, body: { code: 'idempotency_key_in_flight' } })
  t.equal(await timesSaved(), saved + 1)
})

test('a refusal has no effect, and leaves the key free', async (t) => {
  const body = batch(entry('early'))
  t.match(await post('refused', body, 'later'), { status: 404, body: { code: 'company_not_found' } })
  await call('PUT', '/v1/companies/later', { name: 'Later', country: 'NO' })
  const second = await post('refused', body, 'later')
  t.equal(second.status, 200)
  t.notOk('idempotency-replayed' in second.headers)
})

test('while the first is under way, the second is told when to ask again', async (t) => {
  await post(null, batch(entry('slow')))
  const lock = await lockEntry(t, 'slow')
  const first = post('slow', batch(entry('slow', '7.00')))
  await waitForLock(service.ownerUrl)
  const second = await post('slow', batch(entry('slow', '7.00')))
  t.match(second, { status: 409, body: { code: 'idempotency_key_in_flight' }, headers: { 'retry-after': '2' } })
  t.match(await post('slow', batch(entry('slow', '8.00'))), { status: 422, body: { code: 'idempotency_key_reused' } })
  await lock.release()
  const answer = await first
  t.equal(answer.status, 200)
  t.same((await post('slow', batch(entry('slow', '7.00')))).body, answer.body)
})

test('what a dead process had claimed is done by the next request, once the claim has run out', async (t) => {
  const body = batch(entry('orphan'))
  await post('orphan', body)
  // As if it had died between the claim and the effect.
  const leaseUntil = new Date(service.clock.now().getTime() + 60_000).toISOString()
  await runSql(
    service.ownerUrl,
    `update idempotency_keys set status = null, answer = null, lease_until = '${leaseUntil}' where key = 'orphan'`,
    `delete from entries where entry_id = 'orphan'`,
  )
  service.clock.advance({ seconds: 59 })
  t.match(await post('orphan', body), { status: 409, body: { code: 'idempotency_key_in_flight' } })
  service.clock.advance({ seconds: 1 })
  t.match(await post('orphan', batch(entry('other'))), { status: 422 }, 'but only by the same request')
  const answer = await post('orphan', body)
  t.equal(answer.status, 200)
  t.notOk('idempotency-replayed' in answer.headers)
  t.equal((await call('GET', '/v1/companies/nordlys/entries/orphan')).status, 200)
})

test('an attempt whose claim was taken over meanwhile leaves nothing behind', async (t) => {
  const saved = await timesSaved()
  await post(null, batch(entry('contested')))
  const lock = await lockEntry(t, 'contested')
  const body = batch(entry('contested', '9.00'))
  const first = post('contested', body)
  await waitForLock(service.ownerUrl)
  service.clock.advance({ seconds: 60 })
  const second = post('contested', body)
  await waitForLock(service.ownerUrl, 2)
  await lock.release()
  t.match(await first, { status: 409, body: { code: 'lease_lost' } })
  t.match(await second, { status: 200 })
  t.equal(await timesSaved(), saved + 2, 'once before, and once by the second attempt')
  t.match(await post('contested', body), { status: 200, headers: { 'idempotency-replayed': 'true' } })
})

test('answers are kept encrypted, each bound to its row', async (t) => {
  await post('secret', batch(entry('plain-to-see')))
  await post('other', batch(entry('plain-to-see')))
  const [kept] = await runSql(
    service.ownerUrl,
    `select count(*)::int as answers, bool_or(position('plain-to-see' in encode(fingerprint || answer, 'escape')) > 0) as readable
     from idempotency_keys where key in ('secret', 'other')`,
  )
  t.same(kept, { answers: 2, readable: false })
  await runSql(
    service.ownerUrl,
    `update idempotency_keys set answer = (select answer from idempotency_keys where key = 'other') where key = 'secret'`,
  )
  t.equal((await post('secret', batch(entry('plain-to-see')))).status, 500, 'one that was moved does not open')
})

test('a key is forgotten a day after its answer', async (t) => {
  await post('forgotten', batch(entry('forgotten')))
  service.clock.advance({ hours: 24, ms: 1 })
  t.notOk('idempotency-replayed' in (await post('forgotten', batch(entry('forgotten')))).headers)
})
