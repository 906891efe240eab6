// A PostgreSQL that can be struck down and started again where it was: same data, same port.

import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { createServiceRole, migrate } from '../../../src/migrate.ts'
import { openCluster } from '../../../src/shared/embedded-postgres/cluster.ts'
import { serverOf } from '../../../src/shared/embedded-postgres/lock.ts'
import { programEnvironment } from '../../../src/shared/embedded-postgres/programs.ts'
import { createLog } from '../../../src/shared/log.ts'
import { runSql, serviceUser, urlOf } from '../database.ts'
import { freePort } from './world.ts'

export type RestartableServer = {
  readonly ownerUrl: string
  /** The service's. */
  readonly password: string
  /** `pg_ctl -m immediate`: every session is cut off where it is, and nothing is written down but what was committed. */
  strike(): Promise<void>
  /** Recovers, and is ready. */
  start(): Promise<void>
} & AsyncDisposable

/** A migrated database on the server, and how the owner and the service reach it. */
export async function databaseOn({ ownerUrl, password }: RestartableServer, database: string) {
  await createServiceRole({ ownerUrl, user: serviceUser, password })
  await runSql(ownerUrl, `create database ${database}`)
  const owner = urlOf(ownerUrl, { database })
  await migrate({ ownerUrl: owner, serviceUser, log: createLog({ level: 'warn' }) })
  const service = new URL(urlOf(ownerUrl, { database, user: serviceUser }))
  service.password = password
  return { ownerUrl: owner, serviceUrl: service.href }
}

/** `durable: false` does not wait for the disk: that matters to machines that lose power, and here only processes die. Every commit is written down all the same. */
export async function startServer(options: {
  readonly dataDir: string
  readonly durable: boolean
}): Promise<RestartableServer> {
  const log = createLog({ level: 'warn' })
  const cluster = await openCluster({ dataDir: options.dataDir, log, durable: options.durable })
  const settings = {
    port: String(await freePort()),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(!options.durable && { fsync: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: ChildProcess | undefined

  async function start(): Promise<void> {
    // The sessions of the one before may hold on for a moment, and then this one gives up.
    for (let tries = 0; tries < 100; tries += 1) {
      const child = spawn(cluster.programs.postgres, ['-D', cluster.dir, ...flags], {
        ...cluster.user,
        env: programEnvironment,
        cwd: '/',
        stdio: 'ignore',
      })
      let isGone = false
      child.once('error', () => (isGone = true)).once('exit', () => (isGone = true))
      server = child
      // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- its end modifies it
      while (!isGone) {
        const holder = await serverOf(cluster.dir)
        if (holder?.ready === true && holder.pid === child.pid) return
        await pause(5)
      }
      await pause(100)
    }
    throw new Error('the server did not start')
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }

  await start()
  return {
    ownerUrl: `postgres://${cluster.owner}:${cluster.password}@127.0.0.1:${settings.port}/postgres`,
    password: randomBytes(24).toString('hex'),
    strike: () => stop('SIGQUIT'),
    start,
    [Symbol.asyncDispose]: () => stop('SIGINT'),
  }
}
