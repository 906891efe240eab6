// npm run demo: the main job, over HTTP only, as a bookkeeping product and a person at a browser would do it. The service is the real one, on a database and a
// sandbox bank of its own; every figure that is printed is one that the service answered. `-- --stay` leaves it running at the end.

import { spawn, execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { standingPayments } from '../sandbox/ledger/standing.ts'
import { addDays, firstOfMonth, localDay } from '../values/day.ts'
import { boxBeside, headingOf, open, press } from './browser.ts'
import { greeting } from './greeting.ts'
import { startReceiver } from './receiver.ts'

const mainIban = 'NO9386011117947'
const secondIban = 'NO5586011859226'
const company = '/v1/companies/fjordlys'
const doneUrl = 'http://localhost:8080/bank/done'

const dataDir = await mkdtemp(join(tmpdir(), 'bankfeed-demo-'))
// Started as root, PostgreSQL runs as somebody else, who must be able to enter.
await chmod(dataDir, 0o755)
const port = await freePort()
const base = `http://127.0.0.1:${port}`
const environment = { PATH: process.execPath, HOME: dataDir, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn' }
const service = spawn(process.execPath, [new URL('../main.ts', import.meta.url).pathname], {
  env: environment,
  stdio: ['ignore', 'ignore', 'inherit'],
})
const ended = new Promise<void>((done) => service.once('exit', () => done()))

const receiver = await startReceiver()

try {
  await ready()
  await story(await token())
  if (process.argv.includes('--stay')) {
    say(greeting(base))
    await ended
  } else
    say(
      `\nThe documentation of every call above is at ${base}/docs while the service runs.\nTo go on by hand: npm start, then open http://127.0.0.1:3000/docs and follow the calls that it prints.`,
    )
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`)
} finally {
  receiver.close()
  service.kill('SIGTERM')
  await ended
  await rm(dataDir, { recursive: true, force: true })
}

async function story(bearer: string): Promise<void> {
  const call = callerWith(bearer)

  title('A bookkeeping product registers itself, a company with two bank accounts in its books, and a person')
  const tenant = await call('PUT', '/v1/tenant', {
    name: 'Demo Books',
    redirectUrls: [doneUrl],
    defaultRedirectUrl: doneUrl,
  })
  say(`tenant        ${tenant.name}, people are sent back to ${tenant.defaultRedirectUrl}`)
  const { secret } = await call('PUT', '/v1/webhook-endpoints/books', { url: receiver.url })
  receiver.believe(secret)
  say(`webhooks      to ${receiver.url}, signed with a secret that was told this once`)
  const made = await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO' })
  say(`company       ${made.name}, ${made.country}, days are those of ${made.timeZone}`)
  for (const [id, name, iban] of [
    ['1920', '1920 Driftskonto', mainIban],
    ['1921', '1921 Skattetrekk', secondIban],
  ]) {
    const account = await call('PUT', `${company}/ledger-accounts/${id}`, { name, currency: 'NOK', iban })
    say(`ledger account ${account.ledgerAccountId} ${account.name}, ${account.iban}`)
  }
  const person = await call('PUT', `${company}/persons/anna`, { name: 'Anna Fjord' })
  say(`person        ${person.name}, consent: ${person.consentStatus}`)

  title('The banks that can be reached in Norway')
  const { data: institutions } = await call('GET', '/v1/institutions?country=NO')
  for (const bank of institutions)
    say(
      `${bank.id.padEnd(28)} ${bank.name}: ${bank.maxHistoryDays} days of history, consents of ${bank.maxConsentDays} days`,
    )

  title('A link is made, and Anna opens it in a browser')
  const session = await call('POST', `${company}/consent-sessions`, {
    personId: 'anna',
    ledgerAccountIds: ['1920', '1921'],
  })
  say(`link          ${session.url}`)
  const welcome = await open(session.url)
  say(`our page      “${headingOf(welcome)}”`)
  const choice = await press(welcome, 'agree')
  say(`our page      “${headingOf(choice)}”`)
  const login = await press(choice, 'berlin-group.fjordbanken')
  say(`the bank      “${headingOf(login)}”  ${new URL(login.url).origin}`)
  const approval = await press(login, null, { typed: { login: 'anna', password: 'anything' } })
  say(`the bank      “${headingOf(approval)}”, and Anna leaves ${secondIban} unticked`)
  const unticked = boxBeside(approval, secondIban)
  const end = await press(approval, 'approve', unticked === undefined ? {} : { unticked })
  say(`sent back to  ${end.url}`)
  const completed = await call('GET', `/v1/consent-sessions/${session.id}`)
  say(`the session is ${completed.status}, and has ${completed.connectionIds.length} connections`)

  title('The connections, why they are as they are, and what mends them')
  for (const connection of (await call('GET', `${company}/connections`)).data) tell(connection)
  const main = (await call('GET', `${company}/connections`)).data.find(
    (connection: Answer) => connection.iban === mainIban,
  )
  const activated = await call('POST', `/v1/connections/${main.id}/activate`, { startDate: 'max_history' })
  say(
    `\nactivated     ${activated.connection.name}: ${activated.connection.status}, from ${activated.connection.startDate} (the bank serves from ${activated.servedFrom})`,
  )

  title('The import')
  await imported(call, main.id)
  const { data: transactions } = await call('GET', `/v1/connections/${main.id}/transactions?limit=5`)
  for (const each of transactions) say(line(each))
  const feed = await readFeed(call)
  say(`the change feed has ${feed.changes} changes; its cursor is kept: ${feed.cursor}`)
  const coverage = await call('GET', `/v1/connections/${main.id}/coverage`)
  for (const days of coverage.complete)
    say(`held completely: ${days.from} to ${days.to}; gaps: ${coverage.gaps.length}`)

  title('The books send what they expect')
  const entries = expected()
  const batch = await call('POST', `${company}/entries/batch`, { entries })
  say(`${batch.data.filter((each: Answer) => each.status === 'saved').length} of ${entries.length} entries saved`)

  title('Matching')
  const run = await call('POST', `${company}/matching-runs`)
  const matched = await until(
    () => call('GET', `/v1/matching-runs/${run.id}`),
    ({ status }) => status === 'completed' || status === 'failed',
  )
  say(`matching run ${matched.status}: ${JSON.stringify(matched.counts ?? {})}`)
  const { data: matches } = await call('GET', `${company}/matches?limit=100&expand=transactions,entries`)
  for (const match of matches.slice(0, 12)) {
    say(
      `${match.status} (${match.origin}, ${(match.confidence * 100).toFixed(1)} %)  ${match.links.map((link: Answer) => link.entryId ?? 'nothing in the books').join(' + ')}`,
    )
    for (const reason of match.reasons) say(`    ${reason.text}`)
  }
  if (matches.length > 12) say(`… and ${matches.length - 12} more`)

  title('What the product was told meanwhile, by signed webhooks')
  // Something may still be happening, and be told after the first look.
  const { events, pending } = await until(
    async () => ({
      events: (await call('GET', '/v1/events?limit=100')).data,
      pending: (await call('GET', '/v1/webhook-endpoints/books')).pending,
    }),
    (seen) =>
      seen.pending === 0 && seen.events.every(({ id }: Answer) => receiver.got.some((event) => event.id === id)),
  )
  for (const [type, some] of Map.groupBy(receiver.got, (event) => event.type))
    say(`${String(some.length).padStart(4)} × ${type}`)
  say(`the event log has ${events.length} on its first page; still to be delivered: ${pending}`)

  title('The same import again: nothing comes twice')
  await imported(call, main.id)
  const after = await readFeed(call, feed.cursor)
  say(`changes since the cursor that was kept: ${after.changes}`)
  if (after.changes !== 0) throw new Error('something came twice')
}

type Answer = any // oxlint-disable-line typescript/no-explicit-any -- whatever the service answers is printed
type Call = (method: string, path: string, body?: unknown) => Promise<Answer>

function callerWith(bearer: string): Call {
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer: Answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.code}: ${answer.detail}`)
    return answer
  }
}

