// What Powens calls others with, and how it signs.

import { createHmac } from 'node:crypto'
import { toJson } from './exact.ts'
import { accountView, connectionView, rowView, userView } from './views.ts'
import type { Connection, User } from './world.ts'

export type Call = {
  readonly method: 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The first event after connecting, and one after every reading, also one that failed. */
export function connectionSynced(connection: Connection, user: User): string {
  const accounts = [...connection.accounts.values()].filter(({ disabled }) => disabled === null)
  return toJson({
    user: userView(user),
    connection: {
      ...connectionView(connection, []),
      accounts: accounts.map((account) => ({
        ...accountView(account, connection),
        transactions: [...account.rows.values()].map((row) => rowView(row, account)),
      })),
    },
  })
}

export const connectionDeleted = (connection: Connection): string => toJson(connectionView(connection, []))

export const userDeleted = (user: User): string => toJson(userView(user))

export function signed(path: string, body: string, by: { readonly secret: string; readonly at: Date }): Call {
  const date = by.at.toISOString()
  const signature = createHmac('sha256', by.secret).update(`POST.${path}.${date}.${body}`).digest('base64')
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', 'bi-signature': signature, 'bi-signature-date': date },
    body,
  }
}
