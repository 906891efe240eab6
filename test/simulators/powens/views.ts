// How Powens spells what it has.

import { Exact } from './exact.ts'
import { toSql, toSqlOrNull } from './paris.ts'
import type { Account, Connection, Row, User } from './world.ts'

export const connectorUuid = '3fa85f64-5717-4562-b3fc-2c963f66afa6'
/** A programme of fuel cards. */
export const fuelUuid = '5a8e4b52-9f0a-4f0c-8b5a-0c4b5f8e1a45'

const connector = (id: number, uuid: string, name: string, more: object) => ({
  id,
  uuid,
  name,
  hidden: false,
  charged: true,
  beta: false,
  code: null,
  color: '004f8a',
  slug: name.slice(0, 3).toUpperCase(),
  capabilities: ['bank', 'transfer'],
  sync_periodicity: 1,
  months_to_fetch: null,
  auth_mechanism: 'webauth',
  restricted: false,
  ...more,
})

export const connectors = [
  connector(40, connectorUuid, 'Banque Populaire du Nord', { code: '13507' }),
  connector(41, '5a8e4b52-9f0a-4f0c-8b5a-0c4b5f8e1a41', 'Crédit Hors-Piste', { months_to_fetch: 12 }),
  connector(42, '5a8e4b52-9f0a-4f0c-8b5a-0c4b5f8e1a42', 'Banque Cachée', { hidden: true }),
  connector(43, '5a8e4b52-9f0a-4f0c-8b5a-0c4b5f8e1a43', 'Banque Pleine', { restricted: true }),
  connector(45, fuelUuid, 'Total GR', { slug: 'TGR' }),
  connector(44, '5a8e4b52-9f0a-4f0c-8b5a-0c4b5f8e1a44', 'Électricité du Port', { capabilities: ['document'] }),
]

const france = [{ id: 'FR', name: 'France' }]

export const connectorView = (found: (typeof connectors)[number], expand: readonly string[]) => ({
  ...found,
  ...(expand.includes('countries') && { countries: france }),
  ...(expand.includes('sources') && {
    sources: [{ id: found.id, id_connector: found.id, name: 'openapi', auth_mechanism: 'webauth', priority: 1 }],
  }),
  ...(expand.includes('fields') && { fields: [] }),
})

export const userView = ({ id, created }: User) => ({ id, signin: toSql(created) })

export function connectionView(connection: Connection, expand: readonly string[]) {
  const { id, userId, state, expire, nextTry, lastUpdate, created, active, connectorUuid: uuid } = connection
  const accounts = [...connection.accounts.values()]
  const listed = accounts.filter(({ deleted }) => deleted === null)
  return {
    id,
    id_user: userId,
    id_connector: connectors.find((one) => one.uuid === uuid)?.id ?? 40,
    connector_uuid: uuid,
    state,
    error: state,
    error_message: null,
    last_update: toSqlOrNull(lastUpdate),
    created: toSql(created),
    active,
    last_push: null,
    expire: toSqlOrNull(expire),
    next_try: toSqlOrNull(nextTry),
    ...(expand.includes('accounts') && {
      accounts: listed.filter(({ disabled }) => disabled === null).map((one) => accountView(one, connection)),
    }),
    ...(expand.includes('all_accounts') && { all_accounts: listed.map((one) => accountView(one, connection)) }),
    ...(expand.includes('sources') && { sources: [sourceView(connection)] }),
  }
}

const sourceView = ({ id, state, lastUpdate, created, expire, nextTry }: Connection) => ({
  id: id + 50_000,
  id_connection: id,
  id_connector_source: 40,
  name: 'openapi',
  state,
  last_update: toSqlOrNull(lastUpdate),
  created: toSql(created),
  next_try: toSqlOrNull(nextTry),
  access_expire: toSqlOrNull(expire),
  disabled: null,
})

const names: Readonly<Record<string, string>> = { EUR: 'Euro', USD: 'Dollar américain', JPY: 'Yen' }
const currencyView = (id: string) => ({
  id,
  name: names[id] ?? id,
  symbol: id === 'EUR' ? '€' : id,
  precision: id === 'JPY' ? 0 : 2,
})

const usages = { private: 'PRIV', business: 'ORGA' }

/** Of an account that the person has not chosen hardly more than the name is told. */
export function accountView(account: Account, { userId, id }: Pick<Connection, 'userId' | 'id'>) {
  const { held, disabled, deleted, lastUpdate } = account
  const { iban, maskedPan, balance, currency, name, usage, type, powensType } = held
  const isTold = disabled === null
  return {
    id: account.id,
    id_connection: id,
    id_user: userId,
    id_source: id + 50_000,
    id_parent: null,
    name,
    original_name: name,
    number: isTold ? (maskedPan ?? iban?.slice(4) ?? null) : null,
    iban: isTold ? (iban ?? null) : null,
    balance: isTold ? new Exact(balance) : null,
    coming: null,
    currency: isTold ? currencyView(currency) : null,
    type: powensType ?? (type === 'card' ? 'card' : 'checking'),
    id_type: type === 'card' ? 9 : 2,
    usage: usages[usage],
    display: true,
    bookmarked: false,
    loan: null,
    last_update: toSqlOrNull(lastUpdate),
    disabled: toSqlOrNull(disabled),
    deleted: toSqlOrNull(deleted),
  }
}

export function rowView(row: Row, account: Account) {
  const { told, deleted, lastUpdate, scraped } = row
  const { bookingDate, valueDate, amount, text, counterparty, type, coming, active, original } = told
  const ofCard = account.held.type === 'card'
  return {
    id: new Exact(String(row.id)),
    id_account: account.id,
    application_date: bookingDate,
    date: bookingDate,
    datetime: null,
    vdate: valueDate ?? null,
    vdatetime: null,
    rdate: bookingDate,
    rdatetime: null,
    bdate: null,
    bdatetime: null,
    value: new Exact(amount),
    gross_value: null,
    original_value: original === undefined ? null : new Exact(original.value),
    original_gross_value: null,
    original_currency: original === undefined ? null : currencyView(original.currency),
    commission: original?.commission === undefined ? null : new Exact(original.commission),
    commission_currency: null,
    type: type ?? (ofCard ? 'card' : 'transfer'),
    original_wording: text,
    simplified_wording: text,
    wording: text,
    date_scraped: toSql(scraped),
    coming: coming ?? false,
    active: active ?? true,
    id_cluster: null,
    country: null,
    card: null,
    comment: null,
    last_update: toSql(lastUpdate),
    deleted: toSqlOrNull(deleted),
    counterparty:
      counterparty === undefined
        ? null
        : {
            label: counterparty.name,
            account_scheme_name: counterparty.iban === undefined ? null : 'iban',
            account_identification: counterparty.iban ?? null,
            type: amount.startsWith('-') ? 'creditor' : 'debtor',
          },
  }
}
