// What `npm test` runs: one PostgreSQL for all test files, with a migrated database for them to clone; their failures; and the totals as the last line.
// `npm test -- PATH…` runs some files or folders; `npm run test:one -- FILE` runs one file again whenever it, or what it imports, changes.

import { spawn } from 'node:child_process'
import { chmod, glob, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath } from 'node:process'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/shared/embedded-postgres.ts'
import { isAlive, serverOf } from '../../src/shared/embedded-postgres/lock.ts'
import { createLog } from '../../src/shared/log.ts'
import { migrate } from '../../src/migrate.ts'
import { runSql, serviceUser, urlOf } from './database.ts'
import { runFiles } from './run-files.ts'
import { notDurable } from './scratch.ts'
import type { Totals } from './totals.ts'

const log = createLog({ level: 'warn' })
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort())

const args = argv.slice(2)
if (args[0] === '--watch') await withTestServer((_, variables) => watch(args, variables))
else {
  const totals = await withTestServer((_, variables) => runAll(args, variables)).catch((error: unknown): Totals => {
    if (!interrupted.signal.aborted) log.error({ err: error }, 'the tests could not be run')
    return { passed: 0, failed: 1 }
  })
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`)
  process.exitCode = totals.failed === 0 ? 0 : 1
}

type Variables = Readonly<Record<string, string>>

/** What the test files are told: see `freshDatabase`. */
async function withTestServer<T>(work: (scratch: string, variables: Variables) => Promise<T>): Promise<T> {
  await using cleanup = new AsyncDisposableStack()
  const scratch = await makeScratch()
  cleanup.defer(() => rm(scratch, { recursive: true, force: true }))
  const given = env['TEST_DATABASE_URL']
  const server = given ?? cleanup.use(await startServer(join(scratch, 'postgres'))).ownerUrl
  const template = `bankfeed_${process.pid}_${Date.now()}`
  if (given !== undefined) cleanup.defer(() => dropDatabases(server, template))
  await makeTemplate(server, template)
  return await work(scratch, {
    TEST_DATABASE_URL: server,
    TEST_TEMPLATE_DATABASE: template,
    // Every test file is a process: what the first compiles, the others read.
    NODE_COMPILE_CACHE: join(scratch, 'compiled'),
  })
}

async function runAll(paths: readonly string[], variables: Variables): Promise<Totals> {
  const files = await filesIn(paths.length === 0 ? ['test'] : paths)
  const totals = await runFiles({
    files,
    jobs: Math.max(2, availableParallelism()),
    env: { ...env, ...variables },
    results: '.tap/test-results',
    say: (text) => void process.stdout.write(text),
    signal: interrupted.signal,
  })
  return files.length === 0 ? { passed: 0, failed: 1 } : totals
}

/** A file is run as it is named; a folder means the tests in it. */
async function filesIn(paths: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>()
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.add(path)
    else for await (const file of glob(join(path, '**/*.test.ts'))) files.add(file)
  }
  return [...files]
}

/** Runs one file again whenever it, or what it imports, changes. */
async function watch(program: readonly string[], variables: Variables): Promise<void> {
  interrupted.signal.throwIfAborted()
  const child = spawn(execPath, program, {
    stdio: 'inherit',
    env: { ...env, ...variables },
    signal: interrupted.signal,
  })
  await new Promise<unknown>((done, failed) => {
    child.once('error', (error) => error.name !== 'AbortError' && failed(error))
    child.once('close', done)
  })
}

function startServer(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log, settings: { ...notDurable, max_connections: '200' } })
}

async function makeTemplate(server: string, template: string): Promise<void> {
  const { password } = new URL(server)
  await runSql(
    server,
    `do $$ begin create role ${serviceUser} login; exception when duplicate_object then null; end $$`,
    ...(password === ''
      ? []
      : [`alter role ${serviceUser} password '${decodeURIComponent(password).replaceAll("'", "''")}'`]),
    `create database ${template}`,
  )
  await migrate({ ownerUrl: urlOf(server, { database: template }), serviceUser, log })
}

/** The template, and the clones of files that were killed. */
async function dropDatabases(server: string, template: string): Promise<void> {
  const rows = await runSql(server, `select datname from pg_database where starts_with(datname, '${template}')`)
  await runSql(server, ...rows.map(({ datname }) => `drop database ${String(datname)} with (force)`))
}

/** A folder in memory where there is room, else on disk. */
async function makeScratch(): Promise<string> {
  const parent = (await freeBytes('/dev/shm')) > 1e9 ? '/dev/shm' : tmpdir()
  for (const name of await readdir(parent)) {
    const runner = Number(/^bankfeed-test-(\d+)-/.exec(name)?.[1])
    if (runner > 0 && !isAlive(runner)) await clearAway(join(parent, name)).catch(() => {})
  }
  const scratch = await mkdtemp(join(parent, `bankfeed-test-${process.pid}-`))
  // As root, the server runs as another user, who has to get in.
  await chmod(scratch, 0o755)
  return scratch
}

/** What a killed run has left: its server runs on. (Somebody else's is his to clear.) */
async function clearAway(scratch: string): Promise<void> {
  const server = await serverOf(join(scratch, 'postgres/cluster'))
  if (server !== undefined) process.kill(server.pid, 'SIGQUIT')
  await rm(scratch, { recursive: true, force: true })
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path).catch(() => ({ bavail: 0, bsize: 0 }))
  return bavail * bsize
}
