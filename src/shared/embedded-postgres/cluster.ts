// Where the data is: `cluster` in the data folder, made whole or not at all.

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from '../log.ts'
import { isAlive } from './lock.ts'
import { exists, findPrograms, isOpenToAll, programEnvironment, type Programs, type ServerUser } from './programs.ts'

export type Cluster = {
  /** PostgreSQL's data directory, links resolved. */
  readonly dir: string
  /** The superuser, and its password. */
  readonly owner: string
  readonly password: string
  readonly user: ServerUser
  readonly programs: Programs
}

const owner = 'bankfeed_owner'
/** Inside the cluster, so that the two come to be in one step and are backed up together. PostgreSQL leaves files that it does not know alone. */
const passwordFile = 'bankfeed_owner.password'
/** Where root's service keeps a cluster that the server's user could not reach in the data folder. */
const sharedBase = '/var/lib/bankfeed'

/**
 * The cluster in `dataDir`, made now if there is none. `durable: false` does not wait for the disk (tests).
 * @throws {Error} when `dataDir` holds something else.
 */
export async function openCluster(options: {
  readonly dataDir: string
  readonly log: Log
  readonly durable: boolean
}): Promise<Cluster> {
  const path = join(options.dataDir, 'cluster')
  if (!(await exists(path))) await makeCluster({ ...options, path })
  if (!(await exists(join(path, 'PG_VERSION')))) throw new Error(`${path} is not the data of a PostgreSQL`)
  const dir = await realpath(path)
  const user = isRoot() ? await userOf(dir) : {}
  const programs = await findPrograms({ user, copyTo: dirname(dir) })
  return { dir, owner, password: await readFile(join(dir, passwordFile), 'utf8'), user, programs }
}

async function makeCluster(options: {
  readonly dataDir: string
  readonly path: string
  readonly log: Log
  readonly durable: boolean
}): Promise<void> {
  const { dataDir, path } = options
  await mkdir(dataDir, { recursive: true, mode: 0o755 })
  await refuseForeign(dataDir)
  const base = await baseFor(dataDir, options.log)
  await removeDrafts(base)
  const user = isRoot() ? await nobody() : {}
  const draft = join(base, `new-${process.pid}`)
  await mkdir(draft)
  await initialise({ draft, user, programs: await findPrograms({ user, copyTo: base }), durable: options.durable })
  try {
    await rename(join(draft, 'cluster'), join(base, 'cluster'))
    if (base !== dataDir) await symlink(join(base, 'cluster'), path)
  } catch (error) {
    // Another process was faster: its cluster is as good.
    if (!(await exists(path))) throw error
    if (base !== dataDir) await rm(base, { recursive: true })
  }
  await rm(draft, { recursive: true, force: true })
}

/** Our own things are those of a process that is making a cluster at this moment, or was killed over it. */
async function refuseForeign(dataDir: string): Promise<void> {
  const foreign = (await readdir(dataDir)).filter((name) => !/^(members|new-\d+.*|programs-.+|cluster)$/.test(name))
  if (foreign.length > 0)
    throw new Error(
      `${dataDir} is not empty and holds no database of ours (it holds ${foreign.slice(0, 3).join(', ')}): name an empty folder`,
    )
}

/** The data folder itself; as root, elsewhere if the way to it is closed to the server's user. A link then leads there. */
async function baseFor(dataDir: string, log: Log): Promise<string> {
  if (!isRoot() || (await isOpenToAll(await realpath(dataDir)))) return dataDir
  await mkdir(sharedBase, { recursive: true, mode: 0o755 })
  const base = await mkdtemp(join(sharedBase, 'data-'))
  await chmod(base, 0o755)
  log.warn(
    { dataDir, base },
    'PostgreSQL may not run as root, and another user may not enter the data folder: the database is kept elsewhere',
  )
  return base
}

async function removeDrafts(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = Number(/^new-(\d+)/.exec(name)?.[1])
    if (pid === process.pid || (pid > 0 && !isAlive(pid))) await rm(join(base, name), { recursive: true, force: true })
  }
}

async function initialise(options: {
  readonly draft: string
  readonly user: ServerUser
  readonly programs: Programs
  readonly durable: boolean
}): Promise<void> {
  const { draft, user, programs } = options
  const password = join(draft, 'password')
  await writeFile(password, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(draft, user.uid, user.gid)
    await chown(password, user.uid, user.gid)
  }
  // The builtin locale is the same on every machine and under every C library: an index stays valid wherever the data is carried.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${owner}`, `--pwfile=${password}`, '--auth=scram-sha-256']
  const sync = options.durable ? [] : ['--no-sync']
  const flags = ['-D', join(draft, 'cluster'), ...access, ...locale, ...sync, '--no-instructions']
  await promisify(execFile)(programs.initdb, flags, { ...user, env: programEnvironment, cwd: '/' })
  await rename(password, join(draft, 'cluster', passwordFile))
}

const isRoot = (): boolean => process.getuid?.() === 0

async function userOf(dir: string): Promise<ServerUser> {
  const { uid, gid } = await stat(dir)
  return { uid, gid }
}

/** The user whom every Unix keeps for programs that need no rights. */
async function nobody(): Promise<ServerUser> {
  const [, , uid, gid] = /^nobody:.*$/m.exec(await readFile('/etc/passwd', 'utf8'))?.[0].split(':') ?? []
  if (uid === undefined || gid === undefined)
    throw new Error('PostgreSQL may not run as root, and this system has no user "nobody" to run it: set DATABASE_URL')
  return { uid: Number(uid), gid: Number(gid) }
}
