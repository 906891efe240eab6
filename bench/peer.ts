// A peer that runs in-process and imports what it is handed: @actual-app/api, of npm, with the rows that were just imported here. It is installed for this run
// alone, into a folder that is gone at the end, and runs on the Node that npm runs on: its SQLite is built for that one.

import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { env } from 'node:process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { addDays, localDay } from '../src/values/day.ts'
import type { Figure } from './figure.ts'
import { connectCompany, firstImport, folderIn, importAgain, openWorld, settle, temporaryFolder } from './world.ts'

const run = promisify(execFile)
const peer = '@actual-app/api@26.9.0'
const rowCount = 10_000
const busy = { account: 'fjordbanken-main', iban: 'NO9386011117947', institution: 'berlin-group.fjordbanken' }

const script = `
import * as api from '@actual-app/api'
import { readFileSync, mkdirSync } from 'node:fs'
const say = console.log
console.log = () => undefined
mkdirSync('budget')
await api.init({ dataDir: 'budget' })
await api.runImport('bench', async () => undefined)
const account = await api.createAccount({ name: 'Bank', type: 'checking' }, 0)
const rows = JSON.parse(readFileSync('rows.json', 'utf8'))
const seconds = []
const added = []
for (const time of [1, 2]) {
  const startedAt = performance.now()
  added.push((await api.importTransactions(account, rows)).added.length)
  seconds.push((performance.now() - startedAt) / 1000)
}
say(JSON.stringify({ seconds, added }))
await api.shutdown()
process.exit(0)
`

export async function measurePeer(cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const folder = await folderIn(await temporaryFolder(cleanup), 'peer', 0o755)
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await run('npm', ['install', '--no-audit', '--no-fund', peer], { cwd: folder })

  const world = await openWorld(cleanup)
  const today = localDay(new Date(), 'Europe/Oslo')
  await world.control('PUT', `/accounts/${busy.account}/quirks`, { pageSize: 1_000 })
  await world.control('POST', `/accounts/${busy.account}/bulk`, {
    count: rowCount,
    from: addDays(today, -89),
    to: addDays(today, -1),
  })
  const call = await world.callAs('peer')
  const books = { bookedThrough: addDays(today, -1) }
  const id = (await connectCompany(call, 'peer', busy.institution, [busy.iban], books)).get(busy.iban) ?? ''
  const first = await firstImport(call, id)
  await settle(world)
  await world.owner.query(`update sync_states set complete = '{}' where connection_id = '${id}'`)
  const again = await importAgain(call, id)

  const { rows } = await world.owner.query(
    `select booking_date::text as date, amount_minor::int as amount, counterparty_name as payee_name, remittance_information as notes,
       bank_transaction_id as imported_id from transactions where connection_id = $1 order by booking_date, transaction_id`,
    [id],
  )
  await writeFile(join(folder, 'rows.json'), JSON.stringify(rows))
  await writeFile(join(folder, 'import.js'), script)
  const { stdout } = await run(env['npm_node_execpath'] ?? 'node', ['import.js'], { cwd: folder, maxBuffer: 2 ** 26 })
  const theirs = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  const ours = [first.seconds, again.seconds]
  return ['first', 'second'].map((time, at) => ({
    name: `${rowCount.toLocaleString('en')} rows the ${time} time, ${peer} against ours`,
    value: theirs.seconds[at] / (ours[at] ?? Number.NaN),
    note: `${theirs.seconds[at].toFixed(2)} s (${theirs.added[at]} added) against ${ours[at]?.toFixed(2)} s with the bank, ${rows.length} rows`,
  }))
}
