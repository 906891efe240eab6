// A company in which everybody changes something all the time, by seed: books, bank and people.

import { addDays } from '../../src/values/day.ts'
import type { Answer } from '../support/service.ts'
import { others, type Company, type EntryRow, type Row } from './company.ts'
import { chance } from './random.ts'

type Invoice = {
  readonly entryId: string
  readonly amount: string
  readonly name: string
  readonly documentNumber?: string
  readonly reference?: string
  readonly dueDate: string
  readonly openAmount?: string
}

const url = '/v1/companies/nordlys'
const names = ['Fjell og Fjord AS', 'Tvilling Drift AS', 'Bakken Bygg AS', 'Solveig Lie', 'Nordis Transport AS']
const amounts = ['780.00', '1250.00', '1250.50', '299.00', '4300.00', '96.40']

/** Many others, so that what is common stays so when one thing more is there. */
const many: readonly EntryRow[] = Array.from({ length: 160 }, (_, at) => ({
  entryId: `more-${at}`,
  amount: `${5_001 + at * 37}.20`,
  documentNumber: `7${7_000 + at * 3}`,
  dueDate: '2026-11-20',
  counterparty: { name: `Flere Part ${String.fromCodePoint(65 + (at % 26))}${at} AS` },
}))

export async function changingBooks(company: Company, seed: number) {
  const { call } = company
  const luck = chance(seed)
  const invoices = new Map<string, Invoice>()
  const lines: string[] = []
  let made = 0

  const invoice = (): Invoice => {
    const number = 10_000 + (made += 1)
    return {
      entryId: `e-${number}`,
      amount: `${luck.is(0.25) ? '-' : ''}${luck.pick(amounts)}`,
      name: luck.pick(names),
      dueDate: addDays('2026-11-08', luck.between(0, 14)),
      ...(luck.is(0.8) && { documentNumber: String(number) }),
      ...(luck.is(0.3) && { reference: `${number}00017` }),
    }
  }
  /** A payment of an invoice, more or less; or of nothing. */
  const payment = (): Row => {
    const { amount, name, documentNumber, reference } = luck.is(0.8) ? anInvoice() : invoice()
    const minor = BigInt(amount.replace('.', '')) - (luck.is(0.15) ? 4_000n : 0n)
    const text = luck.is(0.4) && documentNumber !== undefined ? `Faktura ${documentNumber}` : `Betaling ${name}`
    return {
      minor: luck.is(0.08) ? -minor : minor,
      bookingDate: addDays('2026-11-05', luck.between(0, 15)),
      ...(luck.is(0.7) && { counterparty: { name: name.toUpperCase() } }),
      ...(luck.is(0.6) && { remittanceInformation: text }),
      ...(luck.is(0.2) && reference !== undefined && { reference }),
    }
  }
  const anInvoice = (): Invoice => luck.pick([...invoices.values()])
  const put = async (changed: Invoice): Promise<void> => {
    const { name, ...rest } = changed
    invoices.set(changed.entryId, changed)
    await company.enter({ ...rest, issueDate: '2026-11-01', counterparty: { name } })
  }
  const decide = async (status: string, decision: string): Promise<void> => {
    const matches: readonly Answer['body'][] = await company.matches(`status=${status}`)
    if (matches.length > 0) await call('POST', `/v1/matches/${luck.pick(matches).id}/${decision}`)
  }
  const book = async (): Promise<void> => void lines.push(...(await company.book(payment())))

  const changes = {
    enter: () => put(invoice()),
    amend: () => put({ ...anInvoice(), ...(luck.is(0.5) && { ...invoice() }), entryId: anInvoice().entryId }),
    settle: () => put({ ...anInvoice(), openAmount: '0.00' }),
    erase: async () => {
      const { entryId } = anInvoice()
      invoices.delete(entryId)
      await call('DELETE', `${url}/entries/${entryId}`)
    },
    book,
    modify: () => company.modify(luck.pick(lines), payment()),
    withdraw: () => company.withdraw(luck.pick(lines)),
    confirm: () => decide('suggested', 'confirm'),
    reject: () => decide('suggested', 'reject'),
    undo: () => decide('confirmed', 'undo'),
    make: async () => {
      const { id, amount } = await company.transaction(luck.pick(lines))
      await call('POST', `${url}/matches`, { links: [{ transactionId: id, entryId: anInvoice().entryId, amount }] })
    },
  }
  const often = { enter: 3, amend: 3, settle: 2, erase: 1, book: 5, modify: 2, withdraw: 1, confirm: 2, reject: 2 }

  await company.enter(...others, ...many)
  for (let count = 14; count > 0; count -= 1) await put(invoice())
  for (let count = 16; count > 0; count -= 1) await book()
  return {
    /** One to three changes, told by their names. */
    async change(): Promise<string> {
      const done: string[] = []
      for (let count = luck.between(1, 3); count > 0; count -= 1) {
        const name = luck.weighed({ ...often, undo: 2, make: 1 })
        await changes[name]()
        done.push(name)
      }
      return done.join(', ')
    },
  }
}
