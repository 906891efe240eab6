// Reading what each provider sends, by itself on one core, and one GoCardless answer of ten thousand movements: GoCardless does not page.

import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryUsage } from 'node:process'
import type { Provider } from '../src/providers/provider.ts'
import { createProviders, type ProviderConfig } from '../src/providers/registry.ts'
import { systemClock } from '../src/shared/clock.ts'
import { createIds } from '../src/shared/ids.ts'
import { createLog } from '../src/shared/log.ts'
import { createOutbound } from '../src/shared/outbound.ts'
import { addDays, parseDay, type Day } from '../src/values/day.ts'
import { median, type Figure } from './figure.ts'

const pageRows = 1_000
const pages = 20
const rounds = 7
const answerRows = 10_000

export async function measureNormalise(cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const answer = goCardlessBody(0, answerRows)
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(request.url?.includes('/token/') === true ? token : answer)
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  cleanup.defer(() => void server.close())
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a server that listens on a port
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const outbound = cleanup.adopt(createOutbound({ log: createLog({ level: 'silent' }) }), (client) => client.close())
  const ids = createIds(() => 0)
  const providers = createProviders(configOf(baseUrl), {
    outbound,
    clock: systemClock,
    random: () => 0,
    newId: ids.uuid,
  })
  const figures: Figure[] = []
  for (const [id, bodyOf] of Object.entries(bodies)) {
    const provider = providers.get(id)
    if (provider === undefined) throw new Error(`there is no ${id}`)
    const texts = Array.from({ length: pages }, (_, page) => bodyOf(page * pageRows, pageRows))
    figures.push({ name: `${id} read`, value: rowsPerSecond(provider, texts), unit: 'rows/s', note: 'one core' })
  }
  const goCardless = providers.get('gocardless')
  if (goCardless === undefined) throw new Error('there is no gocardless')
  return [...figures, ...(await oneAnswer(goCardless))]
}

const token = JSON.stringify({
  access: 'access',
  access_expires: 86_400,
  refresh: 'refresh',
  refresh_expires: 2_592_000,
})

function configOf(baseUrl: string): ProviderConfig {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const bank = {
    id: 'bank',
    name: 'Bank',
    baseUrl,
    countries: ['NO'],
    bankCodes: [],
    maxHistoryDays: 90,
    maxConsentDays: 90,
  }
  return {
    berlinGroup: [bank],
    gocardless: { baseUrl, secretId: 'id', secretKey: 'key' },
    enableBanking: {
      baseUrl,
      applicationId: 'app',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    powens: { baseUrl, domain: 'bench', clientId: '1', clientSecret: 'secret', webviewUrl: baseUrl },
  }
}

function rowsPerSecond(provider: Provider, texts: readonly string[]): number {
  const account = { nativeId: 'bank', currency: 'NOK', iban: 'NO9386011117947', owner: 'Fjordlys Handel AS' }
  const seconds = Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    for (const body of texts)
      if (provider.readPage({ body, next: null }, account).length !== pageRows) throw new Error('rows are missing')
    return (performance.now() - startedAt) / 1000
  })
  return (pageRows * pages) / median(seconds)
}

/** From asking to movements, and what the process held of it at the end. */
async function oneAnswer(provider: Provider): Promise<readonly Figure[]> {
  const ask = {
    nativeId: 'bank',
    ref: JSON.stringify({ requisitionId: 'r', agreementId: 'a', historyDays: 730, reconfirms: false }),
    accountRef: 'account',
    currency: 'NOK',
    from: dayOf(0),
    to: dayOf(answerRows),
    isFirst: false,
  }
  const seconds: number[] = []
  const heap: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = memoryUsage().rss
    const startedAt = performance.now()
    const page = await provider.fetchPage({ ...ask, now: new Date() })
    const rows = provider.readPage(page, { nativeId: 'bank', currency: 'NOK' })
    seconds.push((performance.now() - startedAt) / 1000)
    heap.push((memoryUsage().rss - before) / 2 ** 20)
    if (rows.length !== answerRows) throw new Error('rows are missing')
  }
  return [
    {
      name: `${answerRows.toLocaleString('en')} in one GoCardless answer, asked for and read`,
      value: median(seconds),
      unit: 's',
      note: `${Math.round(answerRows / median(seconds)).toLocaleString('en')} rows/s`,
    },
    { name: 'memory that the process took for the first of them', value: heap[0] ?? Number.NaN, unit: 'MiB' },
  ]
}