async function imported(call: Call, connectionId: string): Promise<void> {
  const asked = await call('POST', `/v1/connections/${connectionId}/sync-runs`, {
    psu: { ipAddress: '127.0.0.1', userAgent: 'Demo' },
  })
  const run = await until(
    () => call('GET', `/v1/sync-runs/${asked.id}`),
    ({ status }) => status === 'completed' || status === 'failed',
  )
  if (run.status !== 'completed') throw new Error(`the import failed: ${JSON.stringify(run.error)}`)
  const { counts } = run
  say(
    `sync run ${run.status}: ${run.window.from} to ${run.window.to}, ${counts.fetched} fetched, ${counts.added} added, ${counts.unchanged} unchanged; balance proof: ${run.proof}`,
  )
}

async function readFeed(call: Call, after?: string): Promise<{ changes: number; cursor: string }> {
  let cursor = after
  for (let changes = 0; ;) {
    const page = await call(
      'GET',
      `${company}/transactions/changes?limit=100${cursor === undefined ? '' : `&after=${cursor}`}`,
    )
    changes += page.data.length
    cursor = page.nextCursor
    if (page.data.length === 0) return { changes, cursor: page.nextCursor }
  }
}

/** What the company's books would hold of the last three months: computed from the calendar as the sandbox computes its payments. */
function expected(): Record<string, unknown>[] {
  const thisMonth = firstOfMonth(localDay(new Date(), 'Europe/Oslo'))
  const lastMonth = firstOfMonth(addDays(thisMonth, -1))
  const months = [firstOfMonth(addDays(lastMonth, -1)), lastMonth, thisMonth]
  return months.flatMap((first) => {
    const yymm = first.slice(2, 4) + first.slice(5, 7)
    const kids = standingPayments(first).flatMap(({ reference }) => reference ?? [])
    const invoice = (number: string, amount: string, name: string, more: object = {}) => ({
      entryId: `invoice-${number}`,
      kind: 'sales_invoice',
      amount,
      currency: 'NOK',
      issueDate: addDays(first, -12),
      dueDate: addDays(first, 8),
      documentNumber: number,
      counterparty: { name },
      ...more,
    })
    const bill = (number: string, amount: string, name: string, more: object = {}) => ({
      ...invoice(number, amount, name, more),
      entryId: `bill-${number}`,
      kind: 'purchase_bill',
    })
    return [
      invoice(`${yymm}1`, '12500.00', 'Nordvik Bygg AS', { reference: kids[0] }),
      invoice(`${yymm}2`, '4375.00', 'Havna Kafé og Bakeri AS'),
      invoice(`${yymm}3`, '18750.00', 'Lofoten Fiskeeksport AS'),
      invoice(`${yymm}4`, '12500.00', 'Lofoten Fiskeeksport AS'),
      bill(`${yymm}5`, '-15000.00', 'Brygga Eiendom AS', { reference: kids[1] }),
      bill(`KP-${yymm}`, '-6250.00', 'Kontorpartner Norge AS'),
    ]
  })
}

