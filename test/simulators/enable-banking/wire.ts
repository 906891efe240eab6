// How the API spells what there is. What it has no answer for is null.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SimulatedAccount, SimulatedTransaction } from '../simulator.ts'
import { Refusal } from './refusal.ts'
import { hashOf, statusOf, type Aspsp, type Session, type World } from './world.ts'

export const aspspView = (aspsp: Aspsp, requiredPsuHeaders: readonly string[]) => ({
  name: aspsp.name,
  country: aspsp.country,
  logo: `https://enablebanking.com/brands/${aspsp.country}/${encodeURIComponent(aspsp.name)}/`,
  psu_types: aspsp.psuTypes,
  auth_methods: aspsp.psuTypes.map((psu_type) => ({ psu_type, approach: 'REDIRECT', hidden_method: false })),
  maximum_consent_validity: aspsp.maxConsentSeconds,
  beta: aspsp.beta === true,
  ...(aspsp.bic !== undefined && { bic: aspsp.bic }),
  ...(requiredPsuHeaders.length > 0 && { required_psu_headers: requiredPsuHeaders }),
})

const accessView = ({ authorization }: Session) => ({
  accounts: null,
  balances: true,
  transactions: true,
  valid_until: authorization.validUntil,
})

const aspspOf = ({ authorization: { aspsp } }: Session) => ({ name: aspsp.name, country: aspsp.country })

/** What only the exchange of the code tells. */
export const authorizedView = (world: World, session: Session) => ({
  session_id: session.id,
  accounts: [...session.accounts].flatMap(([uid, key]) =>
    world.accounts.filter((account) => account.key === key).map((account) => accountView(account, uid)),
  ),
  aspsp: aspspOf(session),
  psu_type: session.authorization.psuType,
  access: accessView(session),
})

export const sessionView = (world: World, session: Session) => ({
  status: statusOf(world, session),
  accounts: [...session.accounts.keys()],
  accounts_data: [...session.accounts].flatMap(([uid, key]) =>
    world.accounts
      .filter((account) => account.key === key)
      .map((account) => ({
        uid,
        identification_hash: hashOf(account),
        identification_hashes: [hashOf(account)],
      })),
  ),
  aspsp: aspspOf(session),
  psu_type: session.authorization.psuType,
  psu_id_hash: 'a73e18791266b4525b75e08995447e3cc2dca30c522091fa283220e769b05b80',
  access: accessView(session),
  created: session.createdAt.toISOString(),
  authorized: session.createdAt.toISOString(),
  closed: session.closedAt?.toISOString() ?? null,
})

export function accountView(account: SimulatedAccount, uid: string) {
  const { iban, maskedPan } = account
  const card = maskedPan === undefined ? null : { identification: maskedPan, scheme_name: 'CPAN', issuer: null }
  const ibans = iban === undefined ? [] : [{ identification: iban, scheme_name: 'IBAN', issuer: null }]
  return {
    account_id: { iban: iban ?? null, other: iban === undefined ? card : null },
    all_account_ids: [...ibans, ...(card === null ? [] : [card])],
    account_servicer: null,
    name: account.owner,
    details: account.name,
    usage: account.usage === 'business' ? 'ORGA' : 'PRIV',
    cash_account_type: account.type === 'card' ? 'CARD' : 'CACC',
    product: null,
    currency: account.currency,
    psu_status: null,
    credit_limit: null,
    legal_age: null,
    postal_address: null,
    uid,
    identification_hash: hashOf(account),
    identification_hashes: [hashOf(account)],
  }
}

/** Of the moment, and of yesterday's close, which leaves out what is booked today. */
export function balancesView({ balance, currency, transactions }: SimulatedAccount, now: Date) {
  const today = now.toISOString().slice(0, 10)
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10)
  const bookedToday = transactions.filter(({ bookingDate }) => bookingDate === today).map(({ amount }) => amount)
  const view = (name: string, balance_type: string, amount: string, reference_date: string | null) => ({
    name,
    balance_amount: { currency, amount },
    balance_type,
    last_change_date_time: null,
    reference_date,
    last_committed_transaction: null,
  })
  return {
    balances: [
      view('Net balance', 'ITAV', balance, null),
      view('Gross balance', 'ITBD', balance, null),
      view('Closing balance', 'CLBD', minus(balance, bookedToday), yesterday),
    ],
  }
}