const dayOf = (n: number): Day => addDays(parseDay('2026-09-01') ?? '1900-01-01', Math.floor(n / 200))
const amountOf = (n: number): string => `${100 + (n % 9_000)}.${String(n % 100).padStart(2, '0')}`
const isOut = (n: number): boolean => n % 3 === 0
const idOf = (n: number): string => `2f0c1d7e-0000-4000-8000-${String(n).padStart(12, '0')}`
const rowsOf = (first: number, count: number, rowOf: (n: number) => object): readonly object[] =>
  Array.from({ length: count }, (_, n) => rowOf(first + n))

const standardRow = (n: number) => ({
  transactionId: idOf(n),
  entryReference: `E${String(n).padStart(16, '0')}`,
  bookingDate: dayOf(n),
  valueDate: dayOf(n),
  transactionAmount: { currency: 'NOK', amount: `${isOut(n) ? '-' : ''}${amountOf(n)}` },
  creditorName: `Leverandør ${n % 97} AS`,
  debtorName: `Kunde ${n % 89} AS`,
  debtorAccount: { iban: 'NO8330001234567' },
  remittanceInformationUnstructured: `Faktura ${1_000_000 + n}`,
  bankTransactionCode: 'PMNT-RCDT-ESCT',
})

function goCardlessBody(first: number, count: number): string {
  const booked = rowsOf(first, count, (n) => ({ ...standardRow(n), internalTransactionId: `${n}abcdef0123456789` }))
  return JSON.stringify({ transactions: { booked, pending: [] } })
}

/** A page of each, as it sends it: a shop's days, with a name, a text and ids on each row. */
const bodies: Readonly<Record<string, (first: number, count: number) => string>> = {
  'berlin-group': (first, count) =>
    JSON.stringify({
      account: { iban: 'NO9386011117947' },
      transactions: { booked: rowsOf(first, count, standardRow), _links: { account: { href: '/v1/accounts/1' } } },
    }),
  gocardless: goCardlessBody,
  'enable-banking': (first, count) =>
    JSON.stringify({
      transactions: rowsOf(first, count, (n) => ({
        entry_reference: idOf(n),
        transaction_amount: { currency: 'NOK', amount: amountOf(n) },
        credit_debit_indicator: isOut(n) ? 'DBIT' : 'CRDT',
        status: 'BOOK',
        booking_date: dayOf(n),
        value_date: dayOf(n),
        creditor: { name: `Leverandør ${n % 97} AS` },
        debtor: { name: `Kunde ${n % 89} AS` },
        debtor_account: { iban: 'NO8330001234567' },
        remittance_information: [`Faktura ${1_000_000 + n}`],
        bank_transaction_code: { description: 'Overføring', code: 'PMNT', sub_code: 'RCDT-ESCT' },
      })),
      continuation_key: null,
    }),
  powens: (first, count) =>
    JSON.stringify({
      account: { id: '1', isCard: false },
      answer: {
        transactions: rowsOf(first, count, (n) => ({
          id: n + 1,
          id_account: 1,
          date: dayOf(n),
          rdate: dayOf(n),
          value: Number(`${isOut(n) ? '-' : ''}${amountOf(n)}`),
          type: 'transfer',
          original_wording: `Faktura ${1_000_000 + n}`,
          counterparty: { label: `Kunde ${n % 89} AS`, type: 'debtor' },
          coming: false,
          active: true,
          deleted: null,
        })),
        _links: { next: null },
      },
    }),
}
