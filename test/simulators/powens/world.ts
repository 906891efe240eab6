// What Powens has of everybody: users with their tokens, connections, the accounts that it found there and the rows that it read; and the banks that it reads
// them from. Powens reads by itself every six hours, as long as the access stands.

import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../src/shared/clock.ts'
import type { SimulatedAccount, SimulatedTransaction } from '../simulator.ts'

/** What a bank may say of a movement beyond what all of them do. */
export type PowensTransaction = SimulatedTransaction & {
  readonly type?: string
  readonly coming?: boolean
  readonly active?: boolean
  readonly original?: { readonly value: string; readonly currency: string; readonly commission?: string }
}

export type PowensAccount = SimulatedAccount & {
  /** Powens' own word for what it is, where `type` is too plain. */
  readonly powensType?: string
  readonly transactions: readonly PowensTransaction[]
}

export type User = { readonly id: number; readonly created: Date; readonly tokens: Map<string, Date | null> }

export type Row = {
  readonly id: bigint
  readonly scraped: Date
  told: PowensTransaction
  deleted: Date | null
  lastUpdate: Date
}

export type Account = {
  readonly id: number
  readonly key: string
  readonly connectionId: number
  held: PowensAccount
  /** Found, and not chosen by the person. */
  disabled: Date | null
  deleted: Date | null
  lastUpdate: Date | null
  readonly rows: Map<string, Row>
}

export type Connection = {
  readonly id: number
  readonly userId: number
  /** Which bank it is at. */
  readonly connectorUuid: string
  readonly created: Date
  state: string | null
  expire: Date | null
  nextTry: Date | null
  lastUpdate: Date | null
  active: boolean
  readonly accounts: Map<string, Account>
}

/** How long an access lasts. */
const accessMs = 180 * 86_400_000
const syncEveryMs = 6 * 3_600_000
const codeLastsMs = 30 * 60_000

const secret = (): string => randomBytes(24).toString('base64url')

export type World = ReturnType<typeof createWorld>

export function createWorld(clock: Clock) {
  const users = new Map<number, User>()
  const connections = new Map<number, Connection>()
  const codes = new Map<string, { readonly userId: number; readonly isSingle: boolean; readonly until: Date }>()
  /** By connector. */
  const holdings = new Map<string, readonly PowensAccount[]>()
  let isPaused = false
  let lastId = 100
  // Beyond what a double can tell apart, as ids of 64 bits may be.
  let lastRowId = 9_007_199_254_740_993n
  const newId = () => (lastId += 1)

  function newToken(user: User, lastsMs: number | null): string {
    const token = secret()
    user.tokens.set(token, lastsMs === null ? null : new Date(clock.now().getTime() + lastsMs))
    return token
  }

  function readAccount(account: Account, told: PowensAccount): void {
    const now = clock.now()
    account.held = told
    account.deleted = null
    if (account.disabled !== null) return
    account.lastUpdate = now
    for (const movement of told.transactions) {
      const row = account.rows.get(movement.id)
      if (row === undefined) {
        const id = (lastRowId += 2n)
        account.rows.set(movement.id, { id, scraped: now, told: movement, deleted: null, lastUpdate: now })
      } else if (row.deleted !== null || JSON.stringify(row.told) !== JSON.stringify(movement)) {
        Object.assign(row, { told: movement, deleted: null, lastUpdate: now })
      }
    }
    const listed = new Set(told.transactions.map(({ id }) => id))
    for (const [id, row] of account.rows)
      if (!listed.has(id) && row.deleted === null) Object.assign(row, { deleted: now, lastUpdate: now })
  }

  /** Reads the bank for one connection, as it does by itself. */
  function sync(connection: Connection): void {
    if (connection.state !== null || isPaused || !connection.active) return
    const now = clock.now()
    const held = holdings.get(connection.connectorUuid) ?? []
    for (const told of held) {
      const known = connection.accounts.get(told.key)
      const account: Account = known ?? {
        id: newId(),
        key: told.key,
        connectionId: connection.id,
        held: told,
        disabled: now,
        deleted: null,
        lastUpdate: null,
        rows: new Map(),
      }
      connection.accounts.set(told.key, account)
      readAccount(account, told)
    }
    for (const account of connection.accounts.values())
      if (!held.some(({ key }) => key === account.key)) account.deleted ??= now
    connection.lastUpdate = now
  }

  /** What time alone has done to it. */
  function current(connection: Connection): Connection {
    const now = clock.now()
    if (connection.state === null && connection.expire !== null && connection.expire <= now)
      connection.state = 'SCARequired'
    const isDue = now.getTime() - (connection.lastUpdate?.getTime() ?? 0) >= syncEveryMs
    if (isDue) sync(connection)
    return connection
  }

  const all = () => [...connections.values()].map(current)

  return {
    clock,
    newToken,
    sync,
    all,
    newUser(): User {
      const user = { id: newId(), created: clock.now(), tokens: new Map() }
      users.set(user.id, user)
      return user
    },
    userOf: (id: number) => users.get(id),
    userWith(token: string): User | undefined {
      return [...users.values()].find(({ tokens }) => {
        const until = tokens.get(token)
        return until === null || (until !== undefined && until > clock.now())
      })
    },
    userCount: () => users.size,
    tokenCount: () => [...users.values()].reduce((count, { tokens }) => count + tokens.size, 0),
    endUser(user: User): void {
      for (const { id, userId } of connections.values()) if (userId === user.id) connections.delete(id)
      users.delete(user.id)
    },
    newCode(user: User, isSingle: boolean): string {
      const code = secret()
      codes.set(code, { userId: user.id, isSingle, until: new Date(clock.now().getTime() + codeLastsMs) })
      return code
    },
    /** Whose code it is; one for single access is used up. */
    useCode(code: string): User | undefined {
      const found = codes.get(code)
      if (found?.isSingle === true) codes.delete(code)
      return found === undefined || found.until <= clock.now() ? undefined : users.get(found.userId)
    },
    newConnection(userId: number, connectorUuid: string, state: string | null): Connection {
      const now = clock.now()
      const connection: Connection = {
        id: newId(),
        userId,
        connectorUuid,
        created: now,
        state,
        expire: state === null ? new Date(now.getTime() + accessMs) : null,
        nextTry: null,
        lastUpdate: null,
        active: true,
        accounts: new Map(),
      }
      connections.set(connection.id, connection)
      sync(connection)
      return connection
    },
    /** The person has been at the bank: the access begins anew. */
    renew(connection: Connection): void {
      Object.assign(connection, { state: null, expire: new Date(clock.now().getTime() + accessMs), nextTry: null })
      sync(connection)
    },
    /** These and no others. */
    choose(connection: Connection, accountIds: readonly number[]): void {
      for (const account of connection.accounts.values())
        account.disabled = accountIds.includes(account.id) ? null : (account.disabled ?? clock.now())
      sync(connection)
    },
    connectionsOf: (user: User) => all().filter(({ userId }) => userId === user.id),
    endConnection: (id: number) => connections.delete(id),
    hold(connectorUuid: string, accounts: readonly PowensAccount[]): void {
      holdings.set(connectorUuid, accounts)
      for (const connection of all()) sync(connection)
    },
    pause: (paused: boolean) => void (isPaused = paused),
  }
}
