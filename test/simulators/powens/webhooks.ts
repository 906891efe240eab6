// What Powens calls others with, and how it signs.

import { createHmac } from 'node:crypto'
import { toJson } from './exact.ts'
import { accountView, connectionView, rowView, userView } from './views.ts'
import type { Connection, User } from './world.ts'

type Call = {
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Event = 'CONNECTION_SYNCED' | 'ACCOUNT_SYNCED' | 'CONNECTION_DELETED' | 'USER_DELETED'

export function bodyOf(event: Event, connection: Connection, user: User): string {
  const [account, ...others] = [...connection.accounts.values()]
    .filter(({ disabled }) => disabled === null)
    .map((one) => ({
      ...accountView(one, connection),
      transactions: [...one.rows.values()].map((row) => rowView(row, one)),
    }))
  const bodies: Readonly<Record<Event, unknown>> = {
    // The first event after connecting, and one after every reading, also one that failed.
    CONNECTION_SYNCED: {
      user: userView(user),
      connection: { ...connectionView(connection, []), accounts: account === undefined ? [] : [account, ...others] },
    },
    ACCOUNT_SYNCED: account,
    CONNECTION_DELETED: connectionView(connection, []),
    USER_DELETED: userView(user),
  }
  return toJson(bodies[event])
}

export function signed(path: string, body: string, by: { readonly secret: string; readonly at: Date }): Call {
  const date = by.at.toISOString()
  const signature = createHmac('sha256', by.secret).update(`POST.${path}.${date}.${body}`).digest('base64')
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'bi-signature': signature, 'bi-signature-date': date },
    body,
  }
}