function tell(connection: Answer): void {
  say(`\n${connection.name} (${connection.iban ?? connection.maskedPan ?? connection.type}): ${connection.status}`)
  say(`    ${connection.reason}`)
  for (const step of connection.repair)
    say(
      `    repair: ${step.action} → ${step.method} ${step.href} ${step.body === undefined ? '' : JSON.stringify(step.body)}`,
    )
}

function line({ bookingDate, amount, currency, counterparty, reference, remittanceInformation }: Answer): string {
  return `${bookingDate}  ${amount.padStart(12)} ${currency}  ${(counterparty?.name ?? '').padEnd(28)} ${reference ?? remittanceInformation ?? ''}`
}

async function until(ask: () => Promise<Answer>, isDone: (answer: Answer) => boolean): Promise<Answer> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await ask()
    if (isDone(answer)) return answer
    await pause(100)
  }
  throw new Error('it took longer than a minute')
}

async function ready(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (service.exitCode !== null) throw new Error('the service did not start')
    const response = await fetch(`${base}/health/ready`).catch(() => undefined)
    if (response?.ok === true) return
    await pause(100)
  }
  throw new Error('the service was not ready within a minute')
}

async function token(): Promise<string> {
  const script = new URL('token.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--tenant', 'demo'], { env: environment })
  return stdout.trim()
}

/** A port with a free one beside it, for the bank. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function title(text: string): void {
  say(`\n── ${text}`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