/** Amounts have as many decimals as the balance: they are of one currency. */
function minus(balance: string, amounts: readonly string[]): string {
  const decimals = balance.split('.')[1]?.length ?? 0
  const scaled = (text: string) => {
    const [whole = '', fraction = ''] = text.split('.')
    return BigInt(whole + fraction.padEnd(decimals, '0'))
  }
  const left = amounts.reduce((sum, amount) => sum - scaled(amount), scaled(balance))
  const digits = String(left < 0n ? -left : left).padStart(decimals + 1, '0')
  const at = digits.length - decimals
  return `${left < 0n ? '-' : ''}${digits.slice(0, at)}${decimals === 0 ? '' : `.${digits.slice(at)}`}`
}

/** `transaction_id` is another in each listing. */
export function transactionView(transaction: SimulatedTransaction, account: SimulatedAccount, listing: string) {
  const isOut = transaction.amount.startsWith('-')
  const other = transaction.counterparty
  const party = other === undefined ? null : { ...emptyParty, name: other.name }
  const theirs = other?.iban === undefined ? null : { iban: other.iban, other: null }
  const ours = account.iban === undefined ? null : { iban: account.iban, other: null }
  return {
    entry_reference: transaction.id,
    merchant_category_code: null,
    transaction_amount: { currency: transaction.currency, amount: transaction.amount.replace('-', '') },
    creditor: isOut ? party : null,
    creditor_account: isOut ? theirs : ours,
    creditor_agent: null,
    debtor: isOut ? null : party,
    debtor_account: isOut ? ours : theirs,
    debtor_agent: null,
    bank_transaction_code: { description: 'Betalning', code: isOut ? 'ICDT' : 'RCDT', sub_code: 'ESCT' },
    credit_debit_indicator: isOut ? 'DBIT' : 'CRDT',
    status: 'BOOK',
    booking_date: transaction.bookingDate,
    value_date: transaction.valueDate ?? null,
    transaction_date: null,
    balance_after_transaction: null,
    reference_number: null,
    reference_number_schema: null,
    remittance_information: [transaction.text],
    debtor_account_additional_identification: null,
    creditor_account_additional_identification: null,
    exchange_rate: null,
    note: null,
    transaction_id: Buffer.from(`${listing} ${transaction.id}`).toString('base64url'),
  }
}

const emptyParty = { postal_address: null, organisation_id: null, private_id: null, contact_details: null }

/** A reservation, which any listing has that does not ask for booked ones alone. */
export function pendingView(account: SimulatedAccount, listing: string) {
  const reserved = {
    id: '',
    bookingDate: '2000-01-01',
    amount: '-1.00',
    currency: account.currency,
    text: 'RESERVERAT',
  }
  const view = transactionView({ ...reserved, bookingDate: '2000-01-01' }, account, listing)
  return { ...view, entry_reference: null, status: 'PDNG', booking_date: null }
}

/** Where a listing goes on, signed: good for the same question in the same session only. */
export function keyOf(secret: Buffer, question: string, page: number): string {
  const told = Buffer.from(JSON.stringify({ page })).toString('base64')
  return `${told}.${createHmac('sha256', secret).update(`${question} ${told}`).digest('hex')}`
}

/** @throws {Refusal} */
export function pageIn(secret: Buffer, question: string, key: string): number {
  const [told = ''] = key.split('.')
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(told, 'base64').toString('utf8'))
  } catch {
    throw new Refusal('WRONG_CONTINUATION_KEY')
  }
  const page = typeof json === 'object' && json !== null && 'page' in json ? json.page : undefined
  const expected = typeof page === 'number' ? keyOf(secret, question, page) : ''
  const isGenuine = expected.length === key.length && timingSafeEqual(Buffer.from(expected), Buffer.from(key))
  if (typeof page !== 'number' || !isGenuine) throw new Refusal('WRONG_CONTINUATION_KEY')
  return page
}
